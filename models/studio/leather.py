"""
Leather as pictures of height (mm) and tone (1 on average), for bump and base colour. Sizes in mm; rect = (left, top, width, height), v down.
The same seed gives the same skin.
"""
import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree

PX_PER_MM = 20


def _grid(rect, px_per_mm):
    left, top, width, height = rect
    xs = left + (np.arange(int(width * px_per_mm)) + 0.5) / px_per_mm
    ys = top + (np.arange(int(height * px_per_mm)) + 0.5) / px_per_mm
    return np.meshgrid(xs, ys)


def _noise(shape, size, random):
    """Smooth random numbers with a spread of 1; size in px."""
    made = ndimage.gaussian_filter(random.standard_normal(shape).astype(np.float32), size)
    return made / made.std()


def distance_to(outline, rect, px_per_mm=PX_PER_MM, holes=()):
    """Distance in mm to an outline (x right, v down), positive inside."""
    from PIL import Image, ImageDraw
    left, top, width, height = rect
    picture = Image.new("L", (int(width * px_per_mm), int(height * px_per_mm)), 0)
    pen = ImageDraw.Draw(picture)
    for line, fill in [(outline, 1), *((hole, 0) for hole in holes)]:
        pen.polygon([((x - left) * px_per_mm, (y - top) * px_per_mm) for x, y in line], fill=fill)
    inside = np.asarray(picture) > 0
    return ((ndimage.distance_transform_edt(inside) - ndimage.distance_transform_edt(~inside)) / px_per_mm).astype(np.float32)


def _scattered(rect, pitch, random):
    """Points about `pitch` apart, pushed off their nearest neighbour."""
    left, top, width, height = rect
    points = np.c_[random.uniform(left, left + width, int(width * height / pitch ** 2)),
                   random.uniform(top, top + height, int(width * height / pitch ** 2))]
    near, index = cKDTree(points).query(points, k=2)
    away = points - points[index[:, 1]]
    return points + away * (0.25 * np.clip(pitch - near[:, 1:], 0, 1) / np.maximum(near[:, 1:], 1e-6))


def smooth(rect, px_per_mm=PX_PER_MM, seed=1, pitch=0.62, depth=0.05):
    """Full-grain calf: small creased cells, pores, and a slow unevenness. Returns height and tone."""
    random = np.random.default_rng(seed)
    xs, ys = _grid(rect, px_per_mm)
    shape = xs.shape
    warp = [_noise(shape, 0.5 * px_per_mm, random) * 0.18 for _ in range(2)]
    near, _ = cKDTree(_scattered(rect, pitch, random)).query(np.c_[(xs + warp[0]).ravel(), (ys + warp[1]).ravel()], k=2)
    edge = ((near[:, 1] - near[:, 0]) * 0.5).reshape(shape).astype(np.float32)
    cell = 1 - np.exp(-(edge / (0.13 * pitch / 0.62)) ** 1.4)
    swell = np.clip(0.7 + 0.3 * _noise(shape, 2.2 * px_per_mm, random), 0.25, 1.3)
    pores = np.clip(_noise(shape, 0.07 * px_per_mm, random) - 2.6, 0, 1)
    height = depth * cell * swell + 0.012 * _noise(shape, 0.12 * px_per_mm, random) + 0.06 * _noise(shape, 4 * px_per_mm, random) - 0.05 * pores
    tone = (0.9 + 0.1 * cell) * (1 + 0.03 * _noise(shape, 5 * px_per_mm, random) + 0.025 * _noise(shape, 0.9 * px_per_mm, random))
    return ndimage.gaussian_filter(height, 0.04 * px_per_mm).astype(np.float32), np.clip(tone, 0.6, 1.3).astype(np.float32)


def _belly(rect, half, axis, scale, random):
    """Centres of the scales of a crocodile's belly: rows of broad tiles along the axis, small round ones towards both flanks."""
    points, v, row = [], axis - half - 8.0, 0
    while v < axis + half + 8:
        share = np.clip(1 - abs(v + 2 - axis) / half, 0, 1)
        tall, wide = scale * (3.0 + 4.6 * share ** 0.8), scale * (3.4 + 8.2 * share ** 0.9)
        u = rect[0] - 12 + wide * (0.5 * (row % 2)) + random.uniform(-0.6, 0.6)
        while u < rect[0] + rect[2] + 12:
            points.append((u + random.normal(0, 0.03 * wide), v + tall / 2 + random.normal(0, 0.025 * tall) + 0.9 * np.sin(u * 0.055 + 1)))
            u += wide * random.uniform(0.86, 1.14)
        v, row = v + tall, row + 1
    return np.array(points)


def crocodile(rect, px_per_mm=PX_PER_MM, seed=4, axis=0.0, half=24.0, scale=1.0, depth=0.36):
    """
    Calf embossed with crocodile belly, the scales' rows along u and largest at v = axis; at `half` from it they are smallest.
    Tiles are nearly flat with rolled edges, the creases between them narrow. Returns height and tone.
    """
    random = np.random.default_rng(seed)
    xs, ys = _grid(rect, px_per_mm)
    shape = xs.shape
    centres = _belly(rect, half, axis, scale, random)
    warp = [_noise(shape, 1.5 * px_per_mm, random) * 0.2 + _noise(shape, 0.4 * px_per_mm, random) * 0.05 for _ in range(2)]
    near, index = cKDTree(centres).query(np.c_[(xs + warp[0]).ravel(), (ys + warp[1]).ravel()], k=2, p=6)
    edge = ndimage.gaussian_filter(((near[:, 1] - near[:, 0]) * 0.5).reshape(shape).astype(np.float32), 0.1 * px_per_mm)
    which = index[:, 0].reshape(shape)
    crease = np.exp(-(edge / 0.24) ** 2)
    rolled = 1 - np.exp(-(edge / 0.75) ** 1.6)
    tilt = sum(random.normal(0, 0.012, len(centres))[which] * (place - centres[:, i][which]) for i, place in enumerate((xs, ys)))
    level = ndimage.gaussian_filter(random.normal(0, 0.03, len(centres))[which] + tilt, 0.3 * px_per_mm)
    lines = np.clip(1 - np.abs(_noise(shape, (0.3 * px_per_mm, 0.8 * px_per_mm), random)) * 4.5, 0, 1)
    lines = lines * np.clip(_noise(shape, 3 * px_per_mm, random) * 0.5 + 0.15, 0, 1)
    height = (depth * (rolled - 0.45 * crease) + level * (1 - crease) - 0.03 * lines + 0.02 * _noise(shape, 0.8 * px_per_mm, random)
              + 0.006 * _noise(shape, 0.12 * px_per_mm, random))
    shades = ndimage.gaussian_filter(random.normal(0, 1, len(centres))[which], 0.3 * px_per_mm)
    tone = (1 - 0.45 * crease) * (1 + 0.05 * shades) * (0.9 + 0.1 * rolled) * (1 - 0.06 * lines)
    return ndimage.gaussian_filter(height, 0.05 * px_per_mm).astype(np.float32), np.clip(tone, 0.4, 1.3).astype(np.float32)


def edge_worked(height, tone, edge, seam=None, fold=1.2):
    """
    What hands do along the cut edge: skived thinner, a heated crease line `fold` mm inside, darkened by edge paint; and along a seam
    (distance in mm to it) a channel for the stitches. edge: distance in mm to the cut.
    """
    height = height * np.clip((edge - 0.5) / 1.6, 0, 1) + 0.45 * (1 - np.exp(-np.clip(edge, 0, 9) / 2.2))
    height = height - 0.2 * np.exp(-((edge - fold) / 0.26) ** 2)
    fade = np.clip((edge - 0.5) / 1.0, 0, 1)
    tone = np.median(tone) * (1 - fade) + tone * fade
    tone = tone * (1 - 0.16 * np.exp(-((edge - fold) / 0.3) ** 2))
    if seam is not None:
        near = np.abs(seam)
        height = height * (1 - 0.55 * np.exp(-(near / 0.9) ** 2)) - 0.3 * np.exp(-(near / 0.72) ** 2)
        tone = tone * (1 - 0.2 * np.exp(-(near / 0.55) ** 2))
    return height.astype(np.float32), tone.astype(np.float32)


def dress(made, height, tone, rect, layer="skin", repeat=False, base=0.5):
    """Lays height and tone pictures on a Material over rect mm of a UV layer; creases are matter than polished tops."""
    from studio.material import image
    name = made.data.name
    made.bump(made.image(image(f"{name} height", height), rect, layer, repeat))
    colour = made.image(image(f"{name} tone", tone * base), rect, layer, repeat)
    made.set(base_color=colour)
    roughness = made.shader.inputs["Roughness"].default_value
    made.set(roughness=made.add(roughness, made.multiply(made.subtract(base, colour), 0.5)))
    return made
