"""Terry cloth as heights in mm: loops of the pile, the woven dobby band and the flat hem."""
import numpy as np

from studio.outline import smoothstep

TILE, TEXEL = 96.0, 0.3  # the pile repeats after TILE mm
PITCH = 1.75  # mm from loop to loop; drawn a little coarser than life so that it shows
PILE, FLAT = 2.4, 0.3  # mm: how high loops stand, how deep the bare weave varies
HEM, BAND = 13.0, (50.0, 86.0)  # mm from the towel's end: the hem, and where the band begins and ends
BORDER = 4.5  # mm: plain ribs along both sides of the band


def pile(seed=5):
    """A tile of loops, each a short arched bow of yarn lying its own way: heights 0 to 1, it repeats without a seam."""
    random = np.random.default_rng(seed)
    count, size = int(TILE / PITCH), int(round(TILE / TEXEL))
    column, row = np.meshgrid(np.arange(count), np.arange(count))
    centres = (np.c_[column.ravel(), row.ravel()] + 0.5 + random.normal(0, 0.22, (count * count, 2))) * TILE / count
    heading = random.normal(np.pi / 2, 0.75, len(centres))
    length, radius, top = (random.uniform(*span, len(centres)) for span in ((1.25, 1.9), (0.55, 0.8), (0.6, 1.0)))
    heights = np.zeros((size, size))
    first = np.round(centres / TEXEL).astype(int)
    reach = int(2.0 / TEXEL)
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            texel = first + [right, down]
            off = texel * TEXEL - centres
            along = (off[:, 0] * np.cos(heading) + off[:, 1] * np.sin(heading)) / length
            across = (off[:, 1] * np.cos(heading) - off[:, 0] * np.sin(heading)) / radius
            bow = top * np.sqrt(np.clip(1 - along ** 2 - across ** 2, 0, 1))
            np.maximum.at(heights, (texel[:, 1] % size, texel[:, 0] % size), bow)
    return heights


def sample(tile, x, y):
    """Bilinear value of the repeating tile at mm."""
    size = len(tile)
    column, row = x / TEXEL, y / TEXEL
    left, upper = np.floor(column).astype(int), np.floor(row).astype(int)
    fx, fy = column - left, row - upper
    at = lambda dy, dx: tile[(upper + dy) % size, (left + dx) % size]  # noqa: E731
    return (at(0, 0) * (1 - fx) + at(0, 1) * fx) * (1 - fy) + (at(1, 0) * (1 - fx) + at(1, 1) * fx) * fy


def plush(tile, x, y):
    """Pile everywhere: heights in mm above the ground weave."""
    return PILE * sample(tile, x, y)


def finished(tile, x, from_end):
    """The end of a towel: pile, but for the band and the hem. from_end: mm from the towel's end, upwards."""
    bare = 1 - smoothstep(from_end, HEM, HEM + 1.2) * (1 - _between(from_end, *BAND, 1.2))
    weave = np.where(from_end > HEM + 4, band(x, from_end), hem(x, from_end))
    return plush(tile, x, from_end) * (1 - bare) + FLAT * weave * bare


def band(x, from_end):
    """Ribs along both sides, and between them zigzags as a dobby loom makes them."""
    inner = _between(from_end, BAND[0] + BORDER, BAND[1] - BORDER, 0.4)
    zigzag = np.abs((x / 11.0) % 1 - 0.5) * 2
    pattern = np.tanh(3 * np.sin(2 * np.pi * (from_end / 5.2 + zigzag))) + 0.35 * np.sin(2 * np.pi * from_end / 1.3)
    ribs = 0.9 * np.sin(2 * np.pi * from_end / 1.5)
    edge = sum(np.exp(-((from_end - at) / 0.9) ** 2) for at in (BAND[0] + BORDER, BAND[1] - BORDER))
    return pattern * inner + ribs * (1 - inner) - 2.2 * edge


def hem(x, from_end):
    """Turned over and sewn: fine ribs, and a row of stitches."""
    stitches = np.exp(-((from_end - HEM + 2.6) / 0.6) ** 2) * (0.6 + 0.4 * np.sin(2 * np.pi * x / 3.2))
    return 0.45 * np.sin(2 * np.pi * x / 1.5) + 1.2 - 4.0 * stitches


def _between(x, start, end, soft):
    return smoothstep(x, start - soft / 2, start + soft / 2) * (1 - smoothstep(x, end - soft / 2, end + soft / 2))
