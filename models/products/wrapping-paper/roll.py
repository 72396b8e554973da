"""A sheet that lies flat and goes on into a roll with its printed side inwards, mm: u = 0 is the free edge, the roll's axis is along y."""
import math

import numpy as np

from studio.mesh import grid, shade_smooth
from studio.outline import lengths

FLAT, RADIUS, TURNS, PITCH = 352.0, 20.0, 1.18, 0.9
THICKNESS = 0.15


def side_line():
    """The sheet seen from the side: a free edge that curls up a little, the table, the spiral."""
    way = np.linspace(0, FLAT, 140)
    lying = np.c_[way, 0.3 + 9 * np.maximum(0, 1 - way / 70) ** 2.2]
    turn = np.linspace(0, 2 * math.pi * TURNS, int(90 * TURNS))[1:]
    radius = RADIUS - PITCH * turn / (2 * math.pi)
    return np.vstack([lying, np.c_[FLAT + radius * np.sin(turn), RADIUS + 0.3 - radius * np.cos(turn)]])


def build_roll(printed, reverse, width):
    line = side_line()
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    below = line + np.c_[ahead[:, 1], -ahead[:, 0]] * THICKNESS
    ys = np.linspace(0, width, 30)
    uv = np.stack(np.broadcast_arrays(lengths(line)[None, :], width - ys[:, None]), -1)

    def raised(side):
        return np.stack([np.c_[side[:, 0], np.full(len(side), y), side[:, 1]] for y in ys])

    made = [grid("front", raised(line), printed, uv={"print": uv, "skin": uv}),
            grid("reverse", raised(below)[::-1], reverse, uv={"skin": uv[::-1]})]
    for one in made:
        shade_smooth(one, 60)
    return made
