/**
 * In which order decorations go onto one article, first to last, by production practice (judgement): dye into bare cloth and ink on flat sheets
 * first; what is sewn before what is pressed on, which needles would tear; lasers before ink and foil, which their smoke soils.
 */
const WORK_ORDER: readonly string[] = [
  'sublimation',
  'paper-print',
  'screen-print',
  'dtg',
  'engraving',
  'embroidery',
  'uv-print',
  'hot-stamp',
  'dtf',
  'vinyl',
];

/** Before, with or after another: negative, 0 or positive. Methods that nobody knows come last. */
export const workRank = (method: string): number => {
  const rank = WORK_ORDER.indexOf(method);
  return rank < 0 ? WORK_ORDER.length : rank;
};

export type MethodConflict = {
  readonly methods: readonly [string, string];
  readonly severity: 'error' | 'warning';
  readonly reason: string;
  readonly hint: string;
};

/** Methods that do not go onto one article, or only with care (judgement; products add their own). */
export const METHOD_CONFLICTS: readonly MethodConflict[] = [
  {
    methods: ['sublimation', 'dtg'],
    severity: 'error',
    reason: 'Dye needs polyester at 200 °C, and ink straight onto cloth needs cotton and a fluid that turns yellow in that heat.',
    hint: 'Print all of it by one of the two.',
  },
  {
    methods: ['sublimation', 'dtf'],
    severity: 'warning',
    reason: 'Dye moves on into film that is pressed over it and stains its white.',
    hint: 'Use film that blocks dye, and press it as cool as it takes.',
  },
  {
    methods: ['sublimation', 'vinyl'],
    severity: 'warning',
    reason: 'Dye moves on into vinyl that is pressed over it and stains it.',
    hint: 'Use vinyl that blocks dye, and press it as cool as it takes.',
  },
];
