"""Maps of surface positions: which millimetre of the surface each pixel shows."""
import numpy as np
from scipy import ndimage

from studio import png16

GROW_PX = 6
FIT_PX = 2.0  # how far around a pixel its slope is measured (sigma)
STEEPEST = 2.2  # times the usual step: print near a grazing edge must not run away
RIM_PX = 2  # how far from its edge a surface may turn away too fast to be followed


def grow(mm, valid, pixels=GROW_PX):
    """
    Continues positions in a straight line beyond their edge, so that antialiased edge pixels and filter taps find one: from the nearest
    known pixel along the slope of the known surface around. The last pixels of a rim that turns away are continued too: as the warp filters
    whole tiles for their longest step, they would blur what lies beside them.
    """
    if not valid.any():
        return mm, valid
    valid = valid & ~_turning_away(mm, valid)
    rows, columns = (np.nonzero(valid.any(axis))[0] for axis in (1, 0))
    box = tuple(slice(max(0, line[0] - 2 * pixels), line[-1] + 2 * pixels + 1) for line in (rows, columns))
    known, values = valid[box], mm[box].astype(np.float64)
    far, (row, column) = ndimage.distance_transform_edt(~known, return_indices=True)
    wanted = (far > 0) & (far <= pixels)
    y, x = np.nonzero(wanted)
    y0, x0 = row[wanted], column[wanted]
    out, ok = mm.copy(), valid.copy()
    for axis in (0, 1):
        along, down = _slopes(values[..., axis], known)
        steps = np.hypot(along, down)[known]
        limit = STEEPEST * max(np.median(steps), 1e-6)
        shrink = np.minimum(1, limit / np.maximum(np.hypot(along, down), 1e-9))
        out[box][y, x, axis] = values[y0, x0, axis] + ((along * shrink)[y0, x0] * (x - x0) + (down * shrink)[y0, x0] * (y - y0))
    ok[box][wanted] = True
    return out, ok


def _turning_away(mm, valid):
    """The pixels of the rim where a step is longer than the warp should follow."""
    longest = np.zeros(valid.shape, np.float32)
    for axis in (0, 1):
        both = np.logical_and(*(np.delete(valid, end, axis) for end in (0, -1)))
        step = np.where(both, np.linalg.norm(np.diff(mm, axis=axis), axis=-1), 0)
        before, after = ([(0, 0), (0, 0)] for _ in range(2))
        before[axis], after[axis] = (1, 0), (0, 1)
        longest = np.maximum(longest, np.maximum(np.pad(step, before), np.pad(step, after)))
    rim = valid & (ndimage.distance_transform_cdt(np.pad(valid, 1), "chessboard")[1:-1, 1:-1] <= RIM_PX)
    usual = np.median(longest[valid])
    return rim & (longest > STEEPEST * usual)


def _slopes(plane, known):
    """Change per pixel to the right and downwards, by a least-squares plane through the known pixels around each."""
    y, x = np.mgrid[0:plane.shape[0], 0:plane.shape[1]].astype(np.float64)
    weight = known.astype(np.float64)
    blurred = lambda values: ndimage.gaussian_filter(values * weight, FIT_PX, mode="constant")  # noqa: E731
    total = np.maximum(blurred(np.ones_like(plane)), 1e-9)
    held = np.where(known, plane, 0)
    mean_x, mean_y, mean = blurred(x) / total, blurred(y) / total, blurred(held) / total
    xx, yy, xy = blurred(x * x) / total - mean_x ** 2, blurred(y * y) / total - mean_y ** 2, blurred(x * y) / total - mean_x * mean_y
    xp, yp = blurred(x * held) / total - mean_x * mean, blurred(y * held) / total - mean_y * mean
    bend = xx * yy - xy * xy
    safe = np.where(bend > 1e-3, bend, np.inf)
    return (xp * yy - yp * xy) / safe, (yp * xx - xp * xy) / safe


def bounds(areas, margin):
    """The ranges of u and v that hold all areas (x, y, width, height), as {'from', 'to'} in whole mm."""
    low = [min(area[axis] for area in areas) - margin for axis in (0, 1)]
    high = [max(area[axis] + area[axis + 2] for area in areas) + margin for axis in (0, 1)]
    return [{"from": float(np.floor(a)), "to": float(np.ceil(b))} for a, b in zip(low, high)]


def write(path, mm, valid, ranges, step):
    """Writes every step-th sample. Returns the row for view.json."""
    first = step // 2
    share = np.stack([(mm[..., axis] - one["from"]) / (one["to"] - one["from"]) for axis, one in enumerate(ranges)], -1)
    known = valid & (share > 0).all(-1) & (share < 1).all(-1)
    stored = np.dstack([np.where(known[..., None], share, 0), known])[first::step, first::step]
    png16.write(path, stored)
    return {"step": step, "offset": [first, first], "u": ranges[0], "v": ranges[1]}


def scale(mm, valid, zone, areas, step, seam):
    """Picture pixels per mm where they are fewest: lowest 5 % and median over the placements, measured as src/mockup does."""
    first = step // 2
    mm, valid, zone = (plane[first::step, first::step] for plane in (mm, valid, zone))
    here, right, below = mm[:-1, :-1], mm[:-1, 1:] - mm[:-1, :-1], mm[1:, :-1] - mm[:-1, :-1]
    known = valid[:-1, :-1] & valid[:-1, 1:] & valid[1:, :-1] & (zone[:-1, :-1] > 0.5)
    inside = np.zeros(known.shape, bool)
    for x, y, width, height in areas:
        inside |= (here[..., 0] >= x) & (here[..., 0] < x + width) & (here[..., 1] >= y) & (here[..., 1] < y + height)
    squares = (right ** 2).sum(-1) + (below ** 2).sum(-1)
    area = right[..., 0] * below[..., 1] - right[..., 1] * below[..., 0]
    longest = np.sqrt((squares + np.sqrt(np.maximum(0, squares ** 2 - 4 * area ** 2))) / 2)
    steps = np.sort(step / longest[known & inside & (longest > 0) & (longest <= seam)])
    if not len(steps):
        return {"min": 0.01, "median": 0.01}
    return {name: round(float(steps[int(part * (len(steps) - 1))]), 2) for name, part in (("min", 0.05), ("median", 0.5))}
