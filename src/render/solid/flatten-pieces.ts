import type { Colour, SrgbColour } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import { boundsOfPath, isEmptyPath, type Path } from '../../geometry/path.ts';
import { intersectionOf, type Rect } from '../../geometry/point.ts';
import { intersectPaths, subtractPaths, unionPaths } from '../../geometry/polygons.ts';
import { screenColour } from '../raster/screen-colour.ts';
import type { SolidPiece } from './solid-art.ts';

/** A piece through which what lies beneath may show. */
export type ClearPiece = SolidPiece & { readonly opacity: number };

/** CIEDE2000: below it nobody sees that something lies there. */
const LEAST_DE = 2;

type Seen = { readonly colour: Colour; readonly path: Path; readonly box: Rect };

/**
 * The same picture in pieces that nothing shows through: what is see-through becomes the colours it gives on those beneath it, and on the ground
 * where nothing is. Colours mix as on a screen. What cannot be told from what lies beneath is left out, and parts of one piece that become one
 * material are one.
 * @param materialOf - names what a colour is going to be made of
 */
export const flattenPieces = (
  pieces: readonly ClearPiece[],
  ground: Colour,
  materialOf: (colour: Colour, pointer: string) => string,
  toleranceMm: number,
): readonly SolidPiece[] => {
  let seen: readonly Seen[] = [];
  const clear = pieces.filter(({ opacity }) => opacity < 1).map(({ path }) => boundsOfPath(path));
  return pieces.flatMap(({ opacity, ...piece }): readonly SolidPiece[] => {
    const box = boundsOfPath(piece.path);
    if (!box) return [];
    // Nobody looks at what lies beneath opaque art.
    if (!clear.some((other) => other && intersectionOf(other, box))) return [piece];
    const without = seen.flatMap((one) => minus(one, piece.path, box, toleranceMm));
    if (opacity >= 1) {
      seen = [...without, { colour: piece.colour, path: piece.path, box }];
      return [piece];
    }
    const laid = laidOn(seen, { ...piece, opacity }, ground, toleranceMm);
    seen = [...without, ...laid.flatMap(({ path, shown }) => seenOf(path, shown))];
    const told = laid.filter(({ shown, beneath }) => colourDistance(shown, screenColour(beneath)) >= LEAST_DE);
    return welded(told, (colour) => materialOf(colour, piece.pointer), toleranceMm).map((part) => ({ ...piece, ...part }));
  });
};

const welded = (
  laid: readonly Laid[],
  materialOf: (colour: Colour) => string,
  toleranceMm: number,
): readonly { readonly path: Path; readonly colour: Colour }[] => {
  const parts = new Map<string, Laid[]>();
  for (const one of laid) {
    const material = materialOf(one.shown);
    const known = parts.get(material);
    if (known) known.push(one);
    else parts.set(material, [one]);
  }
  return [...parts.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const path =
      others.length === 0
        ? first.path
        : unionPaths(
            [first, ...others].map((one) => one.path),
            'nonzero',
            toleranceMm,
          );
    return [{ path, colour: first.shown }];
  });
};

type Laid = { readonly path: Path; readonly shown: SrgbColour; readonly beneath: Colour };

/** The parts of a see-through piece, by what lies beneath. */
const laidOn = (seen: readonly Seen[], piece: ClearPiece, ground: Colour, toleranceMm: number): readonly Laid[] => {
  const laid: Laid[] = [];
  let rest = piece.path;
  for (const { colour, path, box } of seen) {
    const bounds = boundsOfPath(rest);
    if (!bounds) break;
    if (!intersectionOf(bounds, box)) continue;
    const both = intersectPaths(rest, path, 'nonzero', toleranceMm);
    if (isEmptyPath(both)) continue;
    laid.push({ path: both, shown: mixed(colour, piece), beneath: colour });
    rest = subtractPaths(rest, path, 'nonzero', toleranceMm);
  }
  return isEmptyPath(rest) ? laid : [...laid, { path: rest, shown: mixed(ground, piece), beneath: ground }];
};

const mixed = (beneath: Colour, { colour, opacity }: ClearPiece): SrgbColour => {
  const [below, above] = [screenColour(beneath), screenColour(colour)];
  // Whole steps of a byte: equal mixtures are one thread.
  const mix = (a: number, b: number): number => Math.round((a + (b - a) * opacity) * 255) / 255;
  return { space: 'srgb', r: mix(below.r, above.r), g: mix(below.g, above.g), b: mix(below.b, above.b) };
};

const minus = (one: Seen, path: Path, box: Rect, toleranceMm: number): readonly Seen[] =>
  intersectionOf(one.box, box) ? seenOf(subtractPaths(one.path, path, 'nonzero', toleranceMm), one.colour) : [one];

const seenOf = (path: Path, colour: Colour): readonly Seen[] => {
  const box = boundsOfPath(path);
  return box ? [{ colour, path, box }] : [];
};
