import { contoursOf } from '../../geometry/contours.ts';
import { polylinesCross } from '../../geometry/crossings.ts';
import { flattenPath } from '../../geometry/flatten.ts';
import { narrowBetween } from '../../geometry/narrow-parts.ts';
import { boundsOfPath, CLOSE, isEmptyPath, type Path } from '../../geometry/path.ts';
import { centreOf, type Point } from '../../geometry/point.ts';
import { areaOfPath, offsetPath, subtractPaths, unionPaths } from '../../geometry/polygons.ts';
import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { cutAround, drawnOutline } from './art-outline.ts';
import { denseFindings, sheetEdgeFindings, worstOfLayers } from './check-cut-lines.ts';
import { isRectangle, trimContour } from './contours.ts';
import type { FinishedPage } from './finished-page.ts';
import { paintedFinishes } from './finishing.ts';
import type { FinishingStep } from './finishing-steps.ts';
import type { Ring } from './ring.ts';
import type { PaperPrintSettings } from './settings.ts';

/** Curves may be this coarse for distances that are told to 0.1 mm. */
const TOLERANCE_MM = 0.02;

/** Cuts that were drawn or follow from the product: closed, simple, each once, round enough, and far enough from one another. */
export const checkCuts = (scene: Scene, settings: PaperPrintSettings, pointer: string): readonly Finding[] => {
  const cuts = cutRings(scene, settings, pointer);
  const kisses = [
    ...drawnRings(scene, settings, 'kiss-cut'),
    ...(settings.kissContour === 'trim' ? ringsOf({ path: scene.area.trim, pointer }) : []),
  ];
  const around = ringsAroundArt(scene, settings, pointer);
  const rings = [...cuts, ...kisses];
  const sound = rings.filter(({ path }) => isClosed(path) && !polylinesCross(flattenPath(path, TOLERANCE_MM)));
  return worstOfLayers([
    ...rings.filter(({ path }) => !isClosed(path)).map(openFinding),
    ...crossFindings(rings),
    ...duplicateFindings(rings),
    ...sound
      .filter(({ pointer: own }) => own !== pointer || !isRectangle(scene.area.trim))
      .flatMap((ring) => radiusFinding(ring, settings.cutRadius)),
    ...nearFindings(
      cuts.filter((one) => sound.includes(one)),
      settings.cutGap,
    ),
    ...nearFindings(
      kisses.filter((one) => sound.includes(one)),
      settings.cutGap,
    ),
    ...distanceFindings(
      [...kisses.filter((one) => sound.includes(one)), ...around],
      cuts.filter((one) => sound.includes(one)),
      settings.kissToCut,
    ),
    ...denseFindings(rings, settings.cutNodes),
    ...sheetEdgeFindings(
      cuts.filter((one) => sound.includes(one)),
      scene,
      settings.cutGap,
      'cut.near',
    ),
    ...sheetEdgeFindings([...kisses.filter((one) => sound.includes(one)), ...around], scene, settings.kissToCut, 'cut.kiss-near-cut'),
  ]);
};

/**
 * Closed shapes that are cut through the sheet and known without making contours around art; a plain rectangle of the trim is none: bleed and
 * safe margin are reckoned from it in any case.
 */
export const throughCuts = (scene: Scene, settings: PaperPrintSettings, pointer: string): readonly Ring[] =>
  cutRings(scene, settings, pointer).filter((ring) => isClosed(ring.path) && (ring.pointer !== pointer || !isRectangle(scene.area.trim)));

const cutRings = (scene: Scene, settings: PaperPrintSettings, pointer: string): readonly Ring[] => {
  const trim = trimContour(scene, settings);
  return [...drawnRings(scene, settings, 'cut'), ...(trim ? ringsOf({ path: trim, pointer }) : [])];
};

/** Kiss cuts around drawn art; those around pictures are known once they are made. */
const ringsAroundArt = (scene: Scene, settings: PaperPrintSettings, pointer: string): readonly Ring[] => {
  if (settings.kissContour !== 'art') return [];
  const { scene: printed, finishes } = paintedFinishes(scene, settings);
  const { drawn } = drawnOutline({ ...scene, nodes: [...printed.nodes, ...finishes.flatMap(({ nodes }) => nodes)] });
  return ringsOf({ path: cutAround(drawn, settings.cutOffset, settings.cutGap, settings.cutRadius), pointer });
};

/** Kiss cuts around pictures, once they are traced: too late to refuse. */
export const checkTracedCuts = ({ scene, finishes }: FinishedPage, settings: PaperPrintSettings): readonly Finding[] => {
  if (settings.kissContour !== 'art' || drawnOutline(scene).soft.length === 0) return [];
  const rings = (step: FinishingStep): readonly Ring[] =>
    finishes.filter((one) => one.step === step).flatMap(({ lines }) => lines.flatMap(ringsOf));
  const sheet = rings('cut').filter(({ path }) => isClosed(path));
  return distanceFindings(
    rings('kiss-cut').filter(({ path }) => isClosed(path)),
    sheet,
    settings.kissToCut,
  ).map((one) => ({ ...one, severity: 'warning' }));
};

const drawnRings = (scene: Scene, settings: PaperPrintSettings, step: FinishingStep): readonly Ring[] =>
  paintedFinishes(scene, settings)
    .finishes.filter((one) => one.step === step)
    .flatMap(({ lines }) => lines.flatMap(ringsOf));

const ringsOf = ({ path, pointer }: Ring): readonly Ring[] => contoursOf(path).map((ring) => ({ path: ring, pointer }));

const isClosed = ({ verbs, coords }: Path): boolean =>
  verbs.at(-1) === CLOSE || Math.hypot((coords[0] ?? 0) - (coords.at(-2) ?? 0), (coords[1] ?? 0) - (coords.at(-1) ?? 0)) < 0.01;

const round = (mm: number): number => Math.round(mm * 10) / 10;
const place = ({ x, y }: Point): string => `(${round(x)}, ${round(y)}) mm`;

const openFinding = ({ path: { coords }, pointer }: Ring): Finding => {
  const gap = Math.hypot((coords[0] ?? 0) - (coords.at(-2) ?? 0), (coords[1] ?? 0) - (coords.at(-1) ?? 0));
  return {
    severity: 'error',
    code: 'cut.open',
    pointer,
    message: `The cut line is open: it ends at ${place({ x: coords.at(-2) ?? 0, y: coords.at(-1) ?? 0 })} and does not come back to its start.`,
    hint: 'Close the path.',
    measured: Math.round(gap * 100) / 100,
    required: 0,
    unit: 'mm',
  };
};

/** A ring that crosses itself, or one that an earlier ring crosses. */
const crossFindings = (rings: readonly Ring[]): readonly Finding[] => {
  const lines = rings.map(({ path }) => flattenPath(path, TOLERANCE_MM));
  return rings.flatMap(({ pointer }, i): readonly Finding[] => {
    const own = lines[i] ?? [];
    const itself = polylinesCross(own);
    const other = !itself && lines.slice(0, i).some((before) => !polylinesCross(before) && polylinesCross([...before, ...own]));
    if (!itself && !other) return [];
    const at = boundsOfPath(rings[i]?.path ?? { verbs: new Uint8Array(), coords: new Float64Array() });
    return [
      {
        severity: 'error',
        code: 'cut.crosses',
        pointer,
        message: `The cut line${at ? ` around ${place(centreOf(at))}` : ''} crosses ${itself ? 'itself' : 'another one'}: the piece would fall apart.`,
        hint: itself ? 'Draw it as a simple outline.' : 'Weld the outlines, or move them apart.',
      },
    ];
  });
};

/** Nearer than this a second cut is the first one again, mm. */
const SAME_MM = 0.1;

const duplicateFindings = (rings: readonly Ring[]): readonly Finding[] =>
  rings.flatMap(({ path, pointer }, i): readonly Finding[] => {
    if (!rings.slice(0, i).some((other) => isSame(other.path, path))) return [];
    return [
      {
        severity: 'error',
        code: 'cut.duplicate',
        pointer,
        message: 'The same line is cut twice: the knife would tear the edge.',
        hint: 'Leave one of the two out.',
      },
    ];
  });

const isSame = (a: Path, b: Path): boolean => {
  const [one, two] = [boundsOfPath(a), boundsOfPath(b)];
  if (!one || !two) return false;
  const away = Math.max(
    Math.abs(one.x - two.x),
    Math.abs(one.y - two.y),
    Math.abs(one.width - two.width),
    Math.abs(one.height - two.height),
  );
  if (away > SAME_MM) return false;
  const apart = areaOfPath(subtractPaths(a, b, 'nonzero', TOLERANCE_MM)) + areaOfPath(subtractPaths(b, a, 'nonzero', TOLERANCE_MM));
  return apart < SAME_MM * (one.width + one.height);
};

/** A corner of this radius and less leaves so little area beside its rounding that flattening could be the reason, mm2 for a radius of 1 mm. */
const CORNER_AREA = 0.02;

/** The tightest corner, found by rounding: what opening and closing with a disc of the radius changes is tighter than it. */
const radiusFinding = ({ path, pointer }: Ring, radiusMm: number): readonly Finding[] => {
  const at = tightCorner(path, radiusMm);
  if (!at) return [];
  const smaller = [0.75, 0.5, 0.25].map((share) => share * radiusMm).find((radius) => !tightCorner(path, radius));
  return [
    {
      severity: 'warning',
      code: 'cut.radius',
      pointer,
      message: `The cut turns too sharply at ${place(at)}: a knife needs a radius of ${radiusMm} mm.`,
      hint: 'Round the corner.',
      measured: smaller ?? 0,
      required: radiusMm,
      unit: 'mm',
    },
  ];
};

const tightCorner = (path: Path, radiusMm: number): Point | null => {
  if (radiusMm <= 0) return null;
  const grown = (from: Path, mm: number): Path => offsetPath(from, mm, 'round', 'nonzero', TOLERANCE_MM / 4);
  const whole = unionPaths([path], 'nonzero', TOLERANCE_MM / 4);
  const opened = grown(grown(whole, -radiusMm), radiusMm);
  const closed = grown(grown(whole, radiusMm), -radiusMm);
  const pieces = [...contoursOf(subtractPaths(whole, opened)), ...contoursOf(subtractPaths(closed, whole))];
  const worst = pieces.map((piece) => ({ piece, area: areaOfPath(piece) })).sort((a, b) => b.area - a.area)[0];
  const box = worst && worst.area > CORNER_AREA * radiusMm * radiusMm ? boundsOfPath(worst.piece) : null;
  return box && centreOf(box);
};

const nearFindings = (rings: readonly Ring[], gapMm: number): readonly Finding[] =>
  gapMm <= 0
    ? []
    : rings.flatMap(({ path, pointer }, i): readonly Finding[] => {
        const near = rings.slice(0, i).flatMap((other) => narrowBetween(other.path, path, gapMm))[0];
        if (!near) return [];
        return [
          {
            severity: 'error',
            code: 'cut.near',
            pointer,
            message: `Two cuts are ${round(near.widthMm)} mm apart at ${place(near.at)}; they need ${gapMm} mm.`,
            hint: 'Move the pieces apart.',
            measured: round(near.widthMm),
            required: gapMm,
            unit: 'mm',
          },
        ];
      });

/** Kiss cuts must keep clear of the cut through the backing around them. */
export const distanceFindings = (kisses: readonly Ring[], cuts: readonly Ring[], mm: number): readonly Finding[] => {
  if (cuts.length === 0 || mm <= 0) return [];
  const sheet = unionPaths(
    cuts.map(({ path }) => path),
    'nonzero',
    TOLERANCE_MM,
  );
  const clear = (path: Path, by: number): boolean => isEmptyPath(path) || areaOfPath(subtractPaths(offsetPath(path, by), sheet)) < 0.005;
  return kisses.flatMap(({ path, pointer }): readonly Finding[] => {
    if (clear(path, mm - 0.01)) return [];
    let [low, high] = [0, mm];
    for (let i = 0; i < 7; i += 1) {
      const middle = (low + high) / 2;
      if (clear(path, middle)) low = middle;
      else high = middle;
    }
    const at = boundsOfPath(path);
    return [
      {
        severity: 'error',
        code: 'cut.kiss-near-cut',
        pointer,
        message: `The kiss cut${at ? ` around ${place(centreOf(at))}` : ''} comes within ${round(low)} mm of the cut through; it needs ${mm} mm.`,
        hint: 'Move it inwards or make the sheet larger.',
        measured: round(low),
        required: mm,
        unit: 'mm',
      },
    ];
  });
};
