"""Maps of surface positions: which millimetre of the surface each pixel shows."""
import numpy as np

from studio import png16

GROW_PX = 6
NEIGHBOURS = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))


def grow(mm, valid, pixels=GROW_PX):
    """Continues positions in a straight line beyond their edge, so that antialiased edge pixels and filter taps find one."""
    mm, valid = mm.copy(), valid.copy()
    for _ in range(pixels):
        total, count = np.zeros_like(mm), np.zeros(valid.shape, np.float32)
        for move in NEIGHBOURS:
            twice = (2 * move[0], 2 * move[1])
            near, far = np.roll(valid, move, (0, 1)), np.roll(valid, twice, (0, 1))
            here, beyond = np.roll(mm, move, (0, 1)), np.roll(mm, twice, (0, 1))
            # A step across a fold must not be continued.
            calm = np.abs(here - beyond).max(-1) < 8
            line = near & far & calm & ~valid
            lone = near & ~(far & calm) & ~valid
            total += np.where(line[..., None], 2 * here - beyond, 0) + np.where(lone[..., None], 0.25 * here, 0)
            count += line + 0.25 * lone
        new = count > 0
        mm[new] = total[new] / count[new][:, None]
        valid |= new
    return mm, valid


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
