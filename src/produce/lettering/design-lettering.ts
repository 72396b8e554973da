import type { DesignSpec } from '../../model/design-spec.ts';
import type { Layer } from '../../model/layers.ts';
import { isProblem } from '../../model/problem.ts';
import type { Resources } from '../../model/resources.ts';
import type { MissingLetters, OpenDesign } from '../../personalize/filled-design.ts';
import { graphemesOf } from '../../personalize/template/letters.ts';
import { layersOf } from '../../scene/walk.ts';
import { textsOfLayer } from '../texts-of-spec.ts';
import { lettersOfFont } from './font-letters.ts';

/** Code points by family in small letters; null for a family that is not known, or cannot be read. */
type Coverage = ReadonlyMap<string, ReadonlySet<number> | null>;

const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Z}]$/u;
/** Emoji have a font of their own. */
const MAY_BE_EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\u20e3|\ufe0f|\p{Emoji_Modifier}|\p{Regional_Indicator}/u;

const pointOf = (char: string): number => char.codePointAt(0) ?? 0;

const hasChar = (letters: ReadonlySet<number>, char: string): boolean => {
  if (UNSEEN.test(char) || letters.has(pointOf(char))) return true;
  const parts = char.normalize('NFD');
  return parts !== char && [...parts].every((part) => letters.has(pointOf(part)));
};

const missingIn = (text: string, families: readonly string[], hasEmoji: boolean, coverage: Coverage): readonly string[] => {
  const sets = families.map((family) => coverage.get(family.toLowerCase()) ?? null);
  // Of a font that nobody could look into, nothing is claimed.
  if (sets.length === 0 || sets.includes(null)) return [];
  const known = sets.filter((set) => set !== null);
  // Nearly always the first font has everything, and letters need not be told apart.
  if ([...text].every((char) => known[0]?.has(pointOf(char)))) return [];
  const isThere = (letter: string): boolean =>
    (hasEmoji && MAY_BE_EMOJI.test(letter)) || known.some((set) => [...letter].every((char) => hasChar(set, char)));
  return [...new Set(graphemesOf(text).filter((letter) => !isThere(letter)))];
};

/** Families that a member names: {"family": …}, or a list of these. */
const familiesIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(familiesIn);
  const family: unknown = value !== null && typeof value === 'object' ? Reflect.get(value, 'family') : undefined;
  return typeof family === 'string' ? [family] : [];
};

const inCase = (text: string, how: unknown): string => (how === 'upper' ? text.toUpperCase() : how === 'lower' ? text.toLowerCase() : text);

type Piece = { readonly text: string; readonly families: readonly string[] };

/** What a layer sets, with the fonts it may be set in: a run in its own, everything else in any of the layer's. */
const piecesOf = (layer: Layer, pointer: string): readonly Piece[] => {
  const own = Object.entries(layer).flatMap(([name, value]) => (/font$/i.test(name) ? familiesIn(value) : []));
  if (layer.type === 'text' && layer.runs)
    return layer.runs.map((run) => ({
      text: inCase(run.text, run.case ?? layer.case),
      families: run.font ? familiesIn(run.font) : own,
    }));
  const how = layer.type === 'text' ? layer.case : 'none';
  return textsOfLayer(layer, pointer).map(({ text }) => ({ text: inCase(text, how), families: own }));
};

const missingFrom =
  (coverage: Coverage): MissingLetters =>
  ({ placements }: DesignSpec) =>
    placements.flatMap(({ layers }, i) =>
      layersOf(layers, `/placements/${i}/layers`).flatMap(({ layer, pointer }) => {
        const hasEmoji = !('emoji' in layer) || layer.emoji !== false;
        return piecesOf(layer, pointer).flatMap(({ text, families }) => {
          const letters = missingIn(text, families, hasEmoji, coverage);
          return letters.length > 0 ? [{ text, letters }] : [];
        });
      }),
    );

/** Families named anywhere in a design: in its spec, its rules, and what its fonts may be chosen from. */
const familiesOf = ({ design, optionSets }: OpenDesign): ReadonlySet<string> => {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const family of familiesIn(Array.isArray(value) ? [] : value)) if (!family.includes('{{')) found.add(family.toLowerCase());
    for (const member of Object.values(value)) walk(member);
  };
  walk(design.spec);
  walk(design.rules);
  for (const field of design.fields) {
    if (field.kind !== 'font') continue;
    const options = 'set' in field.options ? (optionSets.get(field.options.set)?.options ?? []) : field.options;
    for (const { id, value } of options) {
      walk(value);
      if (typeof value === 'string' || value === undefined) found.add((value ?? id).toLowerCase());
    }
  }
  return found;
};

/**
 * Lets designs know which letters the fonts that they name have, so that an answer with others is refused while it can still be changed.
 * Fonts are looked into once, for as many designs as name them. What data alone chooses is left to preflight.
 */
export const openLettering = (font: Resources['font']): ((open: OpenDesign) => Promise<OpenDesign>) => {
  const known = new Map<string, Promise<ReadonlySet<number> | null>>();
  const look = async (family: string): Promise<ReadonlySet<number> | null> => {
    try {
      return lettersOfFont((await font({ family, weight: 400, italic: false })).bytes);
    } catch (error) {
      if (isProblem(error)) return null;
      throw error;
    }
  };
  const lettersOf = (family: string): Promise<ReadonlySet<number> | null> => {
    const found = known.get(family) ?? look(family);
    known.set(family, found);
    return found;
  };
  return async (open) => {
    const coverage = new Map(await Promise.all([...familiesOf(open)].map(async (family) => [family, await lettersOf(family)] as const)));
    return { ...open, missingLetters: missingFrom(coverage) };
  };
};
