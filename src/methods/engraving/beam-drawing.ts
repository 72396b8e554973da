import { type Affine, IDENTITY, scaling } from '../../geometry/affine.ts';
import { fitCurves } from '../../geometry/fit-curves.ts';
import { type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { intersectPaths } from '../../geometry/polygons.ts';
import type { CutDrawing, CutLayer, CutPath } from '../../render/vector/cut-drawing.ts';
import type { SceneArea } from '../../scene/scene.ts';
import type { EngravedArt } from './engraved-art.ts';
import { withKerf } from './kerf.ts';
import type { EngravingSettings } from './settings.ts';

/** How far refitted curves may stray, mm: a fifth of the finest beam. */
const FIT_MM = 0.01;

/** The layers in working order: engraving first (areas, then single lines), then scores, then cuts, inner ones before outer ones. */
export const beamDrawing = (art: EngravedArt, area: SceneArea, settings: EngravingSettings, title: string): CutDrawing => {
  const map = rotaryMap(settings);
  const size = { widthMm: area.widthMm * map[0], heightMm: area.heightMm * map[3] };
  const turn = settings.mirror ? ([-map[0], 0, 0, map[3], size.widthMm, 0] as const) : map;
  const layers = [engraveLayer(art, area, settings), ...lineLayers(art, area, settings)].filter(({ paths }) => paths.length > 0);
  return { title, ...size, layers: layers.map((layer) => moved(layer, turn)) };
};

/** Mm of the placement to mm of the file: a rotary that turns too far or too little is compensated around the article. */
export const rotaryMap = ({ rotary }: EngravingSettings): Affine => {
  if (!rotary?.setDiameter) return IDENTITY;
  const around = rotary.setDiameter / rotary.diameter;
  return rotary.axis === 'x' ? scaling(1, around) : scaling(around, 1);
};

const moved = (layer: CutLayer, map: Affine): CutLayer => ({
  ...layer,
  paths: layer.paths.map(({ path, fillRule }) => ({ path: transformPath(path, map), fillRule })),
});

const engraveLayer = (art: EngravedArt, place: SceneArea, settings: EngravingSettings): CutLayer => {
  const paths: CutPath[] = [];
  const shown = art.area ? inTrim(art.area.path, place) : null;
  if (shown && shown.verbs.length > 0) paths.push({ path: fitCurves(shown, FIT_MM), fillRule: 'nonzero' });
  return { name: 'ENGRAVE', colour: settings.engraveColour, work: 'fill', lineWidthMm: settings.hairline, paths };
};

/** The beam must not leave the article. */
const inTrim = (path: Path, { trim }: SceneArea): Path => intersectPaths(trim, path);

const lineLayers = (art: EngravedArt, area: SceneArea, settings: EngravingSettings): readonly CutLayer[] => {
  const { kerf, hairline, engraveColour } = settings;
  const layer = (name: string, colour: string, paths: readonly CutPath[]): CutLayer => ({
    name,
    colour,
    work: 'line',
    lineWidthMm: hairline,
    paths,
  });
  const plain = (work: 'cut' | 'score'): readonly CutPath[] =>
    art.lines.filter((line) => line.work === work).map(({ path, fillRule }) => ({ path, fillRule }));
  const outline: readonly CutPath[] = settings.cutOutline ? [{ path: trimOf(area), fillRule: 'nonzero' }] : [];
  const cuts = withKerf([...plain('cut'), ...outline], kerf);
  const singles = art.singles.map((path): CutPath => ({ path, fillRule: 'nonzero' }));
  return [
    layer('ENGRAVE LINE', engraveColour, singles),
    layer('SCORE', settings.scoreColour, plain('score')),
    layer('CUT', settings.cutColour, cuts),
  ];
};

const trimOf = ({ trim, widthMm, heightMm }: SceneArea): Path =>
  trim.verbs.length > 0 ? trim : rectPath({ x: 0, y: 0, width: widthMm, height: heightMm });
