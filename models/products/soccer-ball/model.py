"""A stitched ball of 32 panels on a studio sweep, printed on one of the hexagons. See ball.py."""
import math

import numpy as np

import ball
from studio.material import Material
from studio.mesh import NOWHERE, mesh, parent

PRINT = (64.0, 40.0)
CAMERA, TARGET = (0, -1350, 330), (0, 0, 108)
LENS = 168

ZONES = [
    {"id": "hexagons", "label": "Hexagons", "colour": "#ffffff"},
    {"id": "pentagons", "label": "Pentagons", "colour": "#1e1f22"},
    {"id": "valve", "label": "Valve", "colour": "#2a2a2c"},
]
# id: where the printed panel looks beside the lens (right, up), its turn in degrees, which hexagon it is
POSES = {"front": ((-0.10, 0.10), -9.0, 0), "turned": ((0.34, 0.16), 7.0, 9)}


def view(view_id, label, placement):
    """A row of VIEWS; both differ in the pose only."""
    return {
        "label": label,
        "size": (1000, 1000),
        "samples": 24,
        "camera": {"at": CAMERA, "to": TARGET, "lens": LENS},
        "backdrop": ("sweep", {"start": 500, "radius": 700}),
        "light": ("table", {"centre": (0, 0, 110), "size": 230, "strength": 0.95, "cards": 0.35}),
        "zones": ZONES if view_id == "turned" else ZONES[:2],
        "background": {"id": "background", "label": "Background", "colour": "#f2f2f1"},
        # The turned ball is printed on its shaded side: exposed for that panel, the lit ones would be white without drawing.
        "exposure": 1.06 if view_id == "front" else 0.86,
        "placements": [{"placement": placement, "zone": "hexagons", "x": 0, "y": 0, "width": PRINT[0], "height": PRINT[1]}],
    }


VIEWS = {"front": view("front", "Front", "front"), "turned": view("turned", "Turned", "back")}


def skin_material(name, zone):
    """Polyurethane skin with a fine embossed grain."""
    made = Material(name, zone, roughness=0.36, specular=0.42)
    place = made.vector(*made.object_mm())
    grain = made.node("ShaderNodeTexVoronoi", feature="SMOOTH_F1")
    grain.inputs["Scale"].default_value, grain.inputs["Smoothness"].default_value = 1 / 1.7, 0.3
    made.link(place, grain.inputs["Vector"])
    made.bump(made.multiply(grain.outputs["Distance"], -0.055), made.multiply(made.noise(place, 26.0, 2), 0.5))
    return made


def direction(beside):
    """Unit vector from the ball towards the lens, moved `beside` (right, up)."""
    towards = np.subtract(CAMERA, (0, 0, ball.RADIUS))
    towards = towards / np.linalg.norm(towards) + np.array([beside[0], 0, beside[1]])
    return towards / np.linalg.norm(towards)


def add_valve(material, towards):
    """A rubber plug with its pin hole, flush with the panel."""
    right, up = ball.upright(towards)
    profile = [(0.02, -1.6), (0.5, -1.5), (0.75, -0.1), (1.1, 0.12), (2.8, 0.12), (3.3, -0.05), (3.5, -0.5), (3.6, -1.5)]
    angle = np.linspace(0, 2 * math.pi, 40, endpoint=False)
    points = [(ball.RADIUS + 0.15 + height) * towards + radius * (np.cos(a) * right + np.sin(a) * up) for radius, height in profile for a in angle]
    faces = [(i * 40 + k, (i + 1) * 40 + k, (i + 1) * 40 + (k + 1) % 40, i * 40 + (k + 1) % 40) for i in range(len(profile) - 1) for k in range(40)]
    return mesh("valve", np.array(points), faces, material)


def build(view):
    """The ball in the pose of the view."""
    beside, turn, hexagon = POSES[view.id]
    facing = direction(beside)
    points, faces, pentagon, art, texture = ball.build_ball(facing, math.radians(turn), hexagon)
    hexagons, pentagons = skin_material("hexagons", "hexagons").printable(), skin_material("pentagons", "pentagons")
    art = np.where(np.abs(art) > 5000, NOWHERE, art + np.array(PRINT) / 2)
    made = mesh("ball", points, faces, [hexagons, pentagons], uv={"print": art, "skin": texture})
    made.data.polygons.foreach_set("material_index", pentagon.astype(np.int32))
    parts = [made]
    if view.id == "turned":
        parts.append(add_valve(Material("valve", "valve", roughness=0.5, specular=0.3), direction((-0.52, 0.30))))
    parent(parts, location=(0, 0, ball.RADIUS - 0.6))
