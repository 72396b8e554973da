import { describe, expect, test } from 'vitest';
import { IDENTITY } from '../../../src/geometry/affine.ts';
import { type Path, PathBuilder, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { Kernel } from '../../../src/render/kernel/kernel.ts';
import { EdgeCollector, type EdgeList, edgesIn, FlatOutlines } from '../../../src/render/raster/edge-list.ts';
import { indexByStrip, maxStripRecords, recordBytes, STRIP_ROWS, StripEdges } from '../../../src/render/raster/strip-edges.ts';

const [WIDTH, HEIGHT] = [100, 3 * STRIP_ROWS];
/** Floats of an edge record in the kernel. */
const RECORD = 12;

type Records = { readonly strips: readonly (readonly number[])[] };

const listOf = (kernel: Kernel, path: Path, outlines = new FlatOutlines()): EdgeList =>
  new EdgeCollector(kernel, WIDTH, HEIGHT, outlines).addPath(path, IDENTITY).finish();

/** What the kernel gets to read, strip by strip: x0, y0, x1, y1, slope and direction of every record. */
const stripsOf = (kernel: Kernel, list: EdgeList, between: () => void = () => {}): Records => {
  const index = indexByStrip(edgesIn(kernel, list), HEIGHT);
  const records = maxStripRecords([index]);
  const edges = new StripEdges(kernel, kernel.reserve(recordBytes(records)), records, WIDTH);
  const strips = Array.from({ length: HEIGHT / STRIP_ROWS }, (_, strip) => {
    between();
    const count = edges.load(list, index, strip, STRIP_ROWS);
    const all = new Float32Array(kernel.bytes.buffer, edges.address, count * RECORD);
    return Array.from({ length: count }, (_, i) => [...all.subarray(i * RECORD, i * RECORD + 6)]).flat();
  });
  return { strips };
};

/** A closed saw with many teeth, some of them over the sides of the canvas. */
const saw = (teeth: number, from: number, to: number): Path => {
  const builder = new PathBuilder().moveTo(from, 1);
  for (let i = 1; i <= teeth; i += 1) builder.lineTo(i % 2 === 0 ? from : to, 1 + ((HEIGHT - 2) * i) / teeth);
  return builder
    .lineTo(from - 1, HEIGHT - 1)
    .close()
    .finish();
};

/** Rows that edges go down, minus rows that they go up: what lies left of a column has to end up with the same winding. */
const descent = ({ strips }: Records): readonly number[] =>
  strips.map((strip) => {
    let sum = 0;
    for (let i = 0; i < strip.length; i += 6) sum += ((strip[i + 3] ?? 0) - (strip[i + 1] ?? 0)) * (strip[i + 5] ?? 0);
    return sum;
  });

describe('edges of a strip', () => {
  test('are the same when the memory of the kernel grows in between', () => {
    const calm = new Kernel();
    const growing = new Kernel();
    const path = saw(400, -20, 130);
    const grow = (): void => {
      const held = growing.heldBytes;
      growing.reserve(held);
      expect(growing.heldBytes).toBeGreaterThan(held);
    };
    const expected = stripsOf(calm, listOf(calm, path));
    expect(expected.strips.every((strip) => strip.length > 100)).toBe(true);
    expect(stripsOf(growing, listOf(growing, path), grow)).toEqual(expected);
  });

  test('lie in the canvas and keep their winding when the outline leaves it sideways', () => {
    const kernel = new Kernel();
    const { strips } = stripsOf(kernel, listOf(kernel, saw(40, -20, 90)));
    for (const strip of strips) {
      for (let i = 0; i < strip.length; i += 6) {
        expect(strip[i]).toBeGreaterThanOrEqual(0);
        expect(strip[i + 2]).toBeGreaterThanOrEqual(0);
      }
    }
    for (const sum of descent({ strips })) expect(sum).toBeCloseTo(0, 3);
  });

  test('are sorted by the row they begin in', () => {
    const kernel = new Kernel();
    const { strips } = stripsOf(kernel, listOf(kernel, saw(60, 5, 90)));
    for (const strip of strips) {
      const rows = strip.flatMap((y, i) => (i % 6 === 1 ? [Math.floor(y)] : []));
      expect(rows).toEqual([...rows].sort((a, b) => a - b));
    }
  });

  test('of a rectangle over a strip are its two sides, cut to the strip', () => {
    const kernel = new Kernel();
    const { strips } = stripsOf(kernel, listOf(kernel, rectPath(rectOf(10, 10, 30, HEIGHT - 20))));
    expect(strips[1]?.length).toBe(2 * 6);
    expect(strips[1]).toEqual(expect.arrayContaining([10, 40, 0, STRIP_ROWS]));
  });

  test('of many outlines leave no garbage outside the kernel', () => {
    const kernel = new Kernel();
    const outlines = new FlatOutlines();
    const path = saw(40_000, -20, 130);
    kernel.reserve(16 * 1024 * 1024);
    kernel.release();
    listOf(kernel, path, outlines);
    kernel.release();
    const before = process.memoryUsage().arrayBuffers;
    const list = listOf(kernel, path, outlines);
    const bytes = edgesIn(kernel, list).byteLength;
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(bytes / 4);
  });
});
