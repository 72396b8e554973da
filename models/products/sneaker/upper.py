"""The upper of a low court shoe as one lofted surface, in millimetres.

Design space of every file in this folder: x from heel 0 to toe 290, y positive on the outer (lateral) side, z up. A right shoe.

The surface is a grid. Its columns run from the edge of the sole up to the top line, each a cubic Bezier; column 0 is the tip of the
toe, and the columns go round the outer side to the heel and back along the inner side. Four tables hold the whole shape. Panels are
signed distances on that grid (positive inside): a shader turns them into zones, seams and stitches, so no panel has a mesh of its own.
"""
import math
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline, PchipInterpolator
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

COLUMNS = 420  # per side, toe to heel
ROWS = 100
THROAT = 0.205  # share of the way from toe to heel at which the lacing opens
EYELETS = np.linspace(0.262, 0.462, 6)
EYELET_INSET = 8.5

OUTLINE = [
    (289, 4), (285, 21), (272, 36), (247, 47), (212, 52), (172, 47), (125, 39.5), (80, 36), (40, 35), (15, 26.5), (3, 12), (0, 0),
    (3, -12), (15, -26), (40, -34), (80, -34), (125, -32.5), (172, -37), (212, -45), (247, -45), (272, -32), (285, -13),
]
# share, x, y, z of the top line: vamp ridge, throat, collar, heel
TOP_LINE = [
    (0.00, 257, 0, 53), (0.06, 245, 0, 58), (0.12, 230, 0, 64), (0.20, 209, 0, 73), (0.235, 201, 5.5, 76.5), (0.27, 191, 9.5, 81),
    (0.36, 161, 12, 96), (0.45, 130, 14, 113), (0.485, 119, 17, 118.5), (0.52, 110, 23, 116.5), (0.60, 90, 31, 100.5), (0.70, 64, 34.5, 84.5),
    (0.81, 36, 30.5, 80.5), (0.91, 14, 18, 89), (0.96, 8, 8, 95.5), (1.0, 6.5, 0, 97),
]
# share, direction in which the surface leaves the top line (x, y, z), length of that handle. Up to the throat both halves meet on a ridge
# that falls by 0.42 towards the toe: directions with z = -0.42 x make it smooth.
TOP_HANDLE = [
    (0.00, 1, 0, -0.42, 16), (0.06, 0.75, 0.6, -0.315, 16), (0.12, 0.3, 0.95, -0.126, 18), (0.20, 0.1, 1, -0.05, 21), (0.27, 0.05, 1, -0.5, 24),
    (0.36, 0, 0.9, -0.65, 28), (0.45, 0, 0.75, -0.8, 34), (0.485, 0, 0.62, -0.9, 36), (0.54, 0, 0.42, -1, 32), (0.62, 0, 0.2, -1, 26),
    (0.72, 0, 0.05, -1, 18), (0.83, -0.02, 0.08, -1, 18), (0.92, -0.1, 0.08, -1, 22), (1.0, -0.14, 0, -1, 25),
]
# share, length of the handle at the sole, outward lean
SOLE_HANDLE = [
    (0, 16, 0.22), (0.1, 16, 0.2), (0.2, 18, 0.16), (0.36, 22, 0.12), (0.5, 26, 0.06), (0.62, 22, 0.04), (0.75, 18, 0.08), (0.88, 20, 0.14),
    (1, 23, 0.17),
]


def smooth_step(low, high, x):
    """0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def interpolate(table, share):
    """Rows of `table` (key first) at the shares, monotone between keys."""
    table = np.asarray(table, float)
    return np.stack([PchipInterpolator(table[:, 0], column)(share) for column in table[:, 1:].T], -1)


def outline():
    """The sole seen from above: closed, 6001 points from the toe round the outer side."""
    points = np.array(OUTLINE + OUTLINE[:1], float)
    along = np.r_[0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    return CubicSpline(along, points, bc_type="periodic")(np.linspace(0, along[-1], 6001))


def outward(points):
    """Unit normals of a closed plane curve, away from the shoe's middle."""
    tangent = np.gradient(points, axis=0)
    tangent /= np.hypot(*tangent.T)[:, None]
    normal = np.stack([-tangent[:, 1], tangent[:, 0]], -1)
    inwards = ((points - [145, 0]) * normal).sum(1).mean() < 0
    return -normal if inwards else normal


def sole_bottom(x):
    """Height of the outsole: toe spring and a slightly rounded heel."""
    return 10.0 * np.clip((x - 195) / 95, 0, 1) ** 2.1 + 1.6 * np.clip((18 - x) / 18, 0, 1) ** 2


def sole_top(x):
    """Height of the upper rim of the cup sole."""
    return PchipInterpolator([-10, 0, 60, 130, 190, 240, 275, 300], [30.5, 29.5, 26.5, 24, 23, 25, 30.5, 33])(x)


def half_outline(side, inset):
    """The outline from toe to heel on one side (+1 outer, -1 inner), moved inwards; a function of the share of its length."""
    points = outline()
    normals = outward(points)
    points = points - normals * inset
    toe, heel = points[:, 0].argmax(), points[:, 0].argmin()
    if side > 0:
        path, across = points[toe:heel + 1], normals[toe:heel + 1]
    else:
        path = np.vstack([points[heel:], points[1:toe + 1]])[::-1]
        across = np.vstack([normals[heel:], normals[1:toe + 1]])[::-1]
    along = np.r_[0, np.cumsum(np.hypot(*np.diff(path, axis=0).T))]
    along /= along[-1]

    def at(share):
        pick = lambda values: np.stack([np.interp(share, along, values[:, i]) for i in (0, 1)], -1)
        return pick(path), pick(across)

    return at


def side_surface(side):
    """Grid (COLUMNS, ROWS, 3) of one half and the length of each column, mm."""
    share = np.linspace(0, 1, COLUMNS)
    top, handle, foot = interpolate(TOP_LINE, share), interpolate(TOP_HANDLE, share), interpolate(SOLE_HANDLE, share)
    if side < 0:
        top[:, 1] *= 0.97
    top = np.c_[gaussian_filter1d(top[:, 0], 5), top[:, 1], gaussian_filter1d(top[:, 2], 5)]
    top[0] = TOP_LINE[0][1:]
    plan, across = half_outline(side, 4.0)(share)
    base = np.c_[plan[:, 0], plan[:, 1] * side, sole_top(plan[:, 0]) - 1.5]
    lean = np.c_[across[:, 0], across[:, 1] * side, np.zeros(COLUMNS)]
    direction = handle[:, :3] / np.linalg.norm(handle[:, :3], axis=1)[:, None]
    first = base + (np.array([0, 0, 1]) + lean * foot[:, 1:2]) * foot[:, :1]
    second = top + direction * handle[:, 3:]
    t = np.linspace(0, 1, 400)[None, :, None]
    curve = (1 - t) ** 3 * base[:, None] + 3 * (1 - t) ** 2 * t * first[:, None] + 3 * (1 - t) * t * t * second[:, None] + t ** 3 * top[:, None]
    length = np.c_[np.zeros(COLUMNS), np.linalg.norm(np.diff(curve, axis=1), axis=2).cumsum(1)]
    grid = np.empty((COLUMNS, ROWS, 3))
    for i in range(COLUMNS):
        even = np.linspace(0, length[i, -1], ROWS)
        grid[i] = np.stack([np.interp(even, length[i], curve[i, :, k]) for k in range(3)], -1)
    grid[..., 1] *= side
    return grid, length[:, -1]


def surface_normals(grid):
    """Unit normals of the closed loft, outwards."""
    around = np.roll(grid, -1, 0) - np.roll(grid, 1, 0)
    normal = np.cross(around, np.gradient(grid, axis=1))
    normal /= np.maximum(np.linalg.norm(normal, axis=2), 1e-9)[..., None]
    return normal if normal[COLUMNS // 2, ROWS // 3, 1] > 0 else -normal


@dataclass
class Upper:
    """The lofted surface and what the other parts need to sit on it. Grids are (columns, rows[, 3])."""

    grid: np.ndarray
    normal: np.ndarray
    share: np.ndarray
    outer: np.ndarray
    length: np.ndarray
    height: np.ndarray
    fields: dict
    eyelets: list

    def column(self, share, outer):
        """Index of the column at a share of the way from toe to heel."""
        own = np.nonzero(self.outer == outer)[0]
        return own[np.abs(self.share[own] - share).argmin()]

    def spot(self, share, outer, down):
        """Point and normal `down` mm below the top line."""
        i = self.column(share, outer)
        k = int(round(np.clip(1 - down / self.length[i], 0, 1) * (ROWS - 1)))
        return self.grid[i, k], self.normal[i, min(k, ROWS - 2)]


def loft():
    """Both halves as one closed loft: grid, share of every column, whether it is outer, column lengths."""
    outer_half, outer_length = side_surface(+1)
    inner_half, inner_length = side_surface(-1)
    grid = np.concatenate([outer_half, inner_half[::-1][1:-1]], 0)
    # Smooth around the shoe, but not the top rows: they carry the corner of the throat.
    weight = np.clip((1 - np.linspace(0, 1, ROWS)) / 0.25, 0, 1)[None, :, None]
    grid = grid * (1 - weight) + gaussian_filter1d(grid, 7, axis=0, mode="wrap") * weight
    share = np.r_[np.linspace(0, 1, COLUMNS), np.linspace(0, 1, COLUMNS)[::-1][1:-1]]
    return grid, share, np.arange(len(grid)) < COLUMNS, np.r_[outer_length, inner_length[::-1][1:-1]]


def curve_distance(curve, position, other):
    """Distance from the line position = curve(other), positive where position is larger. Right to first order in the slope."""
    return (position - curve(other)) / np.sqrt(1 + curve(other, 1) ** 2)


def throat_distance(grid, share, outer):
    """Distance of every grid point from the edge of the lacing, mm."""
    edge = (share > THROAT) & (share < 0.53)
    points = np.concatenate([grid[outer & edge, -1], grid[~outer & edge, -1]])
    distance = cKDTree(points).query(grid.reshape(-1, 3))[0].reshape(grid.shape[:2])
    return gaussian_filter1d(gaussian_filter1d(distance, 1.5, axis=0, mode="wrap"), 1.0, axis=1)


def around_heel(grid):
    """Arc length from the heel seam along the middle row, mm; positive on the inner side."""
    row = grid[:, ROWS // 2]
    along = np.r_[0, np.linalg.norm(np.diff(row, axis=0), axis=1).cumsum()]
    return along - along[COLUMNS - 1]


def perforations(grid):
    """Distance from the nearest of the holes in the vamp, mm."""
    across, down = np.meshgrid(np.arange(211, 243, 6.0), np.arange(-4, 5) * 6.0)
    down = down + 3.0 * (np.arange(across.shape[1]) % 2)
    keep = (np.abs(down) < 23) & (across < 236 - 0.012 * down * down) & (across - 0.55 * np.abs(down) > 208)
    holes = cKDTree(np.c_[across[keep], down[keep]])
    flat = holes.query(grid[..., :2].reshape(-1, 2))[0].reshape(grid.shape[:2])
    return np.minimum(flat, 9) + 2.0 * np.clip(48 - grid[..., 2], 0, 5)


def panels(grid, share, outer, height):
    """Signed distances (mm, positive inside) of the panels, and lengths along their seams for the stitches."""
    x, z = grid[..., 0], grid[..., 2]
    above = z - sole_top(x)
    fields = {"edge": throat_distance(grid, share, outer)}
    fields["eyestay"] = 16 + 9 * smooth_step(98, 124, z) * smooth_step(165, 115, x) - fields["edge"]
    fields["eyestay_along"] = (share * 330)[:, None] + 0 * x
    vamp_line = CubicSpline([16, 26, 38, 50, 60, 70, 80, 90.0], [168, 172, 179, 188, 198, 210, 224, 240.0])
    fields["quarter"] = -curve_distance(vamp_line, x, z)
    fields["quarter_along"] = z * 1.5
    fields["toe"] = curve_distance(CubicSpline([16, 33, 50, 60, 70.0], [238, 241, 246, 248, 249]), x, z)
    fields["toe_along"] = height * 1.0
    along = around_heel(grid)
    reach = np.abs(along)
    # The last term keeps the tab away from the eyestay.
    tab = 35 + 16 * smooth_step(8, 40, reach) + 24 * smooth_step(36, 62, reach) + 60 * smooth_step(62, 90, reach)
    slope = np.gradient(tab) / np.maximum(np.abs(np.gradient(along)), 1e-6)
    fields["tab"] = (above - (tab - 12)[:, None]) / np.sqrt(1 + slope ** 2)[:, None]
    fields["tab_along"] = along[:, None] + 0.5 * above
    counter = lambda at: 28 + 47 * (1 - np.clip(at / 104, 0, 2) ** 2.6)
    line = np.arange(-5, 300.0)
    fields["counter"] = (counter(x) - z) / np.sqrt(1 + np.interp(x, line, np.gradient(counter(line))) ** 2)
    fields["counter_along"] = x - z * 0.6
    fields["perforation"] = perforations(grid) + 2.0 * np.clip(fields["eyestay"] + 4.5, 0, 5)
    return fields, along


def relief(grid, share, fields, seed=5):
    """How far leather stands proud of the loft, mm: overlays, padded collar, a hand-lasted unevenness."""
    z = grid[..., 2]
    above = z - sole_top(grid[..., 0])
    inside = {name: smooth_step(-0.5, 0.5, fields[name]) for name in ("quarter", "eyestay", "toe", "counter", "tab")}
    step = 1.0 * inside["quarter"] + 0.8 * inside["toe"] + 0.8 * inside["counter"] + 0.9 * inside["tab"]
    # The eyestay lies on top of whatever seams run below it.
    step = step * (1 - inside["eyestay"]) + 1.9 * inside["eyestay"]
    rim = grid[:, -1:, 2]
    collar = 2.4 * np.exp(-((rim - z - 9) / 8) ** 2) * smooth_step(0.53, 0.60, share)[:, None] * smooth_step(-3, 6, rim - z)
    noise = np.random.default_rng(seed).normal(size=z.shape)
    noise = gaussian_filter1d(gaussian_filter1d(noise, 22, axis=0, mode="wrap"), 9, axis=1)
    off_ridge = smooth_step(0, 14, np.abs(grid[..., 1]))
    return step + 0.30 * noise / noise.std() * smooth_step(0, 12, above) * off_ridge + collar


def texture_mm(grid, height, along):
    """Where material textures lie, mm: unrolled round the sides, and flattened from the top of the toe for toe and vamp."""
    sides = np.stack([along[:, None] + 0 * height, -height], -1)
    centre = np.array([232, 0, 63.0])
    offset = grid - centre
    flat = offset[..., :2].copy()
    reach = np.linalg.norm(offset, axis=2)
    flat *= (reach / np.maximum(np.linalg.norm(flat, axis=2), 1e-6))[..., None]
    return sides, np.stack([flat[..., 1] + 600, -flat[..., 0] + 600], -1)


def eyelet_frames(grid, normal, share, outer, length):
    """Per eyelet, outer then inner: point, normal, edge of the throat beside it, normal there."""
    frames = []
    for at in EYELETS:
        pair = []
        for side in (True, False):
            own = np.nonzero(outer == side)[0]
            i = own[np.abs(share[own] - at).argmin()]
            k = int(round((1 - EYELET_INSET / length[i]) * (ROWS - 1)))
            pair.append((grid[i, k], normal[i, k], grid[i, -1], normal[i, -2]))
        frames.append(pair)
    return frames


def keep_ridge(normal, share):
    """The ridge of the vamp is one line on both sides: there the normals stay in the middle plane, so nothing pushes it apart."""
    near = np.clip((np.linspace(0, 1, ROWS) - 0.93) / 0.07, 0, 1)[None] * (share <= THROAT)[:, None]
    normal = normal.copy()
    normal[..., 1] *= 1 - near
    size = np.linalg.norm(normal, axis=2)[..., None]
    # At the very tip of the ridge both halves meet in one point, which has no direction of its own: take the one of the row below.
    return np.where(size > 1e-6, normal / np.maximum(size, 1e-6), np.roll(normal, 1, axis=1))


def build_upper():
    """The finished upper with panels, thickness and eyelet holes."""
    grid, share, outer, length = loft()
    height = length[:, None] * np.linspace(0, 1, ROWS)[None]
    fields, along = panels(grid, share, outer, height)
    normal = surface_normals(grid)
    normal = keep_ridge(normal, share)
    grid = grid + normal * relief(grid, share, fields)[..., None]
    eyelets = eyelet_frames(grid, normal, share, outer, length)
    centres = np.array([frame[0] for pair in eyelets for frame in pair])
    fields["hole"] = cKDTree(centres).query(grid.reshape(-1, 3))[0].reshape(grid.shape[:2])
    grid = grid - normal * (2.0 * (1 - smooth_step(1.2, 2.6, fields["hole"])))[..., None]
    fields["texture_sides"], fields["texture_top"] = texture_mm(grid, height, along)
    return Upper(grid, normal, share, outer, length, height, fields, eyelets)


def print_mm(upper, share, down, width, height, tilt=0.0, reach=60.0):
    """Millimetres of a print area whose middle lies `down` mm below the top line on the outer side; 1e4 where it does not reach.

    Distances from the middle are kept (exponential map by chord length): 1 mm of art is 0.99 to 1.01 mm on the shoe.
    """
    point, normal = upper.spot(share, True, down)
    down_axis = np.array([0, 0, -1.0])
    down_axis -= normal * (down_axis @ normal)
    down_axis /= np.linalg.norm(down_axis)
    right = np.cross(normal, down_axis)
    if right[0] < 0:
        right = -right
    angle = math.radians(tilt)
    right, down_axis = right * math.cos(angle) + down_axis * math.sin(angle), down_axis * math.cos(angle) - right * math.sin(angle)
    offset = upper.grid - point
    tangent = offset - normal * (offset @ normal)[..., None]
    far = np.linalg.norm(offset, axis=2)
    tangent *= (far / np.maximum(np.linalg.norm(tangent, axis=2), 1e-6))[..., None]
    mm = np.stack([tangent @ right + width / 2, tangent @ down_axis + height / 2], -1)
    mm[(far > reach) | ~upper.outer[:, None] | (upper.normal @ normal < 0.3)] = 1e4
    return mm


def upper_faces(upper):
    """Quads and triangles of the surface, with the two halves of the vamp ridge welded."""
    columns = len(upper.grid)
    index = np.arange(columns * ROWS).reshape(columns, ROWS)
    for i in range(COLUMNS, columns):
        if upper.share[i] <= THROAT:
            index[i, -1] = index[columns - i, -1]
    quads = np.stack([index[:, :-1], np.roll(index, -1, 0)[:, :-1], np.roll(index, -1, 0)[:, 1:], index[:, 1:]], -1).reshape(-1, 4)
    faces = [tuple(dict.fromkeys(quad)) for quad in quads.tolist()]
    return [face for face in faces if len(face) > 2]


def build_lining(upper):
    """Rolled edge of the collar and the wall inside, as a grid of points."""
    inside = [i for i in range(len(upper.grid)) if upper.share[i] >= THROAT]
    radius = np.interp(upper.share, [THROAT, 0.47, 0.56, 0.7, 1], [0.9, 1.2, 3.4, 4.4, 3.8])
    columns = []
    for i in inside:
        up = upper.grid[i, -1] - upper.grid[i, -4]
        up /= np.linalg.norm(up)
        out = upper.normal[i, -4]
        middle = upper.grid[i, -1] - out * radius[i]
        roll = [middle + radius[i] * (out * math.cos(a) + up * math.sin(a)) for a in np.linspace(0, math.pi, 11)]
        rows = np.linspace(ROWS - 4, int(ROWS * 0.12), 26).astype(int)
        columns.append(roll + [upper.grid[i, k] - upper.normal[i, k] * 2 * radius[i] for k in rows])
    points = np.array(columns)
    return np.concatenate([points[:, :1], gaussian_filter1d(points[:, 1:], 3, axis=0, mode="nearest")], 1)
