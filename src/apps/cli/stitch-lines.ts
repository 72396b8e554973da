import type { BlockFacts } from '../../stitch/formats/stitch-facts.ts';
import type { StitchRemark } from '../../stitch/region.ts';

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** A colour of a design as one line: its number, colour, thread, stitches and length. */
export const blockLine = ({ thread, stitches, threadMm, stopAfter }: BlockFacts, index: number): string =>
  [
    `  ${String(index + 1).padStart(3)}`,
    thread.colour,
    [thread.maker, thread.code, thread.name].filter((text) => text !== '').join(' '),
    `${counted(stitches, 'stitch', 'stitches')}, ${(threadMm / 1000).toFixed(1)} m${stopAfter ? ', then a stop' : ''}`,
  ]
    .filter((text) => text !== '')
    .join('  ');

const WORDS: Readonly<Record<StitchRemark['code'], string>> = {
  'patch.small': 'too small to be sewn well',
  'stitch.thin': 'thinner than a thread shows',
  'stitch.dense': 'more thread in one place than cloth takes',
  'stitch.long': 'stitches so long that they catch',
  'stitch.skipped': 'too small for a needle, left out',
  'stitch.too-many': 'more stitches than usual',
  'stitch.too-complex': 'an outline with too many points, left out',
};

const figure = (value: number): string => String(Math.round(value * 100) / 100);

/** What the digitiser says of one place, as one line. */
export const remarkLine = ({ code, at, measured, required, unit }: StitchRemark, label: string): string => {
  const where = `${label === '' ? '' : `${label}, `}at ${figure(at.x)}, ${figure(at.y)} mm`;
  return `${WORDS[code]}: ${figure(measured)} ${unit}, expected ${figure(required)}, ${where}`;
};
