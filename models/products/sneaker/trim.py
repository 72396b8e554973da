"""Sole, tongue, eyelets and laces of the shoe, in the millimetres of upper.py. Every builder returns plain arrays."""
import math

import numpy as np
from scipy.interpolate import CubicSpline, PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from upper import EYELETS, half_outline, outline, outward, sole_bottom, sole_top

# x, height of the crown, half width, thickness, roundness of the tongue (1: as round as the instep)
TONGUE = [
    (216, 64, 9, 3.5, 1), (208, 70.5, 12, 3.5, 1), (200, 78, 16, 4, 1), (182, 87, 19, 4.5, 1), (161, 98, 20.5, 5, 1), (140, 109, 21.5, 5.5, 1),
    (126, 116.8, 22.5, 6.5, 0.95), (116, 124.5, 24.5, 8.5, 0.8), (108, 133.5, 26.5, 9.5, 0.55), (103.5, 141, 27.5, 10, 0.42),
    (99.5, 149, 27.5, 9.5, 0.36),
]
TONGUE_RINGS, TONGUE_AROUND = 150, 96
LACE_WIDTH, LACE_THICKNESS = 6.4, 1.9


def grid_quads(rows, columns, closed_rows=False, closed_columns=False):
    """Faces of a grid of points, row-major; `closed_*` joins the last line with the first."""
    index = np.arange(rows * columns).reshape(rows, columns)
    if closed_rows:
        index = np.vstack([index, index[:1]])
    if closed_columns:
        index = np.hstack([index, index[:, :1]])
    return np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1).reshape(-1, 4).tolist()


def arc_length(points):
    """Length along an open polyline at each of its points."""
    return np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]


def power(x, exponent):
    """Signed power, for superellipses."""
    return np.sign(x) * np.abs(x) ** exponent


# ---------------------------------------------------------------------------------------------------------------- sole


def build_sole():
    """Cup sole: points as a closed grid, distances from the rim above and the ground below, length around. All mm."""
    closed = outline()[:-1]
    pick = np.linspace(0, len(closed), 800, endpoint=False).astype(int)
    normal = gaussian_filter1d(outward(closed), 40, axis=0, mode="wrap")[pick]
    plan = closed[pick]
    bottom, top = sole_bottom(plan[:, 0]), sole_top(plan[:, 0])
    # offset from the outline, share of the wall's height, further mm up
    profile = [(-12, 0, 0), (-3.5, 0, 0), (-1.6, 0, 0.25), (-0.5, 0, 1.0), (0.1, 0, 2.2), (0.3, 0, 4), (0.3, 0, 5.2)]
    profile += [(0.2 + 0.7 * math.sin(math.pi * f) - 0.9 * f, f, 0) for f in np.linspace(0.26, 0.88, 12)]
    profile += [(-0.9, 1, -1.8), (-1.2, 1, -0.8), (-1.9, 1, -0.2), (-3, 1, 0), (-9, 1, 0.2)]
    points = np.stack([np.c_[plan + normal * off, bottom + (top - bottom) * f + up] for off, f, up in profile], 1)
    below_rim = top[:, None] - points[..., 2]
    above_ground = points[..., 2] - bottom[:, None]
    around = np.repeat(arc_length(plan)[:, None], len(profile), 1)
    return points, below_rim, above_ground, around


def build_insole():
    """Outline of the foot bed as one polygon."""
    outer = half_outline(1, 6)(np.linspace(0, 1, 80))[0]
    inner = half_outline(-1, 6)(np.linspace(1, 0, 80))[0]
    plan = np.vstack([outer, inner])
    return np.c_[plan, sole_top(plan[:, 0]) + 4]


# -------------------------------------------------------------------------------------------------------------- tongue


class Tongue:
    """Middle line of the tongue with its crown, and points on and above it."""

    def __init__(self):
        keys = np.array(TONGUE, float)
        along = arc_length(keys[:, :2])
        even = np.linspace(0, along[-1], 400)
        self.line = np.stack([CubicSpline(along, keys[:, i])(even) for i in range(5)], -1)
        tangent = np.gradient(self.line[:, :2], axis=0)
        tangent /= np.hypot(*tangent.T)[:, None]
        self.normal = np.stack([tangent[:, 1], -tangent[:, 0]], -1)
        self.normal *= np.sign(self.normal[:, 1:2])
        self.length = arc_length(self.line[:, :2])

    @staticmethod
    def drop(y):
        """How far the surface falls away from the crown at y, mm."""
        return 0.019 * y ** 2 + 4e-5 * y ** 4

    def above(self, x, y, lift):
        """Point `lift` mm above the surface, and the normal of the crown there."""
        i = np.abs(self.line[:, 0] - x).argmin()
        nx, nz = self.normal[i]
        rise = lift - self.drop(y) * self.line[i, 4]
        return np.array([self.line[i, 0] + nx * rise, y, self.line[i, 1] + nz * rise]), np.array([nx, 0, nz])

    def mm(self, points, width, height, x):
        """Millimetres of a print area on the crown, its middle at x, read from the toe: up is towards the leg."""
        middle = self.length[np.abs(self.line[:, 0] - x).argmin()]
        own = np.hypot(points[:, None, 0] - self.line[None, :, 0], points[:, None, 2] - self.line[None, :, 1]).argmin(1)
        return np.c_[width / 2 - points[:, 1], middle - self.length[own] + height / 2]


def build_tongue(tongue):
    """Padded tongue: grid of points (closed around), distance from its edge, arc length from the bottom, sideways mm, 1 on the upper face."""
    even = np.linspace(0, len(tongue.line) - 1, TONGUE_RINGS)
    pick = lambda values: np.stack([np.interp(even, np.arange(len(values)), column) for column in values.T], -1)
    line, normal = pick(tongue.line), pick(tongue.normal)
    length = np.interp(even, np.arange(len(tongue.length)), tongue.length)
    rest = length[-1] - length
    corner = 19.0
    bend = np.clip(1 - rest / corner, 0, 1)
    half_width = line[:, 2] - corner * (1 - np.sqrt(np.maximum(1 - bend ** 2, 0)))
    thick = line[:, 3] / 2 * np.sqrt(np.maximum(1 - np.clip(1 - rest / 5.0, 0, 1) ** 2, 0.01))
    angle = 2 * np.pi * np.arange(TONGUE_AROUND) / TONGUE_AROUND
    y = half_width[:, None] * power(np.cos(angle), 0.8)[None]
    up = thick[:, None] * power(np.sin(angle), 0.7)[None] - line[:, 3:4] / 2 - Tongue.drop(y) * line[:, 4:5]
    points = np.stack([line[:, :1] + normal[:, :1] * up, y, line[:, 1:2] + normal[:, 1:2] * up], -1)
    edge = np.minimum(half_width[:, None] - np.abs(y), rest[:, None])
    face = np.broadcast_to((np.sin(angle) > -0.05)[None] * 1.0, y.shape)
    return points, edge, np.repeat(length[:, None], TONGUE_AROUND, 1), y, face


# --------------------------------------------------------------------------------------------------------------- laces


def ribbon(path, up, width=LACE_WIDTH, thickness=LACE_THICKNESS, rings=120, around=20):
    """Flat band swept along a path: points (rings, around, 3), mm along and across.

    `up` is the normal of its face per key point. `width` and `thickness` are numbers, or one per key point.
    """
    path, up = np.asarray(path, float), np.asarray(up, float)
    along = arc_length(path)
    even = np.linspace(0, along[-1], rings)
    line = CubicSpline(along, path)(even)
    normal = PchipInterpolator(along, up)(even)
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1)[:, None]
    normal = normal - tangent * (normal * tangent).sum(1)[:, None]
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    across = np.cross(tangent, normal)
    spread = lambda value: np.full(rings, float(value)) if np.isscalar(value) else PchipInterpolator(along, value)(even)
    angle = 2 * np.pi * np.arange(around) / around
    side, rise = power(np.cos(angle), 0.6), power(np.sin(angle), 0.8)
    half, high = spread(width)[:, None] / 2, spread(thickness)[:, None] / 2
    points = line[:, None] + across[:, None] * (half * side)[..., None] + normal[:, None] * (high * rise)[..., None]
    return points, np.repeat(arc_length(line)[:, None], around, 1), half * side + 0 * high


def tube_faces(rings, around):
    """Faces of a swept band, both ends closed."""
    faces = grid_quads(rings, around, closed_columns=True)
    return faces + [list(range(around))[::-1], list(range((rings - 1) * around, rings * around))]


def eyelet_ring(point, normal, radius=3.0, wire=0.85, rings=40, around=12):
    """Torus that lies on the leather."""
    helper = np.array([1.0, 0, 0]) if abs(normal[0]) < 0.8 else np.array([0, 1.0, 0])
    first = np.cross(normal, helper)
    first /= np.linalg.norm(first)
    second = np.cross(normal, first)
    big = 2 * np.pi * np.arange(rings) / rings
    small = 2 * np.pi * np.arange(around) / around
    spoke = np.cos(big)[:, None] * first + np.sin(big)[:, None] * second
    centre = point + normal * 0.15
    return centre + spoke[:, None] * (radius + wire * np.cos(small))[None, :, None] + normal * (0.8 * wire * np.sin(small))[None, :, None]


def crossing(upper, tongue, step, outer):
    """Path of the lace that leaves eyelet `step` on one side and goes under the other side to eyelet `step` + 1."""
    here, there = upper.eyelets[step], upper.eyelets[step + 1]
    point, normal, edge, edge_normal = here[0 if outer else 1]
    far_point, far_normal, far_edge, far_edge_normal = there[1 if outer else 0]
    ridge, crown = tongue.above((edge[0] + far_edge[0]) / 2, 0, 2.3 if outer == (step % 2 == 0) else 0.9)
    near_mid, _ = tongue.above(edge[0] * 0.75 + far_edge[0] * 0.25, edge[1] * 0.55, 2.2)
    far_mid, _ = tongue.above(edge[0] * 0.25 + far_edge[0] * 0.75, far_edge[1] * 0.62, 0.9)
    inward = (edge - point) / np.linalg.norm(edge - point)
    path = [point - normal * 3.0 - inward * 0.4, point + normal * 0.2, point + normal * 1.9 + inward * 2.2, edge + edge_normal * 1.9 + inward * 0.4,
            near_mid, ridge, far_mid, far_edge - far_edge_normal * 2.2, far_point - far_normal * 3.6]
    up = [-inward * 0.9 + normal * 0.3, -inward * 0.7 + normal * 0.5, normal, edge_normal, (edge_normal + crown) / 2, crown, crown, far_edge_normal, far_normal]
    width = [3.4, 4.0, 5.4, LACE_WIDTH, LACE_WIDTH, LACE_WIDTH, LACE_WIDTH, LACE_WIDTH, LACE_WIDTH]
    return ribbon(path, up, width, [2.6, 2.5, 2.1] + [LACE_THICKNESS] * 6)


class Drape:
    """The way down from the knot over the edge of the throat and the side of the shoe."""

    def __init__(self, upper, tongue, x, outer):
        self.upper, self.tongue, self.x, self.outer = upper, tongue, x, outer
        self.share = np.interp(-x, -np.array([161, 130, 119, 110]), [0.36, 0.45, 0.485, 0.52])
        self.side = 1 if outer else -1

    def at(self, out, toward_toe, lift):
        """Point and normal `out` mm from the middle line along the surface, moved along the shoe, `lift` mm above it."""
        share = self.share - toward_toe / 330
        edge_point, edge_normal = self.upper.spot(share, self.outer, 0)
        to_edge = abs(edge_point[1])
        if out <= to_edge:
            point, normal = self.tongue.above(edge_point[0], self.side * out, lift + 1.0 * out / to_edge)
            blend = out / to_edge
            normal = normal * (1 - blend) + edge_normal * blend
            return point, normal / np.linalg.norm(normal)
        point, normal = self.upper.spot(share, self.outer, out - to_edge)
        return point + normal * lift, normal


def bow_loop(drape, knot, reach, spread, lean, lift):
    """One loop of the bow: out over the side and back, standing up a little where it turns."""
    path, up = [knot], [np.array([0, 0, 1.0])]
    share = np.linspace(0, 1, 15)
    for t in share[1:-1]:
        wave = (1 - math.cos(2 * math.pi * t)) / 2
        out = 3 + (reach - 3) * wave ** 0.75
        sideways = lean * wave + spread * math.sin(2 * math.pi * t) * (0.35 + 0.65 * wave)
        height = lift + 3.0 * wave * (1 - wave) * 4 * (0.4 + t) + 3.5 * t
        point, normal = drape.at(out, sideways, height)
        path.append(point)
        up.append(normal)
    path.append(knot + np.array([0, 0, 1.0]))
    up.append(np.array([0, 0, 1.0]))
    path, up = np.array(path), np.array(up)
    # A band that turns stands on edge where it turns: its face looks away from the middle of the loop.
    away = path - path[1:-1].mean(0)
    away /= np.linalg.norm(away, axis=1)[:, None]
    turn = np.sin(np.pi * share) ** 2
    face = up * (1 - 0.75 * turn)[:, None] + away * (0.75 * turn)[:, None]
    smooth = gaussian_filter1d(path, 0.6, axis=0, mode="nearest")
    smooth[0], smooth[-1] = path[0], path[-1]
    return ribbon(smooth, face, rings=220)


def bow_end(drape, knot, reach, toward_toe, lift=1.6):
    """A loose end that hangs down the side, and the points of the tip's axis."""
    keys = [(6, 1, lift + 2.0), (13, 3, lift + 1.6), (19, 5, lift + 1.0)] + [(o, toward_toe * (o / reach) ** 1.3, lift) for o in np.linspace(26, reach, 6)]
    spots = [drape.at(*key) for key in keys]
    path = np.array([knot] + [point for point, _ in spots])
    up = np.array([[0, 0, 1.0]] + [normal for _, normal in spots])
    width = [LACE_WIDTH] * (len(path) - 2) + [LACE_WIDTH * 0.9, 3.6]
    thick = [LACE_THICKNESS] * (len(path) - 2) + [2.2, 3.2]
    tip = path[-1] - path[-2]
    tip /= np.linalg.norm(tip)
    sleeve = ribbon([path[-1] - tip * 1.0, path[-1] + tip * 6, path[-1] + tip * 13 - up[-1] * 0.3], [up[-1]] * 3, 3.5, 3.2, rings=30)
    return ribbon(path, up, width, thick, rings=160), sleeve


def wrap(knot, axis, normal, width=7.5, radii=(6.2, 4.2)):
    """The turn of lace around the middle of the bow."""
    angle = np.linspace(0, 2 * np.pi, 13)
    path = [knot + axis * radii[0] * math.cos(a) + normal * radii[1] * math.sin(a) for a in angle]
    up = [axis * math.cos(a) / radii[0] + normal * math.sin(a) / radii[1] for a in angle]
    return ribbon(path, [u / np.linalg.norm(u) for u in up], width, 2.0, rings=60)


def build_laces(upper, tongue):
    """Every piece of lace as (points, along, across): crossings, the two last runs, the bow with its ends."""
    pieces = [crossing(upper, tongue, step, outer) for step in range(len(EYELETS) - 1) for outer in (True, False)]
    x = 119.0
    knot, normal = tongue.above(x, 0, 4.4)
    axis = np.array([normal[2], 0, -normal[0]])
    for outer in (True, False):
        point, own, edge, edge_normal = upper.eyelets[-1][0 if outer else 1]
        inward = (edge - point) / np.linalg.norm(edge - point)
        middle, crown = tongue.above((edge[0] + x) / 2, edge[1] * 0.5, 2.4)
        path = [point - own * 3.0 - inward * 0.4, point + own * 0.2, point + own * 1.9 + inward * 2.2, edge + edge_normal * 1.9, middle, knot]
        up = [-inward * 0.9 + own * 0.3, -inward * 0.7 + own * 0.5, own, edge_normal, crown, crown]
        pieces.append(ribbon(path, up, [3.4, 4.0, 5.4] + [LACE_WIDTH] * 3, [2.6, 2.5, 2.1] + [LACE_THICKNESS] * 3))
        drape = Drape(upper, tongue, x, outer)
        pieces.append(bow_loop(drape, knot, reach=50, spread=9.5, lean=-8 if outer else -5, lift=3.2))
        end, sleeve = bow_end(drape, knot, reach=50 if outer else 46, toward_toe=26 if outer else 20)
        pieces += [end, sleeve]
    pieces.append(wrap(knot, axis, normal))
    return pieces
