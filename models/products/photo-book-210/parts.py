"""A hardcover book in mm: x from the spine to the fore-edge, y from tail to head, z from back to front cover. The whole case is one skin."""
import math

import numpy as np
from mathutils import Vector
from mathutils.geometry import tessellate_polygon

from studio.mesh import MM, NOWHERE, box_skin, mesh, shade_smooth, tube, weighted_normals

FACE, HEIGHT, SPINE, HINGE = 210.0, 210.0, 20.0, 6.0
WIDTH = HINGE + FACE
BOARD, SQUARE = 2.8, 3.5  # thickness of the boards, and how far they stand over the pages
ROUND = 0.8  # of the head and tail edges
CLEAR = 1.6  # how far the pressed groove reaches onto the board


def _front_half():
    """Outer skin from the fore-edge to the middle of the spine: (x, z, u), u in print mm with 0 at the hinge edge of the front board."""
    r = BOARD / 2
    edge = np.linspace(0, math.pi / 2, 6)
    points = [(WIDTH - r + r * math.cos(a), SPINE - r + r * math.sin(a), FACE + r * (math.pi / 2 - a)) for a in edge]
    points += [(x, SPINE, x - HINGE) for x in np.linspace(WIDTH - r, HINGE + CLEAR, 40)[1:]]
    for t in np.linspace(0, 1, 26)[1:]:
        x = (HINGE + CLEAR) * (1 - t) + 0.4 * t
        points.append((x, SPINE - 1.5 * math.sin(math.pi * t) ** 2 - 0.1 * t, CLEAR - (CLEAR + HINGE - 1.0) * t))
    for a in np.linspace(90, 180, 8)[1:]:
        points.append((0.4 + 1.9 * math.cos(math.radians(a)), SPINE - 2 + 1.9 * math.sin(math.radians(a)), 1 - HINGE - 3 * (a - 90) / 90))
    for t in np.linspace(0, 1, 10)[1:]:
        down = (SPINE / 2 - 2) * t
        points.append((-1.5 - 0.55 * math.sin(math.pi / 2 * t), SPINE - 2 - down, -HINGE - 2 - down))
    return np.array(points)


def _outline():
    front = _front_half()
    back = front[::-1][1:] * [1, -1, -1] + [0, SPINE, -2 * HINGE - SPINE]
    outer = np.vstack([front, back])
    inner = [(WIDTH - BOARD / 2 - 0.2, BOARD), (HINGE + 1, BOARD), (3, BOARD - 1), (1, BOARD + 0.5), (0.4, SPINE / 2)]
    inner = np.array(inner + [(x, SPINE - z) for x, z in inner[-2::-1]])
    return np.vstack([outer[:, :2], inner]), np.r_[outer[:, 2], np.full(len(inner), NOWHERE)]


def case(material):
    outline, u = _outline()
    ahead = np.roll(outline, -1, 0) - np.roll(outline, 1, 0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    outwards = np.c_[ahead[:, 1], -ahead[:, 0]]
    rounding = [(-ROUND * (1 - math.sin(a)), ROUND * (1 - math.cos(a))) for a in np.linspace(0, math.pi / 2, 5)]
    stations = rounding + [(0, HEIGHT / 2)] + [(offset, HEIGHT - y) for offset, y in rounding[::-1]]
    count = len(outline)
    points, printed = [], []
    for offset, y in stations:
        ring = outline + outwards * offset
        points.append(np.c_[ring[:, 0], np.full(count, y), ring[:, 1]])
        printed.append(np.c_[u, np.where(u == NOWHERE, NOWHERE, HEIGHT - y)])
    faces = [(row * count + i, row * count + (i + 1) % count, (row + 1) * count + (i + 1) % count, (row + 1) * count + i)
             for row in range(len(stations) - 1) for i in range(count)]
    corners = np.vstack(printed)[np.array(faces)]
    corners[(corners == NOWHERE).any((1, 2))] = NOWHERE
    ends, end_corners = _board_edges(outline, u, points, len(stations) - 1)
    made = mesh("case", np.vstack(points), faces + ends, material, loop_uv={"print": np.vstack([corners.reshape(-1, 2), end_corners])})
    box_skin(made)
    shade_smooth(made, 40)
    weighted_normals(made)
    return made


def _board_edges(outline, u, points, last):
    """Faces that close the skin at tail and head, and their print mm: what is printed there is turned in around the boards."""
    count = len(outline)
    outer = u != NOWHERE
    nearest = np.linalg.norm(outline[:, None] - outline[None, outer], axis=-1).argmin(1)
    turned_in = np.where(outer, 0.0, BOARD)
    faces, corners = [], []
    for row, v, inwards in ((0, HEIGHT, 1), (last, 0.0, -1)):
        triangles = tessellate_polygon([[Vector((x, z, 0)) for x, _, z in points[row]]])
        triangles = np.array([triangle[::-1] if row == 0 else triangle for triangle in triangles])
        faces += (triangles + row * count).tolist()
        corners.append(np.c_[u[outer][nearest], v + inwards * turned_in][triangles].reshape(-1, 2))
    return faces, np.vstack(corners)


def page_block(material):
    x0, x1, y0, y1, z0, z1 = 3.2, WIDTH - SQUARE, SQUARE, HEIGHT - SQUARE, BOARD, SPINE - BOARD
    points = [(x, y, z) for z in (z0, z1) for y in (y0, y1) for x in (x0, x1)]
    made = mesh("pages", points, [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)], material, smooth=False)
    bevel = made.modifiers.new("bevel", "BEVEL")
    bevel.width, bevel.segments = 0.3 * MM, 2
    box_skin(made)
    return made


def head_bands(material):
    """Woven bands that cover the glue at both ends of the spine."""
    z = np.linspace(BOARD, SPINE - BOARD, 12)
    bulge = 0.6 * np.sin(np.linspace(0, math.pi, 12))
    return [tube("band", np.c_[3.6 - bulge, np.full(12, y), z], 1.5, material) for y in (SQUARE - 0.4, HEIGHT - SQUARE + 0.4)]
