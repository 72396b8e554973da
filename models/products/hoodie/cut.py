"""Pattern of the hoodie, right half, mm: y = 0 at the highest point of the shoulder, x to the right of the picture."""
import numpy as np

from studio.garment import Lay, folded_half, mirrored, resampled_loop, round_neck, signed
from studio.outline import bezier, catmull, resample, smoothstep

NECK, SHOULDER, PIT = np.array((92.0, 4.0)), np.array((258.0, -62.0)), np.array((292.0, -318.0))
CUFF_OUT, CUFF_IN, HEM = np.array((520.0, -622.0)), np.array((429.0, -636.0)), np.array((278.0, -748.0))
ELBOW = np.array((494.0, -456.0))
RIB_HEM, RIB_CUFF = 64.0, 62.0
NECK_DEPTH = {"front": 88.0, "back": 22.0}
TOP = np.vstack([bezier(NECK, (180, -22), SHOULDER)[:-1], catmull([SHOULDER, (366, -146), (446, -300), ELBOW, CUFF_OUT])])
CUFF = np.array([CUFF_OUT, CUFF_IN])
SIDE = np.vstack([catmull([CUFF_IN, (388, -514), (338, -412), PIT])[:-1], catmull([PIT, (287, -420), (284, -590), (279, -686), HEM])])
ARMHOLE = bezier(SHOULDER, (238, -190), PIT)
SHOULDER_SEAM = bezier(NECK, (180, -22), SHOULDER)
SLEEVE_SIDE = np.vstack([ARMHOLE, [(PIT[0] + 2, -900), (1200, -900), (1200, 200), (SHOULDER[0], 200)]])

HOOD = catmull([NECK, (119, 32), (150, 88), (159, 160), (139, 226), (86, 268), (0, 280)])
HOOD_BEHIND = catmull([NECK, (112, 34), (129, 92), (132, 154), (115, 214), (68, 251), (0, 261)])
OPENING = catmull([(0.8, -82), (2.5, -62), (22, -28), (50, 22), (73, 84), (78, 140), (62, 190), (30, 217), (0, 223)])
BAND = 26.0  # stitched band around the opening
POCKET = np.array([(112.0, -455.0), (174.0, -566.0), (174.0, -683.0)])


def gather(flat):
    """The ribs are narrower than the cloth above them."""
    half = folded_half(flat)
    x, y = half.T
    body = (x < 330) * smoothstep(-y, 660, 692)
    down = (CUFF_OUT - ELBOW) / np.linalg.norm(CUFF_OUT - ELBOW)
    off = half - (CUFF_OUT + CUFF_IN) / 2
    across, up = off @ [down[1], -down[0]], -(off @ down)
    sleeve = (x > 380) * (y < -430) * smoothstep(-up, -RIB_CUFF - 26, -RIB_CUFF + 4)
    moved = np.c_[-x * 0.055 * body, 0 * x] - (across * 0.13 * sleeve)[:, None] * [down[1], -down[0]]
    return moved * np.c_[np.sign(flat[:, 0]), np.ones(len(flat))]


COMMON = {"drift": (2.2, 520.0), "shrink": (0.011, 0.009), "middle": (0.0, -330.0), "waves": 3.0, "puff": 15.0, "bending": 5.0, "gather": gather}
LAYS = {
    "front": Lay(seed=203, pulls=((275, -300, 150, 0.045), (-275, -300, 150, 0.05), (430, -380, 130, 0.03), (-420, -400, 130, 0.03)), **COMMON),
    "back": Lay(seed=218, pulls=((275, -300, 150, 0.05), (-275, -300, 150, 0.045), (420, -400, 130, 0.03), (-430, -380, 130, 0.03)), **COMMON),
}


def neck(side):
    return round_neck(NECK[0], NECK_DEPTH[side], NECK[1])


def on_sleeve(flat):
    return signed(folded_half(flat), ARMHOLE, SLEEVE_SIDE)


def hood_piece(kind):
    """kind: `open` with the opening for the face, `lining` the layer behind it, `whole` for either layer of a hood seen from behind."""
    half = resample(HOOD_BEHIND if kind == "whole" else HOOD, 5)
    silhouette = np.vstack([half, mirrored(half)[1:]])
    if kind == "open":
        arc = neck("front")
        right, left = arc[arc[:, 0] > 2], arc[arc[:, 0] < -2]
        opening = np.vstack([OPENING * [-1, 1], OPENING[::-1][1:]])
        return resampled_loop([(right, False), (silhouette, True), (left, False), (opening, False)])
    depth = 40.0 if kind == "lining" else 29.0  # the whole hood laps over the neck seam
    return resampled_loop([(silhouette, True), (round_neck(NECK[0], depth, NECK[1]), False)])


def pocket_outline():
    right = [POCKET[0], POCKET[1], POCKET[2]]
    corners = np.array([*right, *(np.array(right[::-1]) * [-1, 1])])
    return resample(np.vstack([corners, corners[:1]]), 5, closed=True)
