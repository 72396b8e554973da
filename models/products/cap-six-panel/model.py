"""Six-panel cap standing on a table, with real seams, eyelets and a stitched visor."""
import math

import bpy
import numpy as np
from mathutils import Matrix, Vector

from crown import HALF_DEPTH, PRINT, build_button, build_crown, build_eyelets, build_sweatband
from studio.material import fabric
from studio.mesh import MM
from visor import THICKNESS, build_visor

CREAM = "#fcfcf9"
ZONES = [
    {"id": "crown-front", "label": "Front panels", "colour": CREAM, "follows": "article"},
    {"id": "crown-rest", "label": "Other panels", "colour": CREAM},
    {"id": "visor", "label": "Visor", "colour": CREAM},
    {"id": "button-eyelets", "label": "Button and eyelets", "colour": CREAM},
]


def plan(label, camera):
    return {
        "label": label, "size": (1000, 1000), "samples": 34, "denoise": "cloth", "clamp": 2.0,
        "camera": camera, "backdrop": ("sweep", {"start": 400, "radius": 600}),
        "light": ("table", {"centre": (0, -20, 60), "size": 170, "fill": 0.8, "top": 1.2, "ambient": 0.25}),
        "background": {"id": "background", "label": "Background", "colour": "#ffffff"},
        "zones": ZONES, "placements": [{"placement": "front", "zone": "crown-front", **PRINT}],
    }


VIEWS = {
    "front": plan("Front, from the side", {"at": (0, -1100, 390), "to": (-12, -30, 50), "lens": 150}),
    "straight": plan("Straight on", {"at": (0, -1150, 250), "to": (0, 0, 54), "lens": 165}),
}
TURN = {"front": -20, "straight": 0}  # degrees to the viewer's right


def trim_materials():
    plain = fabric("trim", "button-eyelets", roughness=0.9)
    thread = fabric("thread", "button-eyelets", roughness=0.6)
    _, along = thread.uv("skin")
    thread.bump(thread.multiply(thread.sine(along, 0.58), 0.2))
    return plain, thread, fabric("behind", "button-eyelets").dark(), fabric("band", "crown-rest", roughness=0.92)


def lay_down(parts, upper, turn):
    """Tilts the cap until it stands on the corners of its visor and on its back edge, then turns it."""
    underside = upper.reshape(-1, 3) - [0, 0, THICKNESS]
    lowest = underside[underside[:, 2].argmin()]
    tilt = math.atan2(-lowest[2], HALF_DEPTH - lowest[1])
    pivot = Vector((0, HALF_DEPTH * MM, 0))
    holder = bpy.data.objects.new("cap", None)
    bpy.context.collection.objects.link(holder)
    for part in parts:
        part.parent = holder
    turned = Matrix.Rotation(math.radians(turn), 4, "Z")
    holder.matrix_world = turned @ Matrix.Translation(pivot) @ Matrix.Rotation(-tilt, 4, "X") @ Matrix.Translation(-pivot)
    bpy.context.view_layer.update()
    corners = np.c_[underside[::7] * MM, np.ones(len(underside[::7]))] @ np.array(holder.matrix_world).T
    holder.location.z -= corners[:, 2].min()


def build(view):
    plain, thread, behind, band = trim_materials()
    visor, upper = build_visor()
    parts = [*build_crown(), build_sweatband(band), visor, build_button(plain), *build_eyelets(thread, behind)]
    lay_down(parts, upper, TURN[view.id])
