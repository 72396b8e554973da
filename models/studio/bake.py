"""
Turns rendered EXR files into a view folder:  python3 models/studio/bake.py view RENDER_FOLDER VIEW_FOLDER
or into a quick picture:                      python3 models/studio/bake.py preview RENDER_FOLDER PICTURE.png
or a truth render into a picture:             python3 models/studio/bake.py truth RENDER_FOLDER PICTURE.webp
Needs numpy, scipy and PIL; Blender is not involved. What each file means is written in docs/mockups.md.
"""
import json
import os
import shutil
import sys

import numpy as np
from PIL import Image
from scipy import ndimage

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

from studio import exr, positions  # noqa: E402
from studio.denoise import denoise, keep_grain  # noqa: E402
from studio.light import KNEE, WHITE, as_seen, compose, luma, to_bytes, to_display  # noqa: E402

POSITION_STEP, SURFACE_STEP = 2, 3
PROBE_PX = 128
DITHER_SEED = 7
EDGE_REACH, EDGE_LEAN = 1.0, 0.6  # px around an outline where its two sides are measured; 1 would suit black goods alone, 0 white ones


class Baked:
    """All planes of one view in linear light, evened, denoised and exposed."""

    def __init__(self, folder, with_denoise=True):
        with open(os.path.join(folder, "facts.json")) as file:
            self.facts = json.load(file)
        self.folder, self.plan = folder, self.facts["plan"]
        self.light = exr.read(os.path.join(folder, "light.exr"))
        self.data = exr.read(os.path.join(folder, "data.exr"))
        self.background = {"id": "background", "label": "Background", "colour": "#f4f4f4", "follows": "scene", **self.plan.get("background", {})}
        self.zones = [dict(zone) for zone in self.plan["zones"]]
        self.cover = self._cover()
        self.product = 1 - self.cover[self.background["id"]]
        self.shade, self.gloss = self._lights(with_denoise)
        self.grain = self._grain()
        self._hide_holes()
        self.mm, self.valid = self._print_positions()
        self.gain = self._gain()
        self.shade *= self.gain
        self.gloss *= self.gain
        self._even_backdrop()
        self._settle_edges()

    def _cover(self):
        cover = {}
        for zone in self.zones:
            if zone["id"] not in self.facts["zones"]:
                raise SystemExit(f"expected a material with the zone {zone['id']}, got only {', '.join(self.facts['zones'])}")
            cover[zone["id"]] = np.clip(exr.value(self.light, f"zone-{zone['id']}"), 0, 1)
        unnamed = set(self.facts["zones"]) - set(cover) - {self.background["id"]}
        if unnamed:
            raise SystemExit(f"expected every zone of the materials in the plan, got {', '.join(sorted(unnamed))} besides")
        total = sum(cover.values())
        if (total > 1.06).mean() > 0.001:
            print("  warning: zones cover some pixels more than once")
        for id_ in cover:
            cover[id_] = cover[id_] / np.maximum(total, 1)
        cover[self.background["id"]] = np.clip(1 - total, 0, 1)
        return cover

    def _lights(self, with_denoise):
        of = lambda name: exr.colour(self.light, name)  # noqa: E731
        shade = luma(of("DiffDir") + of("DiffInd"))
        gloss = luma(of("GlossCol") * (of("GlossDir") + of("GlossInd")))
        choice = self.plan.get("denoise", "smooth")
        if not with_denoise or choice == "none":
            return shade, gloss
        guides = (of("Normal"), of("Position") / self.facts["mm"], np.stack(list(self.cover.values()), -1))
        smooth = [denoise(plane, guides, choice) for plane in (shade, gloss)]
        if choice != "smooth":
            # The backdrop is always smooth, the grain of the product's own cloth stays.
            even = denoise(smooth[0], guides, "smooth")
            smooth[0] = smooth[0] * self.product + even * (1 - self.product)
        if choice == "cloth":
            smooth = [keep_grain(one, raw, self.product) for one, raw in zip(smooth, (shade, gloss))]
        return tuple(smooth)

    def _grain(self):
        """Own pattern as a ratio to the mean of its zone; also measures the zone's colour when the plan names none."""
        textured = [zone for zone in self.zones if zone.get("grain")]
        if not textured:
            return None
        albedo = exr.colour(self.light, "DiffCol")
        grain = np.ones(albedo.shape, np.float32)
        for zone in textured:
            pure = self.cover[zone["id"]] > 0.98
            if not pure.any():
                continue
            mean = albedo[pure].mean(0)
            nearest = ndimage.distance_transform_edt(~pure, return_distances=False, return_indices=True)
            grain = np.where((self.cover[zone["id"]] > 0)[..., None], albedo[nearest[0], nearest[1]] / mean, grain)
            zone.setdefault("colour", as_seen(mean))
        return grain

    def _hide_holes(self):
        try:
            open_ = 1 - np.clip(exr.value(self.light, "dark"), 0, 1)
        except KeyError:
            return
        self.shade *= open_
        self.gloss *= open_

    def _print_positions(self):
        try:
            mm = exr.colour(self.data, "print")
        except KeyError:
            return np.zeros(self.shade.shape + (2,), np.float32), np.zeros(self.shade.shape, bool)
        return mm[..., :2], mm[..., 2] > 0.5

    def areas(self):
        """What each placement can show: (x, y, width, height) in mm."""
        return [tuple((place.get("clip") or place)[key] for key in ("x", "y", "width", "height")) for place in self.plan["placements"]]

    def _gain(self):
        """Exposure: makes the brighter fifth of the printed surface as light as the plan says (white paper then is just below the knee)."""
        target = self.plan.get("exposure", 1.06)
        if target is None:
            return 1.0
        shown = np.zeros(self.valid.shape, bool)
        for x, y, width, height in self.areas():
            u, v = self.mm[..., 0], self.mm[..., 1]
            shown |= self.valid & (u > x) & (u < x + width) & (v > y) & (v < y + height)
        if not shown.any():
            shown = self.product > 0.99
        return float(target / max(np.percentile(self.shade[shown], 80), 1e-3))

    def _even_backdrop(self):
        """Levels the light on the backdrop, measured without the product; the product's shadow is what remains."""
        if not self.facts["even"]:
            return
        empty = exr.read(os.path.join(self.folder, "empty.exr"))
        plain = luma(exr.colour(empty, "DiffDir") + exr.colour(empty, "DiffInd")) * self.gain
        height, width = self.shade.shape
        plain = ndimage.gaussian_filter(plain, plain.shape[1] * 0.012, mode="nearest")
        rows = (np.arange(height) + 0.5) * plain.shape[0] / height - 0.5
        columns = (np.arange(width) + 0.5) * plain.shape[1] / width - 0.5
        plain = ndimage.map_coordinates(plain, np.meshgrid(rows, columns, indexing="ij"), order=1, mode="nearest")
        level, even = self.plan.get("backdrop_level", 1.08), self.plan.get("even", 0.75)
        middle = np.median(plain)
        wanted = level * (plain / middle) ** (1 - even)
        behind = self.cover[self.background["id"]]
        self.shade *= (1 - behind) + behind * wanted / np.maximum(plain, 1e-3)

    def _settle_edges(self):
        """
        Where the product's outline crosses a pixel there is one SHADE for two surfaces. It is taken from the pixels around that show one
        alone, which takes out noise, and leans to the darker backdrop: dark goods would else wear the light of their own edge as a fringe
        on their shadow, because the backdrop's colour is multiplied by it.
        """
        behind = self.cover[self.background["id"]]
        pure = {"front": behind < 0.005, "back": behind > 0.995}
        weight = {side: ndimage.gaussian_filter(mask.astype(np.float32), EDGE_REACH) for side, mask in pure.items()}
        edge = ~pure["front"] & ~pure["back"] & (weight["front"] > 0.02) & (weight["back"] > 0.02)

        def around(plane, side):
            return ndimage.gaussian_filter(plane * pure[side], EDGE_REACH) / np.maximum(weight[side], 1e-6)
        for plane, lean in ((self.shade, EDGE_LEAN), (self.gloss, 0.0)):
            front, back = around(plane, "front"), around(plane, "back")
            mean = front * (1 - behind) + back * behind
            plane[edge] = (mean + lean * np.minimum(back - mean, 0))[edge]

    def picture(self):
        zones = self.zones + [self.background]
        return to_bytes(to_display(compose(zones, self.cover, self.shade, self.gloss, self.grain)))

    def rotation(self):
        return np.array(self.facts["camera"])[:3, :3]


def save(picture, path, **options):
    Image.fromarray(picture).save(path, method=6, **options)


def written(plan, name):
    """How WebP is written: light without loss, the rest at 90, unless the plan's `quality` says otherwise (cloth seen so closely is all grain)."""
    quality = plan.get("quality", {}).get(name, None if name == "light" else 90)
    return {"lossless": True} if quality is None else {"quality": quality}


def encode(plane, ceiling, dither=None):
    """255 * sqrt(light / ceiling); dither: share (h, w) of the pixels' steps that is filled with noise, so that smooth light shows no bands."""
    stored = 255 * np.sqrt(np.clip(plane / ceiling, 0, 1))
    if dither is not None:
        stored = stored + dither * np.random.default_rng(DITHER_SEED).uniform(-0.5, 0.5, stored.shape)
    return np.clip(np.floor(stored + 0.5), 0, 255).astype(np.uint8)


def ceiling_of(plane, least, most=2.0):
    """A round number above nearly all of the light; what lies higher is white on any screen."""
    return float(min(most, max(least, np.ceil(np.percentile(plane, 99.95) * 1.02 / 0.05) * 0.05)))


def write_lights(baked, folder):
    smooth = baked.plan.get("denoise", "smooth") == "smooth"
    dither = np.ones_like(baked.shade) if smooth else baked.cover[baked.background["id"]]
    rows = {}
    for name, plane, least in (("shade", baked.shade, 1.2), ("gloss", baked.gloss, 0.2)):
        ceiling = ceiling_of(plane, least)
        # Noise of half a step helps where there is light at all.
        save(encode(plane, ceiling, dither * (plane > 0.004)), os.path.join(folder, f"{name}.webp"), **written(baked.plan, "light"))
        rows[name] = {"file": f"{name}.webp", "max": round(ceiling, 2)}
    return rows


def write_zones(baked, folder):
    front, rows = [zone["id"] for zone in baked.zones], []
    for at in range(0, len(front), 3):
        ids = front[at:at + 3]
        planes = [baked.cover[id_] for id_ in ids] + [np.zeros_like(baked.shade)] * (3 - len(ids))
        name = "zones.webp" if at == 0 else f"zones-{at // 3 + 1}.webp"
        save(to_bytes(np.dstack(planes)), os.path.join(folder, name), lossless=True)
        rows.append({"file": name, "zones": ids})
    return rows


def write_positions(baked, folder):
    margin = 12
    ranges = positions.bounds(baked.areas(), margin)
    inside = baked.valid.copy()
    for axis, one in enumerate(ranges):
        inside &= (baked.mm[..., axis] > one["from"] - 20) & (baked.mm[..., axis] < one["to"] + 20)
    seam = baked.plan.get("seam", 8)
    mm, valid = positions.grow(baked.mm, inside)
    row = positions.write(os.path.join(folder, "positions.png"), mm, valid, ranges, POSITION_STEP)
    printed = np.zeros_like(baked.shade)
    for id_ in {place["zone"] for place in baked.plan["placements"]}:
        printed = np.maximum(printed, baked.cover[id_])
    return {"file": "positions.png", **row, "seam": seam}, positions.scale(mm, valid, printed, baked.areas(), POSITION_STEP, seam)


def write_surface(baked, folder):
    try:
        skin = exr.colour(baked.data, "skin")
    except KeyError:
        return None
    valid = skin[..., 2] > 0.5
    if not valid.any():
        return None
    values = skin[valid][:, :2]
    low, high = values.min(0), values.max(0)
    ranges = positions.bounds([(*low, *(high - low))], 4)
    mm, valid = positions.grow(skin[..., :2], valid, 3)
    return {"file": "surface.png", **positions.write(os.path.join(folder, "surface.png"), mm, valid, ranges, SURFACE_STEP)}


def write_normal(baked, folder):
    normal = exr.colour(baked.light, "Normal") @ baked.rotation()
    length = np.linalg.norm(normal, axis=-1, keepdims=True)
    shown = (baked.product[..., None] > 0.02) & (length > 1e-3)
    normal = np.where(shown, normal / np.maximum(length, 1e-6), [0, 0, 1])
    save(to_bytes(normal * 0.5 + 0.5), os.path.join(folder, "normal.webp"), **written(baked.plan, "normal"))
    return {"file": "normal.webp"}


def probe(path, rotation, gain):
    """Light by surface direction, as a ball that fills a square of PROBE_PX: from a render of a ball anywhere in the picture."""
    planes = exr.read(path)
    ball = exr.value(planes, "dark") > 0.999
    normal = exr.colour(planes, "Normal")[ball] @ rotation
    light = exr.colour(planes, "Combined")[ball] * gain
    column = np.clip(((normal[:, 0] + 1) / 2 * PROBE_PX).astype(int), 0, PROBE_PX - 1)
    row = np.clip(((1 - normal[:, 1]) / 2 * PROBE_PX).astype(int), 0, PROBE_PX - 1)
    total, count = np.zeros((PROBE_PX, PROBE_PX, 3)), np.zeros((PROBE_PX, PROBE_PX))
    np.add.at(total, (row, column), light)
    np.add.at(count, (row, column), 1)
    near = ndimage.gaussian_filter(count, 1.6)
    table = ndimage.gaussian_filter(total, (1.6, 1.6, 0)) / np.maximum(near, 1e-6)[..., None]
    nearest = ndimage.distance_transform_edt(near < 0.02, return_distances=False, return_indices=True)
    return table[nearest[0], nearest[1]].astype(np.float32)


def write_reflections(baked, folder):
    rows = {}
    for name in ("metal", "matt"):
        path = os.path.join(baked.folder, f"{name}.exr")
        if not os.path.exists(path):
            return None
        table = probe(path, baked.rotation(), baked.gain)
        ceiling = max(1.0, float(np.ceil(table.max() * 10) / 10))
        save(encode(table, ceiling), os.path.join(folder, f"{name}.webp"), lossless=True)
        rows[name] = {"file": f"{name}.webp", "max": round(ceiling, 2)}
    return rows


def write_grain(baked, folder):
    if baked.grain is None:
        return None
    save(encode(baked.grain, 2.0), os.path.join(folder, "grain.webp"), quality=92)
    return {"file": "grain.webp", "max": 2.0, "zones": [zone["id"] for zone in baked.zones if zone.get("grain")]}


def write_view(source, target):
    """Writes beside the target first, so that a bake that fails leaves the old view alone."""
    baked = Baked(source)
    folder = os.path.join(source, "view")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    position_row, scale = write_positions(baked, folder)
    maps = {"positions": position_row, **write_lights(baked, folder), "zones": write_zones(baked, folder)}
    more = {"grain": write_grain(baked, folder), "normal": write_normal(baked, folder),
            "reflections": write_reflections(baked, folder), "surface": write_surface(baked, folder)}
    maps.update({name: row for name, row in more.items() if row})
    picture, plan = baked.picture(), baked.plan
    save(picture, os.path.join(folder, "base.webp"), **written(plan, "base"))
    height, width = picture.shape[:2]
    small = Image.fromarray(picture).resize((240, round(240 * height / width)), Image.LANCZOS)
    small.save(os.path.join(folder, "thumb.webp"), quality=85, method=6)
    view = {
        "$schema": "../../../../../schemas/view.schema.json",
        "version": 1,
        "id": baked.facts["view"],
        "label": plan["label"],
        "widthPx": width,
        "heightPx": height,
        "maps": maps,
        **({"when": plan["when"]} if plan.get("when") else {}),
        "background": baked.background["id"],
        "zones": [{key: value for key, value in zone.items() if key != "grain"} for zone in baked.zones + [baked.background]],
        "placements": plan["placements"],
        "white": WHITE,
        "knee": KNEE,
        "pxPerMm": scale,
        "base": "base.webp",
        "thumb": "thumb.webp",
        "source": f"models/products/{baked.facts['product']}, seed {plan.get('seed', 1)}",
    }
    with open(os.path.join(folder, "view.json"), "w") as file:
        file.write(json.dumps(view, indent=2) + "\n")
    with open(os.path.join(source, "gain.json"), "w") as file:
        json.dump({"gain": baked.gain}, file)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)
    sizes = {name: os.path.getsize(os.path.join(folder, name)) for name in sorted(os.listdir(folder))}
    print(f"  {scale['median']} px/mm, gain {baked.gain:.2f}, {sum(sizes.values()) / 1024:.0f} KiB: "
          + ", ".join(f"{name} {size / 1024:.0f}" for name, size in sizes.items()), flush=True)


def write_preview(source, path):
    """The product in its default colours beside itself in near black where the article's colour goes."""
    baked = Baked(source)
    parts = [baked.picture()]
    for zone in baked.zones:
        if zone.get("follows") == "article":
            zone["colour"] = "#1b1b1d"
    parts.append(baked.picture())
    Image.fromarray(np.hstack(parts)).save(path)


def write_truth(source, path):
    """
    The truth render as a screen shows it, in the exposure of the view baked from the same folder, lossless. Its light is denoised as the
    view's is, each colour for itself; the print is in the colour of the surface, which has no noise and is left alone.
    """
    with open(os.path.join(source, "gain.json")) as file:
        gain = json.load(file)["gain"]
    with open(os.path.join(source, "truth.json")) as file:
        border = json.load(file)["border"]
    with open(os.path.join(source, "facts.json")) as file:
        facts = json.load(file)
    width, height = facts["plan"].get("size", (1000, 1000))
    planes = exr.read(os.path.join(source, "truth.exr"))
    of = lambda name: exr.colour(planes, name)  # noqa: E731
    cover = np.stack([exr.value(planes, f"zone-{zone}") for zone in facts["zones"]], -1)
    guides = (of("Normal"), of("Position") / facts["mm"], cover)
    shade, gloss = of("DiffDir") + of("DiffInd"), of("GlossCol") * (of("GlossDir") + of("GlossInd"))
    if facts["plan"].get("denoise", "smooth") == "smooth":
        shade, gloss = (np.dstack([denoise(channel, guides, "smooth") for channel in np.moveaxis(light, -1, 0)]) for light in (shade, gloss))
    save(to_bytes(to_display((of("DiffCol") * shade + gloss) * gain)), path, lossless=True)
    # Blender keeps only the border's pixels, so where they lie is not in the file.
    print(json.dumps({"left": round(border[0] * width), "top": round(border[1] * height)}), flush=True)


if __name__ == "__main__":
    COMMANDS = {"view": write_view, "preview": write_preview, "truth": write_truth}
    COMMANDS[sys.argv[1]](*sys.argv[2:])
