"""A case-bound notebook: boards, hinges, spine, page block, elastic, ribbon. mm; spine along y at x = 0, front board up, tail at y = 0."""
import numpy as np

from studio import mesh
from studio.outline import catmull, lengths, rounded_polygon, rounded_rect, spline

HEIGHT, BOARD, HINGE, SPINE = 216.0, 143.0, 8.0, 14.0
FACE = HINGE + BOARD
THICK = 2.3  # of a board
FRONT = BOARD + 2 * HINGE + SPINE  # u of the front board's left edge on the print surface; the back board begins at 0
CORNER = 5.0
ELASTIC_AT, ELASTIC_WIDE = FACE - 17.0, 6.5
BLOCK_GAP = 3.0  # the boards stand out this far beyond the pages


def leaf(left, width, gap, corner, square, spine=-1):
    """Outline of a board or of the pages: round at the fore edge, square at the spine (-1: on its left, 1: on its right)."""
    low, high = gap, HEIGHT - gap
    radii = [square, corner, corner, square] if spine < 0 else [corner, square, square, corner]
    return rounded_polygon([(left, low), (left + width, low), (left + width, high), (left, high)], radii)


def around_board(points, left, top):
    """How far each point lies beyond the flat of a board, as a vector in the plane: print goes on around the edge of the board."""
    inner = 1.2
    low, high = np.array([left + inner, inner]), np.array([left + BOARD - inner, HEIGHT - inner])
    off = points[:, :2] - np.clip(points[:, :2], low, high)
    far = np.linalg.norm(off, axis=1, keepdims=True)
    way = np.where(far > 1e-6, off / np.maximum(far, 1e-6), 0.0)
    return way * np.abs(points[:, 2:3] - top)


def front_uv(points, top):
    past = around_board(points, HINGE, top)
    return np.c_[FRONT - HINGE + points[:, 0] + past[:, 0], HEIGHT - points[:, 1] - past[:, 1]]


def back_uv(points, bottom):
    past = around_board(points, HINGE, bottom)
    return np.c_[FACE - points[:, 0] - past[:, 0], HEIGHT - points[:, 1] - past[:, 1]]


def board(name, z, material, lay, facing):
    """One board, its left edge at the hinge; `lay` gives its print mm from points and the height of its outer face."""
    made = mesh.plate(name, leaf(HINGE, BOARD, 0, CORNER, 0.9), z, z + THICK, 0.75, material, steps=5)
    mesh.set_uv_from(made, "print", lambda points: lay(points, z + THICK if facing > 0 else z))
    return made


def closed_profile():
    """Half of the case around hinge and spine, from under the front board to the middle of the spine: (x, z)."""
    top = SPINE
    corner = [(HINGE + 1.2, top - 1.75), (6.6, top - 1.75), (5.0, top - 1.7), (3.6, top - 1.35), (2.6, top - 0.55), (1.7, top - 0.12), (0.8, top - 0.35),
              (0.18, top - 1.0), (0.0, top - 2.0)]
    return np.vstack([catmull(corner, 8), np.c_[np.zeros(7), np.linspace(top - 3, top / 2, 7)]])


def case_back(material):
    """Hinges and spine as one skin from the front board around to the back board."""
    half = closed_profile()
    profile = np.vstack([half, half[-2::-1] * [1, -1] + [0, SPINE]])
    way = lengths(half)
    flat = np.interp(way, [0, way[np.searchsorted(-half[:, 0], -0.8)], way[-1]], [FRONT + 1.0, FRONT - HINGE, FRONT - HINGE - SPINE / 2])
    u = np.r_[flat, 2 * (FRONT - HINGE - SPINE / 2) - flat[-2::-1]]
    return skin_along("case back", profile, u, material)


def skin_along(name, profile, u, material):
    """A thin skin: the profile (x, z) drawn along the height of the book, its head and tail turned in."""
    ys = np.r_[0.35, np.linspace(0.0, HEIGHT, 25)[1:-1], HEIGHT - 0.35]
    points = np.stack([np.broadcast_to(profile[:, 0], (len(ys), len(profile))), np.broadcast_to(ys[:, None], (len(ys), len(profile))),
                       np.broadcast_to(profile[:, 1], (len(ys), len(profile)))], -1)
    lay = np.dstack(np.broadcast_arrays(u[None, :], HEIGHT - ys[:, None]))
    made = mesh.grid(name, points[:, ::-1], material, uv={"print": lay[:, ::-1]})
    mesh.shade_smooth(made, 60)
    mesh.solidify(made, 1.1, -1)
    return made


def page_block(material, low, high, left=1.8):
    return mesh.plate("pages", leaf(left, FACE - BLOCK_GAP - left, BLOCK_GAP, 4.0, 0.4), low, high, 0.15, material)


def elastic(material, low, high):
    """A band around head and tail; slack at nothing, so its corners follow the boards."""
    gap, turn = 0.45, 1.3
    wide, tall = HEIGHT + 2 * gap, high - low + 2 * gap
    loop = rounded_rect(wide, tall, turn, centre=(HEIGHT / 2, (low + high) / 2), count=8)
    closed = np.vstack([loop, loop[:1]])
    way = lengths(closed)
    steps = np.r_[np.linspace(0, way[-1], 700)[:-1]]
    path = np.c_[np.full(len(steps), ELASTIC_AT), np.interp(steps, way, closed[:, 0]), np.interp(steps, way, closed[:, 1])]
    made = mesh.sweep("elastic", path, rounded_rect(ELASTIC_WIDE, 0.8, 0.35, count=4), material, side=(1, 0, 0), closed=True)
    mesh.shade_smooth(made, 50)
    return made


def marker(material, height, table, x=34.0):
    """Ribbon that comes out of the pages at the tail and lies on the table."""
    path = [(x, 30, height), (x + 0.3, 8, height), (x + 0.8, -1.5, height - 0.4), (x + 1.6, -7.5, table + 2.1), (x + 3.2, -15, table + 0.45),
            (x + 6.4, -25, table + 0.5), (x + 8.0, -36, table + 1.1), (x + 6.6, -47, table + 0.35)]
    line = spline(path, 0.8)
    line[:, 2] = np.maximum(line[:, 2], table + 0.2)
    return mesh.ribbon("ribbon", line, 5.5, 0.3, material, side=(1, 0.12, 0.05), bevel=0.12, corner=3)


def head_band(material, y, thickness):
    """The small roll of thread at the ends of the page block's back."""
    zs = np.linspace(THICK, thickness - THICK, 12)
    return mesh.tube("head band", np.c_[np.full(len(zs), 2.1), np.full(len(zs), y), zs], 1.0, material)


# ---- open, cover up: spine at x = 0, front board to the right

RISE = 4.5  # of the boards' hinge edges over their fore edges
LEAVES = 4.7  # thickness of the pages under each board
INNER = SPINE / 2 + HINGE


def slope(x):
    """How high the cover lies over its fore edges at x."""
    return RISE * np.clip((INNER + BOARD - np.abs(x)) / BOARD, 0, 1)


def raised(made, lift=slope):
    points = mesh.points_of(made)
    points[:, 2] += lift(points[:, 0])
    mesh.move_points(made, points)
    return made


def open_board(name, side, material):
    """side: 1 the front board on the right, -1 the back board on the left."""
    middle = side * (INNER + BOARD / 2)
    made = mesh.plate(name, leaf(middle - BOARD / 2, BOARD, 0, CORNER, 0.9, spine=-side), LEAVES, LEAVES + THICK, 0.75, material, steps=5)

    def lay(points):
        past = around_board(points + [HINGE + BOARD / 2 - middle, 0, 0], HINGE, LEAVES + THICK)
        return np.c_[FRONT - INNER + points[:, 0] + past[:, 0], HEIGHT - points[:, 1] - past[:, 1]]

    mesh.set_uv_from(made, "print", lay)
    return raised(made)


def open_back(material):
    """Hinges and spine, bent out by the opened block."""
    top = LEAVES + THICK + RISE
    half = catmull([(0, top + 3.4), (3.5, top + 3.3), (5.6, top + 2.9), (6.9, top + 1.9), (8.2, top + 0.2), (9.8, top - 0.9), (12, top - 1.35), (INNER + 1.5, top - 1.5)], 8)
    profile = np.vstack([half[::-1] * [-1, 1], half[1:]])
    way = lengths(profile)
    u = FRONT - INNER + (way - way[-1] / 2) * (INNER + 1.5) / (way[-1] / 2)
    return skin_along("case back", profile[::-1], u[::-1], material)


def open_leaves(side, material):
    """The pages under one board: they bend up into the spine."""
    width = INNER + BOARD - BLOCK_GAP - 0.8
    xs = np.r_[np.linspace(0.8, 30, 14), np.linspace(36, 0.8 + width, 16)]
    section = [(x, 0.0) for x in xs] + [(x, LEAVES) for x in xs[::-1]]
    points = np.array([[(side * x, y, z) for x, z in section] for y in (BLOCK_GAP, HEIGHT - BLOCK_GAP)])
    made = mesh.grid(f"leaves {side}", points if side > 0 else points[:, ::-1], material, wrap=True, caps=True)
    mesh.shade_smooth(made, 40)
    return raised(made, lambda x: slope(x) - 0.4 * np.exp(-((np.abs(x) - 12) / 5) ** 2) + 3.4 * np.exp(-(np.abs(x) / 5.5) ** 4))


def slack_elastic(material):
    """Around the back board alone."""
    low, high = LEAVES, LEAVES + THICK
    loop = rounded_rect(HEIGHT + 0.9, THICK + 0.9, 1.2, centre=(HEIGHT / 2, (low + high) / 2), count=8)
    closed = np.vstack([loop, loop[:1]])
    way = lengths(closed)
    steps = np.linspace(0, way[-1], 700)[:-1]
    x = -(INNER + BOARD - 17.0)
    path = np.c_[np.full(len(steps), x), np.interp(steps, way, closed[:, 0]), np.interp(steps, way, closed[:, 1])]
    made = mesh.sweep("elastic", path, rounded_rect(ELASTIC_WIDE, 0.8, 0.35, count=4), material, side=(1, 0, 0), closed=True)
    mesh.shade_smooth(made, 50)
    return raised(made)
