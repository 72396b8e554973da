"""A folded card in mm: a line across it, seen from above, carried up to the height of the card."""
import math

import numpy as np
from scipy.ndimage import gaussian_filter1d

from studio.mesh import grid, shade_smooth
from studio.outline import lengths

PANEL, HEIGHT, THICKNESS = 148.0, 210.0, 0.45
INSIDE = 400.0  # the inside lies beside the outside on the print surface, this far to the right
NEAR = 6.0  # how far from the fold the line is bent


def folded(front, back, bow):
    """
    Line from the free edge of the back over the fold at the origin to the free edge of the front, and its way from 0 to 296.
    front, back: directions of the panels in degrees; bow: how far they bend, mm.
    """
    share = np.linspace(0, 1, 40)

    def panel(degrees, side):
        ahead = np.array([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))])
        return share[:, None] * ahead * PANEL + (side * bow * np.sin(math.pi * share) * share)[:, None] * [-ahead[1], ahead[0]]

    line = np.vstack([panel(back, 1)[::-1], panel(front, -1)[1:]])
    way = lengths(line)
    fold = way[39]
    wanted = np.unique(np.r_[np.linspace(0, fold - NEAR, 30), np.linspace(fold - NEAR, fold + NEAR, 81), np.linspace(fold + NEAR, way[-1], 30)])
    fine = np.linspace(fold - 2 * NEAR, fold + 2 * NEAR, 481)
    rounded = np.stack([gaussian_filter1d(np.interp(fine, way, axis), 10, mode="nearest") for axis in line.T], 1)
    points = np.stack([np.interp(wanted, way, axis) for axis in line.T], 1)
    bent = np.abs(wanted - fold) < NEAR
    points[bent] = np.stack([np.interp(wanted[bent], fine, axis) for axis in rounded.T], 1)
    way = lengths(points)
    return points, way * 2 * PANEL / way[-1]


def card(line, way, outside, inside):
    """Both skins and the cut edges: a list of objects."""
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    away = np.c_[ahead[:, 1], -ahead[:, 0]]
    outer, inner = line + away * THICKNESS / 2, line - away * THICKNESS / 2
    heights = np.linspace(0, HEIGHT, 4)

    def raised(points):
        return np.stack([np.c_[points, np.full(len(points), z)] for z in heights])

    u, v = np.broadcast_arrays(way[None, :], HEIGHT - heights[:, None])
    out = np.stack([u, v], -1)
    back = np.stack([INSIDE + 2 * PANEL - u, v], -1)[:, ::-1]
    made = [grid("outside", raised(outer), outside, uv={"print": out, "skin": out}),
            grid("inside", raised(inner)[:, ::-1], inside, uv={"print": back, "skin": back})]
    for one in made:
        shade_smooth(one, 60)
    return made + _edges(outer, inner, way, outside)


def _edges(outer, inner, way, material):
    """The cut edges, which show the print of the outside run over them."""
    def strip(name, points, printed):
        return grid(name, np.array(points), material, uv={"print": np.array(printed), "skin": np.array(printed)})

    made = []
    for z, v in ((0, HEIGHT), (HEIGHT, 0)):
        lines = [np.c_[outer, np.full(len(outer), z)], np.c_[inner, np.full(len(inner), z)]]
        uv = np.c_[way, np.full(len(way), v)]
        made.append(strip("edge", lines if z else lines[::-1], [uv, uv]))
    for end in (0, -1):
        sides = [[(*side[end], z) for z in (0, HEIGHT)] for side in (inner, outer)]
        uv = [(way[end], HEIGHT), (way[end], 0)]
        made.append(strip("end", sides if end == 0 else sides[::-1], [uv, uv]))
    return made
