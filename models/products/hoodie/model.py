"""Pullover hoodie, size L, laid flat: front with kangaroo pocket and drawcords, and back. The sides that are seen are simulated cloth."""
import numpy as np

from parts import build_body, build_cords, build_hood, build_pocket

PRINTS = {"front": {"width": 304.8, "height": 304.8}, "back": {"width": 304.8, "height": 406.4}}
PRINT_TOP = {"front": -126.0, "back": -104.0}
CHEST = {"x": 193.6, "y": 14.0, "width": 101.6, "height": 101.6}


def zone(id_, label, **more):
    return {"id": id_, "label": label, "colour": "#ffffff", "follows": "article", **more}


ZONES = {
    "back": [zone("body", "Body"), zone("sleeves", "Sleeves"), zone("hood", "Hood"), zone("ribs", "Cuffs and waistband"), zone("lining", "Hood lining")],
    "front": [zone("body", "Body"), zone("sleeves", "Sleeves"), zone("hood", "Hood"), zone("ribs", "Cuffs and waistband"), zone("lining", "Hood lining"),
              zone("pocket", "Pocket"), zone("cords", "Drawcords"),
              {"id": "eyelets", "label": "Eyelets", "colour": "#c9ccd0", "material": "metal"}],
}


def plan(side, label, placements):
    return {
        "label": label, "size": (1200, 1200), "samples": 30, "denoise": "cloth", "clamp": 1.5, "zones": ZONES[side], "exposure": 0.98,
        "background": {"id": "background", "label": "Background", "colour": "#e4e3e1", "follows": "scene"},
        "placements": [{"zone": "body", **place} for place in placements],
        "camera": {"at": (0, -3600, -234), "to": (0, 0, -234), "lens": 104},
        "backdrop": ("wall", {"depth": 7.5}),
        "light": ("flat", {"centre": (0, 0, -240), "size": 1000}),
    }


VIEWS = {
    "front": plan("front", "Front, laid flat", [{"placement": "front", "x": 0, "y": 0, **PRINTS["front"]}, {"placement": "left-chest", **CHEST}]),
    "back": plan("back", "Back, laid flat", [{"placement": "back", "x": 0, "y": 0, **PRINTS["back"]}]),
}


def build(view):
    side = view.id
    body = build_body(view, side, lambda flat: np.c_[flat[:, 0] + PRINTS[side]["width"] / 2, PRINT_TOP[side] - flat[:, 1]])
    hood, piece = build_hood(view, side)
    if side == "front":
        build_pocket(body, seed=6)
        build_cords(body, hood, piece)
