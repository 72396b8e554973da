import { colourFromHex, WHITE } from '../../colour/colour.ts';
import { EMPTY_PATH } from '../../geometry/path.ts';
import { intersectionOf } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import type { Palette } from '../../model/palette.ts';
import type { NotSolid, SolidArt, SolidRegion } from '../../render/solid/solid-art.ts';
import { boundsOfNodes } from '../../scene/bounds.ts';
import type { Scene } from '../../scene/scene.ts';
import { stitchFacts } from '../../stitch/formats/stitch-facts.ts';
import { isSameThread } from '../../stitch/plan.ts';
import { optionsForThread } from '../../stitch/thread-options.ts';
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
import { trimRegion } from '../region.ts';
import { checkSwallowed } from '../swallowed-art.ts';
import { checkPatches } from './check-patches.ts';
import { digitizeOptions } from './digitizing.ts';
import { estimatedPatchStitches, estimatedStitches } from './estimate.ts';
import { checkFormatReach } from './format-limits.ts';
import { hoopFor, largestField } from './hoop.ts';
import { partedByCloth, patchChooser } from './patches.ts';
import { checkPlaced } from './placed-stitches.ts';
import { artNodesOf, scenePartsOf } from './scene-parts.ts';
import type { EmbroiderySettings } from './settings.ts';
import { type ThreadArt, threadArt } from './thread-art.ts';
import { finerWeightFor, letteringLimits, threadLimits } from './thread-limits.ts';
import { colourOfThread, WEIGHT_NUMBERS } from './threads.ts';

/** Below this CIEDE2000 thread has the colour of the cloth; its relief and sheen still show. */
const SAME_COLOUR = 3;
/** What nobody sews by mistake: this much more than the price covers is refused. */
const FAR_TOO_MANY = 1.5;
/** Estimates from areas are good for a fifth: nearer than that to the limit is left to the count. */
const SURE = 1.2;

export const checkEmbroidery = (scene: Scene, settings: EmbroiderySettings, facts: CheckFacts): readonly Finding[] => {
  const blank = checkBlank(scene, null, facts.pointer, facts.picture);
  if (blank.length > 0) return blank;
  const palette = facts.palette(settings.palette);
  const found = threadArt(scene, settings, palette, facts.picture);
  const { art } = found;
  const limits = threadLimits(settings);
  const regions = regionsOfAll(found, palette);
  return [
    ...checkSolid(art, 'Thread').map((finding) => withAdvice(finding, art.refused, settings)),
    ...checkSwallowed(art.pieces),
    // Machine files are never cut off: what is told of them is told by `checkPlaced`.
    ...checkInsideArea({ ...scene, nodes: artNodesOf(scenePartsOf(scene.nodes)) }),
    ...checkKeepOuts(scene),
    ...checkPlaced(scene),
    ...checkColours({ regions }, { most: settings.maxColours, noun: ['thread', 'threads'] }, facts.pointer),
    ...checkMatches(found, settings, palette),
    ...checkContrast(seenThreads(found, regions, palette), facts.articleColour, { errorDe: SAME_COLOUR, warnDe: settings.warnDe }),
    ...checkPieces(art, { errorMm: 0, warnMm: settings.minPieceMm }),
    ...thinLines(art, limits.minLineMm, settings.puff),
    ...checkGaps(art, { errorMm: 0, warnMm: limits.minGapMm }),
    ...checkLetteringSize(scene, letteringLimits(limits)).map((finding) => withFinerThread(finding, settings)),
    ...checkPatches(scene, settings, palette, facts.picture, facts.pointer),
    ...checkHoop(scene, settings, facts.pointer),
    ...checkFormatReach(scene, settings, facts.pointer),
    ...checkCount(found, settings, palette, facts.pointer),
  ];
};

/** An area for every thread; those of machine files have none. */
const regionsOfAll = ({ art, threads, matches }: ThreadArt, palette: Palette): readonly SolidRegion[] =>
  threads.map((thread) => {
    const colour = colourOfThread(thread, palette);
    const known = art.regions.find((region) => region.colour.space === 'spot' && region.colour.name === colour.name);
    const pointers = matches.filter((match) => isSameThread(match.thread, thread)).map(({ pointer }) => pointer);
    return known ?? { colour, path: EMPTY_PATH, pointers };
  });

/** Thin joins and tips of wider strokes are sewn with them: only lines that are thin all along become single lines of thread, or hold no foam. */
const thinLines = (art: SolidArt, minMm: number, puff: boolean): readonly Finding[] =>
  checkStrokes(art, { errorMm: minMm, warnMm: minMm }, 'warn')
    .filter(({ severity }) => severity === 'error')
    .map((finding) => ({
      ...finding,
      severity: 'warning',
      hint: `${puff ? 'Stitches press the foam flat there.' : 'It may be sewn as a single line of thread.'} ${finding.hint}`,
    }));

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

const seenThreads = ({ threads }: ThreadArt, regions: readonly SolidRegion[], palette: Palette) =>
  threads.map((thread) => {
    const plate = colourOfThread(thread, palette).name;
    const region = regions.find(({ colour }) => colour.space === 'spot' && colour.name === plate);
    return { name: `The thread "${thread.name}"`, colour: colourFromHex(thread.colour) ?? WHITE, pointer: region?.pointers[0] ?? '' };
  });

/** Colours of the art that no thread comes near. */
const checkMatches = ({ matches }: ThreadArt, { farColourDe }: EmbroiderySettings, palette: Palette): readonly Finding[] =>
  matches.flatMap(({ thread, distance, pointer }): readonly Finding[] => {
    if (distance <= farColourDe) return [];
    const swatch = palette.swatches.find(({ name, code = '' }) => name === thread.name && code === thread.code);
    return [
      {
        severity: 'warning',
        code: 'colour.far',
        pointer,
        message: `No thread of this shop has this colour: it is sewn in "${thread.name}" (${thread.colour}), which looks different.`,
        hint: `Use one of the threads: { "swatch": "${swatch?.id ?? thread.name}", "palette": "${palette.id}" }.`,
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

const checkHoop = (scene: Scene, settings: EmbroiderySettings, pointer: string): readonly Finding[] => {
  const painted = boundsOfNodes(scene.nodes);
  const box = painted && intersectionOf(painted, trimRegion(scene.area));
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

/** Stitches of the art by estimate, pieces of cloth by their borders alone. */
const estimateOf = ({ art, threads }: ThreadArt, settings: EmbroiderySettings, palette: Palette): number => {
  const choose = patchChooser(settings, palette);
  const options = optionsForThread(digitizeOptions(settings), { weight: WEIGHT_NUMBERS[settings.weight] });
  return art.regions.reduce((sum, { colour, path }) => {
    const thread = threads.find((one) => colour.space === 'spot' && colourOfThread(one, palette).name === colour.name);
    const work = thread ? choose(thread) : null;
    if (!thread || !work) return sum + estimatedStitches([path], options);
    const { cloth, rest } = partedByCloth({ path, thread, stitch: 'applique', patch: work, pointers: [], label: '', angleDeg: null });
    return sum + estimatedPatchStitches(cloth, work, options) + estimatedStitches(rest, options);
  }, 0);
};

const checkCount = (found: ThreadArt, settings: EmbroiderySettings, palette: Palette, pointer: string): readonly Finding[] => {
  const { maxStitches } = settings;
  const finished = found.files.reduce((sum, plan) => sum + stitchFacts(plan).stitches, 0);
  const stitches = finished + estimateOf(found, settings, palette);
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
