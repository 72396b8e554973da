import type { DesignSpec } from '../model/design-spec.ts';
import type { Layer } from '../model/layers.ts';
import { layersOf } from '../scene/walk.ts';

export type SpecText = { readonly pointer: string; readonly text: string; readonly language: string };

/** Members of layers that are set in letters, by name. What a code holds is read by machines, and sources are no texts. */
const SET_IN_LETTERS: ReadonlySet<string> = new Set([
  ...['text', 'name', 'number', 'title', 'artist', 'letters', 'words', 'items', 'label', 'value', 'caption', 'place', 'date'],
]);
const WITHOUT_LETTERS: ReadonlySet<Layer['type']> = new Set(['code', 'image', 'svg', 'shape', 'collage']);

const textsIn = (value: unknown, pointer: string): readonly Omit<SpecText, 'language'>[] => {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ pointer, text: value }];
  if (Array.isArray(value)) return value.flatMap((one: unknown, i) => textsIn(one, `${pointer}/${i}`));
  return value !== null && typeof value === 'object' ? membersIn(value, pointer) : [];
};

const membersIn = (record: object, pointer: string): readonly Omit<SpecText, 'language'>[] =>
  Object.entries(record).flatMap(([name, value]: [string, unknown]) =>
    SET_IN_LETTERS.has(name) ? textsIn(value, `${pointer}/${name}`) : [],
  );

/** The same of one layer. */
export const textsOfLayer = (layer: Layer, pointer: string): readonly SpecText[] => {
  if (WITHOUT_LETTERS.has(layer.type) || layer.type === 'group' || layer.type === 'pattern') return [];
  const language = 'locale' in layer && layer.locale !== undefined ? layer.locale : 'en';
  // Runs are one text: a word may go from one to the next.
  const found =
    layer.type === 'text' && layer.runs
      ? [{ pointer: `${pointer}/runs`, text: layer.runs.map(({ text }) => text).join('') }]
      : membersIn(layer, pointer);
  return found.map((one) => ({ ...one, language }));
};

/** Everything that a spec has set in letters, with where it stands and in which language; in paint order. */
export const textsOfSpec = ({ placements }: DesignSpec): readonly SpecText[] =>
  placements.flatMap(({ layers }, i) =>
    layersOf(layers, `/placements/${i}/layers`).flatMap(({ layer, pointer }) => textsOfLayer(layer, pointer)),
  );
