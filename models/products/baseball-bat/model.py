"""A turned bat: barrel with a cupped end, handle, knob and a tape grip. The wood is growth rings round an axis outside the bat."""
import numpy as np
from scipy.interpolate import PchipInterpolator

from studio.material import Material
from studio.mesh import NOWHERE, grid, parent

LENGTH = 840.0  # 33 inches; x runs from the end of the barrel to the knob
PRINT = (130.0, 26.0)
MIDDLE = 165.0  # of the print, from the end of the barrel
RADII = [(0.0, 18.8), (0.8, 20.6), (3, 23.6), (7, 26.6), (14, 29.6), (24, 31.6), (40, 32.8), (90, 33.2),
         (200, 33.0), (300, 30.5), (400, 25), (500, 18.5), (620, 14.2), (760, 12.6), (803, 13.0), (815, 15.5), (822, 21), (828, 24.2), (834, 24.6), (838, 23.2), (839.6, 20)]
CUP = [(22, 0.0), (21.5, 2), (20.5, 6), (19, 10), (16.5, 13.5), (11, 16.2), (5, 17.2), (0.05, 18.0)]  # depth, radius of the hollow end
TAPE = (590.0, 806.0)
WOOD = "#d9b383"

ZONES = [
    {"id": "barrel", "label": "Barrel", "colour": WOOD, "grain": True},
    {"id": "handle", "label": "Handle", "colour": WOOD, "grain": True},
    {"id": "grip", "label": "Grip tape", "colour": "#2b2a29"},
    {"id": "knob", "label": "Knob", "colour": WOOD, "grain": True},
]
BACKGROUND = {"id": "background", "label": "Background", "colour": "#f2f2f1"}
PLACEMENTS = [{"placement": "barrel", "zone": "barrel", "x": 0, "y": 0, "width": PRINT[0], "height": PRINT[1]}]
VIEWS = {
    "barrel": {
        "label": "Barrel",
        "size": (1200, 1200),
        "exposure": 0.95,
        "samples": 28,
        "camera": {"at": (-40, -900, 620), "to": (0, 4, 26), "lens": 122},
        "backdrop": ("table", {}),
        "light": ("top", {"centre": (0, 0, 30), "size": 260, "strength": 1.0, "cards": 0.5}),
        "zones": ZONES[:2],
        "background": BACKGROUND,
        "placements": PLACEMENTS,
    },
    "whole": {
        "label": "Whole bat",
        "size": (1200, 1200),
        "exposure": 0.95,
        "samples": 28,
        "camera": {"at": (0, -900, 1900), "to": (0, 0, 20), "lens": 96},
        "backdrop": ("table", {}),
        "light": ("top", {"centre": (0, 0, 30), "size": 420, "strength": 1.0, "cards": 0.5}),
        "zones": ZONES,
        "background": BACKGROUND,
        "placements": PLACEMENTS,
    },
}
# x of the bat that lies at the origin, turn on the table in degrees, how far round the print sits from the level towards the top
POSES = {"barrel": (128.0, 13.0, 46.0), "whole": (400.0, 40.0, 62.0)}


def linear(colour):
    """#rrggbb to linear light."""
    share = np.array([int(colour[i:i + 2], 16) for i in (1, 3, 5)]) / 255
    return tuple(np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4) * 0.8)


def wood_pattern(material):
    """Darkness of the wood, about 1: growth rings, fibres, flecks and slow shades along the bat."""
    x, y, z = material.object_mm()

    def stretched(along, across, detail):
        place = material.vector(material.divide(x, along), material.divide(y, across), material.divide(z, across))
        return material.noise(place, 1.0, detail)

    off_y, off_z = material.add(y, 35.0), material.add(z, 125.0)
    ring = material.math("SQRT", material.add(material.multiply(off_y, off_y), material.multiply(off_z, off_z)))
    wander = material.multiply(stretched(180.0, 45.0, 3), 4.2)
    # From early to late wood a ring darkens slowly and ends at once.
    late = material.math("POWER", material.math("FRACT", material.add(material.multiply(ring, 0.17), wander)), 3.0)
    fibre = stretched(45.0, 0.85, 4)
    fleck = material.greater(stretched(11.0, 1.1, 1), 0.70)
    shade = material.subtract(1.10, material.multiply(late, 0.28))
    shade = material.subtract(shade, material.multiply(material.subtract(fibre, 0.5), 0.36))
    shade = material.subtract(shade, material.multiply(fleck, 0.06))
    return material.multiply(shade, material.add(0.87, material.multiply(stretched(400.0, 110.0, 2), 0.26))), fibre


def wood_material(name, zone):
    """Lacquered maple: darker wood is also redder."""
    made = Material(name, zone, roughness=0.27, specular=0.45)
    shade, fibre = wood_pattern(made)
    colour = [made.multiply(made.math("POWER", shade, power), base) for power, base in zip((0.75, 1.0, 1.3), linear(WOOD))]
    made.set(base_color=made.vector(*colour))
    return made.bump(made.multiply(fibre, 0.05))


def tape_material():
    """Leather-like tape wound round the handle, each turn overlapping the last."""
    made = Material("grip", "grip", roughness=0.6, specular=0.3)
    along, around = made.uv("skin")
    turn = made.math("FRACT", made.divide(made.add(along, made.multiply(around, 0.28)), 23.0))
    overlap = made.math("POWER", turn, 6.0)
    grain = made.noise(made.vector(*made.object_mm()), 0.9, 3, 0.6)
    holes = made.multiply(made.sine(along, 3.4), made.sine(around, 3.4))
    return made.bump(made.multiply(overlap, -0.9), made.multiply(grain, 0.22), made.multiply(made.step(holes, 0.72, 0.2), -0.25))


def profile():
    """Distances from the barrel's end and radii: the hollow from its middle out, the lip, the outside down to the knob."""
    spans = [(0, 40, 70), (40, 585, 210), (585, 600, 30), (600, 795, 80), (795, 839.6, 80)]
    xs = np.unique(np.concatenate([np.linspace(*span) for span in spans]))
    radii = PchipInterpolator(*np.array(RADII).T)(xs)
    radii = radii + 1.3 * ((xs > TAPE[0]) & (xs < TAPE[1]))
    hollow = np.array(CUP)
    close = np.array([(839.9, 15), (840, 8), (840, 0.05)])
    return np.r_[hollow[:, 0], xs, close[:, 0]], np.r_[hollow[:, 1], radii, close[:, 1]]


def build(view):
    """The bat lying on the table, its grain side up."""
    origin, turn, lift = POSES[view.id]
    xs, radii = profile()
    angle = np.linspace(0, 2 * np.pi, 193)
    points = np.stack([np.repeat(xs[:, None], 192, 1), -radii[:, None] * np.cos(angle[:-1]), radii[:, None] * np.sin(angle[:-1])], -1)
    hollow = len(CUP)
    slant = np.r_[0, np.cumsum(np.hypot(np.diff(xs), np.diff(radii)))]
    off = (angle - np.radians(lift) + np.pi) % (2 * np.pi) - np.pi
    along, around = np.broadcast_arrays(slant[:, None], off[None, :] * radii[:, None])
    printed = np.stack([xs[:, None] - MIDDLE + PRINT[0] / 2 + 0 * around, PRINT[1] / 2 - around], -1)
    reach = (np.abs(off)[None] > 1.25) | (xs[:, None] > 420) | (np.arange(len(xs))[:, None] < hollow + 20)
    printed[reach] = NOWHERE
    skin = np.stack([along, angle[None] * radii[:, None]], -1)
    row = np.select([xs[:-1] < 470, xs[:-1] < TAPE[0], xs[:-1] < TAPE[1]], [0, 1, 2], 3)
    row[:hollow] = 0
    materials = [wood_material("barrel", "barrel").printable(), wood_material("handle", "handle")]
    if view.id == "barrel":
        row = np.minimum(row, 1)  # the rest is out of the picture
    else:
        materials += [tape_material(), wood_material("knob", "knob")]
    made = grid("bat", points, materials, wrap=True, uv={"skin": skin, "print": printed}, row_material=row)
    made.location[0] = -origin / 100
    parent([made], location=(0, 0, 33.2), rotation=(0, 1.05, turn))
