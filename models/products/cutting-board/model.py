"""An edge-glued board with a handle hole. Its wood is a solid: end faces and the walls of the hole show true end grain."""
import numpy as np

from studio.material import wood
from studio.mesh import parent, plate, set_uv_from
from studio.outline import rounded_rect

LENGTH, WIDTH, THICKNESS = 320.0, 205.0, 22.0
PRINT_WIDTH, PRINT_HEIGHT, PRINT_MIDDLE = 150.0, 100.0, 24.0
HOLE = rounded_rect(25, 92, 12.4, centre=(-LENGTH / 2 + 32, 0), count=16)
STAVE = 34.3  # width of the glued strips
RING = 3.0  # distance of the growth rings

ZONES = [{"id": "wood", "label": "Wood", "follows": "article", "grain": True}]
PLACEMENTS = [{"placement": "front", "zone": "wood", "x": 0, "y": 0, "width": PRINT_WIDTH, "height": PRINT_HEIGHT}]

VIEWS = {
    "whole": {"label": "Whole", "camera": {"at": (30, -520, 740), "to": (5, -3, 5), "lens": 79}, "size": (1000, 1000)},
    "engraving": {"label": "Close to the engraving", "camera": {"at": (60, -420, 700), "to": (24, 3, 15), "lens": 150}, "size": (1200, 1200)},
}
for plan in VIEWS.values():
    plan.update(backdrop=("table", {}), background={"id": "background", "colour": "#e9e6e0"}, zones=ZONES, placements=PLACEMENTS, samples=24,
                light=("top", {"size": 260, "cards": 0.5, "strength": 0.95}), turn=14)


def board_wood():
    made = wood("wood", "wood").printable()
    x, y, z = made.object_mm()
    across = made.divide(made.add(y, WIDTH / 2), STAVE)
    stave = made.math("FLOOR", across)
    random = made.node("ShaderNodeTexWhiteNoise", noise_dimensions="1D")
    made.link(made.add(stave, 5.0), random.inputs["W"])
    r1, r2, r3 = made.split(random.outputs["Color"])
    along = made.add(x, made.multiply(r1, 4000.0))
    darkness = _figure(made, along, y, z, across, (r1, r2, r3))
    made.set(base_color=made.ramp(darkness, [(0, (0.62, 0.41, 0.225)), (0.35, (0.5, 0.3, 0.145)), (0.7, (0.33, 0.175, 0.075)), (1, (0.17, 0.08, 0.034))]))
    made.set(roughness=made.add(made.multiply(darkness, 0.12), 0.4))
    return made


def _noise(made, along, y, z, length, width, detail, roughness=0.5):
    """Noise drawn out along the grain: features `length` x `width` mm."""
    return made.noise(made.vector(made.divide(along, length), made.divide(y, width), made.divide(z, width)), 1.0, detail, roughness)


def _figure(made, along, y, z, across, random):
    """How dark the wood is, 0..1: growth rings around a far pith of each stave, fibres, pores, blotches and glue lines. Adds the relief."""
    add, subtract, multiply = made.add, made.subtract, made.multiply
    r1, r2, r3 = random
    share = made.math("FRACT", across)
    from_pith_y = subtract(subtract(multiply(share, STAVE), STAVE / 2), multiply(subtract(r2, 0.5), 90.0))
    from_pith_z = add(z, add(multiply(r3, 55.0), 14.0))
    distance = made.math("SQRT", add(multiply(from_pith_y, from_pith_y), multiply(from_pith_z, from_pith_z)))
    distance = add(distance, multiply(_noise(made, along, y, z, 150, 60, 2), 17.0))
    distance = add(distance, multiply(_noise(made, along, y, z, 45, 7, 2), 1.6))
    ring = made.math("FRACT", made.divide(distance, add(multiply(r1, 1.4), RING)))
    back_to_light = subtract(1.0, made.math("DIVIDE", subtract(1.0, ring), 0.1, clamp=True))
    late = multiply(made.math("POWER", ring, 3.2), subtract(1.0, multiply(back_to_light, 0.65)))
    fibre = _noise(made, along, y, z, 30, 0.8, 3, 0.6)
    fine = _noise(made, along, y, z, 12, 0.33, 1)
    pore = made.math("MULTIPLY", subtract(_noise(made, along, y, z, 6, 0.42, 0), 0.66), 5.5, clamp=True)
    blotch = _noise(made, along, y, z, 90, 22, 3)
    glue = made.less(made.minimum(share, subtract(1.0, share)), 0.006)
    dark = add(0.19, multiply(late, 0.44))
    for part, weight in ((subtract(fibre, 0.5), 0.55), (subtract(fine, 0.5), 0.24), (pore, 0.42), (subtract(blotch, 0.5), 0.38),
                         (subtract(r1, 0.5), 0.4), (glue, 0.34)):
        dark = add(dark, multiply(part, weight))
    made.bump(multiply(pore, -0.05), multiply(fibre, 0.05), multiply(late, 0.02))
    return made.math("ADD", dark, 0.0, clamp=True)


def build(view):
    board = plate("board", rounded_rect(LENGTH, WIDTH, 17, count=20), 0, THICKNESS, 3.2, board_wood(), holes=[HOLE], steps=6)
    set_uv_from(board, "print", lambda p: np.c_[p[:, 0] - (PRINT_MIDDLE - PRINT_WIDTH / 2), PRINT_HEIGHT / 2 - p[:, 1]])
    parent([board], rotation=(0, 0, view.plan["turn"]))
