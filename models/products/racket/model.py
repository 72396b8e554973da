"""A strung tennis racket lying on a table: hoop, throat, woven strings, wound grip. A stencil goes on the strings, a name on the hoop."""
import math

import numpy as np
from scipy.interpolate import CubicSpline

from studio.material import Material, lacquer
from studio.mesh import NOWHERE, grid, parent, sweep, tube
from studio.outline import lengths

HALF_WIDTH, HALF_HEIGHT = 124.0, 168.0  # middle line of the hoop, mm
BEAM, FACE = 22.0, 12.5  # of the frame: across the table's normal, and in the plane of the strings
STRING = 1.5
STENCIL = (150.0, 150.0)
NAME = (84.0, 6.5)
NAME_AT = (400.0, 0.0)  # on the common plane of print mm
NAME_TURN = math.radians(118)  # where the middle of the name is on the hoop, from its top
MAINS, CROSSES = 16, 19
HANDLE_TOP, BUTT = -338.0, -512.0

ZONES = [
    {"id": "frame", "label": "Frame", "colour": "#1f3f73"},
    {"id": "accent", "label": "Accent", "colour": "#f4f4f2"},
    {"id": "bumper", "label": "Bumper guard", "colour": "#1d1d1f"},
    {"id": "strings", "label": "Strings", "colour": "#dfe07a"},
    {"id": "grip", "label": "Grip", "colour": "#26262a"},
]
PLACEMENTS = [
    {"placement": "strings", "zone": "strings", "x": 0, "y": 0, "width": STENCIL[0], "height": STENCIL[1]},
    {"placement": "frame", "zone": "frame", "x": NAME_AT[0], "y": NAME_AT[1], "width": NAME[0], "height": NAME[1]},
]


def plan(label, at, to, lens, size):
    """A row of VIEWS."""
    return {
        "label": label,
        "size": (1100, 1100),
        "samples": 26,
        "camera": {"at": at, "to": to, "lens": lens},
        "backdrop": ("table", {}),
        "light": ("top", {"centre": (0, 0, 20), "size": size, "cards": 0.7}),
        "background": {"id": "background", "label": "Background", "colour": "#f2f2f1"},
        "placements": PLACEMENTS,
        "seam": 30,
    }


VIEWS = {
    "head": {**plan("Head", (0, -330, 1500), (0, 0, 10), 132, 330), "zones": [zone for zone in ZONES if zone["id"] != "grip"]},
    # The name is too small to be read from this far.
    "whole": {**plan("Whole racket", (0, -500, 2100), (0, 0, 10), 116, 480), "zones": ZONES, "placements": PLACEMENTS[:1]},
}
POSES = {"head": ((4, 18), -24.0), "whole": ((0, 165), -38.0)}  # point of the racket at the origin, turn in degrees


def hoop(turn):
    """Points of the hoop's middle line; turn 0 is its top, growing clockwise. Slightly egg-shaped, wider above."""
    turn = np.asarray(turn, float)
    return np.stack([HALF_WIDTH * np.sin(turn) * (1 + 0.05 * np.cos(turn)), HALF_HEIGHT * np.cos(turn)], -1)


def superellipse(width, height, count=28, exponent=0.55):
    """Closed section with round corners."""
    angle = np.linspace(0, 2 * math.pi, count, endpoint=False)
    power = lambda x: np.sign(x) * np.abs(x) ** exponent
    return np.c_[width / 2 * power(np.cos(angle)), height / 2 * power(np.sin(angle))]


def frame_materials():
    """Lacquer in two colours with a bumper, shared out by where on the hoop a point is (UV layer `place`: turn in degrees, mm outwards)."""
    made = lacquer("frame", None, roughness=0.24, clearcoat=0.6)
    turn, outwards = made.uv("place")
    side = made.absolute(made.subtract(turn, 180.0))  # 180 at the top, 0 at the throat
    bumper = made.multiply(made.step(side, 128.0, 0.4), made.step(outwards, 1.6, 0.25))
    stripe = made.math("MAXIMUM", made.multiply(made.step(side, 96.0, 0.4), made.subtract(1.0, made.step(side, 100.0, 0.4))),
                       made.multiply(made.step(side, 103.0, 0.4), made.subtract(1.0, made.step(side, 127.0, 0.4))))
    accent = made.multiply(stripe, made.subtract(1.0, bumper))
    made.set_zone("bumper", bumper).set_zone("accent", accent)
    made.set_zone("frame", made.subtract(1.0, made.add(bumper, accent)))
    made.bump(made.multiply(bumper, 0.5))
    return made.printable()


def add_hoop(material):
    """The hoop with print mm for the name along its upper face."""
    turn = np.linspace(0, 2 * math.pi, 481)
    line = hoop(turn[:-1])
    section = superellipse(FACE, BEAM)
    path = np.c_[line, np.full(len(line), 0.0)]
    outwards = np.r_[section[:, 0], section[:1, 0]]
    way = lengths(hoop(turn))
    u = way - np.interp(NAME_TURN, turn, way)
    place = np.dstack(np.broadcast_arrays(np.degrees(turn)[:, None], outwards[None]))
    printed = np.dstack(np.broadcast_arrays(NAME[0] / 2 - u[:, None], NAME[1] / 2 + outwards[None])) + NAME_AT
    upper = np.r_[section[:, 1], section[:1, 1]] < -4.0  # the second axis of the section looks down
    reach = ~upper[None] | (np.abs(u)[:, None] > NAME[0] / 2 + 20)
    printed[reach] = NOWHERE
    skin = np.dstack(np.broadcast_arrays(outwards[None], way[:, None]))
    tangent = np.roll(line, -1, 0) - np.roll(line, 1, 0)
    normal = np.c_[-tangent[:, 1], tangent[:, 0], np.zeros(len(line))]
    return sweep("hoop", path, section, material, side=normal, closed=True, uv={"place": place, "print": printed, "skin": skin})


def add_throat(material):
    """Both shafts from the hoop down to the handle."""
    parts = []
    for sign in (1, -1):
        start = hoop(np.radians([112, 126, 140])) * [sign, 1]
        keys = np.vstack([start, [(sign * 60, -184), (sign * 36, -238), (sign * 19, -288), (sign * 9, -328), (sign * 6, -352)]])
        along = lengths(keys)
        line = CubicSpline(along, keys)(np.linspace(0, along[-1], 120))
        section = superellipse(1.0, 1.0)
        width = np.interp(np.linspace(0, 1, 120), [0, 0.3, 1], [FACE - 3, 14.0, 13.0])
        height = np.interp(np.linspace(0, 1, 120), [0, 0.25, 1], [BEAM - 5, BEAM - 1, 21.0])
        count = (120, len(section) + 1, 2)
        parts.append(sweep(f"shaft-{sign}", np.c_[line, np.zeros(120)], section, material, scale=np.c_[width, height],
                           uv={"place": np.full(count, (180.0, 0.0)), "print": np.full(count, NOWHERE)}))
    return parts


def inner_half(at, axis):
    """How far the open inside of the hoop reaches from the middle line, across (axis 0) or along (axis 1)."""
    line = hoop(np.linspace(0, 2 * math.pi, 2000))
    inside = line * (1 - (FACE / 2 - 1.5) / np.hypot(*line.T))[:, None]
    near = np.abs(inside[:, 1 - axis] - at) < 1.5
    return inside[near, axis].min(), inside[near, axis].max()


def add_string(name, material, at, axis, others, over):
    """One string: over and under the ones it crosses."""
    low, high = inner_half(at, axis)
    knots = [low - 4, *[o for o in others if low < o < high], high + 4]
    signs = [0] + [over * (-1) ** k for k, o in enumerate(others) if low < o < high] + [0]
    way = np.linspace(knots[0], knots[-1], 260)
    height = np.interp(way, knots, signs)
    height = np.sin(height * math.pi / 2) * STRING * 0.42
    path = np.stack([way, np.full(260, at), height] if axis == 0 else [np.full(260, at), way, height], -1)
    made = tube(name, path, STRING / 2, material, sides=10)
    points = np.array([vertex.co[:2] for vertex in made.data.vertices]) * 100
    layer = made.data.uv_layers.new(name="print")
    index = np.array([loop.vertex_index for loop in made.data.loops])
    printed = np.c_[points[:, 0] + STENCIL[0] / 2, STENCIL[1] / 2 - points[:, 1]]
    layer.data.foreach_set("uv", np.ascontiguousarray(printed[index], np.float32).ravel())
    return made


def spread(count, dense, wide):
    """Places of strings round the middle: `dense` mm apart there, growing to `wide` outside."""
    steps = np.linspace(dense, wide, count // 2)
    half = np.cumsum(steps) - (steps[0] / 2 if count % 2 == 0 else 0)
    return np.r_[-half[::-1], [0.0] if count % 2 else [], half]


def add_strings():
    """Mains and crosses, woven."""
    made = Material("strings", "strings", roughness=0.32, specular=0.45).printable()
    mains, crosses = spread(MAINS, 10.6, 16.0), spread(CROSSES, 12.6, 18.4)
    parts = [add_string(f"main-{i}", made, at, 1, list(crosses), 1 if i % 2 else -1) for i, at in enumerate(mains)]
    return parts + [add_string(f"cross-{i}", made, at, 0, list(mains), -1 if i % 2 else 1) for i, at in enumerate(crosses)]


def grip_material():
    """Tape wound at a slant, perforated."""
    made = Material("grip", "grip", roughness=0.65, specular=0.3)
    around, along = made.uv("skin")
    turn = made.math("FRACT", made.divide(made.add(along, made.multiply(around, 0.22)), 24.0))
    holes = made.multiply(made.sine(along, 4.0), made.sine(around, 4.0))
    grain = made.noise(made.vector(*made.object_mm()), 0.8, 3, 0.6)
    return made.bump(made.multiply(made.math("POWER", turn, 5.0), -1.0), made.multiply(made.step(holes, 0.7, 0.2), -0.3), made.multiply(grain, 0.18))


def add_handle(frame):
    """Octagonal handle with its collar and butt cap."""
    angle = np.linspace(0, 2 * math.pi, 96, endpoint=False)
    corner = math.pi / 8
    octagon = 1 / np.cos((angle + corner) % (math.pi / 4) - corner)
    way = np.r_[np.linspace(HANDLE_TOP + 14, HANDLE_TOP, 12), np.linspace(HANDLE_TOP - 2, BUTT + 16, 110), np.linspace(BUTT + 14, BUTT, 16), BUTT]
    rise = np.interp(-way, -np.array([HANDLE_TOP + 14, HANDLE_TOP, BUTT + 26, BUTT + 8, BUTT + 1.5, BUTT]), [0.94, 1.0, 1.0, 1.14, 1.10, 1.02])
    rise[-1] = 0.001
    x = 16.2 * rise[:, None] * (octagon * np.cos(angle))[None]
    z = 14.2 * rise[:, None] * (octagon * np.sin(angle))[None]
    points = np.stack([x, np.broadcast_to(way[:, None], x.shape), z], -1)
    cap = Material("cap", "accent", roughness=0.4, specular=0.4)
    row = np.where(way[:-1] > HANDLE_TOP - 0.5, 1, np.where(way[:-1] > BUTT + 13, 0, 2))
    collar = Material("collar", "bumper", roughness=0.7, specular=0.3)
    return grid("handle", points, [grip_material(), collar, cap], wrap=True, row_material=row)


def build(view):
    """The racket turned on the table; only what the view shows."""
    (x, y), turn = POSES[view.id]
    frame = frame_materials()
    parts = [add_hoop(frame), *add_throat(frame), *add_strings()]
    if view.id == "whole":
        parts.append(add_handle(frame))
    inner = parent(parts, "racket", location=(-x, y if view.id == "whole" else y, 0))
    outer = parent([inner], "turned", location=(0, 0, BEAM / 2), rotation=(0, 0, turn))
    return {"probe": tuple(np.array(outer.location) * 100 + [0, 0, 2])}
