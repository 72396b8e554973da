"""The wrapped box, mm: x along the front, y to the back, z up. Front, lid and right end show one sheet that runs over the folds."""
import numpy as np

from studio.mesh import NOWHERE, grid, mesh

BOX_WIDTH, BOX_DEPTH, BOX_HEIGHT = 240.0, 190.0, 100.0
FOLD = 1.6  # radius of the folds
MESH = 2.5


def slack(x, y, seed):
    """Slow unevenness of paper that is not quite tight, about -1 to 1."""
    random = np.random.default_rng(seed)
    total = np.zeros_like(x)
    for _ in range(7):
        heading, phase, waves = random.uniform(0, 2 * np.pi), random.uniform(0, 2 * np.pi), random.uniform(0.6, 1.6) / 130
        total += np.sin((x * np.cos(heading) + y * np.sin(heading)) * waves * 2 * np.pi + phase)
    return total / 3


def face(name, material, origin, across, down, outwards, size, first, relief=None):
    """A side of the box from its upper left corner: first is the print mm there."""
    width, height = size
    x, y = np.meshgrid(np.linspace(0, width, int(width / MESH) + 1), np.linspace(0, height, int(height / MESH) + 1))
    to_edge = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y))
    out = 0.35 * slack(x, y, len(name) * 3) * np.clip(to_edge / 14, 0, 1)
    if relief is not None:
        out = out + relief(x, y)
    share = np.clip(to_edge / FOLD, 0, 1)
    out = out - 0.42 * FOLD * (1 - np.sqrt(1 - (1 - share) ** 2))
    points = np.array(origin) + x[..., None] * np.array(across) + y[..., None] * np.array(down) + out[..., None] * np.array(outwards)
    uv = np.stack([first[0] + x, first[1] + y], -1)
    return grid(name, points[::-1], material, uv={"print": uv[::-1], "skin": uv[::-1]})


def envelope_folds(x, y):
    """The end's flaps: two triangles from the sides under one from below, as small steps."""
    depth = 0.62 * BOX_HEIGHT
    from_below = np.clip(BOX_HEIGHT - y, 0, None)
    from_side = np.minimum(x, BOX_DEPTH - x) - from_below * 0.95
    step = np.clip(np.minimum(from_side, depth - from_below) / 1.6, 0, 1)
    return np.where((from_side > 0) & (from_below < depth), step, 0) + 0.1


def build_box(material):
    width, depth, height = BOX_WIDTH, BOX_DEPTH, BOX_HEIGHT
    faces = [face("front", material, (0, 0, height), (1, 0, 0), (0, 0, -1), (0, -1, 0), (width, height), (0, 0)),
             face("lid", material, (0, depth, height), (1, 0, 0), (0, -1, 0), (0, 0, 1), (width, depth), (0, -depth)),
             face("right", material, (width, 0, height), (0, 1, 0), (0, 0, -1), (1, 0, 0), (depth, height), (width, 0), envelope_folds)]
    corners = [(x, y, z) for z in (0.5, height - 2.5) for x, y in ((2.5, 2.5), (width - 2.5, 2.5), (width - 2.5, depth - 1), (2.5, depth - 1))]
    sides = [(0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    core = mesh("core", corners, sides, material, uv={"print": np.full((8, 2), NOWHERE)}, smooth=False)
    return faces + [core]
