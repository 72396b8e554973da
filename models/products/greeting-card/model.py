"""A folded A5 card: standing, seen from the front, and lying open."""
from parts import HEIGHT, INSIDE, PANEL, card, folded
from studio.material import paper
from studio.mesh import parent

ZONES = [{"id": "outside", "label": "Outside", "colour": "#ffffff"}, {"id": "inside", "label": "Inside", "colour": "#ffffff"}]


def placement(name, x):
    return {"placement": name, "zone": name, "x": x, "y": 0, "width": 2 * PANEL, "height": HEIGHT, "bleed": 1}


VIEWS = {
    # The inside stays blank: along the upper edge a pixel would need a place on both sides.
    "standing": {"label": "Standing", "camera": {"at": (170, -860, 440), "to": (8, 6, 100), "lens": 122}, "backdrop": ("sweep", {"start": 500}),
                 "light": ("table", {"centre": (0, 0, 100), "size": 210}), "zones": ZONES, "placements": [placement("outside", 0)]},
    "open": {"label": "Open", "camera": {"at": (30, -640, 660), "to": (0, -4, 8), "lens": 90}, "backdrop": ("table", {}),
             "light": ("top", {"size": 260}), "zones": ZONES[1:], "placements": [placement("inside", INSIDE)]},
}
for plan in VIEWS.values():
    plan.update(background={"id": "background", "colour": "#ebe7e0"}, samples=24)


def board(zone):
    made = paper(zone, zone, roughness=0.5, specular=0.3).printable()
    return made.bump(made.multiply(made.noise(made.vector(*made.object_mm()), 0.8, 3), 0.01))


def build(view):
    inside = board("inside")
    if view.id == "standing":
        line, way = folded(-16, 44, 2.0)
        parent(card(line, way, board("outside"), inside), location=(-75, 0, 0))
    else:
        line, way = folded(187, -7, 3.0)
        lying = parent(card(line, way, inside, inside), rotation=(-90, 0, 0), location=(0, -HEIGHT / 2, 0.4))
        parent([lying], name="turned", rotation=(0, 0, 8))
