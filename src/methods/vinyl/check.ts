import { boundsOfPath, isEmptyPath, type Path } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import { areaOfPath, intersectPaths, subtractPaths } from '../../geometry/polygons.ts';
import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkColours } from '../checks/colours.ts';
import { checkContrast } from '../checks/contrast.ts';
import { checkGaps } from '../checks/gaps.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkLetteringSize } from '../checks/lettering-size.ts';
import type { MmLimits } from '../checks/limits.ts';
import { checkMirrored } from '../checks/mirrored.ts';
import { checkPieces } from '../checks/pieces.ts';
import { checkInsideArea } from '../checks/placement.ts';
import { checkSolid } from '../checks/solid.ts';
import { checkStrokes } from '../checks/strokes.ts';
import type { CheckFacts } from '../method.ts';
import { checkSwallowed } from '../swallowed-art.ts';
import { checkBorders } from './check-borders.ts';
import { checkCorners } from './check-corners.ts';
import { checkFarColours } from './check-far-colours.ts';
import { checkHoop } from './check-hoop.ts';
import { frameOf } from './cut-sheet.ts';
import { isMirrored, type VinylSettings } from './settings.ts';
import { islandsOf } from './under-layers.ts';
import { colourOfSwatch, plateColourOf } from './vinyl-colours.ts';
import { type VinylLayer, vinylLayers } from './vinyl-layers.ts';

/** Limits are promised to hundredths. */
const CHECK_TOLERANCE_MM = 0.01;

/** What can still be cut by a patient hand, as a share of what holds well. */
const AT_THE_LEAST = 0.5;

const limits = (mm: number): MmLimits => ({ warnMm: mm, errorMm: mm * AT_THE_LEAST });

export const checkVinyl = (scene: Scene, settings: VinylSettings, facts: CheckFacts): readonly Finding[] => {
  const blank = checkBlank(scene, facts.articleColour, facts.pointer);
  const palette = facts.palette(settings.palette);
  const { layers, pieces, refused } = vinylLayers(scene, settings, palette, CHECK_TOLERANCE_MM);
  const regions = layers.map(({ swatch, path, pointers }) => ({ colour: plateColourOf(swatch), path, pointers }));
  const art = { regions, pieces, refused };
  const letters = limits(settings.minLetterMm);
  return [
    ...blank,
    ...checkInsideArea(scene),
    ...checkBorders(scene, settings, facts.pointer),
    ...checkKeepOuts(scene),
    ...checkSolid(art, settings.kind === 'twill' ? 'Twill' : 'Vinyl'),
    ...checkSwallowed(pieces),
    ...checkColours(
      art,
      { most: settings.maxLayers, noun: settings.kind === 'twill' ? ['twill', 'twills'] : ['vinyl', 'vinyls'] },
      facts.pointer,
    ),
    ...checkFarColours(scene, settings, palette),
    ...checkAgainstArticle(layers, settings, facts),
    ...checkOnGlitter(layers, settings),
    ...checkPieces(art, { errorMm: settings.minPieceMm, warnMm: settings.minPieceMm }),
    ...checkStrokes(art, limits(settings.minStrokeMm)),
    // What is left in a narrow gap looks untidy, yet nothing falls off.
    ...checkGaps(art, { warnMm: settings.minGapMm, errorMm: 0 }),
    // Small letters are about seven tenths of their capitals.
    ...checkLetteringSize(scene, { capital: letters, small: limits(settings.minLetterMm * 0.7) }),
    ...(settings.kind === 'twill' ? checkCorners(layers, settings.minRadiusMm) : []),
    ...checkHoop(layers, settings, facts.pointer),
    ...(settings.nest === 'none' ? [] : checkRoll(layers, settings, facts.pointer)),
    ...checkMirrored(scene, isMirrored(settings), 'film on a carrier is cut from behind', facts.pointer),
  ];
};

/** The lowest layer touches the article, and so does an upper one that lies beside it; one that lies on it stands out against it instead. */
const checkAgainstArticle = (
  layers: readonly VinylLayer[],
  { kind }: VinylSettings,
  { articleColour, pointer }: CheckFacts,
): readonly Finding[] =>
  layers
    .filter(({ path }, i) => i === 0 || liesBeside(path, layers.slice(0, i)))
    .flatMap(({ swatch, pointers }) =>
      checkContrast(
        [
          {
            name: `The ${kind === 'twill' ? 'twill' : 'vinyl'} "${swatch.name}"`,
            colour: colourOfSwatch(swatch),
            pointer: pointers[0] ?? pointer,
          },
        ],
        articleColour,
        layers.length > 1 ? { errorDe: 0, warnDe: 8 } : { errorDe: 8, warnDe: 20 },
      ),
    );

/** Whether most of a shape lies on none of the layers. */
const liesBeside = (path: Path, lower: readonly VinylLayer[]): boolean => {
  const bare = lower.reduce((rest, layer) => subtractPaths(rest, layer.path), path);
  return areaOfPath(bare) > areaOfPath(path) / 2;
};

/** Film does not hold on flakes; cloth is sewn on. */
const checkOnGlitter = (layers: readonly VinylLayer[], { kind }: VinylSettings): readonly Finding[] => {
  if (kind === 'twill') return [];
  return layers.flatMap(({ swatch, path, pointers }, i): readonly Finding[] => {
    const upper = layers.slice(i + 1).find((one) => !isEmptyPath(intersectPaths(path, one.path)));
    if (!upper || (swatch.finish !== 'glitter' && swatch.finish !== 'holographic')) return [];
    return [
      {
        severity: 'warning',
        code: 'layer.on-glitter',
        pointer: upper.pointers[0] ?? pointers[0] ?? '',
        message: `"${upper.swatch.name}" lies on "${swatch.name}", and most film does not hold on glitter.`,
        hint: 'Put the glitter on top, or set "layering" to "knockout" with a small "overlapMm".',
        measured: swatch.finish,
        required: 'a smooth vinyl below',
      },
    ];
  });
};

const checkRoll = (layers: readonly VinylLayer[], settings: VinylSettings, pointer: string): readonly Finding[] => {
  const frame = frameOf(layers, settings);
  const boxes = settings.nest === 'layers' ? [frame?.sheet ?? null] : layers.flatMap(({ path }) => islandsOf(path).map(boundsOfPath));
  const narrowest = Math.max(0, ...boxes.map((box) => (box ? narrowSide(box) : 0)));
  if (narrowest <= settings.rollWidthMm) return [];
  return [
    {
      severity: 'error',
      code: 'roll.narrow',
      pointer,
      message: `A piece of ${Math.round(narrowest)} mm does not fit onto a roll of ${settings.rollWidthMm} mm, whichever way it lies.`,
      hint: 'Make the art smaller, use a wider roll, or set "nest" to "pieces".',
      measured: Math.round(narrowest * 10) / 10,
      required: settings.rollWidthMm,
      unit: 'mm',
    },
  ];
};

const narrowSide = ({ width, height }: Rect): number => Math.min(width, height);
