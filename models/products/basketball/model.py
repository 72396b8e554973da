"""A basketball: one pebbled sphere with eight panels, its channels drawn by the distance to their middle lines."""
import numpy as np

from studio.material import Material
from studio.mesh import NOWHERE, grid, parent

RADIUS = 120.0
PRINT = (72.0, 40.0)
CHANNEL = 3.1  # half its width, mm
CAMERA, TARGET = (0, -1450, 350), (0, 0, 118)

COMMON = {
    "size": (1000, 1000),
    "samples": 22,
    "backdrop": ("sweep", {"start": 500, "radius": 700}),
    "light": ("table", {"centre": (0, 0, 120), "size": 250, "strength": 0.95, "cards": 0.3}),
    "zones": [
        {"id": "leather", "label": "Leather", "colour": "#c8682f"},
        {"id": "channels", "label": "Channels", "colour": "#1b1918"},
    ],
    "background": {"id": "background", "label": "Background", "colour": "#f2f2f1"},
    "placements": [{"placement": "panel", "zone": "leather", "x": 0, "y": 0, "width": PRINT[0], "height": PRINT[1]}],
    "exposure": 1.0,
}
# How the ball lies: turned about x, y and z, degrees.
VIEWS = {
    "front": {**COMMON, "label": "Front", "camera": {"at": CAMERA, "to": TARGET, "lens": 166}, "turn": (0, 0, 0)},
    "turned": {**COMMON, "label": "Turned", "camera": {"at": (0, -1400, 520), "to": TARGET, "lens": 168}, "samples": 32, "turn": (-4, 6, 25)},
}


def turned(points, axis, degrees):
    """Points turned about x (0), y (1) or z (2)."""
    a = np.radians(degrees)
    first, second = [(1, 2), (2, 0), (0, 1)][axis]
    out = points.copy()
    out[..., first] = points[..., first] * np.cos(a) - points[..., second] * np.sin(a)
    out[..., second] = points[..., first] * np.sin(a) + points[..., second] * np.cos(a)
    return out


def channel_distance(unit):
    """Distance in mm of points on the unit sphere from the nearest channel: two great circles and an oval on either side."""
    own = turned(turned(unit, 2, 24), 0, 27)
    x, y, z = own[..., 0], own[..., 1], own[..., 2]
    distances = [np.abs(np.arcsin(np.clip(z, -1, 1))), np.abs(np.arcsin(np.clip(x, -1, 1)))]
    for sign in (1, -1):
        from_pole = np.arccos(np.clip(sign * x, -1, 1))
        around = np.arctan2(z, y)
        distances.append(np.abs(from_pole - np.radians(40) * (1 + 0.28 * np.cos(2 * around))))
    return np.min(distances, 0) * RADIUS


def print_mm(unit, facing):
    """Azimuthal mm round the point that looks along `facing`, upright in the picture and a little turned."""
    right = np.cross([0, 0, 1.0], facing)
    right /= np.linalg.norm(right)
    up = np.cross(facing, right)
    angle = np.radians(-8)
    right, up = right * np.cos(angle) + up * np.sin(angle), up * np.cos(angle) - right * np.sin(angle)
    far = np.arccos(np.clip(unit @ facing, -1, 1))
    x, y = unit @ right, unit @ up
    scale = np.where(far > 1e-6, far / np.maximum(np.hypot(x, y), 1e-9), 1) * RADIUS
    mm = np.stack([x * scale + PRINT[0] / 2, PRINT[1] / 2 - y * scale], -1)
    mm[far > 0.6] = NOWHERE
    return mm


def ball_material():
    """Composite leather with pebbles of 2.7 mm that end at the smooth channels."""
    made = Material("ball", roughness=0.5, specular=0.35)
    distance = made.node("ShaderNodeAttribute", attribute_name="channel").outputs["Fac"]
    leather = made.step(distance, CHANNEL, 0.35)
    made.set_zone("leather", leather).set_zone("channels", made.subtract(1.0, leather))
    pebbles = made.node("ShaderNodeTexVoronoi", feature="SMOOTH_F1")
    pebbles.inputs["Scale"].default_value, pebbles.inputs["Smoothness"].default_value = 1 / 2.7, 0.25
    made.link(made.vector(*made.object_mm()), pebbles.inputs["Vector"])
    full = made.step(distance, CHANNEL + 1.6, 2.6)
    made.bump(made.multiply(made.multiply(pebbles.outputs["Distance"], full), -0.55))
    return made.printable()


def build(view):
    """The ball on the sweep, its printed panel left of the lens."""
    polar, around = np.meshgrid(np.linspace(np.pi - 1e-3, 1e-3, 340), np.linspace(0, 2 * np.pi, 681), indexing="ij")
    unit = np.stack([np.sin(polar) * np.cos(around), np.sin(polar) * np.sin(around), np.cos(polar)], -1)
    unit = turned(unit, 0, 70)  # the poles of the mesh out of sight
    distance = channel_distance(unit)
    points = unit * (RADIUS - 2.1 * np.exp(-((distance / 2.9) ** 4)))[..., None]
    facing = np.subtract(CAMERA, (0, 0, RADIUS))
    facing = facing / np.linalg.norm(facing) + np.array([-0.03, 0, -0.13])
    facing /= np.linalg.norm(facing)
    across = np.arctan2(unit[..., 0], -unit[..., 1]) * RADIUS
    skin = np.stack([across, -np.arcsin(np.clip(unit[..., 2], -1, 1)) * RADIUS], -1)
    made = grid("ball", points[:, :-1], ball_material(), wrap=True, uv={"print": print_mm(unit, facing), "skin": skin})
    attribute = made.data.attributes.new("channel", "FLOAT", "POINT")
    attribute.data.foreach_set("value", np.ascontiguousarray(distance[:, :-1], np.float32).ravel())
    parent([made], location=(0, 0, RADIUS - 0.5), rotation=view.plan["turn"])
