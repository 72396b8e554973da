type Blend = (below: number, above: number) => number;

const burn: Blend = (b, s) => (b >= 1 ? 1 : s <= 0 ? 0 : 1 - Math.min(1, (1 - b) / s));
const dodge: Blend = (b, s) => (b <= 0 ? 0 : s >= 1 ? 1 : Math.min(1, b / (1 - s)));
const hard: Blend = (b, s) => (s <= 0.5 ? b * 2 * s : 1 - (1 - b) * (2 - 2 * s));
const vivid: Blend = (b, s) => (s <= 0.5 ? burn(b, 2 * s) : dodge(b, 2 * s - 1));
const held = (v: number): number => Math.min(1, Math.max(0, v));

const soft: Blend = (b, s) => {
  if (s <= 0.5) return b - (1 - 2 * s) * b * (1 - b);
  return b + (2 * s - 1) * ((b <= 0.25 ? ((16 * b - 12) * b + 4) * b : Math.sqrt(b)) - b);
};

const SEPARABLE: Readonly<Record<string, Blend>> = {
  normal: (_, s) => s,
  multiply: (b, s) => b * s,
  screen: (b, s) => b + s - b * s,
  darken: Math.min,
  lighten: Math.max,
  overlay: (b, s) => hard(s, b),
  'hard light': hard,
  'soft light': soft,
  'color burn': burn,
  'color dodge': dodge,
  'linear burn': (b, s) => held(b + s - 1),
  'linear dodge': (b, s) => held(b + s),
  'vivid light': vivid,
  'linear light': (b, s) => held(b + 2 * s - 1),
  'pin light': (b, s) => (s <= 0.5 ? Math.min(b, 2 * s) : Math.max(b, 2 * s - 1)),
  'hard mix': (b, s) => (b + s >= 1 ? 1 : 0),
  difference: (b, s) => Math.abs(b - s),
  exclusion: (b, s) => b + s - 2 * b * s,
  subtract: (b, s) => held(b - s),
  divide: (b, s) => (s <= 0 ? 1 : held(b / s)),
};

/** Modes whose effect on what lies below is shade, light or cover, and so is carried over print as it is. */
const LIGHT_LIKE: ReadonlySet<string> = new Set(['normal', 'multiply', 'screen', 'linear dodge', 'pass through']);

/** The function of a blend mode on one channel, 0..1 encoded (formulas: PDF 2.0, 11.3.5, and their known relatives); null for others. */
export const blendOf = (mode: string): Blend | null => SEPARABLE[mode] ?? null;

export const isLightLike = (mode: string): boolean => LIGHT_LIKE.has(mode);
