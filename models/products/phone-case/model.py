"""A hard case on a phone that lies on its face: the back with the camera is up."""
import numpy as np

from shell import THICKNESS, TRIM_HEIGHT, TRIM_WIDTH, WINDOW, build_button, build_opening, build_shell, build_slab
from studio.material import Material, metal
from studio.mesh import lathe, parent, shade_smooth
from studio.outline import arc

PLATEAU = THICKNESS - 0.5  # how high the camera's glass stands
LENSES = ((-7.6, 8.4), (-7.6, -8.4), (8.0, 0.0))
KEYS = ((28, 9, 1), (12, 12.5, 1), (-3.5, 12.5, 1), (8, 17, -1))  # middle, length, side
OPENINGS = ((0, 10.5, 3.6),) + tuple((side * x, 1.9, 1.9) for side in (-1, 1) for x in (13, 16.2, 19.4))  # middle, length, height

ZONES = [
    {"id": "case", "label": "Case", "colour": "#ffffff", "follows": "article"},
    {"id": "phone", "label": "Phone", "colour": "#3c3e44"},
    {"id": "trim", "label": "Lens rings", "colour": "#d4d5d8", "material": "metal"},
    {"id": "lens", "label": "Lenses", "colour": "#141416"},
]
PLACEMENTS = [{"placement": "wrap", "zone": "case", "x": 0, "y": 0, "width": TRIM_WIDTH, "height": TRIM_HEIGHT, "bleed": 3}]

VIEWS = {
    "back": {
        "label": "Back",
        "camera": {"at": (0, -25, 965), "to": (0, 1, 5), "lens": 190},
        "light": ("top", {"size": 150, "cards": 0.8}),
        "turn": -8,
    },
    "angled": {
        "label": "At an angle",
        "camera": {"at": (0, -560, 500), "to": (0, -1, 5), "lens": 158},
        "light": ("top", {"size": 150, "cards": 1.0}),
        "turn": 38,
    },
}
for plan in VIEWS.values():
    plan.update(backdrop=("table", {}), background={"id": "background", "colour": "#eceae6"}, zones=ZONES, placements=PLACEMENTS, samples=24,
                size=(1000, 1000))


def turned(name, material, profile, place):
    """profile: (radius, height) outwards and up."""
    made = lathe(name, profile, material, segments=96)
    made.location = (place[0] / 100, place[1] / 100, 0)
    shade_smooth(made, 32)
    return made


def lens(place, ring, well, glass):
    z = PLATEAU
    rim = np.vstack([[(7.3, z - 0.3), (7.3, z + 0.75)], arc((7.05, z + 0.75), 0.25, 0, 90, 6), [(6.55, z + 1.0), (6.45, z + 0.95), (6.4, z + 0.5)]])
    funnel = [(6.45, z + 0.5), (4.9, z + 0.5), (4.7, z + 0.15), (3.9, z + 0.15), (3.6, z - 0.2), (3.0, z - 0.2)]
    dome = [(3.1 * np.sin(a), z - 0.25 + 0.9 * np.cos(a)) for a in np.linspace(np.pi / 2, 0.004, 10)]
    return [turned("ring", ring, rim, place), turned("well", well, funnel, place), turned("glass", glass, dome, place)]


def camera(phone_glass, ring, well, glass):
    x, y = WINDOW["centre"]
    parts = [build_slab("phone", phone_glass, WINDOW["width"] + 6, WINDOW["height"] + 6, 13, (x, y), THICKNESS - 5, THICKNESS - 2, 0.2),
             build_slab("plateau", phone_glass, WINDOW["width"] - 2.4, WINDOW["height"] - 2.4, 8.8, (x, y), THICKNESS - 3, PLATEAU, 0.55)]
    for dx, dy in LENSES:
        parts += lens((x + dx, y + dy), ring, well, glass)
    z = PLATEAU
    parts.append(turned("flash", ring, [(2.7, z - 0.1), (2.6, z + 0.1), (2.3, z + 0.15), (0.01, z + 0.2)], (x + 9.2, y + 12.4)))
    parts.append(turned("sensor", well, [(2.3, z - 0.1), (2.2, z + 0.05), (0.01, z + 0.08)], (x + 9.2, y - 12.4)))
    return parts


def build(view):
    case = Material("case", "case", roughness=0.3, specular=0.5, clearcoat=0.3, clearcoat_roughness=0.05).printable()
    phone_glass = Material("phone glass", "phone", colour=(0.06, 0.065, 0.08), roughness=0.12, specular=0.5, clearcoat=0.5)
    well = Material("well", "lens", colour=(0.01, 0.01, 0.012), roughness=0.1, specular=0.6)
    glass = Material("glass", "lens", colour=(0.01, 0.01, 0.014), roughness=0.03, specular=0.8, clearcoat=1.0)
    ring = metal("ring", "trim", roughness=0.16)
    parts = [build_shell(case), *camera(phone_glass, ring, well, glass)]
    parts += [build_button("key", case, *key) for key in KEYS]
    parts += [build_opening("port", well, along, length, height) for along, length, height in OPENINGS]
    parent(parts, rotation=(0, 0, view.plan["turn"]))
