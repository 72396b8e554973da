"""Pressed and bent parts of the tongs, mm: x from the hinge end to the head, y across, z up from the middle between the arms."""
import math

import numpy as np
from scipy.ndimage import gaussian_filter1d

from studio.mesh import MM, grid, lathe, mesh, shade_smooth, solidify, tube
from studio.outline import catmull

LENGTH, THICKNESS = 300.0, 1.1
HEAD = 222.0  # where the handle ends
PIVOT = 7.0
OPENING = 5.0  # degrees, each arm
BEND = 3.4  # radius between the face of an arm and its flanges
PRINT_WIDTH, PRINT_HEIGHT, PRINT_MIDDLE = 60.0, 10.0, 88.0

# Along the arm: half width of the face, depth of the flanges, how far the face stands off a straight line
STATIONS = np.array([0, 30, 60, 120, 190, 222, 262, 300.0])
HALF_WIDTH = np.array([10.6, 10.8, 11.5, 12.4, 10.2, 9.6, 21.0, 19.5])
DEPTH = np.array([10.5, 10.5, 9.2, 8.0, 7.0, 6.0, 4.5, 4.5])
LIFT = np.array([0, 0.4, 2.2, 4.2, 3.4, 0.6, -1.6, -13.0])


def _along(x, values, softness=16):
    fine = np.linspace(0, LENGTH, 800)
    return np.interp(x, fine, gaussian_filter1d(np.interp(fine, STATIONS, values), softness, mode="nearest"))


def _channel(share, half_width, depth):
    """Folded sheet across the arm: y, z (0 on top) and the sheet's own half width, for shares -1 to 1 of the sheet."""
    flat, bend = half_width - BEND, BEND * math.pi / 2
    half_sheet = flat + bend + max(depth - BEND, 0.01)
    way = np.abs(share) * half_sheet
    on_face, in_bend = way < flat, way < flat + bend
    y = np.where(on_face, way, np.where(in_bend, flat + BEND * np.sin((way - flat) / BEND), half_width))
    z = np.where(on_face, 0, np.where(in_bend, BEND * np.cos((way - flat) / BEND) - BEND, -BEND - (way - flat - bend)))
    crown = 0.55 * (np.minimum(way, flat) / flat) ** 2
    return np.sign(share) * y, z - crown, half_sheet


def _row(x, share, narrower):
    """One line across the arm: points and the way across the sheet, mm."""
    half_width = _along(x, HALF_WIDTH) - narrower
    half_width *= math.sqrt(max(1 - (1 - min(1, (x + 0.15) / 8.5)) ** 2.3, 0.02))  # rounded end
    y, z, half_sheet = _channel(share, half_width, _along(x, DEPTH, 14))
    into_head = np.clip((x - HEAD + 18) / 40, 0, 1)
    into_head = into_head * into_head * (3 - 2 * into_head)
    # the head is a shallow bowl with three flutes that deepen towards its scalloped edge
    flutes = 1.5 * np.clip((x - HEAD - 6) / 60, 0, 1) ** 1.6 * np.cos(3 * math.pi * share) * (1 - 0.25 * np.abs(share))
    bowl = -5.0 * np.abs(share) ** 2.2 + flutes
    y = y * (1 - into_head) + half_width * share * into_head
    z = z * (1 - into_head) + bowl * into_head + _along(x, LIFT)
    at_edge = np.clip((x - (LENGTH - 45)) / 45, 0, 1) ** 1.5
    edge = -13 * np.abs(share) ** 2.6 + 2.4 * (np.abs(np.cos(1.5 * math.pi * share)) ** 0.8 - 0.5)
    way = share * (half_sheet * (1 - into_head) + half_width * into_head)
    return np.c_[x + at_edge * edge, y, z], way


def arm(name, material, upper):
    """Upper arm (printable), or the lower one, which is narrower: its flanges lie between those of the upper."""
    share = np.linspace(-1, 1, 81)
    rows = [_row(x, share, 0 if upper else 1.35) for x in np.linspace(0, LENGTH, 360)]
    points, way = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    skin = np.stack([points[..., 0], -way], -1)
    layers = {"skin": skin}
    if upper:
        layers["print"] = skin - [PRINT_MIDDLE - PRINT_WIDTH / 2, -PRINT_HEIGHT / 2]
    points = _hung(points, 1 if upper else -1)
    if upper:
        points, layers = points[:, ::-1], {name: uv[:, ::-1] for name, uv in layers.items()}
    made = grid(name, points, material, uv=layers)
    shade_smooth(made, 60)
    solidify(made, THICKNESS)
    bevel = made.modifiers.new("bevel", "BEVEL")
    bevel.width, bevel.segments, bevel.limit_method, bevel.angle_limit = 0.3 * MM, 2, "ANGLE", math.radians(50)
    return made


def _hung(points, side):
    """Turned about the hinge; side 1: upper, -1: mirrored below."""
    height = (points[..., 2] + (9.6 if side > 0 else 8.9)) * side
    angle = math.radians(OPENING) * side
    x = points[..., 0] - PIVOT
    return np.stack([PIVOT + x * math.cos(angle) - height * math.sin(angle), points[..., 1], x * math.sin(angle) + height * math.cos(angle)], -1)


def rivet(material, side):
    """Domed head of the hinge pin on one side."""
    dome = np.linspace(0.25, math.pi / 2 - 0.01, 8)
    profile = np.vstack([[(3.3, 9.5), (3.3, 10.6)], np.c_[3.3 * np.cos(dome), 10.6 + 1.3 * np.sin(dome)]])
    made = lathe("rivet", profile, material, segments=48)
    made.rotation_euler = (-side * math.pi / 2, 0, 0)
    made.location = (PIVOT * MM, 0, 0)
    shade_smooth(made, 60)
    return made


def hinge(material):
    """Pin, its heads and the spring around it."""
    turn = np.linspace(0, 10 * math.pi, 200)
    coil = np.c_[PIVOT + 4 * np.cos(turn), -5 + turn / math.pi, 4 * np.sin(turn)]
    pin = np.c_[np.full(6, PIVOT), np.linspace(-10, 10, 6), np.zeros(6)]
    return [rivet(material, 1), rivet(material, -1), tube("pin", pin, 2.4, material), tube("spring", coil, 0.8, material, sides=10)]


def pull_ring(material):
    """Drop-shaped wire that locks the arms."""
    half = [(4, 3.5, 0), (-3, 4.2, 0), (-11, 8.5, -0.4), (-19, 9, -1), (-25, 4.5, -1.4)]
    path = [(x, -y, z) for x, y, z in half] + [(-26.5, 0, -1.6)] + half[::-1]
    return tube("ring", catmull(path, 10), 1.35, material)
