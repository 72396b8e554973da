"""The parts of the hoodie: body with sleeves, hood, pocket and drawcords."""
import numpy as np
from scipy.ndimage import gaussian_filter1d

from studio import cloth, garment, knit, mesh
from studio.garment import folded_half
from studio.material import Material, fabric, metal
from studio.outline import distance, inside, smooth_field, spline
from studio.subdivision import loop_subdivide

import cut

CORD, FLEECE = 3.6, 2.2  # radius and thickness, mm
HOOD_DEPTH = 3.0  # how far the hood lies above the body
EYELET = np.array((33.0, -46.0))


def fleece(name, zone=None):
    material = fabric(name, zone, roughness=0.9, specular=0.24)
    knit.grain(material, 1.25)
    return material


def body_knit():
    material = fleece("fleece")
    arm, shoulder = material.uv("seams")
    bottom, cuff = material.uv("hems")
    round_hem, round_cuff = material.uv("ribs")
    knit.seam(material, arm, 1.7, 1.8)
    knit.topstitch(material, arm, -7.0, 0.6)
    knit.seam(material, shoulder, 1.1)
    hem, at_cuff = material.less(bottom, cut.RIB_HEM), material.less(cuff, cut.RIB_CUFF)
    knit.seam(material, material.subtract(bottom, cut.RIB_HEM), 2.2, 2.0)
    knit.seam(material, material.subtract(cuff, cut.RIB_CUFF), 2.2, 2.0)
    knit.ribs(material, round_hem, hem, 3.6, 0.42)
    knit.ribs(material, round_cuff, at_cuff, 3.6, 0.42)
    ribs = material.maximum(hem, at_cuff)
    rest = material.subtract(1.0, ribs)
    sleeves = material.multiply(material.greater(arm, 0.0), rest)
    material.set_zone("ribs", ribs).set_zone("sleeves", sleeves).set_zone("body", material.subtract(rest, sleeves))
    return material.printable()


def build_body(view, side, print_mm):
    """Gives the function from pattern to scene points of the side that is seen."""
    lay, line = cut.LAYS[side], cut.neck(side)
    near = garment.body_piece(cut.TOP, cut.CUFF, cut.SIDE, line)
    far = garment.body_piece(cut.TOP, cut.CUFF, cut.SIDE, cut.neck("back") - [0, 8 if side == "back" else 0])

    def held(flat):
        """The hood holds the neckline, the waistband is taut."""
        return (distance(flat, line) < 4) | ((flat[:, 1] < cut.HEM[1] + cut.RIB_HEM - 2) & (np.abs(flat[:, 0]) < 330))

    cloth_ = garment.simulate(view, f"hoodie-{side}", near, lay, pinned=held)
    layers = garment.sew(cloth_, near, far, lay, far_depth=4.0)
    flat, half = layers.flat, folded_half(layers.flat)
    arm = cut.on_sleeve(flat)
    on_arm = arm > 0
    bottom = np.where(on_arm, 900, flat[:, 1] - cut.HEM[1])
    cuff = np.where(on_arm, distance(half, cut.CUFF), 900)
    across = (cut.CUFF_OUT - cut.CUFF_IN) / np.linalg.norm(cut.CUFF_OUT - cut.CUFF_IN)
    rib = np.clip((cut.RIB_HEM - bottom) / 4, 0, 1) + np.clip((cut.RIB_CUFF - cuff) / 4, 0, 1)
    edge = np.minimum(bottom, cuff)
    points = garment.thicken(layers.points, layers.triangles, 1.2 * rib * np.clip(edge / 4 + 0.4, 0, 1))
    printed = layers.corners(print_mm(flat))
    sleeve_face = np.repeat(arm[layers.triangles].mean(1) > 0, 3)
    printed[sleeve_face | ~np.repeat(layers.near, 3)] = mesh.NOWHERE
    made = mesh.mesh("body", points, layers.triangles, body_knit(), loop_uv={
        "print": printed, "pattern": layers.corners(flat), "seams": layers.corners(np.c_[arm, distance(half, cut.SHOULDER_SEAM)]),
        "hems": layers.corners(np.c_[bottom, cuff]), "ribs": layers.corners(np.c_[flat[:, 0], half @ across]),
        "skin": layers.corners(flat * [1, -1], flat * [1, -1] + [1600, 0])})
    mesh.shade_smooth(made, 55)
    mesh.solidify(made, FLEECE)
    return layers.surface()


def hood_knit(whole):
    """Outer side and lining; a seam over the middle, and the band around the opening stitched twice."""
    material = fleece("hood")
    x, _ = material.uv("pattern")
    edge, outer = material.uv("hood")
    knit.seam(material, x, 1.5, 1.6)
    if not whole:
        shown = outer
        for at in (cut.BAND - 6, cut.BAND):
            material.bump(material.multiply(material.multiply(material.groove(edge, at, 1.0), shown), -0.9))
        material.bump(material.multiply(material.multiply(material.step(edge, cut.BAND, 2.0), shown), -1.0))
    seen = material.greater(outer, 0.5)
    return material.set_zone("hood", seen).set_zone("lining", material.subtract(1.0, seen))


def build_hood(view, side):
    """Laid up above the shoulders; at the front it stands open. Gives the function from pattern to scene points and the piece."""
    lay = cut.LAYS[side]
    whole = side == "back"
    near, far = cut.hood_piece("whole" if whole else "open"), cut.hood_piece("whole" if whole else "lining")
    line = cut.neck(side) if not whole else near.outline[~near.sewn]
    opening = np.vstack([cut.OPENING * [-1, 1], cut.OPENING[::-1][1:]])

    def lift(flat):
        """The edge of the opening stands up, least where it ends at the neck and over the crown."""
        if whole:
            return 0 * flat[:, 0]
        high = 17 - 12 * np.clip((-20 - flat[:, 1]) / 60, 0, 1) - 6 * np.clip((flat[:, 1] - 150) / 70, 0, 1)
        return np.where(distance(flat, opening) < 5, high, 0)

    def held(flat):
        at_neck = distance(flat, line) < (4 if not whole else 5)
        return at_neck if whole else at_neck | (distance(flat, opening) < 5)

    cloth_ = garment.simulate(view, f"hood-{side}", near, lay, depth=HOOD_DEPTH, pinned=held, extra_puff=lift)
    layers = garment.sew(cloth_, near, far, lay, far_depth=2.6, tuck=0)
    edge = distance(layers.flat, opening) if not whole else np.full(len(layers.flat), 900.0)
    points = garment.thicken(layers.points, layers.triangles, np.where(layers.near_vertex, 1.4 * np.clip((cut.BAND - edge) / 3, 0, 1), 0))
    values = np.c_[edge, layers.near_vertex]
    made = mesh.mesh("hood", points, layers.triangles, hood_knit(whole), loop_uv={
        "pattern": layers.corners(layers.flat), "hood": layers.corners(np.c_[edge, np.ones(len(edge))], np.c_[edge, np.zeros(len(edge))]),
        "skin": layers.corners(layers.flat * [1, -1] + [0, -900], layers.flat * [1, -1] + [600, -900])})
    mesh.shade_smooth(made, 55)
    mesh.solidify(made, FLEECE + 0.6)
    return layers.surface(), near


def pocket_knit():
    material = fleece("pocket", "pocket")
    edge, opening = material.uv("edges")
    knit.topstitch(material, edge, 3.0, 0.7)
    knit.topstitch(material, edge, 9.0, 0.7)
    material.bump(material.multiply(material.step(opening, 25.0, 2.0), -0.9))
    knit.topstitch(material, opening, 23.0, 0.8)
    return material


def build_pocket(surface, seed):
    """Sewn on at the top, the bottom and the lower sides; the slanted openings stand off a little."""
    outline = cut.pocket_outline()
    flat, triangles = cloth.triangulate(outline, 8.0, seed=4)
    for _ in range(2):
        flat, triangles, _panel, _crease = loop_subdivide(flat, triangles)
    slants = [np.array([cut.POCKET[0], cut.POCKET[1]]) * [sign, 1] for sign in (-1, 1)]
    opening = np.minimum(*(distance(flat, slant) for slant in slants))
    edge = distance(flat, np.vstack([outline, outline[:1]]))
    top, turn, low = cut.POCKET
    lines = [[top * [-1, 1], top], [low * [-1, 1], low], [turn, low], [turn * [-1, 1], low * [-1, 1]]]
    sewn = np.min([distance(flat, np.array(line)) for line in lines], 0)
    free = 1 - np.exp(-sewn / 35)
    off = 2.6 + free * (5.5 * np.exp(-opening / 30) + 2.5 + 2.2 * smooth_field(flat, 110, seed)[:, 0])
    points = surface(flat)
    points[:, 1] = np.minimum(points[:, 1], -2.0) - off
    made = mesh.mesh("pocket", points, triangles, pocket_knit(), uv={
        "pattern": flat + [0, 1500], "edges": np.c_[edge, opening], "skin": flat * [1, -1] + [0, 1200]})
    mesh.shade_smooth(made, 55)
    mesh.solidify(made, FLEECE)


def cord_knit():
    """A flat round braid."""
    material = Material("cord", "cords", roughness=0.8, specular=0.25)
    u, v = material.uv("skin")
    for lean in (-1, 1):
        material.bump(material.multiply(material.sine(material.add(v, material.multiply(u, lean * 0.9)), 3.4), 0.22))
    return material


def build_cord(sign, body, hood, hood_piece, material, bends):
    """Out of an eyelet in the hood's band and down the chest, with a knot near its end."""
    start = EYELET * [sign, 1]
    path = spline(np.vstack([start + [0, 1], start + [sign * 1.0, -9], np.array(bends) * [sign, 1]]), 2.0)
    depth = body(path)[:, 1]
    over = inside(path, hood_piece.outline)
    depth = np.where(over, np.minimum(hood(path)[:, 1], depth), depth) - CORD - 0.3
    way = np.arange(len(path)) * 2.0
    depth = gaussian_filter1d(np.minimum(depth, gaussian_filter1d(depth, 4, mode="nearest")), 2, mode="nearest")
    depth = np.where(way < 8, depth + 7 * (1 - way / 8), depth)
    from_end = way[-1] - way
    radius = CORD * (1 + 0.95 * np.exp(-((from_end - 26) / 5.2) ** 2)) + 0.5 * (from_end < 14)
    radius[-2:] *= (0.8, 0.25)
    depth -= np.maximum(radius - CORD, 0) * 0.7
    place = cut.LAYS["front"].places(path)
    mesh.tube(f"cord {sign}", np.c_[place[:, 0], depth, place[:, 1]], radius, material)


def build_eyelet(sign, hood):
    at = EYELET * [sign, 1]
    x, z = cut.LAYS["front"].places(at[None])[0]
    y = hood(at[None])[0, 1] - 0.6
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    ring = np.c_[x + 5.2 * np.cos(turn), 0 * turn + y, z + 5.2 * np.sin(turn)]
    round_ = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    section = 1.5 * np.c_[np.cos(round_), np.sin(round_)]
    mesh.sweep(f"eyelet {sign}", ring, section, metal("eyelet", "eyelets", roughness=0.28), side=(0, 1, 0), closed=True)


def build_cords(body, hood, piece):
    material = cord_knit()
    for sign, bends in ((-1, [(37, -92), (44, -150), (39, -210), (47, -266)]), (1, [(37, -90), (41, -140), (50, -205), (45, -280)])):
        build_cord(sign, body, hood, piece, material, bends)
        build_eyelet(sign, hood)
