"""
True hot foil to judge the engine's by: the mark pressed into the surface as relief, in bare metal.
Run by models/foil-truth.mjs:  blender -b --factory-startup -P models/studio/foil.py -- PRODUCT VIEW FOLDER MARK.png settings.json
"""
import json
import os
import sys

import bpy
import numpy as np

MODELS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, MODELS)
sys.dont_write_bytecode = True

from studio import render, run  # noqa: E402
from studio.material import Material, image  # noqa: E402


def wrapped(data):
    """A Material over a node tree that is there already."""
    made = Material.__new__(Material)
    made.data, made.tree = data, data.node_tree
    made.shader, made.output = data.node_tree.nodes["Principled BSDF"], data.node_tree.nodes["Material Output"]
    return made


def placed(made, data, picture, box):
    """The mark's picture within box = (x, y, width, height) mm of the print layer, nothing around it."""
    u, v = made.uv(data["print_layer"])
    across, down = made.divide(made.subtract(u, box[0]), box[2]), made.divide(made.subtract(v, box[1]), box[3])
    node = made.node("ShaderNodeTexImage", image=picture, interpolation="Cubic", extension="CLIP")
    made.link(made.vector(across, made.subtract(1.0, down)), node.inputs[0])
    return made.split(node.outputs[0])[0]


def press(data, mask, sunk, settings):
    """
    Heat and pressure flatten the relief below the mark to the share `grain`, the die pushes it `depth` mm down, and metal covers it.
    settings: box (mm), colour (r, g, b: light that it mirrors head-on), roughness, depth, grain.
    """
    made = wrapped(data)
    covered, low = placed(made, data, mask, settings["box"]), placed(made, data, sunk, settings["box"])
    relief = next((node for node in made.tree.nodes if node.name == "relief"), None)
    before = relief.inputs["Height"].links[0].from_socket
    kept = made.subtract(1.0, made.multiply(covered, 1.0 - settings["grain"]))
    made.link(made.subtract(made.multiply(before, kept), made.multiply(low, settings["depth"])), relief.inputs["Height"])
    metal = made.node("ShaderNodeBsdfPrincipled")
    metal.inputs["Base Color"].default_value = (*settings["colour"], 1)
    metal.inputs["Metallic"].default_value, metal.inputs["Roughness"].default_value = 1.0, settings["roughness"]
    made.link(relief.outputs[0], metal.inputs["Normal"])
    mix = made.node("ShaderNodeMixShader")
    for source, target in ((covered, 0), (made.shader.outputs[0], 1), (metal.outputs[0], 2)):
        made.link(source, mix.inputs[target])
    made.link(mix.outputs[0], made.output.inputs[0])


def main(product, view, folder, mark, settings):
    from PIL import Image
    from scipy.ndimage import gaussian_filter
    with open(settings) as file:
        settings = json.load(file)
    cover = np.asarray(Image.open(mark).convert("RGBA"), np.float32)[..., 3] / 255
    px_per_mm = cover.shape[1] / settings["box"][2]
    sunk = gaussian_filter(cover, settings["edge"] * px_per_mm)
    run.set_up(product, view, settings.get("preview", False))
    colour = settings.get("article")
    mask, low = image("mark", cover), image("sunk", sunk)
    printed = [data for data in bpy.data.materials if "print_layer" in data]
    for data in printed:
        if colour:
            data.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = (*colour, 1)
        press(data, mask, low, settings)
    render.prepare()
    seconds = render.write(os.path.join(folder, "truth.exr"), settings["samples"], border=settings["border"])
    print(f"  foil: {seconds:.0f} cpu s", flush=True)


if __name__ == "__main__":
    main(*sys.argv[sys.argv.index("--") + 1:])
