"""A framed poster on a painted wall in morning light that falls through a window on the left. The wall is y = 0, the room in front of it."""
import math

import bpy
import numpy as np
from mathutils import Vector

from studio.material import Material, paper
from studio.mesh import mesh, set_uv, shade_smooth
from studio.outline import arc, lengths
from studio.stage import area_light, world

WIDTH, HEIGHT = 297.0, 420.0
MAT, FRAME, DEPTH = 58.0, 17.0, 26.0  # borders of mat and frame, depth of the frame
UNDER = 3.0  # how far the poster lies under the mat
SUN = Vector((1.0, 1.15, -0.62)).normalized()
WINDOW_WALL = -1400.0  # x of the wall with the window

ZONES = [
    {"id": "poster", "label": "Poster", "colour": "#ffffff"},
    {"id": "mat", "label": "Mat", "colour": "#fdfcf8"},
    {"id": "frame", "label": "Frame", "colour": "#2b2723", "grain": True},
]
PLACEMENTS = [{"placement": "front", "zone": "poster", "x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "bleed": UNDER}]

VIEWS = {
    "framed": {"label": "In a frame on the wall", "camera": {"at": (0, -1600, -6), "to": (0, 0, -6), "lens": 78}},
    "framed-close": {"label": "In a frame, from the side", "camera": {"at": (560, -960, -60), "to": (2, 0, -4), "lens": 55}},
}
for plan in VIEWS.values():
    plan.update(background={"id": "wall", "label": "Wall", "colour": "#efebe3"}, zones=ZONES, placements=PLACEMENTS, samples=32, probe=(0, -40, 0),
                exposure=1.02)


def moulding(name, width, height, profile, material):
    """Sweeps a profile of (inset from the outer edge, height off the wall) around a rectangle, with mitred corners."""
    count = len(profile)
    points = [(sx * (width / 2 - inset), -off, sz * (height / 2 - inset)) for sx, sz in ((-1, -1), (1, -1), (1, 1), (-1, 1))
              for inset, off in profile]
    faces, skin = [], []
    way = np.r_[lengths(profile), lengths(profile)[-1] + 20]
    for bar in range(4):
        after = (bar + 1) % 4
        for k in range(count):
            faces.append((bar * count + k, bar * count + (k + 1) % count, after * count + (k + 1) % count, after * count + k))
            for corner, step in ((bar, k), (bar, k + 1), (after, k + 1), (after, k)):
                x, _, z = points[corner * count + step % count]
                # along each bar, so that the grain runs with it and is cut at the mitres
                skin.append(((x if bar % 2 == 0 else z) + 700 * bar, way[step] + 130 * bar))
    made = mesh(name, points, faces, material)
    set_uv(made, "skin", skin)
    shade_smooth(made, 35)
    return made


def frame_wood():
    """Straight-grained stained wood; the grain is a ratio around 1, so that any stain works."""
    made = Material("frame", "frame", roughness=0.38, specular=0.45)
    u, v = made.uv("skin")

    def grain(along, across, detail):
        return made.noise(made.vector(made.multiply(u, along), made.multiply(v, across)), 1.0, detail)

    fibre, streak = grain(0.035, 1.5, 4), grain(0.006, 0.22, 3)
    pore = made.greater(grain(0.07, 2.2, 1), 0.66)
    ratio = made.add(0.42, made.add(made.multiply(fibre, 0.55), made.multiply(streak, 0.65)))
    ratio = made.subtract(ratio, made.multiply(pore, 0.14))
    made.set(base_color=made.vector(*(made.multiply(made.math("POWER", ratio, bend), 0.3) for bend in (0.8, 1.0, 1.25))))
    made.bump(made.multiply(fibre, 0.05))
    return made


def build_frame():
    around = 1.2
    profile = np.vstack([[(0, 0.5)], arc((around, DEPTH - around), around, 180, 90, 6), arc((FRAME - around, DEPTH - around), around, 90, 0, 6),
                         [(FRAME, DEPTH - 9), (FRAME, 2)]])
    moulding("frame", WIDTH + 2 * (MAT + FRAME), HEIGHT + 2 * (MAT + FRAME), profile, frame_wood())
    board = paper("mat", "mat", roughness=0.75, specular=0.2)
    board.bump(board.multiply(board.noise(board.vector(*board.object_mm()), 1.1, 4), 0.05))
    border = MAT + 4
    bevelled = np.array([(0, DEPTH - 11.5), (0, DEPTH - 10), (border - 1.6, DEPTH - 10), (border, DEPTH - 11.6)])
    moulding("mat", WIDTH + 2 * MAT + 8, HEIGHT + 2 * MAT + 8, bevelled, board)


def build_poster():
    """Behind the glass: its reflection is a clear coat on the print."""
    sheet = paper("poster", "poster", roughness=0.5, specular=0.3, clearcoat=0.5, clearcoat_roughness=0.02).printable()
    x, z, y = WIDTH / 2 + UNDER, HEIGHT / 2 + UNDER, -(DEPTH - 12)
    uv = [(-UNDER, HEIGHT + UNDER), (WIDTH + UNDER, HEIGHT + UNDER), (WIDTH + UNDER, -UNDER), (-UNDER, -UNDER)]
    mesh("poster", [(-x, y, -z), (x, y, -z), (x, y, z), (-x, y, z)], [(0, 1, 2, 3)], sheet, uv={"print": uv, "skin": uv}, smooth=False)


def build_wall():
    """Plaster, rolled: two sizes of unevenness."""
    paint = Material("wall", "wall", roughness=0.7, specular=0.1, skin=None)
    place = paint.vector(*paint.object_mm())
    paint.bump(paint.multiply(paint.noise(place, 18, 3), 1.2), paint.multiply(paint.noise(place, 2.9, 3), 0.1))
    wall = mesh("wall", [(-40000, 0, -14000), (40000, 0, -14000), (40000, 0, 18000), (-40000, 0, 18000)], [(0, 1, 2, 3)], paint, smooth=False)
    wall["is_backdrop"] = True


def shutter(x0, x1, z0, z1):
    """Keeps the sun from a part of the picture's wall (mm there): stands in the wall of the window, so that its sides fall upright."""
    black = Material("shutter", colour=(0.02, 0.02, 0.02), specular=0.0, skin=None)
    depth = lambda x: -(x - WINDOW_WALL) * SUN.y / SUN.x  # noqa: E731
    made = mesh("shutter", [(WINDOW_WALL, depth(x), z) for x, z in ((x0, z0), (x1, z0), (x1, z1), (x0, z1))], [(0, 1, 2, 3)], black, smooth=False)
    made["is_light"] = True
    made.visible_camera = made.visible_glossy = made.visible_diffuse = False


def build_light():
    world(0.36)
    area_light("sky", (-1300, -900, 500), (-100, 0, 50), (900, 1200), 2500)
    lamp = bpy.data.lights.new("sun", "SUN")
    lamp.energy, lamp.angle = 1.3, math.radians(1.6)
    sun = bpy.data.objects.new("sun", lamp)
    bpy.context.collection.objects.link(sun)
    sun.rotation_euler = SUN.to_track_quat("-Z", "Y").to_euler()
    left, right, sill, head, far = -560, 330, 320, 1240, 9000
    for hole in ((-far, left, -far, far), (right, far, -far, far), (left, right, -far, sill), (left, right, head, far),
                 (-250, -215, sill, head), (left, right, 1050, 1090)):
        shutter(*hole)


def build(view):
    build_frame()
    build_poster()
    build_wall()
    build_light()
