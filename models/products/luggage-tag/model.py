"""A leather luggage tag on a table, in smooth calf and in calf embossed with crocodile belly."""
from parts import PRINT_AT, PRINT_HEIGHT, PRINT_WIDTH, RECT, STRAP_RECT, THICK, body, buckle, seam, skin_of, strap_skin, straps
from studio import leather
from studio.material import Material, metal
from studio.mesh import parent
from studio.stage import area_light, card, world

ZONES = [
    {"id": "leather", "label": "Leather", "colour": "#8a4a26", "follows": "article", "grain": True},
    {"id": "strap", "label": "Strap", "colour": "#8a4a26", "follows": "article", "grain": True},
    {"id": "edge", "label": "Edge paint", "colour": "#8a4a26", "follows": "article"},
    {"id": "stitching", "label": "Stitching", "colour": "#e2cfa8"},
    {"id": "buckle", "label": "Buckle", "colour": "#f0cd85", "material": "metal"},
]
PLACEMENTS = [{"placement": "front", "zone": "leather", "x": 0, "y": 0, "width": PRINT_WIDTH, "height": PRINT_HEIGHT}]
FRONT = {"label": "Front", "camera": {"at": (20, -190, 330), "to": (18, 5, 3), "lens": 113}}
ANGLED = {"label": "At an angle", "camera": {"at": (30, -270, 235), "to": (17, -12, 3), "lens": 98}}

VIEWS = {
    f"{name}-{kind}": {**view, "when": {"leather": [kind]}}
    for name, view in (("front", FRONT), ("angled", ANGLED))
    for kind in ("smooth", "croc")
}
for plan in VIEWS.values():
    plan.update(background={"id": "background", "colour": "#dcd8d2"}, backdrop=("table", {}), zones=ZONES, placements=PLACEMENTS, size=(1200, 1200),
                samples=36, denoise="leather")


def leather_of(kind, zone="leather"):
    made = Material(f"{kind} leather", zone, roughness=0.3 if kind == "croc" else 0.4, specular=0.45)
    return leather.dress(made, *skin_of(kind), RECT).printable()


def light():
    """A grazing key from the upper left that draws the grain, a broad card behind for the sheen."""
    centre = (20, 5, 0)
    world(0.26)
    area_light("key", (-340, 260, 300), centre, (120, 120), 330)
    area_light("fill", (360, -240, 300), centre, (260, 260), 60)
    card("behind", (80, 400, 340), centre, (440, 230), 1.5, edge=0.5)


def build(view):
    kind = "croc" if view.id.endswith("croc") else "smooth"
    edge = Material("edge", "edge", roughness=0.32, specular=0.5).dark(0.4)
    thread = Material("thread", "stitching", roughness=0.75, specular=0.15)
    skin = leather.dress(Material("strap", "strap", roughness=0.42, specular=0.45), *strap_skin(), STRAP_RECT, repeat=True)
    dark = Material("hole", "strap", roughness=0.9, colour=(0.01, 0.01, 0.01)).dark()
    brass = metal("brass", "buckle", roughness=0.14)
    parts = [body(leather_of(kind), edge), seam(thread), *straps(skin, dark), *buckle(brass)]
    parent(parts, rotation=(0, 0, -38 if view.id.startswith("angled") else 27))
    light()
