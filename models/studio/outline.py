"""Curves in the plane and in space, as arrays of points in mm. No Blender needed."""
import math

import numpy as np
from scipy.interpolate import CubicSpline


def bezier(start, control, end, count=24):
    """Quadratic Bezier curve."""
    t = np.linspace(0, 1, count)[:, None]
    return (1 - t) ** 2 * np.asarray(start, float) + 2 * t * (1 - t) * np.asarray(control, float) + t * t * np.asarray(end, float)


def arc(centre, radius, start, end, count):
    """Points from angle `start` to `end` in degrees, counted from the first axis."""
    angles = np.radians(np.linspace(start, end, count))
    return np.asarray(centre, float) + radius * np.c_[np.cos(angles), np.sin(angles)]


def catmull(points, count=12, closed=False):
    """Smooth curve through all points (Catmull-Rom), `count` steps between two of them."""
    points = np.asarray(points, float)
    ends = (points[-1:], points[:2]) if closed else (2 * points[:1] - points[1:2], 2 * points[-1:] - points[-2:-1])
    knots = np.vstack([ends[0], points, ends[1]])
    t = np.linspace(0, 1, count, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(knots, knots[1:], knots[2:], knots[3:]):
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t ** 2 + (3 * b - a - 3 * c + d) * t ** 3))
    return np.vstack(pieces + ([] if closed else [points[-1:]]))


def spline(points, step):
    """Curve through all points whose bend changes smoothly (natural cubic spline over the chords), as points about `step` mm apart."""
    points = np.asarray(points, float)
    chord = lengths(points)
    curve = CubicSpline(chord, points, bc_type="natural")
    return resample(curve(np.linspace(0, chord[-1], 40 * len(points))), step)


def lengths(points):
    """Way from the first point to each."""
    return np.r_[0, np.cumsum(np.linalg.norm(np.diff(np.asarray(points, float), axis=0), axis=1))]


def resample(points, step, closed=False):
    """Points at equal distances of about `step` mm along a polyline; a closed one does not repeat its first point."""
    points = np.asarray(points, float)
    if closed:
        points = np.vstack([points, points[:1]])
    way = lengths(points)
    wanted = np.linspace(0, way[-1], max(2, int(round(way[-1] / step)) + 1))
    out = np.stack([np.interp(wanted, way, axis) for axis in points.T], -1)
    return out[:-1] if closed else out


def rounded_rect(width, height, radius, centre=(0, 0), count=12):
    """Counter-clockwise from the lower right corner."""
    corners = ((1, -1, -90), (1, 1, 0), (-1, 1, 90), (-1, -1, 180))
    return np.vstack([arc((centre[0] + sx * (width / 2 - radius), centre[1] + sy * (height / 2 - radius)), radius, at, at + 90, count)
                      for sx, sy, at in corners])


def rounded_polygon(points, radius, count=10):
    """Every corner becomes an arc; radius: one number or one per corner (0 keeps the corner)."""
    points = [np.asarray(point, float) for point in points]
    radii = [radius] * len(points) if np.isscalar(radius) else radius
    out = []
    for i, corner in enumerate(points):
        before, after = _unit(points[i - 1] - corner), _unit(points[(i + 1) % len(points)] - corner)
        angle = math.acos(float(np.clip(before @ after, -1, 1)))
        if radii[i] <= 0 or abs(angle - math.pi) < 1e-3:
            out.append(corner)
            continue
        reach = radii[i] / math.tan(angle / 2)
        centre = corner + _unit(before + after) * radii[i] / math.sin(angle / 2)
        first, last = corner + before * reach - centre, corner + after * reach - centre
        start = math.atan2(first[1], first[0])
        turn = (math.atan2(last[1], last[0]) - start + math.pi) % (2 * math.pi) - math.pi
        out += [centre + radii[i] * np.array([math.cos(start + turn * k), math.sin(start + turn * k)]) for k in np.linspace(0, 1, count)]
    return np.array(out)


def inside(points, polygon):
    """Which points (n, 2) lie in a polygon, by even-odd rule."""
    x, y = np.asarray(points, float).T
    result = np.zeros(len(x), bool)
    polygon = np.asarray(polygon, float)
    for (xi, yi), (xj, yj) in zip(polygon, np.roll(polygon, 1, axis=0)):
        result ^= ((yi > y) != (yj > y)) & (x < (xj - xi) * (y - yi) / (yj - yi + 1e-12) + xi)
    return result


def distance(points, polyline):
    """Distance of each point (n, 2) to a polyline."""
    points, polyline = np.asarray(points, float), np.asarray(polyline, float)
    best = np.full(len(points), 1e9)
    for a, b in zip(polyline[:-1], polyline[1:]):
        along = b - a
        t = np.clip(((points - a) @ along) / max(along @ along, 1e-12), 0, 1)
        best = np.minimum(best, np.hypot(*(points - a - t[:, None] * along).T))
    return best


def smoothstep(x, start, end):
    t = np.clip((np.asarray(x, float) - start) / (end - start), 0, 1)
    return t * t * (3 - 2 * t)


def smooth_field(points, wavelength, seed):
    """Smooth random vectors (n, 2), about 1 in size: what a hand leaves in laid cloth. wavelength in mm."""
    random = np.random.default_rng(seed)
    out = np.zeros((len(points), 2))
    for _ in range(36):
        heading, phase, lean = random.uniform(0, 2 * math.pi, 3)
        wave = 2 * math.pi / (wavelength * random.uniform(0.7, 1.8))
        out += np.sin(wave * (points @ [math.cos(heading), math.sin(heading)]) + phase)[:, None] * [math.cos(lean), math.sin(lean)]
    return out / 3


def _unit(vector):
    return vector / np.linalg.norm(vector)
