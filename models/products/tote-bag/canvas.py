"""Cotton canvas and webbing: relief in mm from the pattern."""
from studio.material import fabric

from bag import HANDLE_WIDTH, PATCH, WIDTH

WEAVE = 2.6  # mm, coarser than life so that it shows at this scale
# Threads run both ways and are thicker here and there: noise stretched along x, along y, and even, (size x, size y, height)
SLUBS = ((1.8, 17, 0.34), (17, 1.8, 0.34), (1.25, 1.25, 0.26), (33, 33, 0.8))


def canvas(name, zone, layer="pattern"):
    material = fabric(name, zone, specular=0.15)
    x, y = material.uv(layer)
    for size_x, size_y, height in SLUBS:
        place = material.vector(material.divide(x, size_x), material.divide(y, size_y))
        material.bump(material.multiply(material.noise(place, 1.0, 2), height))
    material.bump(material.multiply(material.multiply(material.sine(x, WEAVE), material.sine(y, WEAVE)), 0.07))
    return material


def bag_canvas():
    """With a turned-down hem of 28 mm and the ridge of the seam allowance along the sides."""
    material = canvas("canvas", "body").printable()
    x, y = material.uv("pattern")
    material.bump(material.multiply(material.groove(y, -27.0, 1.2), -1.1), material.multiply(material.step(y, -28.0, 1.0), 0.7))
    material.bump(material.multiply(material.groove(y, -3.0, 1.0), -0.6))
    material.bump(material.multiply(material.groove(material.absolute(x), WIDTH / 2 - 11, 2.2), 0.6))
    return material


def webbing():
    """Edge stitching, and a crossed square where the strap is sewn on. Pattern: x across, y the way from the nearer end."""
    material = canvas("webbing", "handles")
    x, y = material.uv("pattern")
    material.bump(material.multiply(material.groove(material.absolute(x), HANDLE_WIDTH / 2 - 3.5, 0.8), -0.8))
    for at in (4.0, PATCH - 10):
        material.bump(material.multiply(material.groove(y, at, 0.9), -1.0))
    sewn, slope = material.less(y, PATCH - 8), (PATCH - 14) / (HANDLE_WIDTH - 7)
    for lean in (-1, 1):
        line = material.subtract(material.subtract(y, (PATCH - 6) / 2), material.multiply(x, lean * slope))
        material.bump(material.multiply(material.multiply(material.groove(line, 0.0, 1.3), sewn), -1.0))
    return material
