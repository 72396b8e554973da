"""Canvas tote bag: hanging from a peg on a wall, and lying on a table. The front panel is simulated cloth."""

from bag import PRINT, build_bag
from canvas import bag_canvas, webbing
from handles import WALL, build_peg, hung, laid

NATURAL = "#f1e9d4"
TABLE = 4.0  # depth of the table behind the lying bag, mm
ZONES = [
    {"id": "body", "label": "Body", "colour": NATURAL, "follows": "article"},
    {"id": "handles", "label": "Handles", "colour": NATURAL, "follows": "article"},
]
COMMON = {
    "size": (1000, 1000), "samples": 32, "denoise": "cloth", "clamp": 1.5,
    "background": {"id": "background", "label": "Background", "colour": "#ffffff"},
    "placements": [{"placement": "front", "zone": "body", **PRINT}],
}
VIEWS = {
    "hanging": {
        # The shadow far behind the bag needs more samples than cloth does.
        **COMMON, "label": "Hanging on a peg", "samples": 72,
        "zones": [*ZONES, {"id": "peg", "label": "Peg", "grain": True}],
        "camera": {"at": (0, -2400, -74), "to": (0, 0, -74), "lens": 112},
        "backdrop": ("wall", {"depth": WALL}),
        "light": ("flat", {"centre": (0, 0, -100), "size": 560}),
    },
    "flat": {
        **COMMON, "label": "Lying on a table",
        "zones": ZONES,
        "camera": {"at": (0, -2400, -98), "to": (0, 0, -98), "lens": 118},
        "backdrop": ("wall", {"depth": TABLE}),
        "light": ("flat", {"centre": (0, 0, -100), "size": 560, "height": 1.15}),
    },
}


def build(view):
    hangs = view.id == "hanging"
    panel = build_bag(view, bag_canvas(), hangs)
    straps = webbing()
    for front in (True, False):
        if hangs:
            hung(panel, front, straps)
        else:
            laid(panel, front, straps, TABLE)
    if hangs:
        build_peg()
