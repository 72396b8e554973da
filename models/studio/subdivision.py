"""Loop subdivision in numpy (Loop 1987), with the same weights for positions and pattern mm, so that prints stay straight."""
import numpy as np
from scipy import sparse


def loop_subdivide(columns, triangles, panel=None, crease=None):
    """
    One step. columns (n, k): everything a vertex has, for example x, y, z, pattern x, pattern y. triangles (m, 3); panel (m,) a number each
    triangle hands on; crease (c, 2) vertex pairs of edges that follow the curve rule, as the border does: without it a seam between two
    irregular meshes goes scalloped. Gives columns, triangles, panel, crease.
    """
    count = len(columns)
    panel = np.zeros(len(triangles), int) if panel is None else panel
    crease = np.zeros((0, 2), int) if crease is None else np.sort(np.asarray(crease, int).reshape(-1, 2), 1)
    sides = np.sort(np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), 1)
    edges, of_side = np.unique(sides, axis=0, return_inverse=True)
    of_side = of_side.ravel()
    opposite = np.concatenate([triangles[:, 2], triangles[:, 0], triangles[:, 1]])
    uses = np.bincount(of_side, minlength=len(edges))
    hard = (uses != 2) | np.isin(edges[:, 0] * count + edges[:, 1], crease[:, 0] * count + crease[:, 1])
    across = np.zeros((len(edges), columns.shape[1]))
    np.add.at(across, of_side, columns[opposite])
    ends = columns[edges[:, 0]] + columns[edges[:, 1]]
    middles = np.where(hard[:, None], ends * 0.5, ends * 0.375 + across * 0.125)
    corners = _moved(columns, edges, hard)
    total = len(triangles)
    ab, bc, ca = count + of_side[:total], count + of_side[total:2 * total], count + of_side[2 * total:]
    a, b, c = triangles.T
    finer = np.vstack([np.c_[a, ab, ca], np.c_[ab, b, bc], np.c_[ca, bc, c], np.c_[ab, bc, ca]])
    return np.vstack([corners, middles]), finer, np.tile(panel, 4), _split(crease, edges, count)


def _moved(columns, edges, hard):
    count = len(columns)
    near, border = _neighbours(edges, count), _neighbours(edges[hard], count)
    degree, hard_degree = np.asarray(near.sum(1)).ravel(), np.asarray(border.sum(1)).ravel()
    weight = np.where(degree == 3, 3 / 16, 3 / (8 * np.maximum(degree, 1)))
    moved = columns * (1 - degree * weight)[:, None] + (near @ columns) * weight[:, None]
    on_line, at_corner = hard_degree == 2, hard_degree > 2
    moved[on_line] = 0.75 * columns[on_line] + 0.125 * (border @ columns)[on_line]
    moved[at_corner] = columns[at_corner]
    return moved


def _neighbours(edges, count):
    ones = np.ones(len(edges))
    pairs = (np.r_[edges[:, 0], edges[:, 1]], np.r_[edges[:, 1], edges[:, 0]])
    return sparse.coo_matrix((np.r_[ones, ones], pairs), shape=(count, count)).tocsr()


def _split(crease, edges, count):
    at = {pair: index for index, pair in enumerate(map(tuple, edges.tolist()))}
    halves = [(end, count + at[pair]) for pair in map(tuple, crease.tolist()) if pair in at for end in pair]
    return np.sort(np.array(halves, int).reshape(-1, 2), 1)
