import type { PaintInput } from './paint.ts';

type Gradient = Extract<PaintInput, { readonly linear: unknown } | { readonly radial: unknown }>;

const stopsOf = (from: string, to: string) => [
  { offset: 0, colour: from, opacity: 1 },
  { offset: 1, colour: to, opacity: 1 },
];

const falling = (from: string, to: string): Gradient => ({ linear: { angle: 90, stops: stopsOf(from, to) } });
const glowing = (from: string, to: string): Gradient => ({ radial: { x: 0.5, y: 0.45, radius: 0.75, stops: stopsOf(from, to) } });

/** Grounds for mockups that need no picture, by name: gradients as a spec could write them itself. */
export const BACKDROPS = {
  paper: falling('#f9f8f5', '#ebe8e2'),
  mist: falling('#eef2f5', '#cdd6de'),
  sand: falling('#f4eadc', '#dcc9b0'),
  blush: falling('#f9e8e5', '#e6c1bb'),
  sage: falling('#e8eee4', '#bccab5'),
  sky: falling('#deedf8', '#a9c8e3'),
  spotlight: glowing('#f4f4f2', '#b9bcc2'),
  dusk: glowing('#6a7186', '#262a35'),
} as const satisfies Readonly<Record<string, Gradient>>;

export type BackdropName = keyof typeof BACKDROPS;

// Object.keys forgets the names' type.
export const BACKDROP_NAMES = Object.keys(BACKDROPS) as readonly BackdropName[];
