"""Lays a curved patch of a surface flat with as little stretch as can be: how print lies on it. No Blender needed."""
import numpy as np
from scipy import sparse
from scipy.sparse import linalg


def flatten(points, triangles, start, rounds=25):
    """
    As-rigid-as-possible parameterisation (Liu 2008). points (n, 3) mm, triangles (m, 3), start (n, 2) a rough guess in mm that does not
    fold over. Returns (n, 2) mm; its place and turn in the plane are arbitrary.
    """
    flat = _flat_triangles(points, triangles)
    weights = [_cotangent(flat, corner) for corner in range(3)]
    count = len(points)
    matrix = sparse.csr_matrix((count, count))
    for corner, weight in enumerate(weights):
        i, j = triangles[:, (corner + 1) % 3], triangles[:, (corner + 2) % 3]
        entries = (np.r_[weight, weight, -weight, -weight], (np.r_[i, j, i, j], np.r_[i, j, j, i]))
        matrix = matrix + sparse.coo_matrix(entries, (count, count)).tocsr()
    solve = linalg.splu((matrix + 1e-9 * sparse.eye(count)).tocsc()).solve
    uv = np.asarray(start, float)
    for _ in range(rounds):
        turn = _best_turns(flat, weights, uv[triangles])
        wanted = np.zeros((count, 2))
        for corner, weight in enumerate(weights):
            i, j = triangles[:, (corner + 1) % 3], triangles[:, (corner + 2) % 3]
            edge = weight[:, None] * np.einsum("nij,nj->ni", turn, flat[:, (corner + 1) % 3] - flat[:, (corner + 2) % 3])
            np.add.at(wanted, i, edge)
            np.add.at(wanted, j, -edge)
        uv = solve(wanted)
    return uv


def flatten_grid(grid):
    """Flattens a grid (rows, columns, 3) mm. (0, 0) is the middle of row 0, the middle column runs up: returns (rows, columns, 2), v up."""
    rows, columns = grid.shape[:2]
    middle = columns // 2
    across = np.concatenate([np.zeros((rows, 1)), np.cumsum(np.linalg.norm(np.diff(grid, axis=1), axis=-1), 1)], 1)
    up = np.r_[0, np.cumsum(np.linalg.norm(np.diff(grid[:, middle], axis=0), axis=-1))]
    start = np.dstack(np.broadcast_arrays(across - across[:, middle:middle + 1], up[:, None]))
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = (part.ravel() for part in (index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]))
    uv = flatten(grid.reshape(-1, 3), np.vstack([np.c_[a, b, c], np.c_[a, c, d]]), start.reshape(-1, 2)).reshape(rows, columns, 2)
    axis = uv[-1, middle] - uv[0, middle]
    axis /= np.hypot(*axis)
    uv = uv - uv[0, middle]
    return np.stack([uv[..., 0] * axis[1] - uv[..., 1] * axis[0], uv @ axis], -1)


def _flat_triangles(points, triangles):
    """Each triangle on its own in the plane, in true size."""
    first, second = points[triangles[:, 1]] - points[triangles[:, 0]], points[triangles[:, 2]] - points[triangles[:, 0]]
    base = np.linalg.norm(first, axis=1)
    along = (first * second).sum(1) / base
    height = np.sqrt(np.maximum((second ** 2).sum(1) - along ** 2, 1e-9))
    return np.stack([np.zeros((len(base), 2)), np.c_[base, 0 * base], np.c_[along, height]], 1)


def _cotangent(flat, corner):
    here, one, other = flat[:, corner], flat[:, (corner + 1) % 3], flat[:, (corner + 2) % 3]
    p, q = one - here, other - here
    return np.clip((p * q).sum(1) / np.maximum(np.abs(p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]), 1e-9), 0.02, 20)


def _best_turns(flat, weights, laid):
    """The rotation of each triangle that brings it closest to how it lies now."""
    match = np.zeros((len(flat), 2, 2))
    for corner, weight in enumerate(weights):
        true = flat[:, (corner + 1) % 3] - flat[:, (corner + 2) % 3]
        now = laid[:, (corner + 1) % 3] - laid[:, (corner + 2) % 3]
        match += weight[:, None, None] * now[:, :, None] * true[:, None, :]
    cos, sin = match[:, 0, 0] + match[:, 1, 1], match[:, 1, 0] - match[:, 0, 1]
    length = np.maximum(np.hypot(cos, sin), 1e-9)
    cos, sin = cos / length, sin / length
    return np.stack([np.stack([cos, -sin], 1), np.stack([sin, cos], 1)], 1)
