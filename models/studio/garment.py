"""
Garments laid flat: a front and a back cut from one outline and sewn along it. The side that is seen (near) is simulated as cloth; the
seams are pinned a little closer together than it is wide, so that it buckles. The other side (far) only shows in openings.
Pattern mm: x to the right of the picture, y up, y = 0 at the highest point of the shoulder. In the scene: x, z, and -y to the viewer.
"""
from dataclasses import dataclass, field

import numpy as np
from scipy.interpolate import LinearNDInterpolator, NearestNDInterpolator

from studio import cloth, mesh
from studio.outline import distance, inside, lengths, resample, smooth_field
from studio.subdivision import loop_subdivide

EDGE, SPACING = 5.0, 9.0  # points along the outline, points within
SEAM_DEPTH, FAR_DEPTH = 1.0, 3.0


@dataclass(frozen=True)
class Piece:
    """One layer: its closed outline, and which of the outline's points are sewn to the other layer."""
    outline: np.ndarray
    sewn: np.ndarray


@dataclass(frozen=True)
class Lay:
    """
    How the garment lies. drift: (mm, wavelength mm) by which the outline strays from the pattern; shrink: shares by which the seams come
    together across and along, about `middle`; pulls: (x, y, radius, share) places that cloth is gathered to, for folds that fan out.
    """
    seed: int
    drift: tuple = (5.0, 420.0)
    shrink: tuple = (0.016, 0.010)
    middle: tuple = (0.0, -360.0)
    pulls: tuple = ()
    puff: float = 12.0
    waves: float = 5.0
    bending: float = 0.35
    stiffness: float = 25.0
    frames: int = 60
    gather: object = field(default=None, compare=False, repr=False)  # pattern (n, 2) to further displacement (n, 2)

    def places(self, flat):
        """Where points of the pattern lie, in the plane of the table."""
        moved = smooth_field(flat, self.drift[1], self.seed) * self.drift[0]
        moved -= (flat - np.array(self.middle)) * np.array(self.shrink)
        for x, y, radius, share in self.pulls:
            off = flat - [x, y]
            moved -= off * (share * np.exp(-(off ** 2).sum(1) / radius ** 2))[:, None]
        if self.gather is not None:
            moved += self.gather(flat)
        return flat + moved


def mirrored(points):
    """The same line on the other half, in the opposite direction."""
    return np.asarray(points)[::-1] * [-1, 1]


def round_neck(half_width, depth, height=6.0, count=120):
    """From left to right."""
    turn = np.linspace(np.pi, 0, count)
    return np.c_[half_width * np.cos(turn), height - depth * np.abs(np.sin(turn)) ** 0.9]


def body_piece(top, cuff, side, neck):
    """
    A layer with sleeves from lines of the right half: top (neck to outer end of the cuff), cuff, side (inner end of the cuff to hem);
    neck from left to right, or None when the top lines meet in the middle.
    """
    top, cuff, side = (resample(line, EDGE) for line in (top, cuff, side))
    hem = resample([side[-1], side[-1] * [-1, 1]], EDGE)
    neck = resample(neck, EDGE)
    neck[0], neck[-1] = top[0] * [-1, 1], top[0]
    lines = [(neck, False), (top, True), (cuff, False), (side, True), (hem, False), (mirrored(side), True), (mirrored(cuff), False), (mirrored(top), True)]
    return resampled_loop(lines, EDGE)


def resampled_loop(lines, step=EDGE):
    """A piece from lines that follow each other round its outline: (points, whether it is sewn to the other layer)."""
    points, sewn = [], []
    for line, flag in lines:
        line = resample(line, step)[:-1]
        part = np.full(len(line), flag)
        part[0] |= bool(sewn) and bool(sewn[-1][-1])  # a seam includes both of its ends
        points.append(line)
        sewn.append(part)
    sewn[0][0] |= bool(sewn[-1][-1])
    return Piece(np.vstack(points), np.concatenate(sewn))


@dataclass
class Layers:
    """Both layers sewn and made finer: scene points, pattern points, triangles, and for each vertex and triangle whether it is near."""
    points: np.ndarray
    flat: np.ndarray
    triangles: np.ndarray
    near: np.ndarray
    near_vertex: np.ndarray

    def corners(self, near_values, far_values=None):
        """Values per vertex to values per face corner, those of the far layer for its faces."""
        at = self.triangles.ravel()
        far_values = near_values if far_values is None else far_values
        return np.where(np.repeat(self.near, 3)[:, None], np.asarray(near_values)[at], np.asarray(far_values)[at])

    def surface(self):
        """Function from pattern points (n, 2) to scene points on the near layer."""
        flat, points = self.flat[self.near_vertex], self.points[self.near_vertex]
        inner, outer = LinearNDInterpolator(flat, points), NearestNDInterpolator(flat, points)

        def place(wanted):
            found = inner(wanted)
            return np.where(np.isnan(found), outer(wanted), found)
        return place


def simulate(view, name, piece, lay, depth=0.0, pinned=None, extra_puff=None):
    """The near layer as cloth. depth: how far it lies in front of the table's zero. pinned, extra_puff: functions of pattern points."""
    def compute():
        flat, triangles = cloth.triangulate(piece.outline, SPACING, seed=5)
        held = np.zeros(len(flat), bool)
        held[:len(piece.outline)] = piece.sewn
        if pinned is not None:
            held |= pinned(flat)
        away = distance(flat, np.vstack([flat[held], flat[held][:1]])) if held.sum() < 3 else _nearest(flat, flat[held])
        puff = (2 + lay.puff * (1 - np.exp(-away / 30))
                + (lay.waves * smooth_field(flat, 120, lay.seed + 9)[:, 0]).clip(-6, 9) * (1 - np.exp(-away / 25)))
        puff = np.where(held, 1.0, puff)
        if extra_puff is not None:
            puff = puff + extra_puff(flat)
        placed = lay.places(flat)
        start = np.c_[placed[:, 0], -puff, placed[:, 1]]
        floor = mesh.mesh("below", [(-1500, 0, -2000), (1500, 0, -2000), (1500, 0, 1500), (-1500, 0, 1500)], [(0, 1, 2, 3)])
        # What is gathered for good, such as ribs, is at ease nearly as narrow as it lies.
        rest = flat if lay.gather is None else flat + 0.8 * lay.gather(flat)
        points = cloth.simulate(start, triangles, np.c_[rest[:, 0], 0 * puff, rest[:, 1]], held, gravity=(0, 25, 0), frames=lay.frames,
                                stiffness=lay.stiffness, bending=lay.bending, colliders=[floor])
        return {"points": points - [0, depth, 0], "flat": flat, "triangles": triangles}
    with open(__file__) as file:
        sources = file.read().split("def simulate", 1)[1].split("\n\n\n")[0]
    gathered = lay.gather(piece.outline) if lay.gather is not None else 0
    parameters = (sources, lay, pinned and pinned(piece.outline).sum(), extra_puff and extra_puff(piece.outline).sum(), piece.outline.round(3).tobytes(), np.round(gathered, 4).tobytes() if lay.gather else "", depth)
    return cloth.cached(view, name, parameters, compute)


def press_hems(near, piece, lay, even=45.0, reach=26.0):
    """
    Open edges are hemmed: two or three layers, pressed flat. Cloth that is simulated in one layer curls there and frays into waves. This
    lets each open edge run from seam to seam as smoothly as `even` mm allow, and moves what lies within about `reach` mm along with it.
    """
    count, points = len(piece.outline), near["points"].copy()
    placed = lay.places(near["flat"])
    stray = points - np.c_[placed[:, 0], np.zeros(len(points)), placed[:, 1]]
    edge, moves = [], []
    for run in _open_runs(piece.sewn):
        way = lengths(piece.outline[run])
        weight = np.exp(-((way[:, None] - way[None]) / even) ** 2 / 2)
        calm = weight @ stray[run] / weight.sum(1, keepdims=True)
        share = (way / way[-1])[:, None]
        calm += (stray[run[0]] - calm[0]) * (1 - share) + (stray[run[-1]] - calm[-1]) * share
        edge.append(run)
        moves.append(calm - stray[run])
    if not edge:
        return near
    edge, moves = np.concatenate(edge), np.vstack(moves)
    from scipy.spatial import cKDTree
    away, nearest = cKDTree(piece.outline[edge]).query(near["flat"])
    points += moves[nearest] * np.exp(-(away / reach) ** 2)[:, None]
    points[:count][piece.sewn] = near["points"][:count][piece.sewn]
    return {**near, "points": points}


def _open_runs(sewn):
    """Indices along the outline of every stretch that is not sewn, with the sewn points at both of its ends."""
    count = len(sewn)
    starts = [i for i in range(count) if sewn[i] and not sewn[(i + 1) % count]]
    runs = []
    for start in starts:
        stop = start + 1
        while not sewn[stop % count]:
            stop += 1
        runs.append(np.arange(start, stop + 1) % count)
    return runs


def _nearest(points, others):
    from scipy.spatial import cKDTree
    return cKDTree(others).query(points)[0]


def sew(near, piece, far_piece, lay, far_depth=FAR_DEPTH, tuck=5.0, finer=2):
    """Joins the simulated layer and a flat far one along the seam. tuck: how far the far layer draws back behind open edges, mm."""
    flat, triangles = cloth.triangulate(far_piece.outline, SPACING, seed=6)
    count = len(near["flat"])
    at = {tuple(point): i for i, point in enumerate(piece.outline.round(2)) if piece.sewn[i]}
    number, own = np.empty(len(flat), int), []
    for i, point in enumerate(flat):
        sewn = i < len(far_piece.outline) and far_piece.sewn[i]
        joined = at.get(tuple(point.round(2))) if sewn else None
        if joined is None:
            number[i] = count + len(own)
            own.append(i)
        else:
            number[i] = joined
    placed = lay.places(flat)
    if tuck:
        free = np.vstack([far_piece.outline[i] for i in np.nonzero(~far_piece.sewn)[0]])
        low = free[:, 1] < np.median(far_piece.outline[:, 1]) * 0 - 120
        if low.any():
            away = _nearest(flat, free[low])
            placed[:, 1] += tuck * np.exp(-away / 12)
    behind = np.c_[placed[:, 0], np.full(len(flat), far_depth), placed[:, 1]]
    columns = np.vstack([np.c_[near["points"], near["flat"], np.ones(count)], np.c_[behind, flat, -np.ones(len(flat))][own]])
    joined = np.nonzero(piece.sewn)[0]
    columns[joined, 5] = 0
    both = np.vstack([near["triangles"], number[triangles][:, ::-1]])
    layer = np.repeat([1, 0], [len(near["triangles"]), len(triangles)])
    total = len(piece.outline)
    follows = (joined + 1) % total
    crease = np.c_[joined, follows][piece.sewn[follows]]
    for _ in range(finer):
        columns, both, layer, crease = loop_subdivide(columns, both, layer, crease)
    near_vertex = np.zeros(len(columns), bool)
    near_vertex[both[layer == 1].ravel()] = True
    return Layers(columns[:, :3], columns[:, 3:5], both, layer == 1, near_vertex)


def thicken(points, triangles, amount):
    """Moves points along their normals by amount (n,) mm: bands and hems of two layers of cloth."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    normal = np.zeros_like(points)
    for k in range(3):
        np.add.at(normal, triangles[:, k], face)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    return points + normal * np.asarray(amount)[:, None]


def signed(flat, line, region):
    """Distance to a line, positive within a region (closed outline)."""
    away = distance(flat, line)
    return np.where(inside(flat, region), away, -away)


def along(flat, line):
    """Way along a line to its point nearest each of flat: ribs run across this."""
    from scipy.spatial import cKDTree
    dense = resample(line, 0.5)
    return lengths(dense)[cKDTree(dense).query(flat)[1]]


def folded_half(flat):
    """Pattern points on the right half."""
    return np.c_[np.abs(flat[:, 0]), flat[:, 1]]
