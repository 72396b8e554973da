"""Ribbon crossed over the box, with a bow of two loops, two tails and a knot. mm, in the frame of box.py."""
import math

import numpy as np

from box import BOX_DEPTH, BOX_HEIGHT, BOX_WIDTH
from studio.mesh import grid, shade_smooth, solidify
from studio.outline import catmull, lengths

WIDTH, THICKNESS, LIFT = 28.0, 0.35, 0.7
ROUND = 2.2  # at the edges of the box
UP = np.array((0, 0, 1.0))


def strip(path, side, width, material):
    """Ribbon along a path (n, 3), side (n, 3) or one vector across it; its borders are beaded."""
    path = np.asarray(path, float)
    side = np.broadcast_to(np.asarray(side, float), path.shape)
    side = side / np.linalg.norm(side, axis=1, keepdims=True)
    ahead = np.gradient(path, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    up = np.cross(ahead, side)
    across = np.linspace(-1, 1, 13)
    wide = np.broadcast_to(np.asarray(width, float), (len(path),))
    bead = THICKNESS / 2 * np.exp(-((1 - np.abs(across)) / 0.05) ** 2)
    points = path[:, None] + side[:, None] * (wide[:, None, None] / 2 * across[None, :, None]) + up[:, None] * bead[None, :, None]
    skin = np.stack(np.broadcast_arrays(across[None, :] * WIDTH / 2, lengths(path)[:, None]), -1)
    made = grid("ribbon", points, material, uv={"skin": skin})
    shade_smooth(made, 60)
    solidify(made, THICKNESS)
    return made


def bands(material):
    z, x, y = BOX_HEIGHT, BOX_WIDTH / 2, BOX_DEPTH / 2
    right = BOX_WIDTH
    along = [(-LIFT, y, 0), (-LIFT, y, z - ROUND), (ROUND * 0.3, y, z + LIFT)] + [(step, y, z + LIFT) for step in np.linspace(8, right - 8, 40)]
    along += [(right - ROUND * 0.3, y, z + LIFT), (right + LIFT + 0.5, y, z - ROUND), (right + LIFT + 1.6, y, z * 0.7),
              (right + LIFT + 2.4, y, z * 0.5), (right + LIFT + 2.4, y, 0)]
    over = [(x, -LIFT - 0.2, 0), (x, -LIFT - 0.4, z / 2), (x, -LIFT - 0.1, z - ROUND), (x, ROUND * 0.3, z + LIFT + 0.35)]
    over += [(x, step, z + LIFT + 0.35) for step in np.linspace(8, BOX_DEPTH - 8, 40)]
    over += [(x, BOX_DEPTH + LIFT, z - ROUND), (x, BOX_DEPTH + LIFT, 0)]
    return [strip(along, (0, 1, 0), WIDTH, material), strip(over, (-1, 0, 0), WIDTH, material)]


def _heading(degrees):
    angle = math.radians(degrees)
    ahead = np.array((math.cos(angle), math.sin(angle), 0))
    return ahead, np.array((-ahead[1], ahead[0], 0))


def loop(middle, degrees, size, twist, material):
    ahead, across = _heading(degrees)
    outline = [(2, 2), (20, 17), (42, 32), (60, 33), (71, 21), (62, 6), (38, 1), (16, 3), (1, 1)]  # out from the knot, up
    path = catmull([middle + ahead * out * size + UP * up * size for out, up in outline], 14)
    t = np.linspace(0, 1, len(path))
    tilt = 0.28 * np.sin(2 * math.pi * t) * twist
    side = across * np.cos(tilt)[:, None] + UP * np.sin(tilt)[:, None] + ahead * 0.12 * np.cos(3 * t)[:, None]
    return strip(path, side, WIDTH * (0.4 + 0.66 * np.clip(np.sin(math.pi * t) * 1.6, 0, 1)), material)


def tail(top, degrees, twist, material):
    ahead, across = _heading(degrees)
    steps = [(0, 7, 0), (14, 10, 0), (34, 5, 0), (54, 5.5, 3), (76, 2.6, 5)]  # out from the knot, up, sideways
    path = catmull([top + ahead * out + UP * up + across * aside * twist for out, up, aside in steps], 14)
    t = np.linspace(0, 1, len(path))
    side = across * np.cos(0.35 * np.sin(5 * t))[:, None] + UP * (0.35 * np.sin(5 * t) * twist)[:, None]
    return strip(path, side, WIDTH * (0.4 + 0.55 * np.clip(t * 2.6, 0, 1)), material)


def knot(top, material):
    ahead, across = _heading(32)
    turn = np.linspace(0, 2 * math.pi, 50)
    path = top + UP * 9.5 + across * (9 * np.cos(turn))[:, None] + UP * (8 * np.sin(turn))[:, None]
    return strip(path, ahead, 17, material)


def build_ribbon(material):
    top = np.array((BOX_WIDTH / 2, BOX_DEPTH / 2, BOX_HEIGHT))
    middle = top + UP * 6
    return bands(material) + [loop(middle, 17, 1.28, 1, material), loop(middle, 224, 1.22, -1, material),
                              tail(top, -20, 1, material), tail(top, -122, -1, material), knot(top, material)]
