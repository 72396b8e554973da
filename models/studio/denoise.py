"""Takes the grain out of rendered light without crossing edges. Debian's Blender has no denoiser of its own."""
import numpy as np
from scipy import ndimage

KERNEL = np.array([1, 4, 6, 4, 1], np.float32) / 16

# levels: how far it reaches (2^(levels+1) px); normals, depth: how much they may differ (depth in mm); light: times the local noise
CHOICES = {
    "smooth": dict(levels=4, normals=0.06, depth=5.0, light=2.0),
    "cloth": dict(levels=2, normals=0.07, depth=4.0, light=1.6),
    "leather": dict(levels=1, normals=0.03, depth=2.0, light=1.5),
}

SPARK, SPARK_FLOOR = 1.8, 0.003  # times the light around, and light besides


def denoise(plane, guides, choice):
    """
    Edge-avoiding a-trous wavelet filter (Dammertz 2010) over one plane of light (height, width).
    guides: normal (h, w, 3), position in mm (h, w, 3) and zone coverage (h, w, n) of the SAME antialiased render: a pixel that mixes two
    surfaces has guides like no other and stays as it is, which keeps edges antialiased.
    """
    normal, position, zones = (guide.astype(np.float32) for guide in guides)
    settings = CHOICES[choice]
    light = plane.astype(np.float32)
    for level in range(settings["levels"]):
        light = _level(light, normal, position, zones, level, settings)
    return light


def _level(light, normal, position, zones, level, settings):
    height, width = light.shape
    step = 1 << level
    pad = 2 * step
    near = ndimage.uniform_filter(light, 3)
    mean = ndimage.uniform_filter(light, 7)
    noise = np.sqrt(np.maximum(ndimage.uniform_filter(light * light, 7) - mean * mean, 0)) + 0.004
    tolerance = settings["light"] * noise / (1 + 0.5 * level)
    around = [_padded(plane, pad) for plane in (light, near, normal, position, zones)]
    total, weights = np.zeros_like(light), np.zeros_like(light)
    for j in range(-2, 3):
        for i in range(-2, 3):
            window = (slice(pad + j * step, pad + j * step + height), slice(pad + i * step, pad + i * step + width))
            light2, near2, normal2, position2, zones2 = (plane[window] for plane in around)
            bend = ((normal2 - normal) ** 2).sum(-1) / settings["normals"] ** 2 / (1 + level)
            depth = np.abs(((position2 - position) * normal).sum(-1)) / settings["depth"]
            other = np.abs(zones2 - zones).sum(-1) * 12
            weight = KERNEL[j + 2] * KERNEL[i + 2] * np.exp(-bend - depth - other - np.abs(near2 - near) / tolerance)
            total += light2 * weight
            weights += weight
    return total / np.maximum(weights, 1e-8)


def _padded(plane, pad):
    return np.pad(plane, ((pad, pad), (pad, pad)) + ((0, 0),) * (plane.ndim - 2), mode="edge")


def keep_grain(denoised, raw, cover):
    """
    Grain of bright cloth is what makes it look real: takes the raw light back where it is bright, leaves deep folds denoised, and cuts
    single sparks that no thread would send.
    """
    inside = cover > 0.5
    if not inside.any():
        return denoised
    bright = np.clip((denoised / np.median(denoised[inside]) - 0.55) / 0.25, 0, 1)
    share = bright * np.clip(cover, 0, 1)
    calm = np.minimum(raw, SPARK * ndimage.median_filter(raw, 3) + SPARK_FLOOR)
    return denoised * (1 - share) + calm * share
