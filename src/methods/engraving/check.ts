import { BLACK, WHITE } from '../../colour/colour.ts';
import { narrowGaps, narrowParts } from '../../geometry/narrow-parts.ts';
import { joinPaths, type Path, rectPath } from '../../geometry/path.ts';
import { unionPaths } from '../../geometry/polygons.ts';
import type { Finding } from '../../model/finding.ts';
import type { SolidArt } from '../../render/solid/solid-art.ts';
import type { Scene, SceneArea } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkGaps } from '../checks/gaps.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkLetteringSize } from '../checks/lettering-size.ts';
import { checkMirrored } from '../checks/mirrored.ts';
import { checkInsideArea } from '../checks/placement.ts';
import { checkResolution } from '../checks/resolution.ts';
import { strongestContrast } from '../checks/seen-art.ts';
import { checkSolid } from '../checks/solid.ts';
import { checkStrokes } from '../checks/strokes.ts';
import type { CheckFacts } from '../method.ts';
import { checkSwallowed } from '../swallowed-art.ts';
import { checkCrossings } from './check-crossings.ts';
import { engravedArt } from './engraved-art.ts';
import { marksLight, materialFacts } from './material-facts.ts';
import type { EngravingSettings } from './settings.ts';
import type { BeamLine } from './take-lines.ts';

/** Below this share of the least size the beam cannot make it at all. */
const IMPOSSIBLE = 0.5;
/** Small letters are about this share of the capitals' height. */
const SMALL_LETTERS = 0.7;

const limits = (mm: number) => ({ errorMm: mm * IMPOSSIBLE, warnMm: mm });

export const checkEngraving = (scene: Scene, settings: EngravingSettings, facts: CheckFacts): readonly Finding[] => {
  const blank = checkBlank(scene, null, facts.pointer, facts.picture);
  if (blank.length > 0) return blank;
  const unmarked = checkUnmarked(scene, settings, facts);
  if (unmarked.length > 0) return unmarked;
  const { scene: art, solid, lines, painted } = engravedArt(scene, settings);
  const least = materialFacts(settings);
  return [
    ...(settings.mode === 'vector' ? refusedTones(solid) : []),
    ...checkInsideArea(scene),
    ...checkKeepOuts(scene),
    ...checkResolution(scene, settings),
    ...checkStrokes(solid, limits(least.minStrokeMm)),
    // A gap that closes up runs together: it may look bad, and can be made.
    ...checkGaps(solid, { errorMm: 0, warnMm: least.minGapMm }),
    ...checkLetteringSize(art, { capital: limits(least.minCapMm), small: limits(least.minCapMm * SMALL_LETTERS) }),
    ...checkSwallowed(painted),
    ...checkCrossings(lines),
    ...checkBridges(lines, scene.area, settings),
    ...checkRotary(scene, settings, facts.pointer),
    ...checkMirrored(scene, settings.mirror, 'the art is engraved from behind', facts.pointer),
  ];
};

/** Nearer than this to the material's own tone even a stretch of the tones finds nothing, dE00. */
const UNMARKED = 2;

/** Pictures that are white all over, or black where the light parts are marked: the beam would stay off. */
const checkUnmarked = ({ nodes }: Scene, settings: EngravingSettings, { pointer, picture }: CheckFacts): readonly Finding[] => {
  if (nodesOf(nodes).some(({ kind }) => kind === 'path' || kind === 'glyphs')) return [];
  const isLight = marksLight(settings);
  const strongest = strongestContrast(nodes, isLight ? BLACK : WHITE, UNMARKED, picture);
  if (strongest >= UNMARKED) return [];
  return [
    {
      severity: 'error',
      code: 'art.invisible',
      pointer,
      message: `The art has no ${isLight ? 'light' : 'dark'} parts: nothing would be engraved.`,
      hint: 'Choose another picture, or set "invert" to engrave its other parts.',
      measured: Math.round(strongest * 10) / 10,
      required: UNMARKED,
      unit: 'dE00',
    },
  ];
};

/** Outlines alone were asked for, and there is more than outlines. */
const refusedTones = (solid: SolidArt): readonly Finding[] =>
  checkSolid(solid, 'An outline').map((finding) => ({
    ...finding,
    hint: `Set "mode" to "auto" to engrave it as dots. ${finding.hint ?? ''}`.trim(),
  }));

/** Material between cuts that would break: of the part that is cut out, and between holes. */
const checkBridges = (lines: readonly BeamLine[], area: SceneArea, settings: EngravingSettings): readonly Finding[] => {
  const cuts = lines.filter(({ work }) => work === 'cut');
  const [first] = cuts;
  const { bridgeMm } = materialFacts(settings);
  if (!first || bridgeMm <= 0) return [];
  const outline = settings.cutOutline ? [outlineOf(area)] : [];
  // Every second contour is material: a hole in a part, a part in a hole.
  const parts = unionPaths([joinPaths([...outline, ...cuts.map(({ path }) => path)])], 'evenodd');
  const [thinnest] = [...narrowParts(parts, bridgeMm), ...(settings.cutOutline ? [] : narrowGaps(parts, bridgeMm))].sort(
    (a, b) => a.widthMm - b.widthMm,
  );
  if (!thinnest) return [];
  const width = Math.round(thinnest.widthMm * 100) / 100;
  return [
    {
      severity: width < bridgeMm * IMPOSSIBLE ? 'error' : 'warning',
      code: 'cut.bridge-thin',
      pointer: first.pointer,
      message: `Between two cuts ${width} mm of material are left, at ${Math.round(thinnest.at.x)}, ${Math.round(thinnest.at.y)} mm: it would break; it needs ${bridgeMm} mm.`,
      hint: 'Move the cuts apart, or make the bridge between them wider.',
      measured: width,
      required: bridgeMm,
      unit: 'mm',
    },
  ];
};

const outlineOf = ({ trim, widthMm, heightMm }: SceneArea): Path =>
  trim.verbs.length > 0 ? trim : rectPath({ x: 0, y: 0, width: widthMm, height: heightMm });

/** More than once around, the end would lie on the beginning. */
const checkRotary = ({ area }: Scene, { rotary }: EngravingSettings, pointer: string): readonly Finding[] => {
  if (!rotary) return [];
  const around = rotary.axis === 'x' ? area.heightMm : area.widthMm;
  const circumference = Math.round(Math.PI * rotary.diameter * 100) / 100;
  if (around <= circumference) return [];
  return [
    {
      severity: 'error',
      code: 'rotary.too-far',
      pointer: `${pointer}/settings/rotary`,
      message: `The print area is ${around} mm around, but an article ${rotary.diameter} mm thick is ${circumference} mm around.`,
      hint: 'Check the diameter, and which side of the area lies along the axis.',
      measured: around,
      required: circumference,
      unit: 'mm',
    },
  ];
};
