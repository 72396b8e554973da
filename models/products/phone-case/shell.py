"""The case as one surface: flat back with a window for the camera, rounded edges, walls, and a raised rim around the window. Millimetres."""
import math

import bpy
import numpy as np
from mathutils import Vector
from mathutils.geometry import delaunay_2d_cdt

from studio.mesh import mesh, shade_smooth, weighted_normals
from studio.outline import arc, inside, lengths

WIDTH, HEIGHT, THICKNESS = 75.0, 151.0, 9.4
EDGE = 3.5  # radius between back and walls
CORNER = 13.0
WRAP = 8.0  # how far the trim lies beyond the flat back, along the surface
TRIM_WIDTH, TRIM_HEIGHT = WIDTH - 2 * EDGE + 2 * WRAP, HEIGHT - 2 * EDGE + 2 * WRAP
WINDOW = dict(width=36.0, height=38.0, radius=10.0, centre=(-14.0, 51.0))
RIM = 2.3  # foot of the raised rim, beyond the window


def eased_rect(width, height, radius, centre=(0, 0), count=24, power=2.25, step=4.0):
    """Rounded rectangle whose corners ease into the sides (superellipse), as points and outward normals, counter-clockwise."""
    points, normals = [], []
    for sx, sy, start in ((1, -1, -90), (1, 1, 0), (-1, 1, 90), (-1, -1, 180)):
        for angle in np.radians(np.linspace(start, start + 90, count)):
            c, s = math.cos(angle), math.sin(angle)
            k = (abs(c) ** power + abs(s) ** power) ** (-1 / power)
            points.append((centre[0] + sx * (width / 2 - radius) + radius * k * c, centre[1] + sy * (height / 2 - radius) + radius * k * s))
            normals.append((math.copysign(abs(k * c) ** (power - 1), c), math.copysign(abs(k * s) ** (power - 1), s)))
    points, normals = np.array(points), np.array(normals)
    return _denser(points, normals / np.linalg.norm(normals, axis=1, keepdims=True), step)


def _denser(points, normals, step):
    out = []
    for a, b, na, nb in zip(points, np.roll(points, -1, 0), normals, np.roll(normals, -1, 0)):
        count = max(1, math.ceil(np.linalg.norm(b - a) / step))
        out += [np.r_[a + (b - a) * t, na + (nb - na) * t] for t in np.arange(count) / count]
    points, normals = np.array(out)[:, :2], np.array(out)[:, 2:]
    return points, normals / np.linalg.norm(normals, axis=1, keepdims=True)


class Surface:
    """Collects points, faces and print mm of one mesh."""

    def __init__(self):
        self.points, self.faces, self.print = [], [], []

    def add(self, points, faces, printed):
        first = sum(len(part) for part in self.points)
        self.points.append(points)
        self.print.append(printed)
        self.faces += [tuple(int(i) + first for i in face) for face in faces]

    def around(self, outline, normals, profile, reach):
        """Rings at (offset outwards, z); `reach` is how far each ring lies from the flat back, along the surface. Faces look outwards."""
        rings = np.array([np.c_[outline + normals * offset, np.full(len(outline), z)] for offset, z in profile])
        index = np.arange(rings.shape[0] * rings.shape[1]).reshape(rings.shape[:2])
        beside = np.roll(index, -1, 1)
        faces = np.stack([index[:-1], index[1:], beside[1:], beside[:-1]], -1).reshape(-1, 4)
        self.add(rings.reshape(-1, 3), faces, np.vstack([printed(outline + normals * far) for far in reach]))

    def flat(self, outline, holes, z):
        points, faces = filled(outline, holes)
        self.add(np.c_[points, np.full(len(points), z)], faces, printed(points))

    def made(self, name, material):
        points, uv = np.vstack(self.points), np.vstack(self.print)
        one = mesh(name, points, self.faces, material, uv={"print": uv, "skin": uv})
        shade_smooth(one, 35)
        weighted_normals(one)
        return one


def printed(points):
    """Points of the back (x to the right, y up, from the middle) to print mm."""
    return np.c_[TRIM_WIDTH / 2 + points[:, 0], TRIM_HEIGHT / 2 - points[:, 1]]


def filled(outline, holes=()):
    """Triangles between an outline and holes in it, facing up: points (n, 2) and faces."""
    loops = [np.asarray(outline), *map(np.asarray, holes)]
    points = np.vstack(loops)
    first = np.cumsum([0] + [len(loop) for loop in loops])
    edges = [(int(a + i), int(a + (i + 1) % len(loop))) for a, loop in zip(first, loops) for i in range(len(loop))]
    solved = delaunay_2d_cdt([Vector(point) for point in points], edges, [], 1, 1e-5)
    points, triangles = np.array([tuple(point) for point in solved[0]]), np.array(solved[2])
    middles = points[triangles].mean(1)
    keep = inside(middles, loops[0])
    for hole in loops[1:]:
        keep &= ~inside(middles, hole)
    return points, triangles[keep]


def build_shell(material):
    surface = Surface()
    outline, normals = eased_rect(WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE, CORNER - EDGE)
    top = THICKNESS
    roll = arc((0, top - EDGE), EDGE, 90, 0, 14)
    wall = [(EDGE + 0.12 * math.sin(math.pi * t), top - EDGE - t * (top - EDGE - 1.1)) for t in np.linspace(0, 1, 8)[1:]]
    lip = arc((EDGE - 0.7, 0.75), 0.7, 20, -90, 7)
    profile = np.vstack([roll, wall, lip, [(EDGE - 2.2, 0.05), (EDGE - 2.3, 0.8), (EDGE - 2.3, top - 2)]])
    surface.around(outline, normals, profile, lengths(profile))
    window, outwards = eased_rect(**WINDOW, count=20, power=2.2, step=3)
    rise = [(RIM - t, top + 1.1 * (3 * t * t - 2 * t ** 3)) for t in np.linspace(0, 1, 8)[1:]]
    rim = np.vstack([[(RIM, top)], rise, arc((0.5, top + 0.6), 0.5, 90, 180, 6), [(0, top - 0.5), (0, top - 1.8)]])
    surface.around(window, outwards, rim, rim[:, 0])
    surface.flat(outline, [window + outwards * RIM], top)
    return surface.made("case", material)


def build_slab(name, material, width, height, radius, centre, z0, z1, bevel):
    """Plate with rounded upper edges."""
    outline, normals = eased_rect(width - 2 * bevel, height - 2 * bevel, radius - bevel, centre, count=16, power=2.2)
    profile = np.vstack([arc((0, z1 - bevel), bevel, 90, 0, 7), [(bevel, z0)]])
    surface = Surface()
    surface.around(outline, normals, profile, profile[:, 0])
    surface.flat(outline, [], z1)
    made = surface.made(name, material)
    made.data.uv_layers.remove(made.data.uv_layers["print"])
    return made


def build_button(name, material, along, length, side, height=3.2, out=0.75, middle=4.8):
    """Key cover on a side wall: side 1 is right of the back, -1 left; `along` is its middle. The print of the wall runs over it."""
    outline, normals = eased_rect(length, height, height / 2 - 0.01, count=12, power=2.0, step=1)
    profile = [(0.9, -0.4), (0.55, 0.05), (0.2, out * 0.55), (0, out * 0.86), (-0.3, out), (-0.6, out)]
    rings = []
    for offset, rise in profile:
        ring = outline + normals * offset
        rings.append(np.c_[np.full(len(ring), side * (WIDTH / 2 + rise)), along + side * ring[:, 0], middle + ring[:, 1]])
    rings = np.array(rings)
    index = np.arange(rings.shape[0] * rings.shape[1]).reshape(rings.shape[:2])
    beside = np.roll(index, -1, 1)
    faces = np.stack([index[:-1], beside[:-1], beside[1:], index[1:]], -1).reshape(-1, 4).tolist() + [index[-1].tolist()]
    points = rings.reshape(-1, 3)
    reach = EDGE * math.pi / 2 + THICKNESS - EDGE - points[:, 2]
    uv = printed(np.c_[side * (WIDTH / 2 - EDGE + reach), points[:, 1]])
    made = mesh(name, points, faces, material, uv={"print": uv, "skin": uv})
    shade_smooth(made, 60)
    return made


def build_opening(name, material, along, length, height, middle=4.5):
    """Dark rounded opening in the lower wall; `along` is its middle to the right."""
    outline, _ = eased_rect(length, height, height / 2 - 0.01, (along, middle), count=10, power=2.0, step=1)
    points = np.c_[outline[:, 0], np.full(len(outline), -HEIGHT / 2 - 0.16), outline[:, 1]]
    return mesh(name, points, [list(range(len(points)))], material, uv={"skin": outline})
