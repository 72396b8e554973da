import type { DecodedImage } from '../../model/resources.ts';
import { traceScene } from '../../render/trace/trace-scene.ts';
import type { Scene } from '../../scene/scene.ts';
import { rastersOf } from '../../scene/walk.ts';

/** Colours of a picture beyond which it is no logo. */
const MOST_COLOURS = 24;

/** Checks, files and pictures of one scene ask for the same areas. They follow from the scene alone, whose pictures are named by their digests. */
const tracedScenes = new WeakMap<Scene, Scene>();

/** The scene with its flat pictures as even areas; photos and fades stay pictures. @throws the signal's reason when it is aborted */
export const tracedScene = (scene: Scene, picture: (digest: string) => DecodedImage, signal?: AbortSignal): Scene => {
  if (rastersOf(scene.nodes).length === 0) return scene;
  const known = tracedScenes.get(scene);
  if (known) return known;
  const traced = traceScene(scene, picture, { maxColours: MOST_COLOURS }, signal).scene;
  tracedScenes.set(scene, traced);
  return traced;
};
