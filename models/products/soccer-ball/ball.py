"""A stitched ball of 20 hexagons and 12 pentagons, in millimetres round its centre. Plain arrays, no Blender."""
import numpy as np

RADIUS = 110.0  # size 5: 690 mm round
GOLDEN = (1 + 5 ** 0.5) / 2
ROWS = 30  # of a wedge of a panel: a mesh of 1.5 mm, finer towards the seam
VALVE = 7.0  # diameter of the rubber plug


def signed(base):
    """All sign and cyclic variants of a point."""
    points = set()
    for sx in (1, -1):
        for sy in (1, -1):
            for sz in (1, -1):
                point = (base[0] * sx, base[1] * sy, base[2] * sz)
                for turn in range(3):
                    points.add(tuple(round(point[(k + turn) % 3], 9) + 0.0 for k in range(3)))
    return np.array(sorted(points))


def unit(x):
    """Vectors of length 1."""
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


def panels():
    """Centre and corners (counter-clockwise from outside) of every panel on the unit sphere, hexagons first."""
    corners = unit(np.vstack([signed((0, 1, 3 * GOLDEN)), signed((1, 2 + GOLDEN, 2 * GOLDEN)), signed((GOLDEN, 2, GOLDEN ** 3))]))
    hexagons = unit(np.vstack([signed((1, 1, 1)), signed((0, GOLDEN, 1 / GOLDEN))]))
    pentagons = unit(signed((0, 1, GOLDEN)))
    if (hexagons[:, None] * pentagons[None]).sum(-1).max() > 0.999:
        raise ValueError("expected the panels' centres to differ")
    found = []
    for centres, sides in ((hexagons, 6), (pentagons, 5)):
        for centre in centres:
            own = corners[np.argsort(-(corners @ centre))[:sides]]
            right = unit(own[0] - centre * (own[0] @ centre))
            up = np.cross(centre, right)
            found.append((centre, own[np.argsort(np.arctan2(own @ up, own @ right))]))
    return found


def relief(to_seam):
    """Height over the distance to the stitched seam, mm: the edge is tucked in, the middle is a slight pillow."""
    return -2.0 * np.exp(-((to_seam / 1.3) ** 1.6)) + 0.7 * (1 - np.exp(-to_seam / 7.0)) - 0.7


def wedge_weights():
    """Barycentric weights (towards first and second corner) of a wedge's points and its triangles."""
    weights, start = [], [0]
    for row in range(ROWS + 1):
        share = 1 - (1 - row / ROWS) ** 1.45
        weights += [(share * (1 - k / max(row, 1)), share * k / max(row, 1)) for k in range(row + 1)]
        start.append(len(weights))
    triangles = []
    for row in range(ROWS):
        a, b = start[row], start[row + 1]
        triangles += [(a + k, b + k, b + k + 1) for k in range(row + 1)]
        triangles += [(a + k, b + k + 1, a + k + 1) for k in range(row)]
    return np.array(weights), np.array(triangles)


def around(points, centre, right, up):
    """Azimuthal millimetres round a point of the unit sphere: distances and directions from it are true. x right, y down."""
    angle = np.arccos(np.clip(points @ centre, -1, 1))
    x, y = points @ right, points @ up
    scale = np.where(angle > 1e-6, angle / np.maximum(np.hypot(x, y), 1e-9), 1) * RADIUS
    return np.stack([x * scale, -y * scale], -1)


def upright(centre):
    """Right and up on the surface at a point of the unit sphere."""
    helper = np.array([0, 0, 1.0]) if abs(centre[2]) < 0.9 else np.array([0, 1.0, 0])
    right = unit(np.cross(helper, centre))
    return right, np.cross(centre, right)


def build_panel(centre, corners, number):
    """Points on the unit sphere and with relief in mm, triangles, texture mm of one panel."""
    weights, triangles = wedge_weights()
    sides = len(corners)
    middle = centre * np.linalg.norm(corners.mean(0))
    seams = unit(np.cross(corners, np.roll(corners, -1, 0)))
    points, faces = [], []
    for k in range(sides):
        first, second = corners[k], corners[(k + 1) % sides]
        wedge = middle + weights[:, :1] * (first - middle) + weights[:, 1:] * (second - middle)
        faces.append(triangles + len(weights) * k)
        points.append(unit(wedge))
    _, keep, same = np.unique(np.round(np.vstack(points), 7), axis=0, return_index=True, return_inverse=True)
    sphere = np.vstack(points)[keep]
    to_seam = np.arcsin(np.clip(sphere @ seams.T, 0, 1)).min(1) * RADIUS
    right, up = upright(centre)
    flat = around(sphere, centre, right, up) + [150.0 * (number % 8) + 100, 150.0 * (number // 8) + 100]
    return sphere, sphere * (RADIUS + relief(to_seam))[:, None], same.ravel()[np.vstack(faces)], flat


def frame(normal, towards):
    """Columns: an axis in the surface, the one across, the normal."""
    axis = unit(towards - normal * (towards @ normal))
    return np.stack([axis, np.cross(normal, axis), normal], 1)


def build_ball(facing, turn, printed):
    """The ball turned so that hexagon `printed` looks along `facing`, with its corner `turn` radians from the picture's right.

    Returns points, faces, 1 per face on a pentagon, art mm round the printed panel's middle (1e4 elsewhere), texture mm, and the middle
    and normal of the valve's place.
    """
    all_panels = panels()
    centre, corners = all_panels[printed]
    right, up = upright(facing)
    towards = right * np.cos(turn) + up * np.sin(turn)
    matrix = frame(facing, towards) @ frame(centre, corners[0]).T
    across = np.cross(facing, towards)
    points, faces, pentagon, art, texture, count = [], [], [], [], [], 0
    for number, (own_centre, own_corners) in enumerate(all_panels):
        sphere, relieved, triangles, flat = build_panel(own_centre @ matrix.T, own_corners @ matrix.T, number)
        points.append(relieved)
        faces.append(triangles + count)
        pentagon.append(np.full(len(triangles), len(own_corners) == 5))
        art.append(around(sphere, facing, towards, across) if number == printed else np.full((len(sphere), 2), 1e4))
        texture.append(flat)
        count += len(sphere)
    return np.vstack(points), np.vstack(faces), np.concatenate(pentagon), np.vstack(art), np.vstack(texture)
