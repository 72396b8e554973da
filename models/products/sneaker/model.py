"""A low court shoe: leather upper of stitched panels, cup sole, tongue, eyelets, crossed laces with a bow. See upper.py and trim.py."""
import numpy as np

import trim
import upper as shape
from studio import render
from studio.material import Material, metal
from studio.mesh import NOWHERE, mesh, parent

HEEL = (42.0, 14.0)
SIDE = (58.0, 24.0)
TONGUE = (30.0, 20.0)
SIDE_AT, TONGUE_AT = (200.0, 0.0), (400.0, 0.0)  # where these areas lie on the common plane of print mm
HALF_LENGTH = 145.0

ZONES = [
    {"id": "heel", "label": "Heel", "colour": "#2f5a45"},
    {"id": "heel-tab", "label": "Heel tab", "colour": "#2f5a45"},
    {"id": "quarter", "label": "Quarter", "colour": "#f4f2ee"},
    {"id": "vamp", "label": "Vamp", "colour": "#f4f2ee"},
    {"id": "toe", "label": "Toe cap", "colour": "#f4f2ee"},
    {"id": "eyestay", "label": "Eyestay", "colour": "#2f5a45"},
    {"id": "tongue", "label": "Tongue", "colour": "#f4f2ee"},
    {"id": "laces", "label": "Laces", "colour": "#f7f6f2"},
    {"id": "eyelets", "label": "Eyelets", "colour": "#d9dadb", "material": "metal"},
    {"id": "stitching", "label": "Stitching", "colour": "#e4dcc8"},
    {"id": "lining", "label": "Lining", "colour": "#cdb48d"},
    {"id": "midsole", "label": "Midsole", "colour": "#f4f2ee"},
    {"id": "sole", "label": "Outsole", "colour": "#b07f4c"},
]
BACKGROUND = {"id": "background", "label": "Background", "colour": "#f2f2f1"}


def shown(placement, zone, at, size):
    """The record of a placement in view.json."""
    return {"placement": placement, "zone": zone, "x": at[0], "y": at[1], "width": size[0], "height": size[1]}


ON_HEEL = shown("heel", "heel", (0, 0), HEEL)
ON_SIDE = shown("side", "quarter", SIDE_AT, SIDE)
ON_TONGUE = shown("tongue", "tongue", TONGUE_AT, TONGUE)


def orbit(azimuth, elevation, distance, target):
    """Camera place on a sphere round the target; degrees and mm, azimuth 0 looks at the outer side."""
    a, e = np.radians([azimuth, elevation])
    return tuple(t + distance * d for t, d in zip(target, (np.sin(a) * np.cos(e), -np.cos(a) * np.cos(e), np.sin(e))))


SIDE_TARGET, TOP_TARGET = (-1, 0, 62), (0, 0, 40)
VIEWS = {
    "side": {
        "label": "Side",
        "size": (1000, 1000),
        "samples": 26,
        "camera": {"at": orbit(15, 12, 1500, SIDE_TARGET), "to": SIDE_TARGET, "lens": 158},
        "backdrop": ("sweep", {"start": 500, "radius": 700}),
        "light": ("table", {"centre": (0, 0, 50), "size": 250, "fill": 0.8, "cards": 0.25}),
        "zones": ZONES,
        "background": BACKGROUND,
        "placements": [ON_HEEL, ON_SIDE],
        "exposure": 1.0,
    },
    "top": {
        "label": "From above",
        "size": (1000, 1000),
        "samples": 26,
        "camera": {"at": orbit(0, 66, 1500, TOP_TARGET), "to": TOP_TARGET, "lens": 158},
        "backdrop": ("table", {}),
        "light": ("table", {"centre": (0, 0, 40), "size": 250, "cards": 0.25}),
        "zones": ZONES,
        "background": BACKGROUND,
        "placements": [ON_TONGUE],
        "exposure": 0.97,
    },
}


# ------------------------------------------------------------------------------------------------------------ shading


def field(material, name):
    """The number that a vertex attribute carries across the surface."""
    return material.node("ShaderNodeAttribute", attribute_name=name).outputs["Fac"]


def soft_step(material, x, at=0.0, half=0.12):
    """0 below and 1 above `at` mm, smooth over twice `half` mm."""
    node = material.node("ShaderNodeMapRange", interpolation_type="SMOOTHSTEP")
    material.link(x, node.inputs[0])
    node.inputs[1].default_value, node.inputs[2].default_value = at - half, at + half
    return node.outputs[0]


def product(material, *factors):
    """All factors multiplied."""
    total = factors[0]
    for factor in factors[1:]:
        total = material.multiply(total, factor)
    return total


def outside(material, share):
    """What is left of 1."""
    return material.subtract(1.0, share)


def band(material, distance, at, half):
    """1 where the distance is within `half` mm of `at`."""
    return outside(material, soft_step(material, material.absolute(material.subtract(distance, at)), half))


def dashes(material, along, pitch, share=0.72):
    """1 on the stitches of a seam: `share` of each `pitch` mm."""
    turn = material.math("FRACT", material.divide(material.add(along, 1000.0), pitch))
    return outside(material, soft_step(material, material.absolute(material.subtract(turn, 0.5)), share / 2, 0.08))


def stitch_row(material, distance, at, along, half=0.42, pitch=2.9):
    """A row of stitches `at` mm inside a seam."""
    return product(material, band(material, distance, at, half), dashes(material, along, pitch))


def pebbles(material, size):
    """Rounded grain of about `size` mm, 0..1."""
    node = material.node("ShaderNodeTexVoronoi", feature="SMOOTH_F1")
    node.inputs["Scale"].default_value, node.inputs["Smoothness"].default_value = 1 / size, 0.5
    material.link(material.vector(*material.object_mm()), node.inputs["Vector"])
    return node.outputs["Distance"]


def leather_grain(material):
    """Height of smooth full-grain leather, mm."""
    place = material.vector(*material.object_mm())
    return material.add(material.multiply(pebbles(material, 1.6), -0.10), material.multiply(material.noise(place, 8.0), 0.26))


def upper_zones(material, inside, stitches):
    """Which panel each point belongs to: what lies on top comes first."""
    tab, eyestay, toe, counter, quarter = (inside[name] for name in ("tab", "eyestay", "toe", "counter", "quarter"))
    rest = outside(material, stitches)
    covers = {}
    for zone, share in (("heel-tab", tab), ("eyestay", eyestay), ("toe", toe), ("heel", counter), ("quarter", quarter)):
        covers[zone] = product(material, rest, share)
        rest = product(material, rest, outside(material, share))
    for zone, cover in {**covers, "vamp": rest, "stitching": stitches}.items():
        material.set_zone(zone, cover)


def upper_stitches(material):
    """Every seam of the upper; rows end where a panel on top begins."""
    get = lambda name: field(material, name)
    clear = {name: outside(material, soft_step(material, get(name), -0.6)) for name in ("eyestay", "tab")}
    rows = [
        product(material, stitch_row(material, get("eyestay"), 2.0, get("eyestay_along")), clear["tab"]),
        stitch_row(material, get("edge"), 2.2, get("eyestay_along")),
        stitch_row(material, get("toe"), 2.0, get("toe_along")),
        stitch_row(material, get("tab"), 2.0, get("tab_along")),
    ]
    rows += [product(material, stitch_row(material, get("quarter"), at, get("quarter_along")), clear["eyestay"]) for at in (2.0, 4.6)]
    rows += [product(material, stitch_row(material, get("counter"), at, get("counter_along"), 0.4), clear["tab"]) for at in (2.0, 4.2)]
    total = rows[0]
    for row in rows[1:]:
        total = material.maximum(total, row)
    return total


def upper_material():
    """Leather panels, their seams, stitches, perforations and eyelet holes."""
    made = Material("upper", roughness=0.44, specular=0.4, skin=None)
    names = ("tab", "eyestay", "toe", "counter", "quarter")
    inside = {name: soft_step(made, field(made, name)) for name in names}
    stitches = upper_stitches(made)
    upper_zones(made, inside, stitches)
    holes = [outside(made, soft_step(made, field(made, name), at, half)) for name, at, half in (("perforation", 0.85, 0.25), ("hole", 2.0, 0.4))]
    made.dark(made.maximum(*holes))
    made.bump(leather_grain(made), made.multiply(stitches, 0.4), made.multiply(holes[0], -0.9))
    on_top = outside(made, soft_step(made, field(made, "eyestay"), 0.3, 0.45))
    for name in names:
        step = made.multiply(soft_step(made, field(made, name), 0.1, 0.45), 0.7)
        channel = made.multiply(band(made, field(made, name), 2.0, 1.1), -0.18)
        height = made.add(step, channel)
        made.bump(height if name in ("eyestay", "tab") else product(made, height, on_top))
    on_vamp = made.less(made.add(field(made, "quarter"), made.multiply(inside["tab"], 99.0)), 0.0)
    sides, top = made.uv("skin"), made.uv("skin-top")
    blend = [made.add(made.multiply(a, outside(made, on_vamp)), made.multiply(b, on_vamp)) for a, b in zip(sides, top)]
    made.aov_colour("skin", made.vector(*blend, 1.0))
    return made.printable()


def sole_material():
    """Rubber cup with a stitched groove; the tread below the gum line is its own zone."""
    made = Material("sole", roughness=0.55, specular=0.35)
    below, above, around = (field(made, name) for name in ("below_rim", "above_ground", "around"))
    stitches = stitch_row(made, below, 4.6, around, 0.5, 4.2)
    groove = made.multiply(band(made, below, 4.6, 0.8), -0.9)
    line = made.multiply(band(made, above, 5.0, 0.5), -0.8)
    tread = product(made, dashes(made, around, 5.0, 0.42), outside(made, soft_step(made, above, 3.4, 0.3)), -1.7)
    made.bump(groove, line, tread, made.multiply(stitches, 0.8))
    outsole = outside(made, soft_step(made, above, 5.0, 0.25))
    return made.set_zone("midsole", outside(made, outsole)).set_zone("sole", outsole)


def lace_material():
    """Flat braid."""
    made = Material("laces", "laces", roughness=0.85, specular=0.15)
    along, across = field(made, "along"), made.absolute(field(made, "across"))
    chevrons = made.sine(made.multiply(made.add(along, across), 5.5))
    return made.bump(made.multiply(chevrons, 0.14), made.multiply(made.sine(made.multiply(across, 6.0)), 0.07))


def tongue_material():
    """Padded leather with a stitched edge."""
    made = Material("tongue", roughness=0.5, specular=0.35)
    edge, along = field(made, "edge"), field(made, "along")
    stitches = product(made, stitch_row(made, edge, 4.5, made.add(along, field(made, "across"))), field(made, "face"))
    made.set_zone("tongue", outside(made, stitches)).set_zone("stitching", stitches)
    made.bump(leather_grain(made), made.multiply(band(made, edge, 4.5, 1.4), -0.5), made.multiply(stitches, 0.4))
    return made.printable()


def lining_material():
    """Soft textile."""
    made = Material("lining", "lining", roughness=0.9, specular=0.12)
    return made.bump(made.multiply(made.noise(made.vector(*made.object_mm()), 1.0, 3, 0.7), 0.25))


# --------------------------------------------------------------------------------------------------------------- parts


class Shoe:
    """Puts parts into the scene; a left shoe is the right one mirrored, without print."""

    def __init__(self, materials, left=False, shift=0.0):
        self.materials, self.left, self.shift = materials, left, shift

    def part(self, name, material, points, faces, fields=None, uv=None):
        """Design mm to the scene: y turns round, and once more for the left shoe."""
        points = np.asarray(points, float).reshape(-1, 3)
        sign = 1 if self.left else -1
        placed = np.c_[points[:, 0] - HALF_LENGTH, points[:, 1] * sign + self.shift, points[:, 2]]
        layers = {key: np.asarray(value, float).reshape(-1, 2) for key, value in (uv or {}).items()}
        if self.left and "print" in layers:
            layers["print"] = np.full_like(layers["print"], NOWHERE)
        made = mesh(name, placed, faces, self.materials[material], uv=layers)
        for key, values in (fields or {}).items():
            attribute = made.data.attributes.new(key, "FLOAT", "POINT")
            attribute.data.foreach_set("value", np.ascontiguousarray(values, np.float32).ravel())
        return made


def tongue_print(tongue, points, face):
    """Print mm on the upper face of the tongue."""
    flat = points.reshape(-1, 3)
    mm = tongue.mm(flat, *TONGUE, x=106.5) + TONGUE_AT
    mm[(face.ravel() < 0.5) | (flat[:, 2] < 122)] = NOWHERE
    return mm


def upper_print(body):
    """Print mm of the two areas on the outer side, on one plane."""
    heel = shape.print_mm(body, 0.845, 41.0, *HEEL, tilt=2, reach=42)
    side = shape.print_mm(body, 0.545, 52.0, *SIDE, tilt=1, reach=52)
    mm = np.full_like(heel, NOWHERE)
    # A gap between them: a face with a corner in each area would run through all positions between the two.
    for area, on, at in ((heel, body.fields["counter"] > 0.5, (0, 0)), (side, body.fields["counter"] < -2.5, SIDE_AT)):
        known = on & (area[..., 0] < 5000)
        mm[known] = area[known] + at
    return mm


def add_shoe(shoe, body, tongue):
    """All parts of one shoe."""
    numbers = {key: value for key, value in body.fields.items() if value.ndim == 2}
    layers = {"skin": body.fields["texture_sides"], "skin-top": body.fields["texture_top"], "print": upper_print(body)}
    shoe.part("upper", "upper", body.grid, shape.upper_faces(body), numbers, layers)
    lining = shape.build_lining(body)
    shoe.part("lining", "lining", lining, trim.grid_quads(*lining.shape[:2]))
    insole = trim.build_insole()
    shoe.part("insole", "lining", insole, [range(len(insole))])
    points, below, above, around = trim.build_sole()
    skin = np.stack([around, below], -1)
    shoe.part("sole", "sole", points, trim.grid_quads(*points.shape[:2], closed_rows=True),
              {"below_rim": below, "above_ground": above, "around": around}, {"skin": skin})
    points, edge, along, across, face = trim.build_tongue(tongue)
    shoe.part("tongue", "tongue", points, trim.tube_faces(*points.shape[:2]), {"edge": edge, "along": along, "across": across, "face": face},
              {"skin": np.stack([across, -along], -1), "print": tongue_print(tongue, points, face)})
    for i, (points, along, across) in enumerate(trim.build_laces(body, tongue)):
        shoe.part(f"lace-{i}", "laces", points, trim.tube_faces(*points.shape[:2]), {"along": along, "across": across},
                  {"skin": np.stack([across, along], -1)})
    for pair in body.eyelets:
        for point, normal, *_ in pair:
            ring = trim.eyelet_ring(point, normal)
            shoe.part("eyelet", "eyelets", ring, trim.grid_quads(*ring.shape[:2], closed_rows=True, closed_columns=True))


def build(view):
    """One shoe from the side, a pair from above."""
    materials = {
        "upper": upper_material(), "lining": lining_material(), "sole": sole_material(), "tongue": tongue_material(), "laces": lace_material(),
        "eyelets": metal("eyelets", "eyelets", roughness=0.28),
    }
    body, tongue = shape.build_upper(), trim.Tongue()
    if view.id == "top":
        add_shoe(Shoe(materials, shift=-68), body, tongue)
        add_shoe(Shoe(materials, left=True, shift=68), body, tongue)
        parent(render.product_parts(), rotation=(0, 0, -90))
    else:
        add_shoe(Shoe(materials), body, tongue)
