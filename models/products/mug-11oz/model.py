"""11 oz mug: a turned body and a bent handle that runs into it with a fillet."""
import math

import numpy as np

from studio import mesh
from studio.material import ceramic
from studio.outline import arc, spline

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
        "camera": {"at": (camera_x, -640, 145), "to": (camera_x, 0, 46), "lens": 150},
        "backdrop": ("sweep", {"start": 300, "radius": 500}),
        "light": ("table", {"centre": (0, 0, 50), "size": 100, "cards": 1.0}),
        "background": {"id": "background", "label": "Background", "colour": "#ffffff"},
        # At its sides the mug turns away by so many mm within two pixels; nothing in front of the wrap has print of its own.
        "seam": 20, "zones": ZONES, "placements": [{"placement": "wrap", "zone": "body", **WRAP}],
        "truth": {"placement": "wrap", "samples": 256, "border": (0.13, 0.17, 0.69, 0.86)},
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
    """A bent bar; its ends widen into the body like glaze that has run into the corner."""
    knots = [(RADIUS - 3, 75.8), (50, 76.8), (65, 71.5), (72.5, 55), (67, 35.5), (54, 23.8), (RADIUS - 3, 19.0)]
    path = spline(knots, 0.8)
    spine = np.c_[path[:, 0], 0 * path[:, 0], path[:, 1]]
    angle = np.linspace(0, 2 * math.pi, 64, endpoint=False)
    round_box = np.c_[np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** 0.85, np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** 0.85]
    handle = mesh.sweep("handle", spine, round_box * [6.6, 4.4], ceramic("handle", "handle"), side=(0, 1, 0), caps=False)
    points = mesh.points_of(handle)
    mesh.move_points(handle, fillet(points, np.repeat(spine, len(angle), axis=0)))
    return handle


def fillet(points, middles, radius=5.0):
    """
    Widens a bar where it meets the body, along a quarter circle of `radius` mm between the two surfaces. Worked out on the unrolled
    cylinder, so that the widened foot lies on the body all around. middles: the bar's middle at each point.
    """
    above = np.hypot(points[:, 0], points[:, 1]) - RADIUS
    flat, middle = (np.c_[RADIUS * np.arctan2(p[:, 1], p[:, 0]), p[:, 2]] for p in (points, middles))
    away = flat - middle
    away /= np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-6)
    depth = radius - np.clip(above, 0, radius)
    flat += away * (radius - np.sqrt(radius ** 2 - depth ** 2))[:, None]
    angle, out = flat[:, 0] / RADIUS, RADIUS + above
    return np.c_[out * np.cos(angle), out * np.sin(angle), flat[:, 1]]


def build(view):
    mesh.parent([build_body(), build_handle()], rotation=(0, 0, TURN[view.id]))
