"""
Builds meshes. All arguments are mm; x right, y away from the viewer, z up. Vertices are scaled by MM.
Every builder lays the UV layer `skin` (mm on the surface, for the texture of materials). What can be printed needs a layer `print` too:
mm on the print surface, NOWHERE where a vertex is not printable.
"""
import math

import bpy
import numpy as np

from studio.outline import lengths, rounded_rect

MM = 0.01  # one Blender unit is 100 mm
NOWHERE = 9999.0


def mesh(name, points, faces, material=None, uv=None, loop_uv=None, smooth=True):
    """uv: layer name to (vertices, 2) mm. loop_uv: the same per face corner, in the order of `faces`."""
    data = bpy.data.meshes.new(name)
    data.from_pydata((np.asarray(points, float) * MM).tolist(), [], [tuple(int(i) for i in face) for face in faces])
    data.update()
    data.polygons.foreach_set("use_smooth", [smooth] * len(data.polygons))
    made = bpy.data.objects.new(name, data)
    bpy.context.collection.objects.link(made)
    for one in material if isinstance(material, (list, tuple)) else [material]:
        if one is not None:
            data.materials.append(getattr(one, "data", one))
    for layer, values in (uv or {}).items():
        set_uv(made, layer, np.asarray(values)[corner_vertices(made)])
    for layer, values in (loop_uv or {}).items():
        set_uv(made, layer, values)
    return made


def corner_vertices(made):
    """Vertex index of every face corner."""
    index = np.empty(len(made.data.loops), np.int32)
    made.data.loops.foreach_get("vertex_index", index)
    return index


def set_uv(made, layer, per_corner):
    """Lays a UV layer in mm, one pair per face corner."""
    uv = made.data.uv_layers.get(layer) or made.data.uv_layers.new(name=layer)
    uv.data.foreach_set("uv", np.ascontiguousarray(per_corner, np.float32).ravel())


def clear_half_printed(made):
    """Makes every face that touches NOWHERE not printable: between a place and nowhere there is nothing to interpolate."""
    layer = made.data.uv_layers.get("print")
    if layer is None:
        return
    flat = np.empty(len(made.data.loops) * 2, np.float32)
    layer.data.foreach_get("uv", flat)
    nowhere = (np.abs(flat.reshape(-1, 2)) > NOWHERE / 2).any(1)
    counts = np.empty(len(made.data.polygons), np.int32)
    made.data.polygons.foreach_get("loop_total", counts)
    starts = np.r_[0, np.cumsum(counts)[:-1]]
    touched = np.repeat(np.logical_or.reduceat(nowhere, starts), counts)
    if touched.any():
        layer.data.foreach_set("uv", np.where(touched[:, None], NOWHERE, flat.reshape(-1, 2)).astype(np.float32).ravel())


def set_uv_from(made, layer, function):
    """function: points (n, 3) mm to (n, 2) mm."""
    set_uv(made, layer, np.asarray(function(points_of(made)))[corner_vertices(made)])


def points_of(made):
    """Vertices in mm, in the object's own space."""
    flat = np.empty(len(made.data.vertices) * 3, np.float32)
    made.data.vertices.foreach_get("co", flat)
    return flat.reshape(-1, 3).astype(float) / MM


def move_points(made, points):
    made.data.vertices.foreach_set("co", (np.asarray(points, np.float32) * MM).ravel())
    made.data.update()


def grid(name, points, material, wrap=False, uv=None, row_material=None, caps=False, skip=None):
    """
    A skin over points (rows, columns, 3). wrap: the last column joins the first. uv: layer to (rows, columns [+ 1 when wrapped], 2) mm, so
    that a closed skin has no seam between its last and first column. row_material: material index for each of the rows - 1 strips.
    skip: function (row, column) to True for faces to leave out. Faces look to the side from which rows go up and columns to the right.
    """
    points = np.asarray(points, float)
    rows, columns = points.shape[:2]
    spans = columns if wrap else columns - 1
    cells = [(i, k) for i in range(rows - 1) for k in range(spans) if not (skip and skip(i, k))]
    faces = [(i * columns + k, i * columns + (k + 1) % columns, (i + 1) * columns + (k + 1) % columns, (i + 1) * columns + k)
             for i, k in cells]
    ends = [tuple(range(columns))[::-1], tuple((rows - 1) * columns + k for k in range(columns))] if caps else []
    made = mesh(name, points.reshape(-1, 3), faces + ends, material)
    row, column = np.array(cells).T
    corner_rows, corner_columns = np.c_[row, row, row + 1, row + 1], np.c_[column, column + 1, column + 1, column]
    layers = {"skin": _grid_lengths(points, wrap), **(uv or {})}
    for layer, values in layers.items():
        per_corner = np.asarray(values, float)[corner_rows, corner_columns].reshape(-1, 2)
        set_uv(made, layer, np.vstack([per_corner, np.full((columns * len(ends), 2), NOWHERE if layer == "print" else 0.0)]))
    if row_material is not None:
        made.data.polygons.foreach_set("material_index", [int(row_material[i]) for i in row] + [0] * len(ends))
    return made


def _grid_lengths(points, wrap):
    """Way across (along the longest row) and way up (along the first column), mm."""
    closed = np.concatenate([points, points[:, :1]], 1) if wrap else points
    across = np.concatenate([np.zeros((len(points), 1)), np.cumsum(np.linalg.norm(np.diff(closed, axis=1), axis=-1), 1)], 1)
    longest = across[across[:, -1].argmax()]
    up = lengths(points[:, 0])
    return np.dstack(np.broadcast_arrays(longest[None, :], -up[:, None]))


def lathe(name, profile, material, segments=256, uv=None, row_material=None):
    """
    Turns a profile of (radius, height) around the z axis, seen from outside when it goes up. uv: layer to a function
    (angle, radius, height) -> (u, v) over arrays; the angle runs from 0 to 2 pi from the x axis towards y.
    """
    radius, height = np.asarray(profile, float).T
    angle = np.linspace(0, 2 * math.pi, segments + 1)
    points = np.stack([radius[:, None] * np.cos(angle), radius[:, None] * np.sin(angle), height[:, None] + 0 * angle], -1)
    rings = np.broadcast_arrays(angle[None, :], radius[:, None], height[:, None])
    layers = {layer: np.dstack(np.broadcast_arrays(*function(*rings))) for layer, function in (uv or {}).items()}
    return grid(name, points[:, :-1], material, wrap=True, uv=layers, row_material=row_material)


def sweep(name, path, section, material, side=None, scale=None, closed=False, caps=True, uv=None):
    """
    Moves a section (n, 2) along a path (m, 3). `side` is the direction of the section's first axis, one vector or one per path point (by
    default as level as possible); scale: number or (m,) or (m, 2) factors of the section. uv: layer to (m, n + 1, 2).
    """
    path, section = np.asarray(path, float), np.asarray(section, float)
    ahead = (np.roll(path, -1, 0) - np.roll(path, 1, 0)) if closed else np.gradient(path, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    if side is None:
        up = np.array([0, 0, 1.0]) if np.abs(ahead[:, 2]).mean() < 0.8 else np.array([0, 1.0, 0])
        side = np.cross(ahead, up)
    side = np.broadcast_to(np.asarray(side, float), path.shape).copy()
    side -= (side * ahead).sum(1, keepdims=True) * ahead
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    up = np.cross(side, ahead)
    factor = np.ones((len(path), 2)) if scale is None else np.broadcast_to(np.asarray(scale, float).reshape(len(path) if np.ndim(scale) else 1, -1),
                                                                         (len(path), 2))
    points = (path[:, None] + (section[None, :, :1] * factor[:, None, :1]) * side[:, None]
              + (section[None, :, 1:] * factor[:, None, 1:]) * up[:, None])
    if closed:
        points = np.concatenate([points, points[:1]])
    return grid(name, points, material, wrap=True, uv=uv, caps=caps and not closed)


def tube(name, path, radius, material, closed=False, sides=20):
    """Round wire; radius: one number or one per path point."""
    angle = np.linspace(0, 2 * math.pi, sides, endpoint=False)
    return sweep(name, path, np.c_[np.cos(angle), np.sin(angle)], material, scale=np.broadcast_to(np.asarray(radius, float), (len(path),)).copy(),
                 closed=closed)


def ribbon(name, path, width, thickness, material, side=None, bevel=0.5, corner=5):
    """Strap with rounded edges along a path. Its `skin`: u across from -width / 2, v along."""
    section = rounded_rect(width, thickness, min(bevel, thickness / 2 - 0.01), count=corner)
    way = lengths(path)
    across = np.r_[section[:, 0], section[:1, 0]]
    skin = np.dstack(np.broadcast_arrays(across[None, :], way[:, None]))
    made = sweep(name, path, section, material, side=side, uv={"skin": skin})
    shade_smooth(made, 50)
    return made


def plate(name, outline, z0, z1, bevel, material, holes=(), steps=4):
    """Flat sheet from z0 to z1 with holes and rounded edges. `skin` is (x, -y). Its faces stay flat in the light."""
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.fill_mode = "2D", "BOTH"
    curve.extrude = max((z1 - z0) / 2 - bevel, 1e-4) * MM
    curve.bevel_depth, curve.bevel_resolution, curve.offset = bevel * MM, steps, -bevel * MM
    for line in [outline, *holes]:
        spline = curve.splines.new("POLY")
        spline.points.add(len(line) - 1)
        spline.use_cyclic_u = True
        for point, (x, y) in zip(spline.points, line):
            point.co = (x * MM, y * MM, 0, 1)
    holder = bpy.data.objects.new(f"{name}-curve", curve)
    bpy.context.collection.objects.link(holder)
    data = bpy.data.meshes.new_from_object(holder.evaluated_get(bpy.context.evaluated_depsgraph_get()))
    bpy.data.objects.remove(holder)
    made = bpy.data.objects.new(name, data)
    bpy.context.collection.objects.link(made)
    move_points(made, points_of(made) + [0, 0, (z0 + z1) / 2])
    data.materials.clear()
    data.materials.append(getattr(material, "data", material))
    set_uv_from(made, "skin", lambda p: np.c_[p[:, 0], -p[:, 1]])
    shade_smooth(made, 50)
    weighted_normals(made)
    return made


def shade_smooth(made, angle=50):
    """Smooth but for edges sharper than `angle` degrees."""
    made.data.polygons.foreach_set("use_smooth", [True] * len(made.data.polygons))
    made.data.use_auto_smooth = True
    made.data.auto_smooth_angle = math.radians(angle)


def weighted_normals(made):
    """Large faces decide the normals: flat faces beside round edges stay flat."""
    made.data.use_auto_smooth = True
    made.modifiers.new("weighted normals", "WEIGHTED_NORMAL").keep_sharp = True


def solidify(made, thickness, offset=-1):
    """Gives a sheet a thickness in mm; offset -1 grows it behind the faces, 1 in front."""
    modifier = made.modifiers.new("solidify", "SOLIDIFY")
    modifier.thickness, modifier.offset = thickness * MM, offset
    return modifier


def subdivide(made, levels=2):
    modifier = made.modifiers.new("subdivision", "SUBSURF")
    modifier.levels = modifier.render_levels = levels
    return modifier


def apply_modifiers(made):
    """Makes what the modifiers give the mesh itself."""
    graph = bpy.context.evaluated_depsgraph_get()
    data = bpy.data.meshes.new_from_object(made.evaluated_get(graph), preserve_all_data_layers=True, depsgraph=graph)
    made.modifiers.clear()
    made.data = data
    return made


def box_skin(made):
    """Lays `skin` by looking at each face along the axis it faces most (box projection), in object space."""
    data = made.data
    normals = np.empty(len(data.polygons) * 3, np.float32)
    data.polygons.foreach_get("normal", normals)
    counts = np.empty(len(data.polygons), np.int32)
    data.polygons.foreach_get("loop_total", counts)
    axis = np.repeat(np.abs(normals.reshape(-1, 3)).argmax(1), counts)
    x, y, z = points_of(made)[corner_vertices(made)].T
    across = np.where(axis == 0, y, x)
    down = np.where(axis == 2, -y, -z)
    set_uv(made, "skin", np.c_[across, down])


def stitches(name, places, directions, height, material, length=2.3, radius=0.36, slant=9, sag=0.28):
    """Saddle stitches at places (n, 2) on a plane at `height`: thick threads that dive into the surface at both ends."""
    along, around = np.linspace(-1, 1, 13), np.linspace(0, 2 * math.pi, 10, endpoint=False)
    points, faces = [], []
    for place, direction in zip(places, directions):
        heading = math.atan2(direction[1], direction[0]) + math.radians(slant)
        ahead, side = np.array([math.cos(heading), math.sin(heading), 0]), np.array([-math.sin(heading), math.cos(heading), 0])
        first = sum(len(part) for part in points)
        middle = np.array([place[0], place[1], height]) + ahead * along[:, None] * length / 2
        middle[:, 2] += sag * (1 - along ** 2) - sag * 0.55
        thick = radius * np.sqrt(np.maximum(1 - np.abs(along) ** 5, 0.02))
        ring = np.cos(around)[:, None] * side + np.sin(around)[:, None] * np.array([0, 0, 1.0])
        points.append((middle[:, None] + thick[:, None, None] * ring).reshape(-1, 3))
        faces += [(first + i * 10 + j, first + i * 10 + (j + 1) % 10, first + (i + 1) * 10 + (j + 1) % 10, first + (i + 1) * 10 + j)
                  for i in range(12) for j in range(10)]
    made = mesh(name, np.vstack(points), faces, material)
    box_skin(made)
    return made


def parent(children, name="product", location=(0, 0, 0), rotation=(0, 0, 0)):
    """An empty that carries all children; location in mm, rotation in degrees about x, y, z."""
    holder = bpy.data.objects.new(name, None)
    bpy.context.collection.objects.link(holder)
    for child in children:
        child.parent = holder
    holder.location = [value * MM for value in location]
    holder.rotation_euler = [math.radians(value) for value in rotation]
    return holder
