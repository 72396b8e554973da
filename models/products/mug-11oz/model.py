"""11 oz mug: a lathed body and a swept handle whose ends widen into the body."""
import math

import numpy as np

from studio import mesh
from studio.material import ceramic
from studio.outline import arc, catmull, lengths

RADIUS, HEIGHT, WALL = 41.0, 96.0, 3.6  # mm
WRAP = {"x": -114.3, "y": 0.0, "width": 228.6, "height": 88.9}  # u = 0 lies opposite the handle
PRINT_TOP = 92.5  # height of the wrap's upper edge above the table

ZONES = [
    {"id": "body", "label": "Body", "colour": "#ffffff", "follows": "article"},
    {"id": "inside", "label": "Inside", "colour": "#ffffff", "follows": "article"},
    {"id": "handle", "label": "Handle", "colour": "#ffffff", "follows": "article"},
]


def plan(label, camera_x):
    return {
        "label": label, "size": (1000, 1000), "samples": 96, "denoise": "smooth", "clamp": 6.0,
        "camera": {"at": (camera_x, -640, 145), "to": (camera_x, 0, 46), "lens": 140},
        "backdrop": ("sweep", {"start": 300, "radius": 500}),
        "light": ("table", {"centre": (0, 0, 50), "size": 100, "cards": 1.0}),
        "background": {"id": "background", "label": "Background", "colour": "#ffffff"},
        "zones": ZONES, "placements": [{"placement": "wrap", "zone": "body", **WRAP}],
    }


VIEWS = {
    "handle-right": plan("Handle on the right", 15),
    "handle-left": plan("Handle on the left", -15),
    "front": plan("Front, handle behind", 0),
}
TURN = {"handle-right": 16, "handle-left": 164, "front": 90}  # degrees from the x axis to the handle


def body_profile():
    """(radius, height) from the middle of the foot over the lip to the middle of the inner floor; where the print and the inside begin."""
    inner = RADIUS - WALL
    foot = [(0, 1.6), (29, 1.6), *arc((31, 1.2), 1.2, 160, 270, 5), (35, 0), *arc((RADIUS - 3, 3.0), 3.0, -80, 0, 10)]
    wall = [(RADIUS, z) for z in np.linspace(3.5, HEIGHT - WALL / 2 - 0.2, 40)]
    lip = list(arc((RADIUS - WALL / 2, HEIGHT - WALL / 2), WALL / 2, 0, 180, 17))
    hollow = [(inner, z) for z in np.linspace(90, 14, 20)] + list(arc((inner - 9, 14), 9, 0, -90, 12)) + [(18, 5), (0, 5)]
    return np.array(foot + wall + lip + hollow), len(foot), len(foot) + len(wall) + 8


def wrap_position(angle, radius, height):
    """Where a point of the body lies on the wrap; nowhere off the straight wall."""
    u = RADIUS * (angle - math.pi)
    straight = radius > RADIUS - 0.01
    return u, np.where(straight, PRINT_TOP - height, mesh.NOWHERE)


def build_body():
    profile, _, inside = body_profile()
    materials = [ceramic("body", "body").printable(), ceramic("inside", "inside")]
    rows = [0 if i < inside else 1 for i in range(len(profile) - 1)]
    return mesh.lathe("body", profile, materials, segments=256, uv={"print": wrap_position}, row_material=rows)


def build_handle():
    path = catmull([(RADIUS - 2.4, 77), (52, 79.5), (64, 76), (71.5, 65), (72.5, 50), (68, 36), (58, 26.5), (48, 22.5), (RADIUS - 2.4, 20)], 14)
    way = lengths(path)
    to_end = np.minimum(way, way[-1] - way)
    thick = 4.3 * (1 + 0.75 * np.exp(-(to_end / 4.2) ** 1.3))
    wide = 6.6 * (1 + 0.42 * np.exp(-(to_end / 5) ** 1.3))
    angle = np.linspace(0, 2 * math.pi, 48, endpoint=False)
    section = np.c_[np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** 0.85, np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** 0.85]
    spine = np.c_[path[:, 0], 0 * way, path[:, 1]]
    return mesh.sweep("handle", spine, section, ceramic("handle", "handle"), side=(0, 1, 0), scale=np.c_[wide, thick])


def build(view):
    mesh.parent([build_body(), build_handle()], rotation=(0, 0, TURN[view.id]))
