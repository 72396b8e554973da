"""Renders what the bake needs, as OpenEXR files in linear light."""
import os
import time

import bpy
import numpy as np
from bpy_extras.object_utils import world_to_camera_view
from mathutils import Vector

from studio import exr
from studio.material import Material
from studio.mesh import MM, box_skin, clear_half_printed
from studio.stage import card

PASSES = ("diffuse_direct", "diffuse_indirect", "diffuse_color", "glossy_direct", "glossy_indirect", "glossy_color", "normal", "position")
PROBES = {"metal": (0.24, 1.0), "matt": (1.0, 0.0)}  # roughness, metallic


def prepare():
    """Registers every AOV that a material writes, gives parts without `skin` a box projection. Returns the zones."""
    layer = bpy.context.scene.view_layers[0]
    for name in PASSES:
        setattr(layer, f"use_pass_{name}", True)
    kinds = {"dark": "VALUE"}
    for material in bpy.data.materials:
        for node in material.node_tree.nodes if material.use_nodes else []:
            if node.bl_idname == "ShaderNodeOutputAOV":
                kinds[node.name] = "COLOR" if node.name in ("print", "skin") else "VALUE"
    for name, kind in sorted(kinds.items()):
        aov = layer.aovs.add()
        aov.name, aov.type = name, kind
    for made in product_parts():
        if "skin" not in made.data.uv_layers:
            box_skin(made)
        clear_half_printed(made)
    return sorted(name[5:] for name in kinds if name.startswith("zone-"))


def product_parts():
    return [made for made in bpy.data.objects if made.type == "MESH" and not made.get("is_light") and not made.get("is_backdrop")]


def write(path, samples=None, unfiltered=False, scale=1.0, border=None):
    """
    Renders the scene to a multilayer EXR. unfiltered: one sample through each pixel's centre, for positions (an antialiased edge would mix
    two surfaces). border: (left, top, right, bottom) shares of the picture to render alone. Returns processor seconds.
    """
    scene = bpy.context.scene
    cycles, output = scene.cycles, scene.render
    before = (cycles.samples, cycles.filter_width, cycles.pixel_filter_type)
    cycles.samples = samples or cycles.samples
    if unfiltered:
        cycles.samples, cycles.pixel_filter_type, cycles.filter_width = 1, "BOX", 0.01
    output.resolution_percentage = max(1, round(100 * scale))
    output.use_border = output.use_crop_to_border = border is not None
    if border is not None:
        output.border_min_x, output.border_max_x = border[0], border[2]
        output.border_min_y, output.border_max_y = 1 - border[3], 1 - border[1]
    settings = output.image_settings
    settings.file_format, settings.color_depth, settings.exr_codec = "OPEN_EXR_MULTILAYER", "32", "ZIP"
    output.filepath = path
    began, used = time.time(), time.process_time()
    bpy.ops.render.render(write_still=True)
    cycles.samples, cycles.filter_width, cycles.pixel_filter_type = before
    output.resolution_percentage, output.use_border = 100, False
    used = time.process_time() - used
    print(f"  {os.path.basename(path)}: {used:.0f} cpu s, {time.time() - began:.0f} s", flush=True)
    return used


def write_empty(path, scale=0.25, samples=48):
    """The backdrop without the product, small: with it the bake evens the backdrop's light and keeps the product's shadow."""
    with _hidden(product_parts()):
        return write(path, samples, scale=scale)


def printed_point(path):
    """Median place (mm) of what the unfiltered render shows printable, and the picture's share it takes."""
    planes = exr.read(path)
    try:
        valid = exr.colour(planes, "print")[..., 2] > 0.5
    except KeyError:
        valid = np.zeros(next(iter(planes.values())).shape, bool)
    if not valid.any():
        return None
    position = exr.colour(planes, "Position")[valid]
    middle = np.median(position, axis=0)
    return position[np.linalg.norm(position - middle, axis=1).argmin()] / MM


def write_probes(folder, centre, radius, samples=96):
    """
    Balls of metal and of matt white in place of the product, lit as the print area is. The metal one sees two more soft cards on the
    viewer's side, as a photographer would set them up for foil: turned to the camera, metal mirrors only the dark room behind it.
    """
    used = 0.0
    with _hidden(product_parts()):
        for name, (roughness, metallic) in PROBES.items():
            added = [_ball(centre, radius, roughness, metallic)] + (_foil_cards(centre, radius) if metallic else [])
            used += write(os.path.join(folder, f"{name}.exr"), samples, border=_frame(centre, radius * 1.2))
            for made in added:
                bpy.data.objects.remove(made)
    return used


def _foil_cards(centre, radius):
    """One large card above the camera, a weak one below to the right."""
    turn = bpy.context.scene.camera.matrix_world.to_quaternion()
    far = 12 * radius
    cards = []
    for name, way, size, strength in (("foil above", (0.05, 0.7, 0.75), (2.6, 1.3), 1.5), ("foil below", (0.7, -0.55, 0.6), (1.4, 1.4), 0.6)):
        at = [c + v * far for c, v in zip(centre, turn @ Vector(way))]
        cards.append(card(name, at, centre, (size[0] * far, size[1] * far), strength, edge=0.5, up=True, veil=True))
    return cards


def _ball(centre, radius, roughness, metallic):
    bpy.ops.mesh.primitive_uv_sphere_add(segments=128, ring_count=64, radius=radius * MM, location=[v * MM for v in centre])
    ball = bpy.context.object
    ball.data.polygons.foreach_set("use_smooth", [True] * len(ball.data.polygons))
    colour, specular = ((1.0, 1.0, 1.0), 0.5) if metallic else ((0.8, 0.8, 0.8), 0.0)
    material = Material("probe", colour=colour, roughness=roughness, specular=specular, metallic=metallic, skin=None)
    material.dark(1.0)  # marks the ball's pixels
    ball.data.materials.append(material.data)
    return ball


def _frame(centre, radius):
    scene, eye = bpy.context.scene, bpy.context.scene.camera
    side = eye.matrix_world.to_quaternion()
    middle = Vector([v * MM for v in centre])
    corners = [world_to_camera_view(scene, eye, middle + side @ Vector((x * radius * MM, y * radius * MM, 0))) for x, y in ((-1, -1), (1, 1))]
    (x0, y0), (x1, y1) = [(corner.x, corner.y) for corner in corners]
    return max(0, x0), max(0, 1 - y1), min(1, x1), min(1, 1 - y0)


class _hidden:
    """Takes objects out of the render for a while."""

    def __init__(self, objects):
        self.objects = [made for made in objects if not made.hide_render]

    def __enter__(self):
        for made in self.objects:
            made.hide_render = True

    def __exit__(self, *_):
        for made in self.objects:
            made.hide_render = False
