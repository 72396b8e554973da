"""A square hardcover photo book, standing on its tail and lying on its back cover."""
from parts import FACE, HEIGHT, HINGE, SPINE, WIDTH, case, head_bands, page_block
from studio.material import Material
from studio.mesh import parent
from studio.stage import area_light, card, world

CASE_WIDTH = 2 * FACE + 2 * HINGE + SPINE
SHOWN = 2 * HINGE + SPINE  # left of the front board the pictures show the spine and its hinges

ZONES = [
    {"id": "cover", "label": "Cover", "colour": "#ffffff"},
    {"id": "pages", "label": "Pages", "colour": "#f7f3e8", "grain": True},
    {"id": "bands", "label": "Head bands", "colour": "#c9b8a4", "grain": True},
]
PLACEMENTS = [{"placement": "cover", "zone": "cover", "x": FACE - CASE_WIDTH, "y": 0, "width": CASE_WIDTH, "height": HEIGHT, "bleed": 6,
               "clip": {"x": -SHOWN, "y": 0, "width": FACE + SHOWN, "height": HEIGHT}}]
LIES_OPEN_SIDE = [{**PLACEMENTS[0], "clip": {"x": 0, "y": 0, "width": FACE, "height": HEIGHT}}]

VIEWS = {
    "standing": {"label": "Standing", "camera": {"at": (-100, -1020, 420), "to": (0, 0, 98), "lens": 132}, "backdrop": ("sweep", {}),
                 "placements": PLACEMENTS},
    "lying": {"label": "Lying", "camera": {"at": (0, -820, 580), "to": (-3, -6, 8), "lens": 114}, "backdrop": ("table", {}),
              "light": ("top", {"size": 230, "cards": 0.7}), "placements": LIES_OPEN_SIDE},
}
for plan in VIEWS.values():
    plan.update(background={"id": "background", "colour": "#e8e3dd"}, zones=ZONES, samples=24)


def cover_material():
    """Laminated paper on board, which is never quite flat."""
    made = Material("cover", "cover", roughness=0.34, specular=0.42).printable()
    place = made.vector(*made.object_mm())
    made.bump(made.multiply(made.noise(place, 90, 2), 0.6), made.multiply(made.noise(place, 1.4, 2), 0.017))
    return made


def page_material():
    """Edges of sheets: fine lines along the block."""
    made = Material("pages", "pages", roughness=0.9, specular=0.1)
    x, y, z = made.object_mm()
    lines = made.noise(made.vector(made.multiply(x, 0.02), made.multiply(y, 0.02), made.multiply(z, 2.6)), 1.0, 3, 0.7)
    tone = made.multiply(made.add(0.62, made.multiply(lines, 0.6)), 0.8)
    made.set(base_color=made.vector(tone, made.multiply(tone, 0.97), made.multiply(tone, 0.9)))
    made.bump(made.multiply(lines, 0.2))
    return made


def band_material():
    """Two threads wound in turn."""
    made = Material("bands", "bands", roughness=0.8)
    x, _, z = made.object_mm()
    turn = made.greater(made.math("FRACT", made.divide(made.add(z, made.multiply(x, 0.5)), 1.6)), 0.5)
    made.set(base_color=made.mix(turn, (0.42, 0.07, 0.07), (0.8, 0.75, 0.66)))
    return made


def build(view):
    parts = [case(cover_material()), page_block(page_material()), *head_bands(band_material())]
    if view.id == "standing":
        upright = parent(parts, rotation=(90, 0, 0))
        parent([upright], name="turned", location=(-103, -40, 0), rotation=(0, 0, 32))
        stand_light()
    else:
        middle = parent(parts, location=(-WIDTH / 2, -HEIGHT / 2, 0))
        parent([middle], name="turned", rotation=(0, 0, -28))


def stand_light():
    """The front bright, the spine in half shade."""
    centre = (0, 0, 105)
    world(0.32)
    area_light("key", (460, -650, 620), centre, (300, 300), 640)
    area_light("fill", (-700, -500, 300), centre, (400, 500), 190)
    area_light("top", (100, 300, 700), centre, (400, 300), 260)
    card("left", (-650, -150, 250), centre, (300, 700), 1.2, edge=0.45)
