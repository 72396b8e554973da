import { multiply, scaling, translation } from '../../geometry/affine.ts';
import { contoursOf } from '../../geometry/contours.ts';
import { fitCurves } from '../../geometry/fit-curves.ts';
import { signedAreas } from '../../geometry/measure.ts';
import { EMPTY_PATH, isEmptyPath, joinPaths, type Path, quantizePath, transformPath } from '../../geometry/path.ts';
import { containsRect, inflate, intersectionOf } from '../../geometry/point.ts';
import { offsetPath, unionPaths } from '../../geometry/polygons.ts';
import { tracePlane } from '../../geometry/trace-plane.ts';
import { pixelsFor } from '../../geometry/units.ts';
import { renderPixels } from '../../render/raster/render-pixels.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import { boundsOfNode, boundsOfNodes } from '../../scene/bounds.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';
import type { MakeContext } from '../method.ts';
import { bleedRegion, trimRegion } from '../region.ts';
import { silhouetteOf } from '../silhouette.ts';

/** Art that fades is traced at this resolution: its outline is then true to some 0.05 mm. */
const TRACE_DPI = 150;
/** Half cover is where an eye sees the edge. */
const EDGE = 127;
/** Cutters need few nodes; nobody sees this difference. */
const FIT_MM = 0.05;

/** What the art covers, as outlines: drawn art by its own, cut-out pictures traced. */
export const artOutline = async (scene: Scene, context: MakeContext): Promise<Path> => {
  const { drawn, soft } = drawnOutline(scene);
  return soft.length === 0 ? drawn : unionPaths([drawn, await traced({ ...scene, nodes: soft }, context)]);
};

/** The outline of what needs no pixels, and what is left. What covers the whole trim is a background, and no art to cut around. */
export const drawnOutline = (scene: Scene): { readonly drawn: Path; readonly soft: readonly SceneNode[] } => {
  const trim = trimRegion(scene.area);
  const isGround = (node: SceneNode): boolean => {
    const box = boundsOfNode(node);
    return box !== null && containsRect(box, trim, 0.1);
  };
  const { solid, soft } = silhouetteOf(scene.nodes.filter((node) => !isGround(node)));
  const { regions } = solidRegions({ ...scene, nodes: solid }, { knockOut: false });
  return { drawn: unionPaths(regions.map(({ path }) => path)), soft };
};

const traced = async (scene: Scene, { picture, signal }: MakeContext): Promise<Path> => {
  const painted = boundsOfNodes(scene.nodes);
  const region = painted && intersectionOf(inflate(painted, 1), bleedRegion(scene.area));
  if (!region) return EMPTY_PATH;
  const [widthPx, heightPx] = [pixelsFor(region.width, TRACE_DPI), pixelsFor(region.height, TRACE_DPI)];
  const { rgba } = await renderPixels(scene, { widthPx, heightPx, region, background: null, mirror: false }, picture, signal);
  const data = new Uint8Array(widthPx * heightPx);
  for (let i = 0, at = 3; i < data.length; i += 1, at += 4) data[i] = rgba[at] ?? 0;
  const toMm = multiply(translation(region.x, region.y), scaling(region.width / widthPx, region.height / heightPx));
  return transformPath(tracePlane({ widthPx, heightPx, data }, EDGE), toMm);
};

/**
 * A cut around art: its outline grown, without holes, and pieces that would lie nearer to one another than the gap joined to one. Corners that
 * point inwards get the least radius, those that point outwards have that of the offset.
 */
export const cutAround = (art: Path, offsetMm: number, gapMm: number, radiusMm: number): Path => {
  if (isEmptyPath(art)) return EMPTY_PATH;
  const closeMm = Math.max(gapMm / 2, radiusMm);
  const joined = offsetPath(withoutHoles(offsetPath(art, offsetMm + closeMm)), -closeMm);
  return quantizePath(fitCurves(withoutHoles(joined), FIT_MM));
};

/** Rings wound the positive way only. */
const withoutHoles = (path: Path): Path => {
  const areas = signedAreas(path);
  return joinPaths(contoursOf(path).filter((_, i) => (areas[i] ?? 0) > 0));
};
