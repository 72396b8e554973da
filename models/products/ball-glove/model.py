"""A fielder's glove on a table, its back up; a name goes on the wrist strap. See glove.py."""
import numpy as np

import glove
from studio.material import Material
from studio.mesh import NOWHERE, mesh, parent

TAN, DARK = "#a8602f", "#3b2a22"
ZONES = [
    {"id": "fingers", "label": "Fingers", "colour": TAN},
    {"id": "thumb", "label": "Thumb", "colour": TAN},
    {"id": "pinky", "label": "Little finger", "colour": TAN},
    {"id": "palm", "label": "Palm", "colour": "#8f4f26"},
    {"id": "web", "label": "Web", "colour": "#8f4f26"},
    {"id": "strap", "label": "Wrist strap", "colour": DARK},
    {"id": "binding", "label": "Binding", "colour": DARK},
    {"id": "laces", "label": "Laces", "colour": "#d9b580"},
    {"id": "stitching", "label": "Stitching", "colour": "#efe3c8"},
    {"id": "lining", "label": "Lining", "colour": "#b8935f"},
]
COMMON = {
    "size": (1000, 1000),
    "samples": 28,
    "backdrop": ("table", {}),
    "light": ("top", {"centre": (0, 0, 20), "size": 300, "cards": 0.45}),
    "zones": ZONES,
    "background": {"id": "background", "label": "Background", "colour": "#f2f2f1"},
    "placements": [{"placement": "strap", "zone": "strap", "x": 0, "y": 0, "width": glove.STRAP[0], "height": glove.STRAP[1]}],
}
VIEWS = {
    "back": {**COMMON, "label": "Back", "camera": {"at": (0, -400, 940), "to": (2, 0, 14), "lens": 100}, "turn": 5},
    "wrist": {**COMMON, "label": "From the wrist", "camera": {"at": (-50, -650, 640), "to": (-72, -22, 18), "lens": 92}, "turn": 34},
}


def field(material, name):
    """The number that a vertex attribute carries across the surface."""
    return material.node("ShaderNodeAttribute", attribute_name=name).outputs["Fac"]


def within(material, distance, at, half):
    """1 where the distance is within `half` mm of `at`."""
    off = material.absolute(material.subtract(distance, at))
    return material.subtract(1.0, material.step(off, half, 0.2))


def stitch_row(material, distance, at, along, pitch):
    """Stitches `at` mm from an edge, on the upper face only."""
    turn = material.math("FRACT", material.divide(material.add(along, 1000.0), pitch))
    dash = material.subtract(1.0, material.step(material.absolute(material.subtract(turn, 0.5)), 0.36, 0.12))
    return material.multiply(material.multiply(within(material, distance, at, 0.5), dash), field(material, "face"))


def leather_grain(material, depth=1.0):
    """Height of oiled steerhide, mm: pebbles of 1.8 mm over slow waves."""
    place = material.vector(*material.object_mm())
    pebbles = material.node("ShaderNodeTexVoronoi", feature="SMOOTH_F1")
    pebbles.inputs["Scale"].default_value, pebbles.inputs["Smoothness"].default_value = 1 / 1.8, 0.5
    material.link(place, pebbles.inputs["Vector"])
    return material.add(material.multiply(pebbles.outputs["Distance"], -0.2 * depth), material.multiply(material.noise(place, 14.0, 4), 0.6 * depth))


def plain_leather(name):
    """Leather without seams: palm, web, binding, laces."""
    return Material(name, name, roughness=0.47, specular=0.4)


def stall_leather(name):
    """A finger: a back panel stitched on, its edge a step above the sides."""
    made = Material(name, roughness=0.46, specular=0.42)
    to_side = made.subtract(field(made, "half"), made.absolute(field(made, "across")))
    to_edge = made.minimum(to_side, made.subtract(field(made, "rest"), 2.0))
    stitches = stitch_row(made, to_edge, 6.2, field(made, "along"), 4.0)
    made.set_zone("stitching", stitches).set_zone(name, made.subtract(1.0, stitches))
    channel = made.multiply(within(made, to_edge, 6.2, 1.3), -0.4)
    below = made.multiply(made.subtract(1.0, made.step(to_edge, 4.2, 1.6)), -0.95)
    return made.bump(leather_grain(made), channel, below, made.multiply(stitches, 0.55))


def strap_leather():
    """The wrist strap: smoother, stitched along both edges, printable on its upper face."""
    made = Material("strap", roughness=0.46, specular=0.4)
    to_side = made.subtract(glove.STRAP_WIDTH / 2, made.absolute(field(made, "across")))
    stitches = stitch_row(made, to_side, 2.8, field(made, "along"), 3.6)
    made.set_zone("stitching", stitches).set_zone("strap", made.subtract(1.0, stitches))
    made.bump(leather_grain(made, 0.45), made.multiply(within(made, to_side, 2.8, 1.1), -0.3), made.multiply(stitches, 0.5))
    return made.printable()


def fleece():
    """Soft lining of the hand opening."""
    made = Material("lining", "lining", roughness=0.95, specular=0.08)
    place = made.vector(*made.object_mm())
    return made.bump(made.multiply(made.noise(place, 1.1, 4, 0.7), 0.9), made.multiply(made.noise(place, 7.0, 2), 0.8))


def build_materials():
    """By the names that the parts use."""
    materials = {name: stall_leather(name) for name in ("fingers", "thumb", "pinky")}
    for name in ("palm", "web", "binding", "laces"):
        materials[name] = plain_leather(name)
        materials[name].bump(leather_grain(materials[name], 0.5 if name == "laces" else 0.8))
    materials["strap"], materials["lining"] = strap_leather(), fleece()
    return materials


def add(part, material):
    """One part with its fields as vertex attributes."""
    layers = {}
    if "across" in part.fields:
        layers["skin"] = np.c_[part.fields["across"], part.fields["along"]]
    if part.art_mm is not None:
        layers["print"] = np.where(np.abs(part.art_mm) > 5000, NOWHERE, part.art_mm)
    made = mesh(part.name, part.points, part.faces, material, uv=layers)
    for name, values in part.fields.items():
        attribute = made.data.attributes.new(name, "FLOAT", "POINT")
        attribute.data.foreach_set("value", np.ascontiguousarray(values, np.float32).ravel())
    return made


def build(view):
    """The glove, turned on the table."""
    materials = build_materials()
    parts = [add(part, materials[part.material]) for part in glove.build_glove()]
    parent(parts, location=(-18, -130, 0), rotation=(0, 0, view.plan["turn"]))
