"""A hardcover notebook with elastic and ribbon: closed, close to its front, and open with its cover up."""
from parts import (BOARD, FACE, FRONT, HEIGHT, HINGE, SPINE, THICK, back_uv, board, case_back, elastic, front_uv, head_band, marker,
                   open_back, open_board, open_leaves, page_block, slack_elastic)
from studio.material import Material
from studio.mesh import parent

LIFT = 1.0  # the elastic under the back board keeps the book off the table
WRAP = 2 * BOARD + 2 * HINGE + SPINE

ZONES = [
    {"id": "cover", "label": "Cover", "colour": "#ffffff"},
    {"id": "elastic", "label": "Elastic", "colour": "#26262a"},
    {"id": "ribbon", "label": "Ribbon", "colour": "#a3242f"},
    {"id": "pages", "label": "Pages", "colour": "#f7f1e2", "grain": True},
]
COVER = {"placement": "cover", "zone": "cover", "x": 0, "y": 0, "width": WRAP, "height": HEIGHT, "bleed": 4}
SHOWN = {**COVER, "clip": {"x": FRONT - HINGE - SPINE, "y": 0, "width": FACE + SPINE, "height": HEIGHT}}

VIEWS = {
    "front": {"label": "Front", "camera": {"at": (-30, -600, 590), "to": (2, -13, 6), "lens": 104}, "placements": [SHOWN],
              "truth": {"placement": "cover", "samples": 256, "border": (0.28, 0.3, 0.72, 0.7)}},
    "close-up": {"label": "Close-up of the front", "camera": {"at": (0, -380, 520), "to": (12, -2, 14), "lens": 192}, "size": (1200, 1200),
                 "placements": [SHOWN]},
    "open": {"label": "Open, cover up", "camera": {"at": (-30, -640, 760), "to": (0, -10, 4), "lens": 88}, "size": (1200, 1000),
             "placements": [COVER]},
}
for plan in VIEWS.values():
    plan.update(backdrop=("table", {}), light=("top", {"size": 230, "cards": 0.7}), background={"id": "background", "colour": "#ece9e4"},
                zones=ZONES, samples=40)


def cover_material():
    """Laminated paper on board: fine tooth, and never quite flat."""
    made = Material("cover", "cover", roughness=0.42, specular=0.4).printable()
    place = made.vector(*made.object_mm())
    made.bump(made.multiply(made.noise(place, 80, 2), 0.5), made.multiply(made.noise(place, 0.9, 2), 0.02))
    return made


def page_material():
    """Edges of sheets: fine lines along the block."""
    made = Material("pages", "pages", roughness=0.9, specular=0.1)
    x, y, z = made.object_mm()
    lines = made.noise(made.vector(made.multiply(x, 0.015), made.multiply(y, 0.015), made.multiply(z, 3.2)), 1.0, 3, 0.75)
    tone = made.multiply(made.add(0.6, made.multiply(lines, 0.62)), 0.8)
    made.set(base_color=made.vector(tone, made.multiply(tone, 0.97), made.multiply(tone, 0.89)))
    made.bump(made.multiply(lines, 0.22))
    return made


def elastic_material():
    """Woven rubber: ribs along the band, crossed by the weave."""
    made = Material("elastic", "elastic", roughness=0.85, specular=0.25)
    x, y, z = made.object_mm()
    ribs = made.absolute(made.sine(x, 1.5))
    weave = made.sine(made.add(y, z), 0.7)
    made.bump(made.multiply(ribs, 0.16), made.multiply(weave, 0.05))
    return made


def ribbon_material():
    """Satin: a fine weave across, glossy."""
    made = Material("ribbon", "ribbon", roughness=0.42, specular=0.5)
    u, v = made.uv("skin")
    made.bump(made.multiply(made.sine(v, 0.45), 0.02), made.multiply(made.groove(made.absolute(u), 2.45, 0.2), 0.06))
    return made


def closed(materials, turn):
    cover, pages, band, satin = materials
    parts = [board("front board", SPINE - THICK, cover, front_uv, 1), board("back board", 0, cover, back_uv, -1), case_back(cover),
             page_block(pages, THICK, SPINE - THICK), elastic(band, 0, SPINE), marker(satin, SPINE * 0.55, -LIFT)]
    parts += [head_band(satin, y, SPINE) for y in (2.9, HEIGHT - 2.9)]
    middle = parent(parts, location=(-FACE / 2, -HEIGHT / 2, LIFT))
    parent([middle], name="turned", rotation=(0, 0, turn))


def opened(materials):
    cover, pages, band, satin = materials
    parts = [open_board("front board", 1, cover), open_board("back board", -1, cover), open_back(cover), open_leaves(1, pages),
             open_leaves(-1, pages), slack_elastic(band), marker(satin, 6.0, 0.0, x=0.5)]
    middle = parent(parts, location=(0, -HEIGHT / 2, 0))
    parent([middle], name="turned", rotation=(0, 0, -9))


def build(view):
    materials = (cover_material(), page_material(), elastic_material(), ribbon_material())
    if view.id == "open":
        opened(materials)
    else:
        closed(materials, -12 if view.id == "close-up" else -27)
