"""A leather card holder with two pockets, in smooth calf and in calf embossed with crocodile belly."""
from parts import HEIGHT, PRINT_HEIGHT, PRINT_WIDTH, RECT, WIDTH, card, panel, seam, skin_of
from studio import leather
from studio.material import Material
from studio.mesh import parent
from studio.stage import area_light, world
from studio.stage import card as reflection

ZONES = [
    {"id": "leather", "label": "Leather", "colour": "#20222a", "follows": "article", "grain": True},
    {"id": "slots", "label": "Slots", "colour": "#20222a", "follows": "article", "grain": True},
    {"id": "edge", "label": "Edge paint", "colour": "#20222a", "follows": "article"},
    {"id": "stitching", "label": "Stitching", "colour": "#b9bcc4"},
    {"id": "cards", "label": "Cards", "colour": "#e4e2dc"},
]
PLACEMENTS = [{"placement": "front", "zone": "leather", "x": 0, "y": 0, "width": PRINT_WIDTH, "height": PRINT_HEIGHT}]
FLAT = {"camera": {"at": (-8, -175, 330), "to": (0, -1, 2), "lens": 99}, "label": "Front"}
ANGLED = {"camera": {"at": (-150, -230, 190), "to": (-4, -1, 2), "lens": 88}, "label": "At an angle"}

VIEWS = {
    f"{name}-{kind}": {**view, "when": {"leather": [kind]}}
    for name, view in (("front", FLAT), ("angled", ANGLED))
    for kind in ("smooth", "croc")
}
for plan in VIEWS.values():
    plan.update(background={"id": "background", "colour": "#dcd8d2"}, backdrop=("table", {}), zones=ZONES, placements=PLACEMENTS, size=(1200, 1200),
                samples=32, denoise="leather")


def leather_of(kind, layer, zone):
    made = Material(f"{kind} {layer}", zone, roughness=0.3 if kind == "croc" else 0.4, specular=0.45)
    return leather.dress(made, *skin_of(kind, layer), RECT)


def light():
    """A grazing key from the upper left that draws the grain, a broad card behind for the sheen."""
    centre = (0, 0, 0)
    world(0.26)
    area_light("key", (-340, 260, 300), centre, (130, 130), 340)
    area_light("fill", (360, -240, 300), centre, (260, 260), 60)
    reflection("behind", (60, 400, 340), centre, (440, 230), 1.5, edge=0.5)


def build(view):
    kind = view.id.split("-")[1]
    edge = Material("edge", "edge", roughness=0.28, specular=0.5).dark(0.35)
    thread = Material("thread", "stitching", roughness=0.75, specular=0.15)
    plastic = Material("plastic", "cards", roughness=0.3, specular=0.5)
    front = leather_of(kind, 2, "leather").printable()
    parts = [panel(0, leather_of(kind, 0, "slots"), edge), panel(1, leather_of(kind, 1, "slots"), edge), panel(2, front, edge, printed=True),
             *seam(thread), card(1, -1.5, 9.0, plastic), card(2, 1.0, 6.5, plastic)]
    middle = parent(parts, location=(-WIDTH / 2, -HEIGHT / 2, 0))
    parent([middle], name="turned", rotation=(0, 0, 16))
    light()
