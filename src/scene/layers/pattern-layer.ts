import { type Affine, about, invert, multiply, rotation, scaling, translation } from '../../geometry/affine.ts';
import { type Path, rectPath } from '../../geometry/path.ts';
import { centreOf, type Rect, rectOf } from '../../geometry/point.ts';
import type { PatternLayer } from '../../model/layers.ts';
import { Problem } from '../../model/problem.ts';
import { boundsOfRect } from '../bounds.ts';
import { repeatMotif } from '../repeat-motif.ts';
import { strewMotifs } from '../scatter/strew-motifs.ts';
import type { GroupNode, SceneNode } from '../scene.ts';
import { type ComposeContext, type Composed, joinComposed } from './context.ts';
import { outlineIn } from './shape-layer.ts';

/** More copies than this is a mistake in the tile size, not a pattern. */
const MAX_TILES = 20_000;

type Lattice = { readonly pitchX: number; readonly pitchY: number };

/**
 * The distance of tiles. A seamless pattern stretches it so that a whole number of repeats (an even one, where rows differ)
 * fills `repeat`: printed edge to edge the two ends meet.
 */
const latticeOf = (layer: PatternLayer, repeat: Rect): Lattice => {
  const pitchX = layer.tile.width + layer.gap;
  const pitchY = layer.tile.height + layer.gap;
  if (!layer.seamless) return { pitchX, pitchY };
  const whole = (length: number, pitch: number, multiple: number): number =>
    length / (Math.max(1, Math.round(length / pitch / multiple)) * multiple);
  const alternates = layer.arrangement === 'mirror' || layer.arrangement === 'rotated';
  return {
    pitchX: whole(repeat.width, pitchX, alternates || layer.arrangement === 'half-drop' ? 2 : 1),
    pitchY: whole(repeat.height, pitchY, alternates || layer.arrangement === 'brick' ? 2 : 1),
  };
};

const odd = (n: number): boolean => Math.abs(n) % 2 === 1;

/** How one tile is turned or shifted in the lattice, about its own middle. */
const tileMap = (layer: PatternLayer, column: number, row: number, { pitchX, pitchY }: Lattice, tile: Rect): Affine => {
  const at = translation(column * pitchX, row * pitchY);
  switch (layer.arrangement) {
    case 'grid':
      return at;
    case 'brick':
      return multiply(at, translation(odd(row) ? pitchX / 2 : 0, 0));
    case 'half-drop':
      return multiply(at, translation(0, odd(column) ? pitchY / 2 : 0));
    case 'mirror':
      return multiply(at, about(centreOf(tile), scaling(odd(column) ? -1 : 1, odd(row) ? -1 : 1)));
    case 'rotated':
      return multiply(at, about(centreOf(tile), rotation(((((column + 2 * row) % 4) + 4) % 4) * 90)));
    // Its tiles hold motifs that are turned one by one.
    case 'scatter':
      return at;
  }
};

/**
 * Repeats the tile over the whole box and clips it there.
 * @param repeat - what a seamless pattern must fill with whole repeats: the box, or the trim when the box runs into the bleed
 */
export const composePattern = (layer: PatternLayer, box: Rect, repeat: Rect, pointer: string, context: ComposeContext): Composed => {
  const lattice = latticeOf(layer, repeat);
  // The tile is composed at the corner of the repeat, in the middle of its pitch when seamless spacing changed it.
  const tile = rectOf(
    repeat.x + (lattice.pitchX - layer.tile.width) / 2,
    repeat.y + (lattice.pitchY - layer.tile.height) / 2,
    layer.tile.width,
    layer.tile.height,
  );
  const motifs = layer.layers.map((child, i) => context.layer(child, tile, `${pointer}/layers/${i}`));
  const motif = joinComposed(motifs);
  const turn = about(centreOf(box), rotation(layer.angle));
  const seen = boundsOfRect(box, invert(turn));
  const columns = span(seen.x - repeat.x, seen.width, lattice.pitchX);
  const rows = span(seen.y - repeat.y, seen.height, lattice.pitchY);
  if (columns.length * rows.length > MAX_TILES) {
    throw new Problem('pattern.too-many-tiles', `expected at most ${MAX_TILES} tiles, got ${columns.length * rows.length}`, {
      pointer: `${pointer}/tile`,
      hint: 'make the tile larger',
    });
  }
  const clip = layer.clip ? outlineIn(layer.clip, box, `${pointer}/clip`) : rectPath(box);
  if (layer.arrangement === 'scatter') {
    const cells = rows.flatMap((row) =>
      columns.map((column) => multiply(turn, translation(repeat.x + column * lattice.pitchX, repeat.y + row * lattice.pitchY))),
    );
    const strewn = strewMotifs(layer, motifs, lattice, cells, box, pointer);
    return { nodes: [clipped(strewn.nodes, clip, pointer)], findings: [...motif.findings, ...strewn.findings] };
  }
  const maps = rows.flatMap((row) => columns.map((column) => multiply(turn, tileMap(layer, column, row, lattice, tile))));
  const cell = rectOf(tile.x - layer.gap / 2, tile.y - layer.gap / 2, lattice.pitchX, lattice.pitchY);
  const copies = repeatMotif(motif.nodes, cell, maps);
  return { nodes: [clipped(copies, clip, pointer)], findings: motif.findings };
};

const clipped = (children: readonly SceneNode[], clip: Path, pointer: string): GroupNode => ({
  kind: 'group',
  pointer,
  clip: { path: clip, fillRule: 'nonzero' },
  mask: null,
  opacity: 1,
  blend: 'normal',
  children,
});

/** Whole steps of a pitch that cover a span, with one more at either end for shifted and overhanging tiles. */
const span = (from: number, length: number, pitch: number): readonly number[] => {
  const first = Math.floor(from / pitch) - 1;
  const last = Math.ceil((from + length) / pitch);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
};
