"""
Runs inside Blender:  blender -b --factory-startup -P models/studio/run.py -- list PRODUCT...
                      blender -b --factory-startup -P models/studio/run.py -- render PRODUCT VIEW OUT_FOLDER [preview] [positions] [truth=ART.png [article=#rrggbb]]
                      blender -b --factory-startup -P models/studio/run.py -- plan PRODUCT VIEW OUT_FOLDER
Called by make.mjs; see models/README.md.
"""
import importlib.util
import json
import os
import sys
import time
import traceback
from dataclasses import dataclass

MODELS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, MODELS)
sys.dont_write_bytecode = True

import bpy  # noqa: E402

from studio import render, stage, truth  # noqa: E402
from studio.mesh import MM  # noqa: E402

PREVIEW_PX, PREVIEW_SAMPLES = 400, 10


@dataclass(frozen=True)
class View:
    """What build() gets: which view to build, its row of VIEWS, and a folder that is kept between runs (for simulations)."""
    id: str
    plan: dict
    preview: bool
    cache: str


def load(product):
    """The module models/products/<product>/model.py. It may import the files beside it, which other products may have under the same names."""
    folder = os.path.join(MODELS, "products", product)
    spec = importlib.util.spec_from_file_location(f"model_{product.replace('-', '_')}", os.path.join(folder, "model.py"))
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, folder)
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(folder)
        for name in [name for name, one in sys.modules.items() if (getattr(one, "__file__", None) or "").startswith(folder + os.sep)]:
            del sys.modules[name]
    return module


def set_up(product, view_id, preview):
    """Scene, camera, backdrop and lights of the plan, then the product's own build()."""
    module = load(product)
    if view_id not in module.VIEWS:
        raise SystemExit(f"expected one of {', '.join(module.VIEWS)} for {product}, got {view_id}")
    plan = module.VIEWS[view_id]
    width, height = plan.get("size", (1000, 1000))
    share = PREVIEW_PX / max(width, height) if preview else 1
    samples = min(PREVIEW_SAMPLES, plan.get("samples", 48)) if preview else plan.get("samples", 48)
    stage.new_scene((round(width * share), round(height * share)), samples, plan.get("seed", 1), clamp=plan.get("clamp", 3.0))
    scene = bpy.context.scene
    scene.render.threads_mode = "FIXED"
    scene.render.threads = 1 if preview else 2
    cache = os.path.join(MODELS, ".cache", product)
    os.makedirs(cache, exist_ok=True)
    plan["made"] = module.build(View(view_id, plan, preview, cache))
    # Simulations start from an empty scene, so camera and lights come last.
    stage.camera(**plan["camera"])
    if plan.get("backdrop"):
        kind, settings = plan["backdrop"]
        stage.BACKDROPS[kind](plan.get("background", {}).get("id", "background"), **settings)
    if plan.get("light"):
        kind, settings = plan["light"]
        stage.RIGS[kind](**settings)
    bpy.context.view_layer.update()
    return plan


def render_view(product, view_id, folder, preview, art, article, positions_only):
    plan = set_up(product, view_id, preview)
    made = plan.pop("made", None)
    os.makedirs(folder, exist_ok=True)
    # Where a product is placed by hand (the probe balls' centre), build() may return {"probe": (x, y, z)}.
    placed = made if isinstance(made, dict) else {}
    zones = render.prepare()
    if art:
        return truth.render(plan, folder, art, article)
    path = lambda name: os.path.join(folder, f"{name}.exr")  # noqa: E731
    if positions_only:
        render.write(path("data"), unfiltered=True)
        write_probes(plan, placed, folder)
        return refresh_plan(product, view_id, folder)
    seconds = render.write(path("light"))
    seconds += render.write(path("data"), unfiltered=True)
    even = plan.get("even", 0.75) > 0 and plan.get("backdrop")
    if even:
        seconds += render.write_empty(path("empty"), scale=0.25 if not preview else 0.4, samples=24 if preview else 64)
    if not preview:
        seconds += write_probes(plan, placed, folder)
    facts = {"product": product, "view": view_id, "plan": plan, "zones": zones, "mm": MM, "even": bool(even), "preview": preview,
             "camera": [list(row) for row in bpy.context.scene.camera.matrix_world], "cpu_seconds": round(seconds)}
    with open(os.path.join(folder, "facts.json"), "w") as file:
        json.dump(facts, file, indent=1)


def write_probes(plan, placed, folder):
    """Processor seconds; nothing when nothing is printed and no place is given."""
    centre = placed.get("probe") or plan.get("probe") or render.printed_point(os.path.join(folder, "data.exr"))
    return 0 if centre is None else render.write_probes(folder, centre, plan.get("probe_radius", 0.06 * frame_width(plan)))


def refresh_plan(product, view_id, folder):
    """Writes a changed plan (labels, colours, placements) over the one that was rendered; camera and light stay as rendered."""
    path = os.path.join(folder, "facts.json")
    with open(path) as file:
        facts = json.load(file)
    with open(path, "w") as file:
        json.dump({**facts, "plan": load(product).VIEWS[view_id]}, file, indent=1)


def frame_width(plan):
    """Width in mm that the picture shows where the camera looks."""
    at, to, lens = plan["camera"]["at"], plan["camera"]["to"], plan["camera"].get("lens", 100)
    return sum((a - b) ** 2 for a, b in zip(at, to)) ** 0.5 * 36 / lens


def main(arguments):
    command, *rest = arguments
    if command == "list":
        print("VIEWS " + json.dumps({product: list(load(product).VIEWS) for product in rest}), flush=True)
        return
    product, view_id, folder, *flags = rest
    if command == "plan":
        return refresh_plan(product, view_id, folder)
    named = dict(flag.split("=", 1) for flag in flags if "=" in flag)
    began = time.time()
    render_view(product, view_id, folder, "preview" in flags, named.get("truth"), named.get("article"), "positions" in flags)
    print(f"  rendered in {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[sys.argv.index("--") + 1:])
    except SystemExit:
        raise
    except BaseException:
        # Blender itself would go on and end with 0.
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
