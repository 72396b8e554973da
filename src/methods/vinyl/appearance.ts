import { pathOfPolylines } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import { offsetPath } from '../../geometry/polygons.ts';
import type { Swatch } from '../../model/palette.ts';
import type { Appearance, AppearanceRequest } from '../../render/appearance.ts';
import { renderPixels } from '../../render/raster/render-pixels.ts';
import type { PathNode, Scene } from '../../scene/scene.ts';
import type { MakeContext } from '../method.ts';
import { flatAppearance } from '../region.ts';
import { strewFlakes } from './flakes.ts';
import { lookOf } from './looks.ts';
import type { VinylSettings } from './settings.ts';
import { edgeStitches, sewingOf } from './sewing.ts';
import { colourOfSwatch } from './vinyl-colours.ts';
import { vinylLayers } from './vinyl-layers.ts';

/** A tenth of the pixel of a large mockup. */
const PICTURE_TOLERANCE_MM = 0.04;

/** Films from the bottom up, each as high as what it lies on and its own thickness, in the finish of its swatch. */
export const vinylAppearance = async (
  scene: Scene,
  settings: VinylSettings,
  request: AppearanceRequest,
  context: MakeContext,
): Promise<readonly Appearance[]> => {
  const { layers } = vinylLayers(scene, settings, context.palette(settings.palette), PICTURE_TOLERANCE_MM);
  const below = new Float32Array(request.widthPx * request.heightPx);
  const shown: Appearance[] = [];
  for (const { path, swatch } of layers) {
    const look = lookOf(swatch, settings.kind);
    const plain = await filmOf(scene, path, swatch, settings, request, context);
    const rgba = look.flakes > 0 ? strewFlakes(plain.rgba, request, look.flakes) : plain.rgba;
    for (let i = 0; i < below.length; i += 1) below[i] = (below[i] ?? 0) + ((rgba[4 * i + 3] ?? 0) / 255) * look.thicknessMm;
    shown.push({ ...plain, rgba, surface: { finish: look.finish, height: Float32Array.from(below) } });
  }
  return shown.length > 0 ? shown : flatAppearance({ ...scene, nodes: [] }, 'ink', request, context);
};

/** Past the session that remembers the scene before: each layer is a scene of its own. */
const filmOf = async (
  { area }: Scene,
  path: Path,
  swatch: Swatch,
  settings: VinylSettings,
  request: AppearanceRequest,
  { picture, signal }: MakeContext,
): Promise<Appearance> => {
  const nodes: readonly PathNode[] = [
    filled(path, swatch),
    ...(settings.kind === 'twill' ? await seams(path, settings, swatch, signal) : []),
  ];
  const { rgba } = await renderPixels({ version: 1, area, nodes }, { ...request, background: null, mirror: false }, picture, signal);
  return { process: 'ink', ...request, rgba };
};

const filled = (path: Path, swatch: Swatch): PathNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule: 'nonzero',
  fill: { kind: 'solid', colour: colourOfSwatch(swatch) },
  stroke: null,
});

/** Width of a row of stitches, mm, and how much darker than the cloth the dents along it look. */
const SEAM_MM = 0.6;
const SEAM_SHADE = 0.8;
/** Of thread as it lies. */
const THREAD_MM = 0.4;

/** The zigzag of the machine, or the line along which hands sew. */
const seams = async (path: Path, settings: VinylSettings, swatch: Swatch, signal: AbortSignal): Promise<readonly PathNode[]> => {
  const sewing = sewingOf(settings);
  if (!sewing) return [seam(offsetPath(path, -settings.sewInsetMm), swatch, SEAM_MM)];
  const lines = (await edgeStitches(path, sewing, signal)).map(({ points }) => ({ points, closed: false }));
  return [seam(pathOfPolylines(lines), swatch, THREAD_MM)];
};

const seam = (path: Path, swatch: Swatch, widthMm: number): PathNode => {
  const { r, g, b } = colourOfSwatch(swatch);
  const colour = { space: 'srgb', r: r * SEAM_SHADE, g: g * SEAM_SHADE, b: b * SEAM_SHADE } as const;
  const stroke = { paint: { kind: 'solid', colour }, widthMm, cap: 'round', join: 'round', miterLimit: 4 } as const;
  return { ...filled(path, swatch), fill: null, stroke };
};
