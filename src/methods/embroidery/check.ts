import { boundsOfPath } from '../../geometry/path.ts';
import { type Rect, unionOf } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import type { NotSolid, SolidArt } from '../../render/solid/solid-art.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkColours } from '../checks/colours.ts';
import { checkContrast } from '../checks/contrast.ts';
import { checkGaps } from '../checks/gaps.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkLetteringSize } from '../checks/lettering-size.ts';
import { checkPieces } from '../checks/pieces.ts';
import { checkInsideArea } from '../checks/placement.ts';
import { checkSolid } from '../checks/solid.ts';
import { checkStrokes } from '../checks/strokes.ts';
import type { CheckFacts } from '../method.ts';
import { checkSwallowed } from '../swallowed-art.ts';
import { digitizeOptions } from './digitizing.ts';
import { estimatedStitches } from './estimate.ts';
import { hoopFor, largestField } from './hoop.ts';
import type { EmbroiderySettings } from './settings.ts';
import { type StitchArt, stitchArt } from './stitch-art.ts';
import { finerWeightFor, letteringLimits, threadLimits } from './thread-limits.ts';
import { colourOfThread, threadColour } from './threads.ts';

/** Below this CIEDE2000 thread has the colour of the cloth; its relief and sheen still show. */
const SAME_COLOUR = 3;
/** What nobody sews by mistake: this much more than the price covers is refused. */
const FAR_TOO_MANY = 1.5;
/** Estimates from areas are good for a fifth: nearer than that to the limit is left to the count. */
const SURE = 1.2;

export const checkEmbroidery = (scene: Scene, settings: EmbroiderySettings, facts: CheckFacts): readonly Finding[] => {
  const blank = checkBlank(scene, null, facts.pointer);
  if (blank.length > 0) return blank;
  const found = stitchArt(scene, settings, facts.palette(settings.palette));
  const { art } = found;
  const limits = threadLimits(settings);
  return [
    ...checkSolid(art, 'Thread').map((finding) => withAdvice(finding, art.refused, settings)),
    ...checkSwallowed(art.pieces),
    ...checkInsideArea(scene),
    ...checkKeepOuts(scene),
    ...checkColours(art, { most: settings.maxColours, noun: ['thread', 'threads'] }, facts.pointer),
    ...checkMatches(found, settings),
    ...checkContrast(seenThreads(found), facts.articleColour, { errorDe: SAME_COLOUR, warnDe: settings.warnDe }),
    ...checkPieces(art, { errorMm: 0, warnMm: settings.minPieceMm }),
    ...thinLines(art, limits.minLineMm),
    ...checkGaps(art, { errorMm: 0, warnMm: limits.minGapMm }),
    ...checkLetteringSize(scene, letteringLimits(limits)).map((finding) => withFinerThread(finding, settings)),
    ...checkHoop(found, settings, facts.pointer),
    ...checkCount(found, settings, facts.pointer),
  ];
};

/** Thin joins and tips of wider strokes are sewn with them: only lines that are thin all along become single lines of thread. */
const thinLines = (art: SolidArt, minMm: number): readonly Finding[] =>
  checkStrokes(art, { errorMm: minMm, warnMm: minMm }, 'warn')
    .filter(({ severity }) => severity === 'error')
    .map((finding) => ({ ...finding, severity: 'warning', hint: `It may be sewn as a single line of thread. ${finding.hint}` }));

/** What would work in place of a picture or a fade. */
const withAdvice = (finding: Finding, refused: readonly NotSolid[], { maxColours }: EmbroiderySettings): Finding => {
  const reason = refused.find(({ pointer, reason }) => pointer === finding.pointer && reason === finding.measured)?.reason;
  switch (reason) {
    case 'picture':
      return {
        ...finding,
        hint: `Redraw a logo as a drawing (SVG) of at most ${maxColours} even colours; print a photo ("dtf"), or order it as a printed patch.`,
      };
    case 'gradient':
      return { ...finding, hint: 'Use one even colour, or two or three steps of it side by side; fades are for print ("dtf").' };
    default:
      return finding;
  }
};

const seenThreads = ({ art, swatches }: StitchArt) =>
  swatches.flatMap((swatch) => {
    const { name } = threadColour(swatch);
    const region = art.regions.find(({ colour }) => colour.space === 'spot' && colour.name === name);
    return region ? [{ name: `The thread "${swatch.name}"`, colour: colourOfThread(swatch), pointer: region.pointers[0] ?? '' }] : [];
  });

/** Colours of the art that no thread comes near. */
const checkMatches = ({ matches }: StitchArt, { farColourDe, palette }: EmbroiderySettings): readonly Finding[] =>
  [...matches].flatMap(([key, { swatch, distance }]): readonly Finding[] => {
    if (distance <= farColourDe) return [];
    return [
      {
        severity: 'warning',
        code: 'colour.far',
        pointer: key.slice(0, key.indexOf(' ')),
        message: `No thread of this shop has this colour: it is sewn in "${swatch.name}" (${swatch.colour}), which looks different.`,
        hint: `Use one of the threads: { "swatch": "${swatch.id}", "palette": "${palette}" }.`,
        measured: Math.round(distance * 10) / 10,
        required: farColourDe,
        unit: 'dE00',
      },
    ];
  });

/** Small lettering is a matter of the thread as well. */
const withFinerThread = (finding: Finding, settings: EmbroiderySettings): Finding => {
  const { measured, required, hint } = finding;
  if (typeof measured !== 'number' || typeof required !== 'number' || required === 0) return finding;
  const capitalMm = (measured / required) * threadLimits(settings).minLetterMm * (finding.severity === 'error' ? letteringShare : 1);
  const finer = finerWeightFor(capitalMm, settings);
  return finer ? { ...finding, hint: `${hint} Or have it sewn with ${finer} weight thread: { "weight": "${finer}" }.` } : finding;
};
/** Errors name the height that is refused, seven tenths of what is asked for. */
const letteringShare = 0.7;

const checkHoop = ({ art }: StitchArt, settings: EmbroiderySettings, pointer: string): readonly Finding[] => {
  const box = art.regions.reduce<Rect | null>((all, { path }) => {
    const own = boundsOfPath(path);
    return own ? (unionOf(all ?? own, own) ?? own) : all;
  }, null);
  if (!box || hoopFor(box.width, box.height, settings)) return [];
  const size = `${Math.round(box.width)} x ${Math.round(box.height)}`;
  const field = largestField(settings);
  return [
    {
      severity: 'error',
      code: 'hoop.too-small',
      pointer,
      message: `The design is ${size} mm; the largest field that it can be sewn in is ${field} mm.`,
      hint: 'Make the art smaller, or split it into two placements.',
      measured: size,
      required: field,
      unit: 'mm',
    },
  ];
};

const checkCount = ({ art }: StitchArt, settings: EmbroiderySettings, pointer: string): readonly Finding[] => {
  const { maxStitches } = settings;
  const paths = art.regions.map(({ path }) => path);
  const stitches = estimatedStitches(paths, digitizeOptions(settings));
  if (stitches <= maxStitches * SURE) return [];
  const isRefused = stitches > maxStitches * FAR_TOO_MANY;
  const share = Math.ceil((1 - maxStitches / stitches) * 20) * 5;
  return [
    {
      severity: isRefused ? 'error' : 'warning',
      code: 'stitch.too-many',
      pointer,
      message: `The design takes about ${rounded(stitches)} stitches; ${maxStitches} are covered.`,
      hint: `Fill about ${share} % less: make it smaller, let the cloth be the ground of the art, or use outlines in place of areas.`,
      measured: rounded(stitches),
      required: maxStitches,
      unit: 'stitches',
    },
  ];
};

const rounded = (stitches: number): number => Math.round(stitches / 100) * 100;
