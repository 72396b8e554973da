"""A card holder: back, two pockets, cards. mm; it lies with its face up, lower left corner at 0, 0, pockets open towards y."""
import numpy as np

from studio import leather, mesh
from studio.outline import resample, rounded_polygon

WIDTH, HEIGHT = 102.0, 76.0
LEVELS = ((0.0, 1.6), (1.6, 3.1), (3.1, 4.7))  # back, upper pocket, lower pocket: from, to
TOPS = (HEIGHT, 62.0, 47.0)
PRINT_WIDTH, PRINT_HEIGHT, PRINT_MIDDLE = 60.0, 25.0, (51.0, 24.0)
RECT = (-2.0, -HEIGHT - 2.0, WIDTH + 4.0, HEIGHT + 4.0)
INSET = 3.0  # of the seam


def outline(top):
    upper = 6.0 if top == HEIGHT else 1.0
    return rounded_polygon([(0, top), (WIDTH, top), (WIDTH, 0), (0, 0)], [upper, upper, 7, 7])


def seam_line():
    """Open at the top: down one side, along the bottom, up the other."""
    return rounded_polygon([(INSET, HEIGHT - 4), (INSET, INSET), (WIDTH - INSET, INSET), (WIDTH - INSET, HEIGHT - 4)], [0, 4.5, 4.5, 0])


def skin_of(kind, layer):
    """Height and tone of one layer, cut from the same hide as the others."""
    if kind == "croc":
        height, tone = leather.crocodile(RECT, seed=11, axis=-HEIGHT / 2 + 10, half=46.0, scale=1.1)
    else:
        height, tone = leather.smooth(RECT, seed=3 + layer)
    cut = leather.distance_to([(x, -y) for x, y in outline(TOPS[layer])], RECT)
    line = [(INSET, -HEIGHT - 9), (WIDTH - INSET, -HEIGHT - 9), *((x, -y) for x, y in seam_line()[::-1])]
    return leather.edge_worked(height, tone, cut, leather.distance_to(line, RECT), fold=1.5)


def print_mm(points):
    return np.c_[points[:, 0] - PRINT_MIDDLE[0] + PRINT_WIDTH / 2, PRINT_MIDDLE[1] + PRINT_HEIGHT / 2 - points[:, 1]]


def panel(layer, face, edge, printed=False):
    low, high = LEVELS[layer]
    made = mesh.plate(f"panel {layer}", outline(TOPS[layer]), low, high, 0.45, face, steps=5)
    if printed:
        mesh.set_uv_from(made, "print", print_mm)
    made.data.materials.append(edge.data)
    for polygon in made.data.polygons:
        if abs(polygon.normal.z) < 0.6:
            polygon.material_index = 1
    return made


def seam(thread):
    """The seam climbs the steps of the pockets."""
    places = resample(seam_line(), 3.1)
    ahead = np.gradient(places, axis=0)
    made, bottom = [], 0.0
    for layer in (2, 1, 0):
        top = TOPS[layer] - 0.8
        here = (places[:, 1] <= top) & (places[:, 1] > bottom)
        bottom = TOPS[layer] + 0.9
        if here.any():
            made.append(mesh.stitches(f"seam {layer}", places[here], ahead[here], LEVELS[layer][1] + 0.05, thread, length=2.45, radius=0.38))
    return made


def card(layer, shift, out, material):
    """A bank card in the pocket of `layer`, `out` mm of it to be seen."""
    low = LEVELS[layer][0]
    top, left = TOPS[layer] + out, (WIDTH - 85.6) / 2 + shift
    shape = rounded_polygon([(left, top), (left + 85.6, top), (left + 85.6, top - 40), (left, top - 40)], 3.2)
    return mesh.plate(f"card {layer}", shape, low + 0.05, low + 0.81, 0.1, material)
