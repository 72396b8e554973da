import { inscribedCircle } from '../../geometry/inscribed-circle.ts';
import type { Path } from '../../geometry/path.ts';
import { areaOfPath, intersectPaths, offsetPath, subtractPaths } from '../../geometry/polygons.ts';
import { ringEdges } from '../../geometry/ring-edges.ts';
import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkColours } from '../checks/colours.ts';
import { checkContrast } from '../checks/contrast.ts';
import { checkGaps, checkGapsBetween } from '../checks/gaps.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkLetteringSize } from '../checks/lettering-size.ts';
import { checkMirrored } from '../checks/mirrored.ts';
import { checkInsideArea, checkSafeArea } from '../checks/placement.ts';
import { checkSolid } from '../checks/solid.ts';
import { checkStrokes } from '../checks/strokes.ts';
import type { CheckFacts } from '../method.ts';
import { checkSwallowed } from '../swallowed-art.ts';
import { type Die, type StampArt, stampArt } from './dies.ts';
import { colourOfFoil } from './foil-finder.ts';
import { limitsOf, type StampLimits } from './material-limits.ts';
import type { HotStampSettings } from './settings.ts';

/** Below this CIEDE2000 a pigment foil is the article's colour; metal is always seen by its shine. */
const SAME_COLOUR = 4;

export const checkHotStamp = (scene: Scene, settings: HotStampSettings, facts: CheckFacts): readonly Finding[] => {
  const blank = checkBlank(scene, null, facts.pointer, facts.picture);
  if (blank.length > 0) return blank;
  const stamp = stampArt(scene, settings, facts.palette(settings.palette));
  return [
    ...checkSolid(stamp.art, settings.impression === 'foil' ? 'Foil' : 'A die'),
    ...checkSwallowed(stamp.art.pieces),
    ...checkInsideArea(scene),
    // Nothing is cut off here: the die's own distance from the edge is what counts.
    ...checkSafeArea(scene).filter(({ code }) => code === 'art.on-fold'),
    ...checkKeepOuts(scene),
    ...checkFeatures(scene, stamp, settings),
    ...checkColours(stamp.art, { most: settings.maxFoils, noun: ['foil', 'foils'] }, facts.pointer),
    ...checkContrast(seenColours(stamp), facts.articleColour, { errorDe: SAME_COLOUR, warnDe: settings.warnDe }),
    ...checkMatches(stamp, settings),
    ...stamp.dies.flatMap((die) => checkDie(die, scene, settings, facts.pointer)),
    ...checkMirrored(scene, settings.mirror, 'they show the face of the die', facts.pointer),
  ];
};

/** Strokes, gaps and lettering, each die by the limits of its kind. */
const checkFeatures = (scene: Scene, { dies, art }: StampArt, settings: HotStampSettings): readonly Finding[] => {
  const limits = limitsOf(settings);
  const features = dies.flatMap((die) => {
    const own = limitsOf(settings, die.impression);
    const part = { ...art, regions: [{ colour: die.colour, path: die.path, pointers: die.pointers }] };
    return [
      ...checkStrokes(part, { errorMm: own.refuseStrokeMm, warnMm: own.minStrokeMm }, 'warn'),
      ...checkGaps(part, { errorMm: own.refuseGapMm, warnMm: own.minGapMm }),
    ];
  });
  const between =
    settings.registerMm > 0
      ? [...checkGapsBetween(art, { errorMm: 0, warnMm: settings.registerMm }), ...checkMeeting(dies, settings.registerMm)]
      : [];
  return [...features, ...between, ...checkLetteringSize(scene, letteringLimits(limits))];
};

/** How near two dies lie where they meet edge to edge, mm; and how much of an edge is no mere corner. */
const MEET_MM = 0.05;
const LEAST_EDGE_MM = 1;

/** Dies that meet edge to edge, with neither beneath the other: a pass that lands a little off bares the article between them. */
const checkMeeting = (dies: readonly Die[], registerMm: number): readonly Finding[] =>
  dies.flatMap((upper, i): readonly Finding[] => {
    const lower = dies.slice(0, i).find((die) => meet(die.path, upper.path));
    if (!lower) return [];
    return [
      {
        severity: 'warning',
        code: 'gap.narrow',
        pointer: upper.pointers[0] ?? '',
        message: `${lower.name} and ${upper.name} meet edge to edge: where a pass lands off, the article shows between them.`,
        hint: `Set them ${registerMm} mm apart, or let the lower one go on beneath the upper.`,
        measured: 0,
        required: registerMm,
        unit: 'mm',
      },
    ];
  });

const meet = (lower: Path, upper: Path): boolean => {
  const along = intersectPaths(offsetPath(lower, MEET_MM), upper);
  if (areaOfPath(along) < MEET_MM * LEAST_EDGE_MM) return false;
  const beneath = offsetPath(intersectPaths(lower, upper), 2 * MEET_MM);
  return areaOfPath(subtractPaths(along, beneath)) > MEET_MM * LEAST_EDGE_MM;
};

/** Lower lettering than this share of the least closes up whatever the press does. */
const REFUSED_LETTERING = 0.6;

const letteringLimits = ({ minCapitalMm, minSmallLetterMm }: StampLimits) => ({
  capital: { errorMm: minCapitalMm * REFUSED_LETTERING, warnMm: minCapitalMm },
  small: { errorMm: minSmallLetterMm * REFUSED_LETTERING, warnMm: minSmallLetterMm },
});

const seenColours = ({ dies }: StampArt) =>
  dies.flatMap(({ foil, name, pointers: [pointer = ''] }) =>
    foil && foil.finish !== 'metallic' ? [{ name: `${name} foil`, colour: colourOfFoil(foil), pointer }] : [],
  );

/** Colours of the art that no foil comes near. */
const checkMatches = ({ matches }: StampArt, { farColourDe, palette }: HotStampSettings): readonly Finding[] =>
  [...matches].flatMap(([key, { swatch, distance }]): readonly Finding[] => {
    if (distance <= farColourDe) return [];
    return [
      {
        severity: 'warning',
        code: 'foil.far',
        pointer: key.slice(0, key.indexOf(' ')),
        message: `The nearest foil to this colour is ${swatch.name}, which looks different.`,
        hint: `Choose a foil by name: {"swatch": "${swatch.id}", "palette": "${palette}"}.`,
        measured: Math.round(distance * 10) / 10,
        required: farColourDe,
        unit: 'dE00',
      },
    ];
  });

const round = (mm: number): number => Math.round(mm * 100) / 100;

const checkDie = (die: Die, scene: Scene, settings: HotStampSettings, pointer: string): readonly Finding[] => [
  ...checkSize(die, settings, pointer),
  ...checkEdge(die, scene, settings),
  ...checkSolids(die, settings),
];

const checkSize = ({ name, box }: Die, { maxDieWidthMm, maxDieHeightMm }: HotStampSettings, pointer: string): readonly Finding[] => {
  const [long, short] = [Math.max(box.width, box.height), Math.min(box.width, box.height)];
  if (long <= maxDieWidthMm && short <= maxDieHeightMm) return [];
  return [
    {
      severity: 'error',
      code: 'die.too-large',
      pointer,
      message: `The die for ${name} is ${round(box.width)} x ${round(box.height)} mm; the press takes ${maxDieWidthMm} x ${maxDieHeightMm} mm.`,
      hint: 'Make the art smaller, or split it into two placements.',
      measured: `${round(box.width)} x ${round(box.height)}`,
      required: `${maxDieWidthMm} x ${maxDieHeightMm}`,
      unit: 'mm',
    },
  ];
};

const checkEdge = ({ name, box, pointers: [pointer = ''] }: Die, { area }: Scene, settings: HotStampSettings): readonly Finding[] => {
  const { minEdgeMm } = limitsOf(settings);
  const nearest = Math.min(box.x, box.y, area.widthMm - box.x - box.width, area.heightMm - box.y - box.height);
  if (nearest >= minEdgeMm - 0.005) return [];
  return [
    {
      severity: 'warning',
      code: 'die.near-edge',
      pointer,
      message: `The ${name} die comes within ${round(nearest)} mm of the edge; it needs ${minEdgeMm} mm, or the edge is pressed out of shape.`,
      hint: `Move the art inwards by ${round(minEdgeMm - nearest)} mm.`,
      measured: round(nearest),
      required: minEdgeMm,
      unit: 'mm',
    },
  ];
};

const checkSolids = (die: Die, settings: HotStampSettings): readonly Finding[] => {
  const { maxSolidMm } = limitsOf(settings, die.impression);
  const {
    box,
    name,
    path,
    pointers: [pointer = ''],
  } = die;
  if (Math.min(box.width, box.height) <= maxSolidMm) return [];
  const across = 2 * inscribedCircle(ringEdges([path], false), box).radiusMm;
  if (across <= maxSolidMm) return [];
  return [
    {
      severity: 'warning',
      code: 'solid.large',
      pointer,
      message: `${name} covers an even area ${round(across)} mm across; above ${maxSolidMm} mm it traps air and comes out in patches.`,
      hint: 'Break the area up with lines or a pattern, or stamp its outline only.',
      measured: round(across),
      required: maxSolidMm,
      unit: 'mm',
    },
  ];
};
