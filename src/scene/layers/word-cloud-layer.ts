import { joinPaths, type Path, transformPath } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import type { ColourInput } from '../../model/paint.ts';
import { Problem } from '../../model/problem.ts';
import type { WordCloudFields } from '../../model/special-layers.ts';
import { ringsOf } from '../special/cell-mask.ts';
import { filled } from '../special/draw.ts';
import { FIGURE_EM, figureOf } from '../special/figure.ts';
import { type CloudWord, placeWords } from '../special/place-words.ts';
import { seeded } from '../special/seeded.ts';
import type { ComposeContext, Composed } from './context.ts';
import { outlineIn } from './shape-layer.ts';

type Word = {
  readonly text: string;
  readonly weight: number;
  readonly colour: ColourInput | undefined;
  readonly index: number;
  readonly pointer: string;
};

/** The smallest word, beside the largest: a heap of tiny words is no picture. */
const LEAST_SHARE = 0.2;
const NAMED = 12;
/** More words than the schema lets a list have. */
const MAX_WORDS = 400;

/** Of words that nobody weighed, each counts a little less than the one before. */
const importance = (index: number): number => 1 / (1 + index * 0.35);

/** A text: what comes again weighs more; where nothing does, what comes first. Spelling and case of the first stay. */
const wordsInText = (text: string, pointer: string): readonly Word[] => {
  const counts = new Map<string, { readonly text: string; count: number }>();
  for (const part of text.split(/[\n\r\u2028\u2029,;、，]+/u)) {
    const word = part.trim();
    const known = counts.get(word.toLowerCase());
    if (known) known.count += 1;
    else if (word !== '') counts.set(word.toLowerCase(), { text: word, count: 1 });
  }
  const words = [...counts.values()];
  const once = words.every(({ count }) => count === 1);
  if (words.length > MAX_WORDS) {
    throw new Problem('words.too-many', `expected at most ${MAX_WORDS} words in a cloud, got ${words.length}`, {
      pointer,
      hint: 'leave words out',
    });
  }
  return words.map((word, index) => ({
    text: word.text,
    weight: once ? importance(index) : word.count,
    colour: undefined,
    index,
    pointer,
  }));
};

const wordsOf = ({ words }: WordCloudFields, pointer: string): readonly Word[] => {
  if (typeof words === 'string') return [...wordsInText(words, `${pointer}/words`)].sort(heavierFirst);
  const ordered = words.every((word) => typeof word === 'string');
  return words
    .map((word, index) => {
      const at = { index, pointer: `${pointer}/words/${index}` };
      return typeof word === 'string'
        ? { text: word.trim(), weight: ordered ? importance(index) : 1, colour: undefined, ...at }
        : { text: word.text.trim(), weight: word.weight, colour: word.colour, ...at };
    })
    .filter(({ text }) => text !== '')
    .sort(heavierFirst);
};

const heavierFirst = (a: Word, b: Word): number => b.weight - a.weight || a.index - b.index;

/** Words in a shape, each as large as its weight; the same seed gives the same cloud. */
export const composeWordCloud = (layer: WordCloudFields, box: Rect, pointer: string, { fonts }: ComposeContext): Composed => {
  const shape = outlineIn(layer.shape, box, `${pointer}/shape`);
  const words = wordsOf(layer, pointer);
  const heaviest = Math.max(words[0]?.weight ?? 1, 1e-12);
  const random = seeded(layer.seed ^ 0x5bd1_e995);
  const findings: Finding[] = [];
  const drawn = words.flatMap((word): readonly (CloudWord & { readonly source: Word; readonly path: Path })[] => {
    const { glyphs, ink, findings: told } = figureOf({ text: word.text, font: layer.font }, fonts, word.pointer);
    findings.push(...told);
    const angle = pickAngle(layer, random);
    if (!ink || ink.width <= 0 || ink.height <= 0) return [];
    const path = joinPaths(glyphs);
    return [
      {
        text: word.text,
        path,
        rings: ringsOf(path, FIGURE_EM / 300),
        ink,
        share: Math.max(LEAST_SHARE, Math.sqrt(word.weight / heaviest)),
        angle,
        source: word,
      },
    ];
  });
  if (drawn.length === 0) return { nodes: [], findings };
  const { minSize, maxSize, gap: gapMm, seed, fillUp } = layer;
  const { placed, missing } = placeWords({ words: drawn, shape, box, em: FIGURE_EM, minSize, maxSize, gapMm, seed, fillUp });
  const nodes = placed.flatMap(({ word, map }, i) => {
    const one = drawn[word];
    if (!one) return [];
    const colour = one.source.colour ?? layer.colours[(i < drawn.length ? one.source.index : i) % layer.colours.length] ?? '#000000';
    return [filled(transformPath(one.path, map), colour, one.source.pointer)];
  });
  return {
    nodes,
    findings: [
      ...findings,
      ...notPlaced(
        missing.flatMap((i) => drawn[i]?.source.text ?? []),
        layer,
        pointer,
      ),
    ],
  };
};

/** The first word stays level: it is read first. */
const pickAngle = ({ angles, turned }: WordCloudFields, random: () => number): number => {
  const [usual = 0, ...others] = angles;
  const [coin, which] = [random(), random()];
  return others.length > 0 && coin < turned ? (others[Math.floor(which * others.length)] ?? usual) : usual;
};

const notPlaced = (missing: readonly string[], { minSize }: WordCloudFields, pointer: string): readonly Finding[] => {
  if (missing.length === 0) return [];
  const named = missing.slice(0, NAMED).map((text) => `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`);
  const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
  return [
    {
      severity: 'warning',
      code: 'words.not-placed',
      pointer: `${pointer}/words`,
      message: `There is no room for ${named.join(', ')}${more} at the smallest size of ${minSize} mm: left out.`,
      hint: 'Use fewer or shorter words, a larger shape or a smaller minSize.',
      measured: missing.length,
      required: 0,
    },
  ];
};
