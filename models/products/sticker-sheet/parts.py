"""A sheet with rounded corners whose upper right corner curls up, mm from its middle."""
import numpy as np
from mathutils import Vector
from mathutils.geometry import delaunay_2d_cdt

from studio.mesh import mesh, shade_smooth, solidify
from studio.outline import distance, inside, resample, rounded_rect

WIDTH, HEIGHT, CORNER, THICKNESS = 105.0, 148.0, 6.0, 0.3
MESH = 2.5


def sheet(material, curl=10.0):
    """curl: how high the corner stands, mm. The opposite corner lifts a little too."""
    outline = resample(rounded_rect(WIDTH, HEIGHT, CORNER, count=14), 1.5, closed=True)
    x, y = np.meshgrid(np.arange(MESH - WIDTH / 2, WIDTH / 2 - 1, MESH), np.arange(MESH - HEIGHT / 2, HEIGHT / 2 - 1, MESH))
    inner = np.c_[x.ravel(), y.ravel()]
    inner = inner[inside(inner, outline) & (distance(inner, np.vstack([outline, outline[:1]])) > 1.2)]
    border = [(i, (i + 1) % len(outline)) for i in range(len(outline))]
    solved = delaunay_2d_cdt([Vector(point) for point in np.vstack([outline, inner])], border, [], 1, 1e-5)
    flat = np.array([tuple(point) for point in solved[0]])
    along = flat[:, 0] / WIDTH + flat[:, 1] / HEIGHT
    rise = curl * np.maximum(0, (along - 0.42) / 0.58) ** 2.2 + curl / 4 * np.maximum(0, (-along - 0.62) / 0.38) ** 2
    uv = np.c_[flat[:, 0] + WIDTH / 2, HEIGHT / 2 - flat[:, 1]]
    made = mesh("sheet", np.c_[flat, rise + THICKNESS + 0.3], solved[2], material, uv={"print": uv, "skin": uv})
    shade_smooth(made, 60)
    solidify(made, THICKNESS)
    return made
