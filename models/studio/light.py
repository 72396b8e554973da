"""Linear light, display colours and the light model of docs/mockups.md, in numpy."""
import numpy as np

WHITE = 0.8  # share of the light that paper white sends back
KNEE = 0.8  # linear light above which highlights are rolled off
LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def luma(rgb):
    return rgb @ LUMA


def to_linear(values):
    values = np.asarray(values, np.float32)
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def to_display(light):
    """Linear light to 0..1 as a screen wants it, highlights rolled off."""
    light = np.maximum(light, 0)
    held = np.where(light <= KNEE, light, KNEE + (1 - KNEE) * (1 - np.exp(-(light - KNEE) / (1 - KNEE))))
    return np.where(held <= 0.0031308, held * 12.92, 1.055 * np.maximum(held, 1e-9) ** (1 / 2.4) - 0.055)


def to_bytes(values):
    return (np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)


def reflectance(colour):
    """#rrggbb as seen in plain light to the share of light that comes back."""
    return WHITE * to_linear([int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)])


def as_seen(share):
    """The inverse of `reflectance`."""
    plain = np.clip(np.asarray(share) / WHITE, 0, 1)
    shown = np.where(plain <= 0.0031308, plain * 12.92, 1.055 * np.maximum(plain, 1e-9) ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{value:02x}" for value in to_bytes(shown))


def compose(zones, cover, shade, gloss, grain=None):
    """The product without print. zones: rows of view.json; cover: id to (h, w); grain: (h, w, 3) ratio or None."""
    out = np.zeros(shade.shape + (3,), np.float32)
    for zone in zones:
        colour = reflectance(zone["colour"])
        share = cover[zone["id"]][..., None]
        if zone.get("material") == "metal":
            out += share * colour / WHITE * gloss[..., None]
            continue
        body = colour * grain if grain is not None and zone.get("grain") else colour
        out += share * (body * shade[..., None] + gloss[..., None])
    return out
