"""Gift wrap: around a box with a ribbon and bow, and rolled out from a roll."""
from box import BOX_DEPTH, BOX_HEIGHT, BOX_WIDTH, build_box
from ribbon import build_ribbon
from roll import build_roll
from studio.material import Material, paper
from studio.mesh import parent

SHEET_WIDTH, SHEET_HEIGHT = 500.0, 350.0
PAPER = {"id": "paper", "label": "Paper", "colour": "#ffffff"}
BACKGROUND = {"id": "background", "colour": "#ece7de"}

VIEWS = {
    "wrapped": {
        "label": "Around a box", "camera": {"at": (0, -1200, 740), "to": (3, 0, 58), "lens": 128},
        "backdrop": ("sweep", {"start": 600}), "light": ("table", {"centre": (0, 0, 60), "size": 240, "cards": 0.25}),
        "zones": [PAPER, {"id": "ribbon", "label": "Ribbon", "colour": "#b5242f"}],
        # The sheet lies around the box so that its left and lower folds are those of the front.
        "placements": [{"placement": "sheet", "zone": "paper", "x": -20, "y": -230, "width": SHEET_WIDTH, "height": SHEET_HEIGHT, "bleed": 3}],
    },
    "rolled-out": {
        "label": "Rolled out", "camera": {"at": (0, -1150, 960), "to": (3, -4, 10), "lens": 98},
        "backdrop": ("table", {}), "light": ("top", {"size": 420, "cards": 0.4}),
        "zones": [PAPER, {"id": "reverse", "label": "Reverse", "colour": "#ffffff"}],
        "placements": [{"placement": "sheet", "zone": "paper", "x": 0, "y": 0, "width": SHEET_WIDTH, "height": SHEET_HEIGHT, "bleed": 0}],
    },
}
for plan in VIEWS.values():
    plan.update(background=BACKGROUND, samples=24)


def printed_paper(zone="paper"):
    """Coated paper, a little slack."""
    made = paper(zone, zone, roughness=0.38, specular=0.4)
    made.bump(made.multiply(made.noise(made.vector(*made.object_mm()), 62, 3), 1.0))
    return made


def satin():
    made = Material("ribbon", "ribbon", roughness=0.38, specular=0.5)
    _, along = made.uv("skin")
    made.bump(made.multiply(made.sine(along, 1.15), 0.05))
    return made


def build(view):
    if view.id == "wrapped":
        parts = build_box(printed_paper().printable()) + build_ribbon(satin())
        middle = parent(parts, location=(-BOX_WIDTH / 2, -BOX_DEPTH / 2, 0))
        parent([middle], name="turned", rotation=(0, 0, -32))
    else:
        parts = build_roll(printed_paper().printable(), printed_paper("reverse"), SHEET_HEIGHT)
        middle = parent(parts, location=(-190, -SHEET_HEIGHT / 2, 0))
        parent([middle], name="turned", rotation=(0, 0, 56))
