"""Barbecue tongs that lie on their lower arm, half open."""
import bpy

from parts import OPENING, PRINT_HEIGHT, PRINT_MIDDLE, PRINT_WIDTH, arm, hinge, pull_ring
from studio.material import metal
from studio.mesh import parent

HEADING = 36.0

ZONES = [{"id": "steel", "label": "Steel", "colour": "#ebebec", "follows": "article", "material": "metal"}]
PLACEMENTS = [{"placement": "handle", "zone": "steel", "x": 0, "y": 0, "width": PRINT_WIDTH, "height": PRINT_HEIGHT}]

VIEWS = {
    "whole": {"label": "Whole", "camera": {"at": (100, -420, 640), "to": (105, 78, 16), "lens": 92}},
    "engraving": {"label": "Close to the engraving", "camera": {"at": (70, -420, 640), "to": (72, 56, 30), "lens": 245}, "denoise": "leather"},
}
for plan in VIEWS.values():
    plan.update(backdrop=("table", {}), background={"id": "background", "colour": "#dfdcd7"}, zones=ZONES, placements=PLACEMENTS, samples=32,
                clamp=4.0, size=(1200, 1200), exposure=None, light=("metal", {"centre": (115, 80, 20), "size": 220, "cards": 0.7}))


def build(view):
    steel = metal("steel", "steel", roughness=0.24, brushed=(0, 0.022, 0.2)).printable()
    lower_steel = metal("lower steel", "steel", roughness=0.24, brushed=(0, 0.022, 0.2))
    wire = metal("wire", "steel", roughness=0.14)
    arms = [arm("upper", steel, True), arm("lower", lower_steel, False)]
    product = parent([*arms, *hinge(wire), pull_ring(wire)], rotation=(0, -OPENING, HEADING))
    product.location.z = -_lowest(arms)


def _lowest(objects):
    bpy.context.view_layer.update()
    graph = bpy.context.evaluated_depsgraph_get()
    return min((made.matrix_world @ vertex.co).z for made in objects for vertex in made.evaluated_get(graph).data.vertices)
