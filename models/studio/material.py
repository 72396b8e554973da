"""
Materials that say which zone they are. A zone's coverage, print positions and texture positions leave the render as AOVs (extra pictures):
  zone-<id>  coverage, antialiased     print  (u mm, v mm, 1 where printable)     skin  (u mm, v mm, 1)     dark  1 in holes and gaps
"""
import math

import bpy

from studio.mesh import MM

GREY = (0.8, 0.8, 0.8)  # what zones are baked in: paper white; their colour comes later


class Material:
    """
    A Principled material with helpers for its node tree. Everything named `socket` may be a number or a node output.
    zone: the id in view.json, or None when `set_zone` says where which zone is. skin: name of the UV layer for textures of materials.
    """

    def __init__(self, name, zone=None, colour=GREY, roughness=0.9, specular=0.2, skin="skin", **more):
        self.data = bpy.data.materials.new(name)
        self.data.use_nodes = True
        self.tree = self.data.node_tree
        self.shader = self.tree.nodes["Principled BSDF"]
        self.output = self.tree.nodes["Material Output"]
        self.heights = []
        self.set(base_color=colour, roughness=roughness, specular=specular, **more)
        if zone:
            self.set_zone(zone)
        if skin:
            u, v = self.uv(skin)
            self.aov_colour("skin", self.vector(u, v, 1.0))

    # ---- the Principled shader

    def set(self, **inputs):
        """Sets inputs of the shader by their name in small letters, e.g. set(roughness=0.3, sheen=socket, base_color=(r, g, b))."""
        for name, value in inputs.items():
            wanted = name.replace("_", " ").lower()
            socket = next((one for one in self.shader.inputs if one.name.lower() == wanted), None)
            if socket is None:
                raise KeyError(f"expected an input of the Principled shader, got {name}")
            self._into(socket, value)
        return self

    def bump(self, *heights):
        """Adds heights in mm to the relief of the surface; call it as often as needed."""
        self.heights += heights
        total = self.heights[0]
        for height in self.heights[1:]:
            total = self.add(total, height)
        node = next((one for one in self.tree.nodes if one.name == "relief"), None)
        if node is None:
            node = self.node("ShaderNodeBump")
            node.name = "relief"
            node.inputs["Strength"].default_value, node.inputs["Distance"].default_value = 1.0, MM
            self.link(node.outputs[0], self.shader.inputs["Normal"])
        self._into(node.inputs["Height"], total)
        return self

    # ---- what the bake needs

    def set_zone(self, zone, cover=1.0):
        """This material belongs to the zone, or the share `cover` (socket) of it. All covers of a pixel must add to 1."""
        self.aov_value(f"zone-{zone}", cover)
        return self

    def printable(self, layer="print", where=1.0):
        """Can be printed: UV layer `layer` holds mm on the print surface (NOWHERE where not); where: a share (socket) that may be printed."""
        u, v = self.uv(layer)
        known = self.multiply(self.less(self.absolute(u), 5000.0), self.less(self.absolute(v), 5000.0))
        valid = self.multiply(known, self.greater(where, 0.5)) if not isinstance(where, (int, float)) else known
        self.aov_colour("print", self.vector(u, v, valid))
        self.data["print_layer"] = layer
        return self

    def dark(self, share=1.0):
        """Holes and gaps: neither light nor the zone's colour comes back from the share `share`."""
        self.aov_value("dark", share)
        return self

    def aov_value(self, name, value):
        self._into(self.node("ShaderNodeOutputAOV", name=name).inputs[1], value)

    def aov_colour(self, name, value):
        self._into(self.node("ShaderNodeOutputAOV", name=name).inputs[0], value)

    # ---- nodes

    def node(self, kind, **settings):
        node = self.tree.nodes.new(kind)
        for name, value in settings.items():
            setattr(node, name, value)
        return node

    def link(self, output, into):
        self.tree.links.new(output, into)

    def _into(self, socket, value):
        if isinstance(value, bpy.types.NodeSocket):
            self.link(value, socket)
        elif isinstance(value, (tuple, list)):
            socket.default_value = (*value, 1.0) if len(value) == 3 and len(socket.default_value) == 4 else value
        else:
            socket.default_value = value

    def math(self, operation, a, b=None, clamp=False):
        node = self.node("ShaderNodeMath", operation=operation, use_clamp=clamp)
        self._into(node.inputs[0], a)
        if b is not None:
            self._into(node.inputs[1], b)
        return node.outputs[0]

    def add(self, a, b):
        return self.math("ADD", a, b)

    def subtract(self, a, b):
        return self.math("SUBTRACT", a, b)

    def multiply(self, a, b):
        return self.math("MULTIPLY", a, b)

    def divide(self, a, b):
        return self.math("DIVIDE", a, b)

    def less(self, a, b):
        return self.math("LESS_THAN", a, b)

    def greater(self, a, b):
        return self.math("GREATER_THAN", a, b)

    def absolute(self, a):
        return self.math("ABSOLUTE", a)

    def maximum(self, a, b):
        return self.math("MAXIMUM", a, b)

    def minimum(self, a, b):
        return self.math("MINIMUM", a, b)

    def sine(self, a, period=None):
        """Sine of `a`; with a period in mm, of the way `a` in mm."""
        return self.math("SINE", self.multiply(a, 2 * math.pi / period) if period else a)

    def step(self, x, at, width):
        """0 below, 1 above `at`, a straight ramp of `width` between."""
        return self.math("DIVIDE", self.subtract(x, at - width / 2), width, clamp=True)

    def groove(self, x, at, width):
        """Bell curve of height 1 around x = at: a seam or a ridge, `width` to 1 / e."""
        off = self.divide(self.subtract(x, float(at)), float(width))
        return self.math("POWER", math.e, self.multiply(-1.0, self.multiply(off, off)))

    def vector(self, x=0.0, y=0.0, z=0.0):
        node = self.node("ShaderNodeCombineXYZ")
        for socket, value in zip(node.inputs, (x, y, z)):
            self._into(socket, value)
        return node.outputs[0]

    def split(self, vector):
        node = self.node("ShaderNodeSeparateXYZ")
        self.link(vector, node.inputs[0])
        return tuple(node.outputs)

    def uv(self, layer):
        """The two mm of a UV layer."""
        node = self.node("ShaderNodeUVMap", uv_map=layer)
        return self.split(node.outputs[0])[:2]

    def object_mm(self):
        """Place within the object in mm: x, y, z."""
        node = self.node("ShaderNodeTexCoord")
        return tuple(self.divide(axis, MM) for axis in self.split(node.outputs["Object"]))

    def noise(self, vector, size, detail=3.0, roughness=0.5, distortion=0.0):
        """Perlin noise 0..1 of a mm vector with features of about `size` mm."""
        node = self.node("ShaderNodeTexNoise", noise_dimensions="3D")
        self._into(node.inputs["Vector"], vector)
        for name, value in (("Scale", 1.0 / size), ("Detail", detail), ("Roughness", roughness), ("Distortion", distortion)):
            self._into(node.inputs[name], value)
        return node.outputs[0]

    def ramp(self, factor, stops):
        """Colour by a factor; stops: (position, (r, g, b)) in linear light."""
        node = self.node("ShaderNodeValToRGB")
        elements = node.color_ramp.elements
        while len(elements) < len(stops):
            elements.new(0.5)
        for element, (position, colour) in zip(elements, stops):
            element.position, element.color = position, (*colour, 1)
        self._into(node.inputs[0], factor)
        return node.outputs[0]

    def mix(self, factor, a, b, blend="MIX"):
        node = self.node("ShaderNodeMixRGB", blend_type=blend)
        for socket, value in zip(node.inputs, (factor, a, b)):
            self._into(socket, value)
        return node.outputs[0]

    def image(self, picture, rect, layer="skin", repeat=False):
        """Colour of a bpy image that covers rect = (u, v, width, height) mm of a UV layer, v down."""
        u, v = self.uv(layer)
        across = self.divide(self.subtract(u, rect[0]), rect[2])
        up = self.subtract(1.0, self.divide(self.subtract(v, rect[1]), rect[3]))
        node = self.node("ShaderNodeTexImage", image=picture, interpolation="Cubic", extension="REPEAT" if repeat else "EXTEND")
        self.link(self.vector(across, up), node.inputs[0])
        return node.outputs[0]


def image(name, pixels):
    """numpy (height, width, 1..4) or (height, width), linear light or plain numbers, top row first, to a float image."""
    import numpy as np
    pixels = np.atleast_3d(np.asarray(pixels, np.float32))
    height, width, channels = pixels.shape
    rgba = np.ones((height, width, 4), np.float32)
    rgba[..., :3] = pixels[..., :3] if channels >= 3 else pixels[..., :1]
    if channels == 4:
        rgba[..., 3] = pixels[..., 3]
    picture = bpy.data.images.new(name, width, height, alpha=True, float_buffer=True)
    picture.colorspace_settings.name = "Non-Color"
    picture.alpha_mode = "CHANNEL_PACKED"
    picture.pixels.foreach_set(rgba[::-1].ravel())
    picture.update()
    return picture


def ceramic(name, zone, **more):
    """White glaze."""
    return Material(name, zone, **{"roughness": 0.09, "specular": 0.5, **more})


def fabric(name, zone=None, **more):
    """Matt cotton; the grain comes from the product's bump."""
    return Material(name, zone, **{"roughness": 0.95, "specular": 0.18, **more})


def paper(name, zone, **more):
    return Material(name, zone, **{"roughness": 0.5, "specular": 0.35, **more})


def leather(name, zone, **more):
    return Material(name, zone, **{"roughness": 0.5, "specular": 0.35, **more})


def wood(name, zone, **more):
    """Varnished wood; give its colours through set(base_color=...) and the zone `grain: True`."""
    return Material(name, zone, **{"roughness": 0.45, "specular": 0.3, **more})


def metal(name, zone, roughness=0.2, brushed=None, **more):
    """
    A mirror without colour; the zone needs `material: 'metal'`, its colour tints the reflections. brushed: (axis 0..2 of the object,
    amplitude mm, pitch mm) for long scratches along the axis.
    """
    made = Material(name, zone, colour=(1.0, 1.0, 1.0), roughness=roughness, metallic=1.0, **more)
    if brushed:
        axis, amplitude, pitch = brushed
        stretch = [1 / pitch] * 3
        stretch[axis] = 1 / (pitch * 160)
        place = made.vector(*(made.multiply(part, factor) for part, factor in zip(made.object_mm(), stretch)))
        lines = made.noise(place, 1.0, 4, 0.65)
        made.bump(made.multiply(lines, amplitude))
        made.set(roughness=made.add(roughness - 0.06, made.multiply(lines, 0.14)))
    return made


def lacquer(name, zone, **more):
    return Material(name, zone, **{"roughness": 0.16, "specular": 0.5, "clearcoat": 1.0, "clearcoat_roughness": 0.04, **more})


def backdrop_material(zone="background"):
    """Table, floor or wall: takes shadows, mirrors nothing (reflection cards would only speckle it)."""
    return Material("backdrop", zone, roughness=1.0, specular=0.0, skin=None)
