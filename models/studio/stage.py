"""The photo studio: camera, backdrop, lights. One look for all products: soft key from the upper left, weak fill, grey world. In mm."""
import math

import bpy
import numpy as np
from mathutils import Vector

from studio.material import Material, backdrop_material
from studio.mesh import MM, mesh


def new_scene(size, samples, seed=1, bounces=5, clamp=3.0):
    """Empty scene for Cycles on the processor; the same seed gives the same noise."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.render.resolution_percentage = 100
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.seed = "CPU", samples, seed
    cycles.use_adaptive_sampling = cycles.use_denoising = False
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces, cycles.transmission_bounces = bounces, 4, 3, 4
    cycles.sample_clamp_indirect = clamp
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.blur_glossy = 0.5
    # Cycles doubles this: a Blackman-Harris window three pixels wide.
    cycles.pixel_filter_type, cycles.filter_width = "BLACKMAN_HARRIS", 1.5
    scene.world = bpy.data.worlds.new("world")
    scene.world.use_nodes = True
    return scene


def world(strength, colour=(1, 1, 1)):
    background = bpy.context.scene.world.node_tree.nodes["Background"]
    background.inputs[0].default_value, background.inputs[1].default_value = (*colour, 1), strength


def look_at(made, target):
    made.rotation_euler = (Vector([v * MM for v in target]) - made.location).to_track_quat("-Z", "Y").to_euler()


def camera(at, to, lens=100, shift=(0, 0)):
    """at, to in mm; lens in mm on 36 mm film: half the picture's width is distance * 18 / lens."""
    data = bpy.data.cameras.new("camera")
    data.lens, data.clip_end = lens, 1000
    data.shift_x, data.shift_y = shift
    made = bpy.data.objects.new("camera", data)
    made.location = [v * MM for v in at]
    bpy.context.collection.objects.link(made)
    look_at(made, to)
    bpy.context.scene.camera = made
    return made


def area_light(name, at, to, size, power, spread=180, glossy=True):
    """Soft box; size (width, height) mm, power in watts at a scale of 100 mm to the unit."""
    data = bpy.data.lights.new(name, "AREA")
    data.shape = "RECTANGLE"
    data.size, data.size_y = size[0] * MM, size[1] * MM
    data.energy, data.spread = power, math.radians(spread)
    made = bpy.data.objects.new(name, data)
    made.location = [v * MM for v in at]
    bpy.context.collection.objects.link(made)
    look_at(made, to)
    made.visible_camera, made.visible_glossy = False, glossy
    return made


def card(name, at, to, size, strength, edge=0.25, up=False, veil=False):
    """
    A bright sheet that only reflections see, with soft sides: draws the highlights of glaze, lacquer and metal. edge: share of the width.
    up: its ends are soft too. veil: what lies behind shines through the soft parts, which are black otherwise.
    """
    width, height = size[0] / 2, size[1] / 2
    corners = [(-width, -height, 0), (width, -height, 0), (width, height, 0), (-width, height, 0)]
    material = Material(name, skin=None)
    made = mesh(name, corners, [(0, 1, 2, 3)], material, uv={"card": [(0, 0), (1, 0), (1, 1), (0, 1)]}, smooth=False)
    made["is_light"] = True
    made.location = [v * MM for v in at]
    look_at(made, to)
    made.visible_camera = made.visible_diffuse = made.visible_shadow = made.visible_transmission = False
    soft = None
    for axis in material.uv("card")[: 2 if up else 1]:
        ramp = material.math("DIVIDE", material.minimum(axis, material.subtract(1.0, axis)), edge, clamp=True)
        curve = material.multiply(material.multiply(ramp, ramp), material.subtract(3.0, material.multiply(ramp, 2.0)))
        soft = curve if soft is None else material.multiply(soft, curve)
    emission = material.node("ShaderNodeEmission")
    seen = emission.outputs[0]
    if veil:
        emission.inputs[1].default_value = strength
        through = material.node("ShaderNodeMixShader")
        for socket, value in zip(through.inputs, (soft, material.node("ShaderNodeBsdfTransparent").outputs[0], seen)):
            material.link(value, socket)
        seen = through.outputs[0]
    else:
        material.link(material.multiply(soft, strength), emission.inputs[1])
    material.link(seen, material.output.inputs[0])
    material.data.cycles.sample_as_light = False
    return made


# ---- backdrops

def _backdrop(name, points, faces, zone, mirrored):
    made = mesh(name, points, faces, backdrop_material(zone))
    made["is_backdrop"], made.visible_glossy = True, mirrored
    return made


def sweep(zone="background", start=400, radius=600, half_width=6000, floor=0.0, mirrored=False):
    """
    Seamless paper: a floor at z = floor that bends up behind the product, from y = start. Unless `mirrored`, glaze and metal see the
    cards and the world through it, so that highlights run down to the foot.
    """
    turn = np.radians(np.linspace(0, 90, 25))
    ys = np.r_[-2500, start + radius * np.sin(turn), start + radius]
    zs = np.r_[0, radius * (1 - np.cos(turn)), radius + 4000] + floor
    points = [(x, y, z) for y, z in zip(ys, zs) for x in (-half_width, half_width)]
    return _backdrop("sweep", points, [(2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2) for i in range(len(ys) - 1)], zone, mirrored)


def table(zone="background", height=0.0, half=5000, mirrored=True):
    """A level surface, for products seen from above."""
    return _backdrop("table", [(-half, -half, height), (half, -half, height), (half, half, height), (-half, half, height)], [(0, 1, 2, 3)], zone, mirrored)


def wall(zone="background", depth=0.0, half=5000, mirrored=True):
    """An upright surface at y = depth, for hanging goods and for garments laid flat (the camera looks along y)."""
    return _backdrop("wall", [(-half, depth, -half), (half, depth, -half), (half, depth, half), (-half, depth, half)], [(0, 1, 2, 3)], zone, mirrored)


BACKDROPS = {"sweep": sweep, "table": table, "wall": wall}


# ---- light rigs; `size` is the product's largest side in mm, everything scales with it

def _placer(centre, size):
    """A point of a rig written for a product of 100 mm at the origin."""
    return lambda *at: tuple(c + v * size / 100 for c, v in zip(centre, at))


def light_table(centre=(0, 0, 50), size=100, strength=1.0, fill=1.0, top=1.0, ambient=0.3, cards=0.0):
    """Standing goods in front of a sweep. cards: strength of two tall reflection cards (1 for glaze, 0 for cloth)."""
    place, power = _placer(centre, size), strength * (size / 100) ** 2
    world(ambient * strength)
    area_light("key", place(-340, -220, 270), centre, (200 * size / 100, 240 * size / 100), 230 * power)
    area_light("fill", place(380, -200, 150), centre, (240 * size / 100, 280 * size / 100), 40 * power * fill)
    area_light("top", place(60, 120, 350), centre, (240 * size / 100, 240 * size / 100), 80 * power * top)
    if cards:
        card("card left", place(-400, -200, -20), centre, (150 * size / 100, 700 * size / 100), 4.2 * cards)
        card("card right", place(420, -60, -20), centre, (80 * size / 100, 700 * size / 100), 3.0 * cards)


def light_flat(centre=(0, 0, -300), size=700, strength=1.0, fill=1.0, ambient=0.34, height=1.0):
    """
    Cloth laid flat or hung, the camera looking along y: a far key grazing from the upper left, for long soft shadows of folds.
    height: above 1 the key stands further off the cloth, folds get weaker.
    """
    place, power = _placer(centre, size / 7), strength * (size / 700) ** 2
    world(ambient * strength)
    area_light("key", place(-2000, -850 * height, 1140), centre, (0.6 * size, 0.6 * size), 9800 * power)
    area_light("fill", place(1000, -1400, -460), centre, (size, size), 620 * power * fill)


def light_top(centre=(0, 0, 0), size=200, strength=1.0, fill=1.0, ambient=0.3, cards=0.0):
    """Goods lying on a table, seen from above or at a slant: key behind to the left. cards: one long card above for soft highlights."""
    place, power = _placer(centre, size), strength * (size / 100) ** 2
    world(ambient * strength)
    area_light("key", place(-300, 200, 300), centre, (1.8 * size, 1.8 * size), 320 * power)
    area_light("fill", place(320, -250, 220), centre, (2.5 * size, 2.5 * size), 60 * power * fill)
    if cards:
        card("card above", place(-40, 260, 420), centre, (5 * size, 2.2 * size), 1.6 * cards, up=True)
        card("card left", place(-420, 40, 160), centre, (2.0 * size, 4 * size), 2.2 * cards, up=True)


def light_metal(centre=(0, 0, 0), size=200, strength=1.0, ambient=0.25, cards=1.0):
    """Metal and lacquer on a table: only the cards are mirrored, soft boxes light what is matt."""
    place, power = _placer(centre, size), strength * (size / 100) ** 2
    world(ambient * strength)
    area_light("key", place(-300, 200, 320), centre, (1.8 * size, 1.8 * size), 320 * power, glossy=False)
    area_light("fill", place(320, -250, 220), centre, (2.5 * size, 2.5 * size), 60 * power, glossy=False)
    card("card above", place(0, 200, 430), centre, (7 * size, 2.6 * size), 1.8 * cards, up=True)
    card("card left", place(-430, -40, 200), centre, (2.4 * size, 4.5 * size), 2.4 * cards, up=True)
    card("card right", place(430, -120, 160), centre, (1.0 * size, 4.5 * size), 1.2 * cards, up=True)


RIGS = {"table": light_table, "flat": light_flat, "top": light_top, "metal": light_metal}
