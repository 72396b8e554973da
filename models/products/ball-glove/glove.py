"""A fielder's glove lying palm down: padded finger stalls, woven web, bindings, rawhide laces and a wrist strap.

Millimetres: x towards the thumb, y towards the finger tips, z up from the table. Every builder returns plain arrays.
"""
from dataclasses import dataclass, field

import numpy as np
from scipy.interpolate import CubicSpline, PchipInterpolator
from scipy.ndimage import gaussian_filter

UP = (0, 0, 1)
# x, y, z, width, thickness from the wrist to the tip
STALLS = {
    "pinky": [
        (-50, -4, 17, 38, 26), (-59, 30, 24, 48, 32), (-65, 80, 34, 52, 35), (-73, 130, 40, 53, 36),
        (-83, 176, 33, 51, 35), (-93, 214, 17, 45, 31), (-96, 226, 9, 41, 28),
    ],
    "ring": [
        (-22, 78, 36, 32, 22), (-28, 118, 48, 46, 32), (-36, 168, 51, 51, 35),
        (-43, 215, 42, 50, 34), (-50, 256, 21, 44, 30), (-53, 268, 12, 40, 27),
    ],
    "middle": [
        (2, 80, 39, 32, 22), (3, 120, 51, 45, 32), (3, 175, 54, 50, 35),
        (3, 230, 43, 50, 34), (3, 276, 21, 44, 30), (3, 288, 12, 40, 27),
    ],
    "index": [
        (26, 78, 36, 32, 22), (33, 118, 48, 46, 32), (42, 168, 51, 51, 35),
        (49, 215, 42, 50, 34), (57, 256, 21, 44, 30), (60, 268, 12, 40, 27),
    ],
    "thumb": [
        (50, -4, 17, 38, 26), (61, 30, 24, 50, 32), (83, 72, 34, 57, 36), (114, 112, 38, 58, 37),
        (142, 150, 31, 55, 35), (167, 187, 16, 48, 31), (173, 197, 9, 44, 28),
    ],
}
STRAP = (88.0, 26.0)  # print area on the strap, mm
STRAP_WIDTH = 38.0


@dataclass
class Part:
    """A mesh with the material it is made of and one number per point for each field."""

    name: str
    material: str
    points: np.ndarray
    faces: list
    fields: dict = field(default_factory=dict)
    art_mm: np.ndarray | None = None


def arc_length(points):
    """Length along an open polyline at each of its points."""
    return np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]


def power(x, exponent):
    """Signed power, for superellipses."""
    return np.sign(x) * np.abs(x) ** exponent


def tube_faces(rings, around):
    """Quads of a swept section and polygons over both ends."""
    index = np.arange(rings * around).reshape(rings, around)
    index = np.hstack([index, index[:, :1]])
    quads = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], -1).reshape(-1, 4)[:, ::-1].tolist()
    return quads + [list(range(around))[::-1], list(range((rings - 1) * around, rings * around))]


def sweep(path, up, width, thickness, rings=100, around=24, square=(0.6, 0.8)):
    """Superellipse swept along a path: points (rings, around, 3) and mm along, mm across, half width, 1 on the upper face."""
    path = np.asarray(path, float)
    up = np.broadcast_to(np.asarray(up, float), path.shape)
    along = arc_length(path)
    even = np.linspace(0, along[-1], rings)
    line, normal = CubicSpline(along, path)(even), PchipInterpolator(along, up)(even)
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1)[:, None]
    normal = normal - tangent * (normal * tangent).sum(1)[:, None]
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    across = np.cross(tangent, normal)
    spread = lambda value: np.full(rings, float(value)) if np.isscalar(value) else PchipInterpolator(along, value)(even)
    half, high = spread(width)[:, None] / 2, spread(thickness)[:, None] / 2
    angle = 2 * np.pi * np.arange(around) / around
    side, rise = power(np.cos(angle), square[0])[None], power(np.sin(angle), square[1])[None]
    points = line[:, None] + across[:, None] * (half * side)[..., None] + normal[:, None] * (high * rise)[..., None]
    length = np.repeat(arc_length(line)[:, None], around, 1)
    return points, {"along": length, "across": half * side, "half": half + 0 * side, "face": (rise > -0.05) * 1.0 + 0 * half}


def strip(name, material, path, up, width, thickness, **shape):
    """A swept part."""
    points, fields = sweep(path, up, width, thickness, **shape)
    return Part(name, material, points.reshape(-1, 3), tube_faces(*points.shape[:2]), {k: v.ravel() for k, v in fields.items()})


def stall(name, seed):
    """A finger: round tip, uneven padding, two knuckle creases. Its fields give the distance from the side as seen from above."""
    keys = np.array(STALLS[name], float)
    rings, around = 170, 72
    points, fields = sweep(keys[:, :3], UP, keys[:, 3], keys[:, 4], rings, around, (0.84, 0.86))
    rest = fields["along"].max() - fields["along"]
    middle = points.mean(1, keepdims=True)
    tip = np.sqrt(np.maximum(1 - np.clip(1 - rest / 19.0, 0, 1) ** 2, 0))
    foot = np.sqrt(np.maximum(1 - np.clip(1 - fields["along"] / 14.0, 0, 1) ** 2, 0))
    close = np.maximum(tip * foot, 0.02)
    noise = gaussian_filter(np.random.default_rng(seed).normal(size=(rings, around)), (11, 7), mode=("nearest", "wrap"))
    points = middle + (points - middle) * (close * (1 + 0.016 * noise / noise.std()))[..., None]
    share = fields["along"] / fields["along"].max()
    for at, wide, deep in ((0.44, 0.020, 1.3), (0.63, 0.018, 1.1)):
        points[..., 2] -= deep * np.exp(-(((share - at) / wide) ** 2)) * fields["face"]
    fields["half"] = fields["half"] * tip
    fields["rest"] = rest
    kind = {"pinky": "pinky", "thumb": "thumb"}.get(name, "fingers")
    return Part(f"stall-{name}", kind, points.reshape(-1, 3), tube_faces(rings, around), {k: v.ravel() for k, v in fields.items()})


def on_stall(name, y, side, lift=0.0):
    """Point on top of a stall where its middle line is at y, `side` half widths across it (right is positive), `lift` mm above."""
    keys = np.array(STALLS[name], float)
    along = arc_length(keys[:, :3])
    at = np.interp(y, keys[:, 1], along)
    curve = CubicSpline(along, keys[:, :3])
    ahead = curve(at, 1) / np.linalg.norm(curve(at, 1))
    across = np.cross(ahead, UP)
    across /= np.linalg.norm(across)
    normal = np.cross(across, ahead)
    width, thick = np.interp(at, along, keys[:, 3]), np.interp(at, along, keys[:, 4])
    fall = (1 - min(abs(side), 1.0) ** (2 / 0.84)) ** (0.86 / 2)
    return curve(at) + across * side * width / 2 + normal * (thick / 2 * fall + lift)


def pillow(name, material, outline, middle, bottom, top, count=180, rings=30):
    """A flat cushion over a closed outline."""
    closed = np.array(list(outline) + [outline[0]], float)
    along = arc_length(closed)
    ring = CubicSpline(along, closed, bc_type="periodic")(np.linspace(0, along[-1], count, endpoint=False))
    share = np.sin(np.pi / 2 * np.linspace(0, 1, rings))
    height = bottom + (top - bottom) * (1 - share ** 3.0) ** (1 / 2.2)
    flat = middle + (ring[None] - middle) * np.maximum(share, 1e-4)[:, None, None]
    points = np.concatenate([flat, np.broadcast_to(height[:, None, None], flat.shape[:2] + (1,))], 2)
    index = np.arange(rings * count).reshape(rings, count)
    index = np.hstack([index, index[:, :1]])
    faces = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1).reshape(-1, 4).tolist()
    return Part(name, material, points.reshape(-1, 3), faces)


def web_surface(s, t, lift=0.0):
    """The web between index finger (s = 0) and thumb (s = 1), from the crotch (t = 0) to its top edge (t = 1)."""
    left_y, right_y = 124 + 132 * t, 96 + 94 * t
    left = np.stack([np.interp(left_y, [100, 168, 215, 268], [46, 55, 63, 72]), left_y, np.interp(left_y, [100, 215, 256], [34, 34, 20])], -1)
    right = np.stack([np.interp(right_y, [72, 112, 150, 197], [67, 97, 126, 157]), right_y, np.interp(right_y, [72, 150, 197], [30, 26, 14])], -1)
    middle = left * (1 - s)[..., None] + right * s[..., None]
    bow = 4 * s * (1 - s)
    middle[..., 1] += bow * (-6 + 30 * t)
    middle[..., 0] += bow * 8 * t
    middle[..., 2] += bow * (3 + 2 * t) + lift
    return middle


def web():
    """A basket web: strips of leather over and under each other in one surface."""
    rows, columns = 300, 220
    t, s = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, columns), indexing="ij")
    upright, level = 7, 10
    a, b = s * upright, t * level
    i, j = np.floor(np.minimum(a, upright - 1e-6)), np.floor(np.minimum(b, level - 1e-6))
    over = np.where((i + j) % 2 == 0, 1.0, -1.0)
    fa, fb = a - i - 0.5, b - j - 0.5
    dome = lambda f: np.sqrt(np.maximum(1 - (np.abs(f) / 0.5) ** 6, 0))
    # The strip on top arches along its own direction and is flat across; the slits between strips are deep.
    arch = np.where(over > 0, np.cos(np.pi * fb), np.cos(np.pi * fa))
    slit = np.where(over > 0, dome(fa), dome(fb))
    height = 1.5 * arch + 3.0 * (slit - 1)
    edge = np.minimum(np.minimum(t, 1 - t) * level, np.minimum(s, 1 - s) * upright)
    frame = np.clip(edge / 0.12, 0, 1)
    points = web_surface(s, t) + np.stack([0 * s, 0 * s, height * frame], -1)
    index = np.arange(rows * columns).reshape(rows, columns)
    faces = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], -1).reshape(-1, 4).tolist()
    to_side = np.where(over > 0, 0.5 - np.abs(fa), 0.5 - np.abs(fb)) * 12
    return Part("web", "web", points.reshape(-1, 3), faces, {"strip_edge": to_side.ravel()})


def web_edge(which, rings=9):
    """Path along one edge of the web."""
    t = np.linspace(0, 1, rings)
    fixed = {"top": (t, np.ones(rings)), "bottom": (t, np.zeros(rings)), "left": (np.zeros(rings), t), "right": (np.ones(rings), t)}[which]
    return web_surface(*fixed, lift=1.0)


def lace(name, path, up=UP, width=6.2, thickness=3.0):
    """A rawhide lace that narrows where it goes through the leather at both ends."""
    count = len(path)
    wide = [width * 0.62] + [width] * (count - 2) + [width * 0.62]
    return strip(name, "laces", path, up, wide, thickness, rings=60, around=20)


def tie(first, second, y_first, y_second):
    """A lace between two neighbouring fingers: out of a hole in one, over the gap, into the other."""
    middle = (on_stall(first, y_first, 0.66) + on_stall(second, y_second, -0.66)) / 2 + [0, 0, -2.0]
    path = [on_stall(first, y_first, 0.26, -7), on_stall(first, y_first, 0.33, 0.3), on_stall(first, y_first, 0.54, 1.4), middle,
            on_stall(second, y_second, -0.54, 1.4), on_stall(second, y_second, -0.33, 0.3), on_stall(second, y_second, -0.26, -7)]
    up = [(-0.9, 0, 0.3), (-0.4, 0, 0.9), UP, UP, UP, (0.4, 0, 0.9), (0.9, 0, 0.3)]
    return lace(f"tie-{first}-{second}-{y_first}", path, up)


def side_lace(name, y, outwards):
    """A lace of the heel: out of a hole in the stall and round its outer side."""
    steps = [(0.34, 0, -7.0), (0.42, 1, 0.4), (0.62, 3, 1.3), (0.85, 5, 1.3), (1.0, 7, 1.0)]
    path = [on_stall(name, y + forward, outwards * side, lift) for side, forward, lift in steps]
    path += [path[-1] + [outwards * 1.0, 3, -8.0], path[-1] + [-outwards * 4, 5, -17.0]]
    slopes = [(-0.9, 0.3), (-0.3, 1), (0.2, 1), (0.6, 0.8), (1, 0.4), (1, 0), (1, -0.3)]
    up = [(outwards * x, 0, z) for x, z in slopes]
    return lace(f"heel-{name}-{y}", path, up)


def web_lace(which, share):
    """A loop that ties the web to the finger beside it, over the web's bound edge."""
    across, finger, sign = {"left": (0.10, "index", 1), "right": (0.90, "thumb", -1)}[which]
    web_at = lambda s, lift: web_surface(np.array(s), np.array(share), lift)
    inner = web_at(across, 3.0)
    y = inner[1] + {"left": 2, "right": -14}[which]
    over_edge = web_at(across * 0.4 + (0.6 if sign < 0 else 0), 5.0)
    on_finger = [on_stall(finger, y, sign * side, lift) for side, lift in ((0.93, 2.2), (0.70, 1.5), (0.50, 0.4), (0.42, -7))]
    path = [inner + [0, -2, -8], inner + [0, 0, 0.8], over_edge, *on_finger]
    return lace(f"web-{which}-{share:.2f}", path)


def wrist_strap():
    """The strap over the wrist; both ends go round the stalls and under them. Art lies on its upper face, read from below."""
    path = [(-44, 24, 1.5), (-66, 24, 3), (-84, 25, 12), (-86, 26, 26), (-77, 27, 38), (-60, 28, 45), (-34, 29, 47.5), (0, 30, 49), (34, 29, 47.5),
            (62, 28, 45), (80, 27, 38), (89, 26, 26), (87, 25, 12), (68, 24, 3), (44, 24, 1.5)]
    up = [(0, 0, -1), (-0.4, 0, -1), (-1, 0, -0.4), (-1, 0, 0.2), (-0.75, 0, 0.65), (-0.3, 0, 1), (-0.06, 0, 1), UP, (0.06, 0, 1), (0.3, 0, 1),
          (0.75, 0, 0.65), (1, 0, 0.2), (1, 0, -0.4), (0.4, 0, -1), (0, 0, -1)]
    points, fields = sweep(path, up, STRAP_WIDTH, 5.5, 300, 56, (0.35, 0.6))
    u = fields["along"] - fields["along"].max() / 2 + STRAP[0] / 2
    art = np.stack([u, fields["across"] + STRAP[1] / 2], -1)
    art[fields["face"] < 0.5] = 1e4
    return Part("strap", "strap", points.reshape(-1, 3), tube_faces(*points.shape[:2]), {k: v.ravel() for k, v in fields.items()}, art.reshape(-1, 2))


def bindings():
    """Rolled leather round the hand opening, the wrist and the top of the web. Their ends run under other parts."""
    opening = [(-35, -13, 26), (-38, 8, 33), (-41, 30, 38), (-43, 50, 43), (-38, 68, 48), (-22, 79, 51), (2, 83, 52), (26, 79, 51), (42, 67, 48),
               (47, 49, 43), (44, 30, 38), (40, 8, 33), (37, -13, 26)]
    wrist = [(-86, 26, 12), (-80, 8, 19), (-66, -7, 25), (-44, -14, 28), (-20, -16, 27), (0, -17, 26), (22, -16, 27), (46, -14, 28), (68, -7, 25),
             (82, 8, 19), (89, 26, 12)]
    return [
        strip("binding-opening", "binding", opening, UP, 11, 9, square=(1, 1), rings=140),
        strip("binding-wrist", "binding", wrist, UP, 10, 13, square=(1, 1), rings=120),
        strip("binding-web-top", "binding", web_edge("top"), UP, 9, 7, square=(1, 1)),
        strip("binding-web-left", "binding", web_edge("left"), UP, 7, 5, square=(1, 1)),
        strip("binding-web-right", "binding", web_edge("right"), UP, 7, 5, square=(1, 1)),
    ]


def build_glove():
    """All parts of the glove."""
    parts = [stall(name, seed) for seed, name in enumerate(STALLS)]
    palm = [(-56, -10), (0, -14), (54, -10), (84, 36), (108, 88), (120, 120), (104, 150), (84, 168), (72, 190), (62, 226), (50, 256), (26, 268), (-20, 268),
            (-62, 246), (-96, 206), (-98, 140), (-86, 60)]
    parts.append(pillow("palm", "palm", palm, np.array([-2, 92]), 2, 26))
    inside = [(-52, -4), (0, -9), (50, -4), (56, 40), (46, 80), (0, 94), (-42, 80), (-54, 40)]
    parts.append(pillow("inside", "lining", inside, np.array([0, 42]), 12, 33))
    parts += [web(), wrist_strap()] + bindings()
    for down in (0, 12):
        parts += [tie("pinky", "ring", 200 - down, 214 - down), tie("ring", "middle", 236 - down, 244 - down), tie("middle", "index", 244 - down, 236 - down)]
    parts += [side_lace("thumb", y, 1) for y in (62, 78, 94)] + [side_lace("pinky", y, -1) for y in (62, 78, 94)]
    parts += [web_lace(which, share) for which in ("left", "right") for share in (0.25, 0.5, 0.75, 0.93)]
    return parts
