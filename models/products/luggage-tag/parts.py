"""A luggage tag: leather body with a slot, strap and buckle. mm; the tag lies along x with its face up, the slot to the left, z = 0 below."""
import numpy as np

from studio import leather, mesh
from studio.outline import catmull, lengths, resample, rounded_polygon, rounded_rect

THICK = 3.6
PRINT_WIDTH, PRINT_HEIGHT, PRINT_AT = 60.0, 35.0, 37.0  # its middle along x
BODY = rounded_polygon([(-14, 10.5), (0, 25), (72, 25), (72, -25), (0, -25), (-14, -10.5)], [6, 7, 6, 6, 7, 6])
SLOT = rounded_rect(3.4, 15.5, 1.65, centre=(-7.0, 0))
SEAM = rounded_polygon([(-0.5, 8.5), (2.2, 21.4), (68.4, 21.4), (68.4, -21.4), (2.2, -21.4), (-0.5, -8.5)], [4, 4.5, 3.2, 3.2, 4.5, 4])
RECT = (-20.0, -30.0, 98.0, 60.0)
STRAP_RECT = (-10.0, 0.0, 20.0, 60.0)
STRAP_WIDE, STRAP_THICK = 13.0, 1.9


def flipped(outline):
    """From y up to v down."""
    return [(x, -y) for x, y in outline]


def skin_of(kind):
    """Height and tone of the body's face."""
    make = leather.crocodile if kind == "croc" else leather.smooth
    height, tone = make(RECT)
    edge = leather.distance_to(flipped(BODY), RECT, holes=[flipped(SLOT)])
    seam = leather.distance_to(flipped(SEAM), RECT)
    return leather.edge_worked(height, tone, edge, seam)


def strap_skin():
    height, tone = leather.smooth(STRAP_RECT, seed=7)
    edge = leather.distance_to([(-STRAP_WIDE / 2, -9), (STRAP_WIDE / 2, -9), (STRAP_WIDE / 2, 69), (-STRAP_WIDE / 2, 69)], STRAP_RECT)
    return leather.edge_worked(height, tone, edge, fold=1.3)


def print_mm(points):
    return np.c_[points[:, 0] - PRINT_AT + PRINT_WIDTH / 2, PRINT_HEIGHT / 2 - points[:, 1]]


def body(face, edge):
    """The face in one material, the cut edge in that of the edge paint."""
    made = mesh.plate("body", BODY, 0, THICK, 0.75, face, holes=[SLOT], steps=5)
    mesh.set_uv_from(made, "print", print_mm)
    made.data.materials.append(edge.data)
    for polygon in made.data.polygons:
        if abs(polygon.normal.z) < 0.55:
            polygon.material_index = 1
    return made


def seam(thread, height=THICK, outline=SEAM):
    places = resample(outline, 3.05, closed=True)
    directions = np.roll(places, -1, 0) - np.roll(places, 1, 0)
    return mesh.stitches("seam", places, directions, height + 0.05, thread, length=2.45, radius=0.41)


def strap(name, path, material, tip=False):
    line = catmull(path, 14)
    way = lengths(line)
    wide = np.full(len(line), 1.0)
    if tip:
        wide = np.sqrt(np.clip(1 - (1 - np.clip((way + 0.25) / 5.5, 0, 1)) ** 2.2, 0.01, 1))
    section = rounded_rect(STRAP_WIDE, STRAP_THICK, 0.7, count=5)
    across = np.r_[section[:, 0], section[:1, 0]]
    skin = np.dstack(np.broadcast_arrays(across[None, :] * wide[:, None], way[:, None]))
    made = mesh.sweep(name, line, section, material, side=(0, 1, 0), scale=np.c_[wide, np.ones(len(wide))], uv={"skin": skin})
    mesh.shade_smooth(made, 50)
    return made


def hole(place, ahead, radius, material):
    """A punched hole as a dark disc on the strap."""
    angles = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    ahead = np.asarray(ahead, float) / np.linalg.norm(ahead)
    points = np.asarray(place, float) + radius * (np.cos(angles)[:, None] * ahead + np.sin(angles)[:, None] * np.array([0, 1.0, 0]))
    return mesh.mesh("hole", points, [tuple(range(28))], material)


def straps(skin, dark):
    """Up through the slot and back under the buckle; the long end lies on it and leaves to the left, its fellow below."""
    short = strap("short strap", [(-6.4, 0, -3), (-6.8, 0, 1.5), (-8.1, 0, 4.3), (-11, 0, 4.95), (-15, -0.1, 4.7), (-18.5, -0.2, 4.1), (-22.1, -0.3, 3.6)], skin)
    path = [(-10.7, -0.1, 6.65), (-13.5, -0.2, 6.6), (-17, -0.3, 6.5), (-21, -0.4, 6.25), (-26.5, -0.6, 5.1), (-32.5, -0.9, 4.1), (-42, -1.2, 3.9),
            (-56, -1.2, 4.2), (-78, 0, 5.2), (-110, 2, 6), (-150, 0, 5), (-190, -8, 5)]
    upper = strap("upper strap", path, skin, tip=True)
    lower = strap("lower strap", [(-3.5, 0, 1), (-13.5, 0.6, 1), (-23.5, 2.0, 1), (-33.5, 4.2, 1), (-48, 8.5, 1), (-75, 19, 1), (-110, 35, 1), (-150, 48, 1), (-190, 54, 1)], skin)
    line = catmull(path, 14)
    holes = []
    for x, radius in ((-24.5, 1.5), (-41.0, 1.25), (-52.0, 1.25)):
        at = int(np.argmin(np.abs(line[:, 0] - x)))
        ahead = line[at + 1] - line[at - 1]
        holes.append(hole(line[at] + [0, 0, STRAP_THICK / 2 + 0.03], ahead, radius, dark))
    return [short, upper, lower, *holes]


def buckle(metal):
    """Wire frame, its right bar under the long strap and its left bar over it, and a prong through the strap's hole."""
    tilt = lambda x: 3.95 + (-20.5 - x) * 0.155  # noqa: E731
    frame = [(x - 27, y - 0.6, tilt(x - 27)) for x, y in rounded_rect(13, 18.4, 3.0, count=12)]
    prong = catmull([(-24.1, -0.5, 5.4), (-25.1, -0.5, 6.9), (-27.5, -0.6, 7.7), (-31.5, -0.7, 7.95), (-34.3, -0.7, 7.9), (-35.4, -0.7, 7.5)], 10)
    thick = np.interp(np.linspace(0, 1, len(prong)), [0, 0.7, 0.95, 1], [0.95, 0.9, 0.75, 0.4])
    return [mesh.tube("frame", frame, 1.25, metal, closed=True, sides=24), mesh.tube("prong", prong, thick, metal, sides=18)]
