"""A folded bath towel on a table: two doubled layers, the towel's end with its woven band on top."""
from functools import partial

import numpy as np

from layers import Layer
from terry import BAND, finished, pile, plush
from studio import mesh
from studio.material import fabric

PRINT = {"x": 0, "y": 0, "width": 180, "height": 100}
LEVEL = 1.6  # mm above the ground weave: where thread on top of the pile lies
ABOVE_BAND, AROUND = 16.0, 14.0  # mm from the band to the field, and how far the map goes on around it
COMMON = {
    "samples": 18, "denoise": "cloth", "clamp": 1.5, "quality": {"light": 84, "normal": 70, "base": 76},
    "background": {"id": "background", "label": "Background", "colour": "#f1efec"},
    "backdrop": ("table", {}),
    "light": ("top", {"centre": (0, 0, 40), "size": 300, "fill": 1.2, "ambient": 0.34}),
    "zones": [{"id": "towel", "label": "Towel", "colour": "#f7f5f0", "follows": "article"}],
    "placements": [{"placement": "corner", "zone": "towel", **PRINT}],
}
VIEWS = {
    "folded": {**COMMON, "label": "Folded", "size": (900, 900), "camera": {"at": (-330, -900, 1020), "to": (6, -10, 34), "lens": 104}},
    "close": {**COMMON, "label": "Close", "size": (900, 900), "camera": {"at": (-90, -640, 1010), "to": (2, -12, 84), "lens": 190}},
}
STACK = [
    # name, width, depth, thickness, z, front, seed, fine
    (("lowest", 342, 294, 35, 18.0, -151, 21, 50), 0.8),
    (("doubled", 338, 291, 34, 52.0, -153, 22, 55), 0.7),
    (("under", 333, 284, 11, 75.0, -143, 24, 32), 0.7),
    (("top", 335, 284, 12, 86.5, -146, 23, 400), 0.5),
]


def terry_cloth():
    """Loops are modelled; the twist of their yarn is relief."""
    material = fabric("terry", "towel", specular=0.1, sheen=0.35).printable()
    material.bump(material.multiply(material.noise(material.vector(*material.object_mm()), 0.7, 2), 0.22))
    return material


def place_print(across, from_end, points, heights, eye):
    """
    Print positions: the field stands over the band, in the middle. Thread lies on the pile and presses it level, so each point has the
    position at which the line of sight meets a level skin: edges of letters do not follow the loops.
    """
    sight = points - np.array(eye)
    rise = (LEVEL - heights) / sight[..., 2]
    across, from_end = across + sight[..., 0] * rise, from_end + sight[..., 1] * rise
    u, v = across + PRINT["width"] / 2, BAND[1] + ABOVE_BAND + PRINT["height"] - from_end
    seen = (np.abs(across) < PRINT["width"] / 2 + AROUND) & (v > -AROUND) & (v < PRINT["height"] + AROUND)
    return np.where(seen[..., None], np.dstack([u, v]), mesh.NOWHERE)


def build(view):
    tile, cloth = pile(), terry_cloth()
    for row, step in STACK:
        layer = Layer(*row)
        ends, shift = layer.half < 8, 17.0 * layer.seed
        height = (lambda x, y: finished(tile, x + shift, y)) if ends else (lambda x, y: plush(tile, x + shift, y + shift))
        printed = partial(place_print, eye=view.plan["camera"]["at"]) if layer.name == "top" else None
        layer.build(cloth, height, step * (2 if view.preview else 1), printed)
