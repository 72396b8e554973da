"""A lacquered metal ballpoint that lies on a table."""
import numpy as np
from mathutils import Matrix, Vector

from parts import PRINT_HEIGHT, PRINT_MIDDLE, PRINT_WIDTH, RADIUS, cap, clip, lower_barrel, push_button, ring, tip, turned, upper_barrel
from studio.material import Material, metal
from studio.mesh import MM, parent
from studio.stage import card

HEADING = 47.0  # degrees, of the tip-to-button line in the picture
ROLL = 18.0  # degrees that the print is turned towards the camera
CLIP_ROLL = -60.0  # and that the clip lies beyond it, so that it keeps clear of the print

ZONES = [
    {"id": "barrel", "label": "Barrel", "colour": "#1e2e52"},
    {"id": "trim", "label": "Trim", "colour": "#f0f0f1", "material": "metal"},
]
PLACEMENTS = [{"placement": "barrel", "zone": "barrel", "x": 0, "y": 0, "width": PRINT_WIDTH, "height": PRINT_HEIGHT}]
MIDDLE = (47.0, 50.0, 6.0)

VIEWS = {
    "whole": {"label": "Whole", "camera": {"at": (45, -240, 520), "to": (47.5, 50, 5), "lens": 196}, "size": (1200, 1200)},
    "engraving": {"label": "Close to the engraving", "camera": {"at": (38, -240, 520), "to": (36, 37.5, 5), "lens": 345}, "size": (1200, 1200)},
}
for plan in VIEWS.values():
    plan.update(backdrop=("table", {}), background={"id": "background", "colour": "#e6e3de"}, zones=ZONES, placements=PLACEMENTS, samples=28,
                clamp=4.0, light=("metal", {"centre": MIDDLE, "size": 110, "cards": 0.0}))


def highlights():
    """Long soft cards parallel to the pen draw the lines of light along it."""
    turn = np.radians(HEADING)
    along, across = Vector((np.cos(turn), np.sin(turn), 0)), Vector((-np.sin(turn), np.cos(turn), 0))
    middle = Vector(MIDDLE)
    for name, off, height, width, strength in (("left", 320, 300, 150, 6.5), ("right", -320, 160, 120, 2.6), ("above", -90, 430, 100, 1.6), ("edge", 130, 420, 25, 6.0)):
        made = card(name, middle + across * off + Vector((0, 0, height)), MIDDLE, (900, width), strength, edge=0.12)
        back = (made.location - middle * MM).normalized()
        made.rotation_euler = Matrix((along, back.cross(along), back)).transposed().to_euler()


def build(view):
    lacquer = Material("lacquer", "barrel", colour=(0.1, 0.1, 0.12), roughness=0.2, specular=0.5, clearcoat=0.7, clearcoat_roughness=0.04)
    printed = Material("printed lacquer", "barrel", colour=(0.1, 0.1, 0.12), roughness=0.2, specular=0.5, clearcoat=0.7, clearcoat_roughness=0.04)
    printed.printable()
    chrome = metal("chrome", "trim", roughness=0.09)
    strip = clip(chrome)
    strip.rotation_euler = (0, 0, np.radians(CLIP_ROLL))
    parts = [turned("lower barrel", lower_barrel(), printed, printable=True), turned("upper barrel", upper_barrel(), lacquer),
             turned("tip", tip(), chrome), turned("ring", ring(), chrome), turned("cap", cap(), chrome), turned("button", push_button(), chrome), strip]
    rolled = parent(parts, rotation=(0, 0, ROLL))
    lying = parent([rolled], name="lying", rotation=(0, 90, 0))
    parent([lying], name="heading", location=(0, 0, RADIUS + 1.0), rotation=(0, 0.6, HEADING))
    highlights()
