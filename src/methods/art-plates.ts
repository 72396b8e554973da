import { WHITE } from '../colour/colour.ts';
import { isEmptyPath, type Path, rectPath } from '../geometry/path.ts';
import { inflate, intersectionOf, type Rect } from '../geometry/point.ts';
import { intersectPaths, offsetPath, subtractPaths, unionPaths } from '../geometry/polygons.ts';
import { pixelsFor } from '../geometry/units.ts';
import { renderPixels } from '../render/raster/render-pixels.ts';
import { solidRegions } from '../render/solid/solid-regions.ts';
import { whitePlane } from '../render/white/white-plane.ts';
import { boundsOfNodes } from '../scene/bounds.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';
import type { MakeContext } from './method.ts';
import { bleedRegion } from './region.ts';
import { silhouetteOf } from './silhouette.ts';

/** One plate beside the inks: what can be is an outline, the rest a picture. */
export type Plate = { readonly path: Path; readonly pictures: readonly PlatePicture[] };
export type PlatePicture = { readonly widthPx: number; readonly heightPx: number; readonly data: Uint8Array; readonly box: Rect };

export type Draw = { readonly chokeMm: number; readonly cutoff: number; readonly dpi: number };

/** Parts narrower than this many chokes draw back by a share of it only: lettering must not lose its white. */
const FINE_PART = 4;
const FINE_SHARE = 0.25;

/** The plate that covers the page. */
export const floodPlate = ({ area }: Scene): Plate => ({ path: rectPath(bleedRegion(area)), pictures: [] });

/** The plate below or above art: as much as the art covers, drawn back by the choke. White art keeps all of it. */
export const platesOfArt = async (scene: Scene, nodes: readonly SceneNode[], draw: Draw, context: MakeContext): Promise<Plate> => {
  const { solid, soft } = silhouetteOf(nodes);
  const path = outlineOf({ ...scene, nodes: solid }, draw.chokeMm);
  const picture = await pictureOf({ ...scene, nodes: soft }, draw, context);
  return { path, pictures: picture ? [picture] : [] };
};

const outlineOf = (scene: Scene, chokeMm: number): Path => {
  const { regions } = solidRegions(scene, { knockOut: true });
  const all = unionPaths(regions.map(({ path }) => path));
  if (chokeMm <= 0 || isEmptyPath(all)) return all;
  const white = regions.filter(({ colour }) => colour.space === 'srgb' && colour.r === WHITE.r).map(({ path }) => path);
  return unionPaths([...choked(all, chokeMm), ...white]);
};

/** Wide parts drawn back by the choke, fine ones by a quarter of it. */
const choked = (path: Path, chokeMm: number): readonly Path[] => {
  const fineMm = (chokeMm * FINE_PART) / 2;
  const wide = offsetPath(offsetPath(path, -fineMm), fineMm + 0.01, 'round');
  const fine = subtractPaths(path, wide);
  const inside = offsetPath(path, -chokeMm);
  if (isEmptyPath(fine)) return [inside];
  const near = offsetPath(fine, chokeMm * 2);
  return [inside, intersectPaths(offsetPath(path, -chokeMm * FINE_SHARE), near)];
};

/** What fades, as pixels of its own box. */
const pictureOf = async (scene: Scene, draw: Draw, { picture, signal }: MakeContext): Promise<PlatePicture | null> => {
  const painted = boundsOfNodes(scene.nodes);
  const region = painted && intersectionOf(inflate(painted, 1), bleedRegion(scene.area));
  if (!region) return null;
  const [widthPx, heightPx] = [pixelsFor(region.width, draw.dpi), pixelsFor(region.height, draw.dpi)];
  const pixels = await renderPixels(scene, { widthPx, heightPx, region, background: null, mirror: false }, picture, signal);
  const { data } = whitePlane(pixels, draw.dpi, { choke: evenChoke(draw.chokeMm), cutoff: draw.cutoff });
  return { widthPx, heightPx, data, box: region };
};

export const evenChoke = (mm: number) => ({ bold: mm, photo: mm, text: mm * FINE_SHARE });
