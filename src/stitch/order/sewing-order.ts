import { colourFromHex } from '../../colour/colour.ts';
import type { Thread } from '../plan.ts';
import type { StitchRegion } from '../region.ts';
import { colourBlocks } from './colour-blocks.ts';
import type { OverlapGraph } from './overlap-graph.ts';
import type { Piece } from './pieces.ts';

/** Pieces sewn with one thread without a change. */
export type ThreadBlock = { readonly thread: Thread; readonly pieces: readonly number[] };

/**
 * The blocks in which the pieces are sewn: as few as who lies on whom allows. As long as it costs no block, what lies in a hole comes after
 * what is around it, and light threads before dark ones: dark ones cover light edges better than the other way round.
 */
export const sewingOrder = (pieces: readonly Piece[], regions: readonly StitchRegion[], graph: OverlapGraph): readonly ThreadBlock[] => {
  const layers = patchLayers(pieces, graph);
  const threads = palette(pieces, regions, layers);
  const colours = pieces.map(({ owner }, i) => threads.keys.get(keyOf(regions[owner], layers[i] ?? 0)) ?? 0);
  const strict = graph.above.map((later, i) => later.filter((j) => colours[j] !== colours[i]));
  const least = colourBlocks({ colours, after: strict });
  let chosen = least;
  let after = strict;
  for (const wish of wishesOf(graph, colours)) {
    const wished = after.map((later, i) => [...later, ...(wish.get(i) ?? [])]);
    const blocks = isAcyclic(wished) ? colourBlocks({ colours, after: wished }) : null;
    if (blocks && blocks.length <= least.length) [chosen, after] = [blocks, wished];
  }
  return chosen.flatMap(({ colour, pieces: members }) => {
    const thread = threads.list[colour];
    return thread ? [{ thread, pieces: members }] : [];
  });
};

/** What lies in holes of what, parted by pairs of colours, the most frequent first. */
const wishesOf = ({ inside }: OverlapGraph, colours: readonly number[]): readonly ReadonlyMap<number, number[]>[] => {
  const pairs = new Map<string, { count: number; readonly after: Map<number, number[]> }>();
  inside.forEach((held, i) => {
    for (const j of held) {
      if (colours[j] === colours[i]) continue;
      const key = `${colours[i]} ${colours[j]}`;
      const pair = pairs.get(key) ?? { count: 0, after: new Map<number, number[]>() };
      pairs.set(key, pair);
      pair.count += 1;
      pair.after.set(i, [...(pair.after.get(i) ?? []), j]);
    }
  });
  return [...pairs.values()].sort((a, b) => b.count - a.count).map(({ after }) => after);
};

/** Threads are the same when an operator would put the same cone on. */
const keyOf = (region: StitchRegion | undefined, layer: number): string =>
  region ? JSON.stringify([region.thread.colour, region.thread.code, region.thread.maker, region.thread.weight, layer]) : '';

/** 0 for plain sewing; patches are sewn apart from it, those that lie on patches after these. */
const patchLayers = (pieces: readonly Piece[], { above }: OverlapGraph): Int32Array => {
  const layers = Int32Array.from(pieces, ({ patch }) => (patch ? 1 : 0));
  pieces.forEach(({ patch }, i) => {
    if (!patch) return;
    for (const j of above[i] ?? []) if (pieces[j]?.patch) layers[j] = Math.max(layers[j] ?? 0, (layers[i] ?? 0) + 1);
  });
  return layers;
};

const palette = (
  pieces: readonly Piece[],
  regions: readonly StitchRegion[],
  layers: Int32Array,
): { readonly list: readonly Thread[]; readonly keys: ReadonlyMap<string, number> } => {
  const found = new Map<string, Thread>();
  pieces.forEach(({ owner }, i) => {
    const region = regions[owner];
    const key = keyOf(region, layers[i] ?? 0);
    if (region && !found.has(key)) found.set(key, region.thread);
  });
  const sorted = [...found].sort((a, b) => lightness(b[1]) - lightness(a[1]));
  return { list: sorted.map(([, thread]) => thread), keys: new Map(sorted.map(([key], i) => [key, i])) };
};

const lightness = ({ colour }: Thread): number => {
  const rgb = colourFromHex(colour);
  return rgb ? 0.2126 * rgb.r ** 2.2 + 0.7152 * rgb.g ** 2.2 + 0.0722 * rgb.b ** 2.2 : 0;
};

/** Dark thread shimmers through much lighter thread. */
const MOST_LIGHTER = 0.2;

/** Whether a walk of one thread is unseen beneath dense satin or rows of another. */
export const hides = (over: Thread, under: Thread): boolean => lightness(over) - lightness(under) <= MOST_LIGHTER;

const isAcyclic = (after: readonly (readonly number[])[]): boolean => {
  const waiting = new Int32Array(after.length);
  for (const later of after) for (const j of later) waiting[j] = (waiting[j] ?? 0) + 1;
  const ready = [...after.keys()].filter((i) => waiting[i] === 0);
  let done = 0;
  for (let i = ready.pop(); i !== undefined; i = ready.pop()) {
    done += 1;
    for (const j of after[i] ?? []) {
      waiting[j] = (waiting[j] ?? 0) - 1;
      if (waiting[j] === 0) ready.push(j);
    }
  }
  return done === after.length;
};
