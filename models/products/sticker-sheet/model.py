"""A sheet of vinyl stickers on a table, one corner curling up."""
from parts import HEIGHT, WIDTH, sheet
from studio.material import Material
from studio.mesh import parent

ZONES = [{"id": "sheet", "label": "Sheet", "colour": "#ffffff"}]
PLACEMENTS = [{"placement": "sheet", "zone": "sheet", "x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "bleed": 1}]

VIEWS = {
    "lying": {"label": "Lying", "camera": {"at": (20, -220, 640), "to": (0, 1, 2), "lens": 132}, "turn": -11},
    "angled": {"label": "At an angle", "camera": {"at": (20, -520, 390), "to": (5, -2, 2), "lens": 124}, "turn": 32},
}
for plan in VIEWS.values():
    plan.update(backdrop=("table", {}), background={"id": "background", "colour": "#ebe7e0"}, zones=ZONES, placements=PLACEMENTS, samples=24,
                light=("top", {"size": 150, "cards": 0.8}))


def build(view):
    vinyl = Material("vinyl", "sheet", roughness=0.2, specular=0.5).printable()
    parent([sheet(vinyl)], rotation=(0, 0, view.plan["turn"]))
