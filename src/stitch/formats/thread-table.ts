import type { SrgbColour } from '../../colour/colour.ts';
import { deltaE2000 } from '../../colour/delta-e.ts';
import { type Lab, labOfSrgb } from '../../colour/lab.ts';
import type { Thread } from '../plan.ts';
import { rgbOf } from './inf.ts';
import { plainThread } from './nameless-threads.ts';

/** The fixed threads that a format knows by number. Entry 0 is no thread. */
export type ThreadTable = { readonly threads: readonly Thread[]; readonly labs: readonly Lab[] };

const srgbOf = (thread: Thread): SrgbColour => {
  const [r, g, b] = rgbOf(thread);
  return { space: 'srgb', r: r / 255, g: g / 255, b: b / 255 };
};

/** From text: entries "rrggbb name" or "rrggbb name/code", separated by "|", numbered from 1. */
export const parseThreadTable = (text: string): ThreadTable => {
  const threads = text.split('|').map((entry) => {
    const [name = '', code = ''] = entry.slice(7).trim().split('/');
    return plainThread(`#${entry.slice(0, 6)}`, name, code);
  });
  return { threads: [plainThread('#000000'), ...threads], labs: [{ l: 0, a: 0, b: 0 }, ...threads.map((one) => labOfSrgb(srgbOf(one)))] };
};

/** Number of the nearest thread by CIEDE2000 that is not `taken`; when all are, of the nearest of all. */
export const nearestThread = ({ labs }: ThreadTable, thread: Thread, taken: ReadonlySet<number>): number => {
  const lab = labOfSrgb(srgbOf(thread));
  let best = { index: 0, distance: Number.POSITIVE_INFINITY };
  for (let index = 1; index < labs.length; index += 1) {
    const entry = labs[index];
    if (!entry || taken.has(index)) continue;
    const distance = deltaE2000(lab, entry);
    if (distance < best.distance) best = { index, distance };
  }
  return best.index === 0 ? nearestThread({ threads: [], labs }, thread, new Set()) : best.index;
};

/** What makes two threads one to a machine. */
export const threadKey = ({ colour, code, name }: Thread): string => `${colour.toLowerCase()}|${code}|${name}`;
