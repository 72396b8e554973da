"""The visor: a crescent bent down at its sides, with a round edge and seven rows of stitches."""
import math

import numpy as np

from studio import mesh
from studio.material import fabric
from studio.outline import catmull, distance, lengths

from cloth_looks import stitch_row, twill
from crown import BRIM_ANGLE, plan_radius

THICKNESS, ROUND = 3.8, 1.9
ALONG, ACROSS = 220, 60
OUTLINE = [(83, -57), (91.5, -79), (91, -108), (77, -139), (46, -161), (0, -168)]  # right half, from the crown to the middle


def visor_material():
    material = fabric("visor", "visor", roughness=0.92, specular=0.2, sheen=0.15)
    x, y = material.uv("plan")
    to_edge, along = material.uv("edge")
    material.bump(*twill(material, x, y, material.vector(x, y)))
    for row in range(7):
        material.bump(stitch_row(material, to_edge, along, 5.5 + 7.5 * row, pitch=3.2, width=0.6))
    return material


def _even(points, count):
    curve = catmull(points, 30)
    way = lengths(curve)
    wanted = np.linspace(0, way[-1], count)
    return np.stack([np.interp(wanted, way, axis) for axis in curve.T], -1)


def build_visor():
    """The visor and the points (rows, columns, 3) of its upper side, for laying the cap down."""
    theta = np.radians(np.linspace(-BRIM_ANGLE, BRIM_ANGLE, 400))[::8]
    radius = plan_radius(theta) - 1.2
    inner = _even(np.c_[radius * np.sin(theta), -radius * np.cos(theta)], ALONG)
    right = [tuple(inner[-1]), *OUTLINE]
    outer = _even([(-x, y) for x, y in right[:-1]] + right[::-1], ALONG)
    share = 1 - (1 - np.linspace(0, 1, ACROSS)) ** 1.6  # closer together towards the edge
    flat = inner * (1 - share)[:, None, None] + outer * share[:, None, None]
    to_edge = distance(flat.reshape(-1, 2), outer).reshape(ACROSS, ALONG)
    out = np.linalg.norm(flat - inner, axis=-1)
    height = 12 - flat[..., 0] ** 2 / 300 - math.tan(math.radians(9)) * out - out ** 2 * 0.0012
    rounding = ROUND - np.sqrt(np.maximum(ROUND ** 2 - np.maximum(ROUND - to_edge, 0) ** 2, 0))
    upper, lower = np.dstack([flat, height - rounding]), np.dstack([flat, height - THICKNESS + rounding])
    skin = np.concatenate([upper, lower[::-1]])[:, ::-1]
    plan = np.concatenate([flat, flat[::-1] + [0, 500]])[:, ::-1]
    edge = np.dstack(np.broadcast_arrays(to_edge, lengths(outer)[None]))
    edge = np.concatenate([edge, edge[::-1]])[:, ::-1]
    made = mesh.grid("visor", skin, visor_material(), uv={"plan": plan, "edge": edge, "skin": plan * [1, -1]})
    return made, upper
