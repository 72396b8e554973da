"""The bag itself: two canvas panels sewn together at the sides and the bottom. mm; the top hem is z = 0, -y towards the viewer."""
import math

import numpy as np

from studio import cloth, mesh
from studio.outline import resample, smooth_field
from studio.subdivision import loop_subdivide

WIDTH, HEIGHT = 380.0, 410.0
HANDLE_AT, HANDLE_WIDTH, PATCH = 88.0, 30.0, 46.0  # from the middle, across, and how far it is sewn onto the bag
PRINT = {"x": 0, "y": 0, "width": 280, "height": 300}
PRINT_BELOW_HEM = 75.0
SEED = 3


def outline(step=6.0):
    """Top edge from left to right, then clockwise; how many of its points are the top edge."""
    w = WIDTH / 2
    edges = [resample(edge, step)[:-1] for edge in ([(-w, 0), (w, 0)], [(w, 0), (w, -HEIGHT)], [(w, -HEIGHT), (-w, -HEIGHT)], [(-w, -HEIGHT), (-w, 0)])]
    return np.vstack(edges), len(edges[0])


def seam_places(flat, hangs):
    """Where the seams go. Hung up, the handles pull the shoulders up and in, the corners are round and hang a little low."""
    x, y = flat.T
    t = -y / HEIGHT
    corner = np.exp(-((np.abs(x) - WIDTH / 2) / 22) ** 2 - ((y + HEIGHT) / 22) ** 2)
    if hangs:
        new_x = x * (0.972 - 0.016 * np.sin(math.pi * t)) + 3 * np.sin(3.1 * t + 1) * t
        shoulder = np.exp(-((np.abs(x) - WIDTH / 2) / 40) ** 2) * np.exp(y / 60)
        new_y = y * 0.99 - 11 * shoulder - 5 * np.sin(math.pi * x / WIDTH + 1.4) * t ** 3
    else:
        new_x, new_y = x * (0.985 - 0.006 * np.sin(math.pi * t)), y * 0.985
    places = np.c_[new_x - np.sign(x) * 5 * corner, new_y + 5 * corner]
    return places + smooth_field(flat, 260, SEED + (0 if hangs else 4)) * (2.4 if hangs else 4.2)


def simulate(hangs):
    """The front panel as cloth: its seams are pinned closer together than it is wide, so that it buckles."""
    loop, top = outline()
    flat, triangles = cloth.triangulate(loop, 8.0, seed=SEED)
    places = seam_places(flat, hangs)
    inward = np.minimum(np.minimum(WIDTH / 2 - np.abs(flat[:, 0]), flat[:, 1] + HEIGHT), 200)
    belly = (0.45 + 0.55 * np.clip(-flat[:, 1] / HEIGHT, 0, 1)) if hangs else 0.55
    puff = 3 + (19 if hangs else 13) * (1 - np.exp(-inward / 45)) * belly
    puff = puff + 4 * smooth_field(flat, 150, SEED + 5)[:, 0] * np.clip(inward / 40, 0, 1)
    handle = (np.abs(np.abs(flat[:, 0]) - HANDLE_AT) < HANDLE_WIDTH / 2 + 3) & (flat[:, 1] > -14)
    if hangs:
        puff = np.where(handle, 8, puff)
    seam = (WIDTH / 2 - np.abs(flat[:, 0]) < 0.1) | (flat[:, 1] + HEIGHT < 0.1)
    pinned = seam | handle if hangs else seam
    back = mesh.mesh("behind", [(-900, 0, -900), (900, 0, -900), (900, 0, 900), (-900, 0, 900)], [(0, 1, 2, 3)])
    start, rest = np.c_[places[:, 0], -puff, places[:, 1]], np.c_[flat[:, 0], 0 * puff, flat[:, 1]]
    points = cloth.simulate(start, triangles, rest, pinned, gravity=(0, 7, -9) if hangs else (0, 22, 0), frames=50, stiffness=40, shear=25,
                            bending=1.1 if hangs else 0.8, mass=0.35, damping=10, quality=5, colliders=[back])
    return {"points": points, "flat": flat, "triangles": triangles, "rim": np.arange(len(loop)), "top": np.arange(1, top)}


def sew(panel, hangs):
    """
    Front and back as one skin, welded along sides and bottom, so that no light comes through the edge. Gives (n, 6) columns: place and
    pattern (x, y, 1 on the front and -1 on the back); triangles; 0 front, 1 back for each; the edges of the seam.
    """
    flat, triangles, count = panel["flat"], panel["triangles"], len(panel["flat"])
    inward = np.minimum(WIDTH / 2 - np.abs(flat[:, 0]), flat[:, 1] + HEIGHT)
    places = seam_places(flat, hangs)
    depth = np.clip(inward * 0.25, 0, 12) + 1 if hangs else np.clip(inward * 0.05, 0, 1.5)
    behind = np.c_[places[:, 0], depth, places[:, 1]]
    welded = np.zeros(count, bool)
    welded[panel["rim"]] = True
    welded[panel["top"]] = False
    own = np.nonzero(~welded)[0]
    number = np.arange(count)
    number[own] = count + np.arange(len(own))
    front = np.c_[panel["points"], flat, np.ones(count)]
    back = np.c_[behind[own], flat[own], -np.ones(len(own))]
    rim = [i for i in panel["rim"] if welded[i]]
    rim = rim[1:] + rim[:1] if not welded[panel["rim"][1]] else rim
    seam = np.c_[rim[:-1], rim[1:]]
    # A triangle between three points of the rim would lie in the same place on both sides.
    behind_triangles = number[triangles[~welded[triangles].all(1)]][:, ::-1]
    side = np.repeat([0, 1], [len(triangles), len(behind_triangles)])
    return np.vstack([front, back]), np.vstack([triangles, behind_triangles]), side, seam


def build_bag(view, material, hangs):
    """Returns a function from pattern (x, y) to the place on the front, for laying the handles on it."""
    panel = cloth.cached(view, f"bag-{'hanging' if hangs else 'flat'}", _sources(), lambda: simulate(hangs))
    columns, triangles, side, seam = sew(panel, hangs)
    for _ in range(2):
        columns, triangles, side, seam = loop_subdivide(columns, triangles, side, seam)
    corners = columns[triangles.ravel(), 3:5]
    on_front = np.repeat(side == 0, 3)[:, None]
    printed = np.where(on_front, np.c_[corners[:, 0] + PRINT["width"] / 2, -PRINT_BELOW_HEM - corners[:, 1]], mesh.NOWHERE)
    skin = np.where(on_front, corners * [1, -1], corners * [1, -1] + [1000, 0])
    made = mesh.mesh("bag", columns[:, :3], triangles, material, loop_uv={"print": printed, "pattern": corners, "skin": skin})
    mesh.shade_smooth(made, 60)  # front and back meet in a sharp seam; a common normal would darken it in scallops
    return panel


def _sources():
    with open(__file__) as file:
        return file.read()
