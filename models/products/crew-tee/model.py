"""Unisex crew neck T-shirt, size L, laid flat: front and back. The side that is seen is simulated cloth."""
import numpy as np

from studio import garment, knit, mesh
from studio.garment import Lay, folded_half
from studio.material import fabric
from studio.outline import bezier, distance

# Right half, mm
NECK, SHOULDER, PIT = np.array((80.0, 6.0)), np.array((232.0, -50.0)), np.array((272.0, -252.0))
CUFF_OUT, CUFF_IN, WAIST, HEM = np.array((392.0, -184.0)), np.array((338.0, -328.0)), np.array((266.0, -480.0)), np.array((271.0, -728.0))
BAND = 20.0
NECK_DEPTH = {"front": 100.0, "back": 17.0}
FRONT = {"width": 304.8, "height": 406.4}
PRINT_TOP = {"front": -178.0, "back": -92.0}
CHEST = {"x": 193.6, "y": -26.0, "width": 101.6, "height": 101.6}
SLEEVE = {"width": 101.6, "height": 88.9}
SLEEVE_X, SLEEVE_ABOVE_CUFF = {"right": 600.0, "left": -400.0}, 28.0

SHOULDER_SEAM = np.vstack([[NECK, (98, 0)], bezier((98, 0), (190, -32), SHOULDER)[1:]])
TOP = np.vstack([SHOULDER_SEAM, bezier(SHOULDER, SHOULDER + [28, -13], CUFF_OUT)[1:]])
CUFF = np.array([CUFF_OUT, CUFF_IN])
SIDE = np.vstack([bezier(CUFF_IN, (CUFF_IN + PIT) / 2 + [-18, 6], PIT), bezier(PIT, (PIT[0] - 7, PIT[1] - 60), WAIST)[1:],
                  bezier(WAIST, (WAIST[0], WAIST[1] - 120), HEM)[1:]])
ARMHOLE = bezier(SHOULDER, (SHOULDER[0] - 26, SHOULDER[1] - 115), PIT)

CALM = {"drift": (4.0, 480.0), "shrink": (0.010, 0.006), "waves": 2.5, "puff": 10.0}
LAYS = {
    "front": Lay(seed=203, pulls=((250, -245, 120, 0.035), (-250, -245, 120, 0.04), (200, -560, 140, 0.008), (-190, -600, 130, 0.012)), **CALM),
    "back": Lay(seed=11, pulls=((250, -245, 120, 0.04), (-250, -245, 120, 0.035), (-200, -520, 140, 0.014), (170, -610, 150, 0.012)), **CALM),
}
BACKGROUND = {"id": "background", "label": "Background", "colour": "#e4e3e1", "follows": "scene"}
ZONES = [{"id": id_, "label": label, "colour": "#ffffff", "follows": "article"}
         for id_, label in (("body", "Body"), ("sleeves", "Sleeves"), ("collar", "Collar"))]


def sleeve_row(name, side):
    """Each side of the shirt shows one half of a sleeve's print, which is centred on the fold."""
    x, half = SLEEVE_X[side], SLEEVE["width"] / 2
    clip = {"x": x + (0 if side == "right" else half), "y": 0, "width": half, "height": SLEEVE["height"]}
    return {"placement": name, "zone": "sleeves", "x": x, "y": 0, **SLEEVE, "clip": clip}


def plan(label, placements):
    return {
        "label": label, "size": (1000, 1000), "samples": 44, "denoise": "cloth", "clamp": 1.5, "zones": ZONES, "placements": placements,
        "camera": {"at": (0, -2400, -358), "to": (0, 0, -358), "lens": 94},
        "backdrop": ("wall", {"depth": 6.0}), "background": BACKGROUND, "exposure": 0.98,
        "light": ("flat", {"centre": (0, 0, -340), "size": 700}),
    }


VIEWS = {
    "front": {
        **plan("Front, laid flat", [
            {"placement": "front", "zone": "body", "x": 0, "y": 0, **FRONT}, {"placement": "left-chest", "zone": "body", **CHEST},
            sleeve_row("left-sleeve", "right"), sleeve_row("right-sleeve", "left")]),
        "truth": {"placement": "front", "samples": 400, "border": (0.32, 0.285, 0.685, 0.58)},
    },
    "chest": {
        **plan("Left chest, close", [{"placement": "left-chest", "zone": "body", **CHEST}]),
        "size": (1200, 1200), "samples": 28, "quality": {"light": 76, "normal": 64, "base": 60}, "zones": [zone for zone in ZONES if zone["id"] != "sleeves"],
        "camera": {"at": (78, -1600, -186), "to": (78, 0, -186), "lens": 296}, "light": ("flat", {"centre": (60, 0, -200), "size": 700}),
    },
    "back": plan("Back, laid flat", [
        {"placement": "back", "zone": "body", "x": 0, "y": 0, **FRONT}, sleeve_row("right-sleeve", "right"), sleeve_row("left-sleeve", "left")]),
}


def neck(side):
    return garment.round_neck(NECK[0], NECK_DEPTH[side], NECK[1])


def on_sleeve(flat):
    return garment.signed(folded_half(flat), ARMHOLE, np.vstack([ARMHOLE, [(PIT[0], -400), (900, -400), (900, 200), (SHOULDER[0], 200)]]))


def sleeve_frame(flat):
    """mm inward from the fold along the top of the sleeve, and mm up from the cuff."""
    down = (CUFF_OUT - SHOULDER - [14, 0]) / np.linalg.norm(CUFF_OUT - SHOULDER - [14, 0])
    off = folded_half(flat) - CUFF_OUT
    return off @ [down[1], -down[0]], -(off @ down)


def print_mm(flat, side):
    """Front or back print; the sleeves lie beside it, their prints centred on the fold."""
    inward, up = sleeve_frame(flat)
    half = SLEEVE["width"] / 2
    u = np.where(flat[:, 0] > 0, SLEEVE_X["right"] + half - inward, SLEEVE_X["left"] + half + inward)
    sleeve = np.c_[u, SLEEVE_ABOVE_CUFF + SLEEVE["height"] - up]
    return np.c_[flat[:, 0] + FRONT["width"] / 2, PRINT_TOP[side] - flat[:, 1]], sleeve


def jersey_knit(close):
    """close: the loops of the knit are seen, no sleeve is."""
    material = fabric("jersey", roughness=0.85, specular=0.26)
    arm, shoulder = material.uv("seams")
    bottom, cuff = material.uv("hems")
    edge, way = material.uv("neck")
    knit.seam(material, arm)
    knit.seam(material, shoulder, 0.9)
    knit.hem(material, bottom)
    knit.hem(material, cuff)
    collar = material.less(edge, BAND)
    knit.seam(material, material.subtract(edge, BAND), 1.6, 1.4)
    knit.topstitch(material, edge, BAND + 4.5, 0.45)
    knit.ribs(material, way, material.less(edge, BAND - 1))
    knit.grain(material, 0.8 if close else 1.0)
    rest = material.subtract(1.0, collar)
    if close:
        knit.loops(material, rest)
        return material.set_zone("collar", collar).set_zone("body", rest).printable()
    sleeves = material.multiply(material.greater(arm, 0.0), rest)
    material.set_zone("collar", collar).set_zone("sleeves", sleeves).set_zone("body", material.subtract(rest, sleeves))
    return material.printable()


def build(view):
    close = view.id == "chest"
    side = "front" if close else view.id
    other = "back" if side == "front" else "front"
    lay = LAYS[side]
    near = garment.body_piece(TOP, CUFF, SIDE, neck(side))
    # Seen from the back, the low front neckline is hidden.
    far_neck = neck(other) if side == "front" else neck("back") - [0, 6]
    far = garment.body_piece(TOP, CUFF, SIDE, far_neck)
    line = neck(side)
    cloth = garment.simulate(view, f"tee-{side}", near, lay, pinned=lambda points: distance(points, line) < BAND + 2)
    layers = garment.sew(garment.press_hems(cloth, near, lay), near, far, lay)
    flat, half = layers.flat, folded_half(layers.flat)
    arm = on_sleeve(flat)
    seams = np.c_[arm, distance(half, SHOULDER_SEAM)]
    hems = np.c_[flat[:, 1] - HEM[1], distance(half, CUFF)]
    necks = [np.c_[distance(flat, line), garment.along(flat, line)] for line in (neck(side), far_neck)]
    edge = np.where(layers.near_vertex, necks[0][:, 0], necks[1][:, 0])
    band = np.clip((BAND + 1.5 - edge) / 2.5, 0, 1) * np.clip(edge / 3 + 0.45, 0, 1) * np.clip(np.hypot(*(half - NECK).T) / 16, 0.2, 1)
    points = garment.thicken(layers.points, layers.triangles, 1.6 * band)
    body, sleeve = print_mm(flat, side)
    printed = layers.corners(body)
    is_sleeve = np.repeat(arm[layers.triangles].mean(1) > 0, 3)
    printed[is_sleeve] = layers.corners(sleeve)[is_sleeve]
    printed[~np.repeat(layers.near, 3)] = mesh.NOWHERE
    made = mesh.mesh("tee", points, layers.triangles, jersey_knit(close), loop_uv={
        "print": printed, "pattern": layers.corners(flat), "seams": layers.corners(seams), "hems": layers.corners(hems),
        "neck": layers.corners(*necks), "skin": layers.corners(flat * [1, -1], flat * [1, -1] + [1200, 0])})
    mesh.shade_smooth(made, 50)  # or the light would turn away on the last triangles before an open edge, in scallops
    mesh.solidify(made, 1.3)
