"""Turned and pressed parts of the pen, in mm along its axis from the writing tip. Profiles are (radius, height)."""
import math

import numpy as np

from studio.mesh import grid, lathe, shade_smooth
from studio.outline import arc, catmull, lengths, rounded_rect

RADIUS = 5.6
LENGTH = 138.5
PRINT_WIDTH, PRINT_HEIGHT, PRINT_MIDDLE = 40.0, 6.0, 49.0


def bead(at, radius, high, wide):
    """Half-round ridge that starts at height `at`."""
    angle = np.linspace(0, math.pi, 9)
    return np.c_[radius + high * np.sin(angle), at + wide / 2 - wide / 2 * np.cos(angle)]


def tip():
    cone = np.linspace(3.75, 19.2, 30)
    return np.vstack([[(0.3, 0), (0.48, 0.12), (0.62, 2.4), (1.05, 2.5), (1.2, 3.6)], np.c_[1.2 + 3.75 * ((cone - 3.6) / 15.6) ** 0.7, cone],
                      [(4.6, 19.5), (4.6, 20.0)], bead(20, 4.75, 0.35, 1.2), [(4.5, 21.3), (4.3, 21.6)]])


def tube_profile(start, end, radius_at, first, last, round_off=0.3):
    """Wall from `start` to `end` with rounded ends; radius_at(height)."""
    between = np.linspace(start + 0.8, end - 0.5, 60)
    return np.vstack([[(first - 0.8, start)], arc((first - round_off, start + round_off), round_off, -90, 0, 6),
                      np.c_[radius_at(between), between], arc((last - round_off, end - round_off), round_off, 0, 90, 6), [(last - 1.1, end)]])


def lower_barrel():
    return tube_profile(21.4, 78, lambda z: 5.3 + (RADIUS - 0.02 - 5.3) * np.sin(math.pi / 2 * np.minimum(1, (z - 21.4) / 40)), 5.3, RADIUS - 0.02)


def upper_barrel():
    return tube_profile(82.8, 126, lambda z: RADIUS - 0.02 - 0.32 * ((z - 82.8) / 43) ** 2, RADIUS - 0.02, RADIUS - 0.34)


def ring():
    return np.vstack([[(4.6, 77.8)], bead(77.9, RADIUS - 0.2, 0.45, 1.0), [(RADIUS - 0.12, 79), (RADIUS + 0.12, 79.05), (RADIUS + 0.2, 79.2)],
                      [(RADIUS + 0.2, 81.6), (RADIUS + 0.12, 81.75), (RADIUS - 0.12, 81.8)], bead(81.9, RADIUS - 0.2, 0.45, 1.0), [(4.6, 83)]])


def cap():
    return np.vstack([[(4.2, 125.7)], bead(125.8, RADIUS - 0.5, 0.42, 1.1), [(RADIUS - 0.42, 127), (RADIUS - 0.62, 131.2)],
                      arc((RADIUS - 1.72, 131.2), 1.1, 0, 90, 8), [(3.0, 132.3)]])


def push_button():
    return np.vstack([[(2.85, 132), (2.75, 137.6)], arc((1.85, 137.6), 0.9, 0, 90, 8), [(0.02, 138.5)]])


def turned(name, profile, material, printable=False):
    """print: u along the axis, v round the barrel; the middle of the print looks along -x."""
    def place(angle, radius, height):
        return height - (PRINT_MIDDLE - PRINT_WIDTH / 2), PRINT_HEIGHT / 2 + RADIUS * (angle - math.pi)

    layers = {"skin": lambda angle, radius, height: (height, RADIUS * angle + 0 * height)}
    if printable:
        layers["print"] = place
    made = lathe(name, profile, material, segments=192, uv=layers)
    shade_smooth(made, 32)
    return made


def clip(material):
    """Tapered sprung strip with a crowned face and a curled foot, over the side that looks along -x."""
    middle = RADIUS
    path = catmull([(129.6, middle - 1), (130, middle + 0.6), (129, middle + 1.9), (125.5, middle + 2.35), (115, middle + 2.25), (102, middle + 1.75),
                    (94.5, middle + 1.1), (91.6, middle + 0.85), (89.8, middle + 1.35), (88.6, middle + 2.2)], 14)
    share = lengths(path) / lengths(path)[-1]
    wide = np.interp(share, [0, 0.1, 0.25, 0.8, 0.93, 1], [4.4, 4.6, 4.6, 3.3, 3.1, 2.4])
    thick = np.interp(share, [0, 0.2, 0.85, 1], [1.1, 1.2, 1.0, 0.8])
    ahead = np.gradient(path, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    away = np.c_[ahead[:, 1], -ahead[:, 0]]
    away *= np.sign(away[len(away) // 2, 1])
    section = rounded_rect(1, 1, 0.3, count=6)
    crown = np.where(section[:, 1] > 0, 0.35 * (1 - (2 * section[:, 0]) ** 2), 0)
    rise = section[:, 1] * thick[:, None] + crown
    height = path[:, :1] + away[:, :1] * rise
    out = path[:, 1:] + away[:, 1:] * rise
    points = np.stack([-out, section[:, 0] * wide[:, None], height], -1)
    made = grid("clip", points, material, wrap=True, caps=True)
    shade_smooth(made, 40)
    return made
