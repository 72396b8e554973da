"""
The truth to compare the engine with: the same scene with a picture really printed on the product, traced by Blender.
The artwork covers the placement's trim rectangle; its colours are multiplied by paper white (0.8), as the engine does.
"""
import json
import os

import bpy
import numpy as np

from studio.material import Material, image
from studio.render import write

WHITE = 0.8


def to_linear(values):
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def load_art(path):
    """PNG to linear light (height, width, 4), not premultiplied."""
    from PIL import Image
    pixels = np.asarray(Image.open(path).convert("RGBA"), np.float32) / 255
    return np.dstack([to_linear(pixels[..., :3]), pixels[..., 3]])


def print_on(material, art, trim):
    """Puts the art over the base colour of a printable material, within trim = (x, y, width, height) mm of its print layer."""
    over = Material.__new__(Material)
    over.data, over.tree = material, material.node_tree
    shader = over.tree.nodes["Principled BSDF"]
    u, v = over.uv(material["print_layer"])
    across, down = over.divide(over.subtract(u, trim[0]), trim[2]), over.divide(over.subtract(v, trim[1]), trim[3])
    texture = over.node("ShaderNodeTexImage", image=art, interpolation="Linear", extension="CLIP")
    over.link(over.vector(across, over.subtract(1.0, down)), texture.inputs[0])
    socket = shader.inputs["Base Color"]
    base = socket.links[0].from_socket if socket.links else tuple(socket.default_value)[:3]
    paint = over.mix(1.0, texture.outputs[0], (WHITE,) * 3, "MULTIPLY")
    over.link(over.mix(texture.outputs[1], base, paint), socket)


def dye(plan, article):
    """Gives the materials of the zones that follow the article its colour (#rrggbb as seen), as the engine understands it."""
    following = {zone["id"] for zone in plan["zones"] if zone.get("follows") == "article"}
    colour = tuple(WHITE * to_linear(np.array([int(article[at:at + 2], 16) / 255 for at in (1, 3, 5)])))
    for material in bpy.data.materials:
        nodes = material.node_tree.nodes if material.use_nodes else []
        zones = {node.name[5:] for node in nodes if node.bl_idname == "ShaderNodeOutputAOV" and node.name.startswith("zone-")}
        if zones and zones <= following:
            nodes["Principled BSDF"].inputs["Base Color"].default_value = (*colour, 1.0)
        elif zones & following:
            raise SystemExit(f"expected materials of the article alone for a truth in colour, got {material.name} of {', '.join(sorted(zones))}")


def render(plan, folder, art_path, article=None):
    """
    Renders truth.exr of plan['truth']: placement, samples, border (left, top, right, bottom as shares of the picture). article: the colour of
    the zones that follow it, white unless given.
    """
    if article:
        dye(plan, article)
    settings = plan.get("truth", {})
    name = settings.get("placement", plan["placements"][0]["placement"])
    place = next(one for one in plan["placements"] if one["placement"] == name)
    art = image("art", load_art(art_path))
    printed = [material for material in bpy.data.materials if "print_layer" in material]
    if not printed:
        raise SystemExit("expected a printable material for the truth render, got none")
    for material in printed:
        print_on(material, art, (place["x"], place["y"], place["width"], place["height"]))
    border, samples = settings.get("border", (0.0, 0.0, 1.0, 1.0)), settings.get("samples", 256)
    seconds = write(os.path.join(folder, "truth.exr"), samples, border=border)
    with open(os.path.join(folder, "truth.json"), "w") as file:
        json.dump({"border": border, "samples": samples, "cpu_seconds": round(seconds), "placement": name}, file)
