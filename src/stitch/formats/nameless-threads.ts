import type { Thread } from '../plan.ts';

/** Colours that are easy to tell apart, for files that name none. */
const COLOURS = ['#1b1b1b', '#c8102e', '#0057b7', '#00843d', '#ffb81c', '#7b3f98', '#e87722', '#8c8c8c', '#5b3a1e', '#e56db1'] as const;

/** A thread for the block of that number in a file without colours. */
export const namelessThread = (block: number): Thread => ({
  colour: COLOURS[block % COLOURS.length] ?? '#000000',
  name: `Thread ${block + 1}`,
  code: '',
  maker: '',
  weight: 40,
});

/** A thread that a file gives as a colour alone. */
export const plainThread = (colour: string, name = '', code = ''): Thread => ({ colour, name, code, maker: '', weight: 40 });

export const hexOfRgb = (r: number, g: number, b: number): string =>
  `#${[r, g, b].map((value) => (value & 0xff).toString(16).padStart(2, '0')).join('')}`;
