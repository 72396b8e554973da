import { type Affine, multiply, scaling } from '../../geometry/affine.ts';
import { joinPaths, type Path, transformPath } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import { warpPath } from '../../geometry/warp.ts';
import type { HandwritingFields } from '../../model/special-layers.ts';
import type { GlyphsNode, PlacedGlyph, SceneNode } from '../scene.ts';
import { seeded } from '../special/seeded.ts';
import { setText } from '../special/set-text.ts';
import type { ComposeContext, Composed } from './context.ts';

/** Beyond so many letters, each is moved but not redrawn: a page of prose would take seconds. */
const MAX_REDRAWN = 1500;

/** What wildness 1 does, in sizes of type or degrees. */
const BASELINE = 0.045;
const WANDER = 0.07;
const SIZE = 0.09;
const LEAN_DEG = 5;
const STEP = 0.018;
/** How far the outline of a letter strays from that of the font. */
const STRAY = 0.02;

type Random = () => number;
/** From -1 to 1, most often near 0. */
const swing = (random: Random): number => random() + random() - 1;

/** Lettering that looks written: no two letters are alike, lines wander, and the same seed writes the same again. */
export const composeHandwriting = (layer: HandwritingFields, box: Rect, pointer: string, { fonts }: ComposeContext): Composed => {
  const { slant: _slant, wildness, drift, seed, ...text } = layer;
  const rise = Math.min(Math.abs(drift), box.height * 0.5);
  const inner = { ...box, height: box.height - rise, y: box.y + rise / 2 };
  const set = setText({ ...textOf(text), edge: 'ink', emoji: layer.emoji }, inner, fonts, pointer);
  const letters = set.nodes.reduce((sum, node) => sum + (node.kind === 'glyphs' ? node.glyphs.length : 0), 0);
  const pen: Pen = {
    random: seeded(seed),
    wildness,
    slant: layer.slant,
    size: set.sizeMm,
    drift: -drift / box.width,
    box,
    redraws: letters <= MAX_REDRAWN,
  };
  return { nodes: set.nodes.map((node) => written(node, pen)), findings: set.findings };
};

const textOf = ({
  text,
  font,
  locale,
  direction,
  size,
  fit,
  align,
  valign,
  leading,
  fill,
}: Omit<HandwritingFields, 'slant' | 'wildness' | 'drift' | 'seed'>) => ({
  text,
  font,
  direction,
  size,
  fit,
  align,
  valign,
  leading,
  fill,
  ...(locale === undefined ? {} : { locale }),
});

type Pen = {
  readonly random: Random;
  readonly wildness: number;
  readonly slant: number;
  readonly size: number;
  /** Rise of a line for each mm it runs. */
  readonly drift: number;
  readonly box: Rect;
  readonly redraws: boolean;
};

const written = (node: SceneNode, pen: Pen): SceneNode => {
  if (node.kind !== 'glyphs') return node;
  const { wildness, size, random } = pen;
  const waves = [swing(random), swing(random)].map((strength, i) => ({ strength, phase: random() * 6.3, length: size * (9 + i * 14) }));
  const wander = (x: number): number =>
    waves.reduce((sum, { strength, phase, length }) => sum + strength * Math.sin((x / length) * 6.283 + phase), 0) *
    WANDER *
    wildness *
    size *
    0.6;
  const glyphs = node.glyphs.map((glyph): PlacedGlyph => {
    const middle = pen.box.x + pen.box.width / 2;
    const dy = swing(random) * BASELINE * wildness * size + wander(glyph.at[4]) + (glyph.at[4] - middle) * pen.drift;
    const dx = swing(random) * STEP * wildness * size;
    const scale = 1 + swing(random) * SIZE * wildness;
    const lean = Math.tan(((pen.slant + swing(random) * LEAN_DEG * wildness) * Math.PI) / 180);
    // In font units y runs down, so letters lean to the right where x grows as y falls.
    const shape: Affine = [1, 0, -lean, 1, 0, 0];
    const [a, b, c, d, e, f] = glyph.at;
    return { ...glyph, at: multiply([a, b, c, d, e + dx, f + dy], scaling(scale), shape) };
  });
  return pen.redraws && wildness > 0 ? redrawn({ ...node, glyphs }, pen) : { ...node, glyphs };
};

/** Every letter bent a little by waves of its own, so that two of a kind differ. */
const redrawn = (node: GlyphsNode, { random, wildness, size }: Pen): SceneNode => {
  const paths = node.glyphs.map(({ outline, at }): Path => {
    const reach = STRAY * wildness * size;
    const [p, q, r, s] = [random() * 6.3, random() * 6.3, random() * 6.3, random() * 6.3];
    const bend = (v: number, phase: number): number => Math.sin((v / size) * 5 + phase);
    return warpPath(
      transformPath(outline, at),
      ({ x, y }) => ({ x: x + reach * (bend(y, p) + 0.5 * bend(x, q)), y: y + reach * (bend(x, r) + 0.5 * bend(y, s)) }),
      0.02,
    );
  });
  return { kind: 'path', pointer: node.pointer, path: joinPaths(paths), fillRule: 'nonzero', fill: node.fill, stroke: null };
};
