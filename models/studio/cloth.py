"""
Cloth from a flat pattern: triangulate, simulate with Blender's cloth solver, read the points back. Work in mm.
Excess cloth makes folds: pin the seams, move them a little closer than the pattern says, give the FLAT pattern as the rest shape, and the
free cloth between them buckles. Another seed lays other folds.
"""
import hashlib
import os
import time

import bpy
import numpy as np
from scipy.spatial import Delaunay

from studio.mesh import MM, mesh, points_of
from studio.outline import distance, inside


def cached(view, name, parameters, compute):
    """What compute() gave for the same parameters before, kept in the view's cache folder. compute returns a dict of arrays."""
    digest = hashlib.sha256(repr(parameters).encode()).hexdigest()[:12]
    path = os.path.join(view.cache, f"{name}-{digest}.npz")
    if not os.path.exists(path):
        np.savez(path, **compute())
    with np.load(path) as kept:
        return {key: kept[key] for key in kept.files}


def triangulate(outline, spacing, seed=5, jitter=0.12):
    """
    Points (n, 2) and counter-clockwise triangles that fill a closed outline (already resampled, at about `spacing` or finer; first point
    not repeated). The outline's own points come first, in order.
    """
    outline = np.asarray(outline, float)
    low, high = outline.min(0), outline.max(0)
    ys = np.arange(low[1], high[1], spacing * 0.866)
    xs = np.arange(low[0], high[0], spacing)
    inner = np.array([(x + (spacing / 2 if row % 2 else 0), y) for row, y in enumerate(ys) for x in xs])
    inner += np.random.default_rng(seed).uniform(-jitter, jitter, inner.shape) * spacing
    inner = inner[inside(inner, outline)]
    inner = inner[distance(inner, np.vstack([outline, outline[:1]])) > spacing * 0.55]
    points = np.vstack([outline, inner])
    triangles = Delaunay(points).simplices
    triangles = triangles[inside(points[triangles].mean(1), outline)]
    a, b, c = (points[triangles[:, k]] for k in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    solid = np.abs(area) > spacing * spacing * 0.015
    triangles, area = triangles[solid], area[solid]
    return points, np.where((area > 0)[:, None], triangles, triangles[:, ::-1])


def simulate(start, triangles, rest, pinned, gravity=(0, 25, 0), frames=60, stiffness=25.0, shear=14.0, bending=0.35, mass=0.25,
             damping=8.0, quality=6, colliders=(), self_collision=False, clearance=2.0):
    """
    start, rest (n, 3) mm: where the cloth begins and the shape in which it is at ease. pinned (n,) bool: points that do not move.
    gravity in Blender units (1 = 100 mm), colliders: objects the cloth lies against, friction and clearance (mm) are the same for all.
    Returns (n, 3) mm. On a busy machine the solver's threads spin when it has several: make the preview, which runs on one thread, first,
    and keep the result with `cached`.
    """
    began = time.time()
    scene = bpy.context.scene
    scene.gravity = gravity
    made = mesh("cloth", start, triangles)
    made.shape_key_add(name="Basis")
    key = made.shape_key_add(name="rest")
    key.data.foreach_set("co", (np.asarray(rest) * MM).astype(np.float32).ravel())
    key.value = 0
    group = made.vertex_groups.new(name="pinned")
    group.add([int(i) for i in np.nonzero(pinned)[0]], 1.0, "REPLACE")
    modifier = made.modifiers.new("cloth", "CLOTH")
    settings, contact = modifier.settings, modifier.collision_settings
    settings.vertex_group_mass, settings.rest_shape_key = "pinned", key
    settings.quality, settings.mass, settings.air_damping = quality, mass, 2
    settings.tension_stiffness = settings.compression_stiffness = stiffness
    settings.shear_stiffness, settings.bending_stiffness = shear, bending
    settings.tension_damping = settings.compression_damping = settings.shear_damping = damping
    contact.use_self_collision, contact.distance_min, contact.collision_quality = self_collision, clearance * MM, 2
    for collider in colliders:
        collider.modifiers.new("collision", "COLLISION")
        collider.collision.thickness_outer = clearance * MM
        collider.collision.cloth_friction = 8
    modifier.point_cache.frame_start, modifier.point_cache.frame_end = 1, frames
    scene.frame_end = frames
    for frame in range(1, frames + 1):
        scene.frame_set(frame)
    evaluated = made.evaluated_get(bpy.context.evaluated_depsgraph_get())
    points = points_of(evaluated)
    for used in [made, *colliders]:
        bpy.data.objects.remove(used)
    print(f"simulated {len(points)} points in {time.time() - began:.0f} s", flush=True)
    return points
