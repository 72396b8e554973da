"""Team jersey of sports mesh with set-in sleeves and side stripes, laid flat: back for name and number, front with a V-neck."""
import numpy as np

from studio import garment, knit, mesh
from studio.garment import Lay, folded_half
from studio.material import fabric
from studio.outline import bezier, distance

# Right half, mm: longer and straighter than a T-shirt
NECK, SHOULDER, PIT = np.array((82.0, 5.0)), np.array((230.0, -50.0)), np.array((270.0, -258.0))
CUFF_OUT, CUFF_IN, WAIST, HEM = np.array((388.0, -200.0)), np.array((324.0, -344.0)), np.array((266.0, -480.0)), np.array((273.0, -742.0))
BAND, TRIM = 22.0, 26.0
V_DEPTH, BACK_DEPTH = 132.0, 19.0
STRIPE = (34.0, 62.0)  # width at the arm pit and at the hem
PRINTS = {"front": {"width": 300, "height": 340}, "back": {"width": 330, "height": 420}}
PRINT_TOP = {"front": -178.0, "back": -98.0}

SHOULDER_SEAM = np.vstack([[NECK, (99, -1)], bezier((99, -1), (190, -31), SHOULDER)[1:]])
TOP = np.vstack([SHOULDER_SEAM, bezier(SHOULDER, SHOULDER + [27, -13], CUFF_OUT)[1:]])
CUFF = np.array([CUFF_OUT, CUFF_IN])
SIDE = np.vstack([bezier(CUFF_IN, (CUFF_IN + PIT) / 2 + [-18, 6], PIT), bezier(PIT, (PIT[0] - 6, PIT[1] - 60), WAIST)[1:],
                  bezier(WAIST, (WAIST[0], WAIST[1] - 120), HEM)[1:]])
ARMHOLE = bezier(SHOULDER, (SHOULDER[0] - 24, SHOULDER[1] - 118), PIT)

CALM = {"drift": (4.0, 480.0), "shrink": (0.010, 0.006), "waves": 2.5, "puff": 10.0, "bending": 0.25}
LAYS = {
    "front": Lay(seed=175, pulls=((250, -250, 120, 0.04), (-250, -250, 120, 0.035), (-200, -580, 140, 0.014), (190, -620, 130, 0.010)), **CALM),
    "back": Lay(seed=203, pulls=((250, -250, 120, 0.035), (-250, -250, 120, 0.04), (200, -560, 140, 0.012), (-180, -620, 140, 0.012)), **CALM),
}
ZONES = [{"id": "body", "label": "Body", "colour": "#ffffff", "follows": "article"}, {"id": "sleeves", "label": "Sleeves", "colour": "#ffffff"},
         {"id": "collar", "label": "Collar and cuffs", "colour": "#ffffff"}, {"id": "side-stripe", "label": "Side stripes", "colour": "#ffffff"}]


def plan(side, label):
    return {
        "label": label, "size": (1000, 1000), "samples": 36, "denoise": "cloth", "clamp": 1.5, "exposure": 0.98, "zones": ZONES,
        "background": {"id": "background", "label": "Background", "colour": "#e4e3e1", "follows": "scene"},
        "placements": [{"placement": side, "zone": "body", "x": 0, "y": 0, **PRINTS[side]}],
        "camera": {"at": (0, -2400, -366), "to": (0, 0, -366), "lens": 94},
        "backdrop": ("wall", {"depth": 6.0}),
        "light": ("flat", {"centre": (0, 0, -340), "size": 700}),
    }


VIEWS = {"back": plan("back", "Back, laid flat"), "front": plan("front", "Front, laid flat")}


def neck(side):
    if side == "back":
        return garment.round_neck(NECK[0], BACK_DEPTH, NECK[1])
    right = bezier((0, NECK[1] - V_DEPTH), NECK - [11, V_DEPTH * 0.58], NECK, 60)
    return np.vstack([garment.mirrored(right), right[1:]])


def on_sleeve(flat):
    return garment.signed(folded_half(flat), ARMHOLE, np.vstack([ARMHOLE, [(PIT[0], -400), (900, -400), (900, 200), (SHOULDER[0], 200)]]))


def on_stripe(flat):
    """mm into the stripe along the side seam, which widens towards the hem."""
    way = np.clip((flat[:, 1] - PIT[1]) / (HEM[1] - PIT[1]), 0, 1)
    edge = WAIST[0] + 4 - (STRIPE[0] + (STRIPE[1] - STRIPE[0]) * way + 10 * np.sin(np.pi * way))
    return np.where(flat[:, 1] > PIT[1] + 60, -50, folded_half(flat)[:, 0] - edge)


def sports_mesh():
    material = fabric("mesh", roughness=0.5, specular=0.4)
    arm, shoulder = material.uv("seams")
    bottom, cuff = material.uv("hems")
    edge, way = material.uv("neck")
    stripe, _ = material.uv("side")
    for away, depth in ((arm, 1.4), (shoulder, 0.9), (material.subtract(edge, BAND), 1.6), (material.subtract(cuff, TRIM), 1.2), (stripe, 1.3)):
        knit.seam(material, away, depth)
    knit.topstitch(material, stripe, 4.5, 0.5)
    knit.topstitch(material, edge, BAND + 4.5, 0.45)
    knit.hem(material, bottom, 24.0, (17.0, 22.0))
    knit.hem(material, cuff, 17.0, (12.0, 16.0), 0.6)
    knit.ribs(material, way, material.less(edge, BAND - 1), 2.6, 0.18)
    trim = material.maximum(material.less(edge, BAND), material.less(cuff, TRIM))
    rest = material.subtract(1.0, trim)
    sleeves = material.multiply(material.greater(arm, 0.0), rest)
    stripes = material.multiply(material.multiply(material.greater(stripe, 0.0), material.less(arm, 0.0)), rest)
    body = material.subtract(material.subtract(rest, sleeves), stripes)
    knit.birdseye(material, material.add(body, stripes), 2.4, 0.13)
    knit.grain(material, 0.55)
    material.set_zone("collar", trim).set_zone("sleeves", sleeves).set_zone("side-stripe", stripes).set_zone("body", body)
    return material.printable()


def build(view):
    side = view.id
    lay, line = LAYS[side], neck(side)
    far_line = neck("back") if side == "front" else neck("back") - [0, 6]
    near, far = garment.body_piece(TOP, CUFF, SIDE, line), garment.body_piece(TOP, CUFF, SIDE, far_line)
    panel = garment.simulate(view, f"jersey-{side}", near, lay, pinned=lambda points: distance(points, line) < BAND + 2)
    layers = garment.sew(garment.press_hems(panel, near, lay), near, far, lay)
    flat, half = layers.flat, folded_half(layers.flat)
    arm = on_sleeve(flat)
    necks = [np.c_[distance(flat, one), garment.along(flat, one)] for one in (line, far_line)]
    edge = np.where(layers.near_vertex, necks[0][:, 0], necks[1][:, 0])
    tip = np.clip(np.hypot(*(half - NECK).T) / 16, 0.2, 1)
    band = np.clip((BAND + 1.5 - edge) / 2.5, 0, 1) * np.clip(edge / 3 + 0.45, 0, 1) * tip
    printed = layers.corners(np.c_[flat[:, 0] + PRINTS[side]["width"] / 2, PRINT_TOP[side] - flat[:, 1]])
    printed[np.repeat(arm[layers.triangles].mean(1) > 0, 3) | ~np.repeat(layers.near, 3)] = mesh.NOWHERE
    made = mesh.mesh("jersey", garment.thicken(layers.points, layers.triangles, 1.5 * band), layers.triangles, sports_mesh(), loop_uv={
        "print": printed, "pattern": layers.corners(flat), "seams": layers.corners(np.c_[arm, distance(half, SHOULDER_SEAM)]),
        "hems": layers.corners(np.c_[flat[:, 1] - HEM[1], distance(half, CUFF)]), "neck": layers.corners(*necks),
        "side": layers.corners(np.c_[on_stripe(flat), 0 * arm]), "skin": layers.corners(flat * [1, -1], flat * [1, -1] + [1200, 0])})
    mesh.shade_smooth(made, 50)  # or the light would turn away on the last triangles before an open edge, in scallops
    mesh.solidify(made, 1.1)
