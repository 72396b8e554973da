"""Knitted cloth as relief in mm: seams, hems, ribs and grain, from UV layers that hold distances in pattern mm (see garment.py)."""


def seam(material, away, depth=1.3, width=1.5):
    """Two pieces sewn right to right: a furrow between two soft ridges."""
    material.bump(material.multiply(material.groove(away, 0.0, width), -depth))
    material.bump(material.multiply(material.groove(away, -3.2, 2.4), 0.35), material.multiply(material.groove(away, 3.2, 2.4), 0.35))


def topstitch(material, away, at, depth=0.7):
    """A row of stitches that pulls the cloth in, `at` mm from an edge or seam."""
    material.bump(material.multiply(material.groove(away, at, 0.9), -depth))


def hem(material, away, height=21.0, needles=(15.0, 20.0), thickness=0.9):
    """Turned up: one more layer from the edge to `height`, held by rows of stitches."""
    material.bump(material.multiply(material.step(away, height, 1.6), -thickness))
    for at in needles:
        topstitch(material, away, at, 0.8)


def ribs(material, way, share, pitch=2.6, depth=0.28):
    """Ribs across `way`, where `share` is 1."""
    material.bump(material.multiply(material.multiply(material.sine(way, pitch), share), depth))


def grain(material, amount=1.0, layer="pattern"):
    """Yarn, and the soft unevenness of washed cotton."""
    x, y = material.uv(layer)
    for size, detail, height in ((1.1, 2, 0.22), (8.0, 3, 0.34)):
        material.bump(material.multiply(material.noise(material.vector(x, y), size, detail), height * amount))


def loops(material, share, wale=1.25, course=1.0, depth=0.16, layer="pattern"):
    """Jersey seen closely: columns of V-shaped stitches; wale and course in mm."""
    x, y = material.uv(layer)
    across = material.absolute(material.subtract(material.math("FRACT", material.divide(x, wale)), 0.5))
    rows = material.sine(material.add(y, material.multiply(across, 1.3 * course)), course)
    yarn = material.subtract(1.0, material.multiply(material.absolute(material.subtract(across, 0.25)), 3.2))
    material.bump(material.multiply(material.multiply(material.add(material.multiply(rows, 0.35), yarn), share), depth))


def birdseye(material, share, pitch=2.6, depth=0.16, layer="pattern"):
    """Sports mesh: dimples on a lattice of triangles."""
    x, y = material.uv(layer)
    total = None
    for a, b in ((1.0, 0.0), (0.5, 0.866), (-0.5, 0.866)):
        wave = material.math("COSINE", material.multiply(material.add(material.multiply(x, a), material.multiply(y, b)), 6.2832 / (pitch * 0.866)))
        total = wave if total is None else material.add(total, wave)
    material.bump(material.multiply(material.multiply(material.maximum(total, 0.0), share), -depth))
