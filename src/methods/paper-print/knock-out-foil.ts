import { isEmptyPath } from '../../geometry/path.ts';
import { offsetPath, unionPaths } from '../../geometry/polygons.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Finish, FinishedPage } from './finished-page.ts';

/**
 * Takes the print away under foil, but for a rim that the foil covers (the trap): foil holds badly on much ink. What fades or is no outline in the
 * foil keeps its ground.
 * @param trapMm - how far the ink reaches under the edge of the foil
 */
export const knockOutFoil = ({ scene, finishes }: FinishedPage, trapMm: number): Scene => {
  const ground = unionPaths(finishes.filter(({ step }) => step === 'foil').flatMap((foil) => foilAreas(scene, foil)));
  const bare = isEmptyPath(ground) ? ground : offsetPath(ground, -trapMm);
  if (isEmptyPath(bare)) return scene;
  return {
    ...scene,
    nodes: [
      ...scene.nodes,
      {
        kind: 'path',
        pointer: '',
        path: bare,
        fillRule: 'nonzero',
        fill: { kind: 'solid', colour: { space: 'cmyk', c: 0, m: 0, y: 0, k: 0 } },
        stroke: null,
      },
    ],
  };
};

const foilAreas = (scene: Scene, { nodes }: Finish) =>
  solidRegions({ ...scene, nodes }, { knockOut: false }).regions.map(({ path }) => path);
