import { describe, expect, test } from 'vitest';
import { flattenPath } from '../../../src/geometry/flatten.ts';
import { areaOfPath, intersectPaths, unionPaths } from '../../../src/geometry/polygons.ts';
import { boundsOfNode, boundsOfNodes } from '../../../src/scene/bounds.ts';
import type { PathNode, SceneNode } from '../../../src/scene/scene.ts';
import { composeLayers } from '../../support/compose-spec.ts';

const box = { x: 20, y: 5, width: 60, height: 50 };
const centre = { x: 50, y: 30 };

const isPath = (node: SceneNode): node is PathNode => node.kind === 'path';

const monogram = async (more: object) => {
  const layer = { type: 'monogram', letters: 'AMS', font: { family: 'Montserrat', weight: 700 }, box, ...more };
  const { scene, findings } = await composeLayers({ layers: [layer] });
  const nodes = scene.nodes.filter(isPath);
  const at = (member: string): readonly PathNode[] => nodes.filter(({ pointer }) => pointer.endsWith(member));
  return { letters: at('/letters'), frame: at('/frame'), findings };
};

const pointsOf = (node: PathNode) =>
  flattenPath(node.path).flatMap(({ points }) =>
    Array.from({ length: points.length / 2 }, (_, i) => ({ x: points[2 * i] ?? 0, y: points[2 * i + 1] ?? 0 })),
  );

const widths = (nodes: readonly PathNode[]): readonly number[] => nodes.map((node) => boundsOfNode(node)?.width ?? 0);
const heights = (nodes: readonly PathNode[]): readonly number[] => nodes.map((node) => boundsOfNode(node)?.height ?? 0);

describe('a monogram', () => {
  test.each(['single', 'two', 'three', 'circle', 'interlocking', 'stacked'])('%s fills its box and keeps inside', async (style) => {
    const letters = { single: 'A', two: 'AM' }[style] ?? 'AMS';
    const bounds = boundsOfNodes((await monogram({ style, letters })).letters);
    if (!bounds) throw new Error('expected letters');
    expect(bounds.x).toBeGreaterThanOrEqual(box.x - 0.01);
    expect(bounds.y).toBeGreaterThanOrEqual(box.y - 0.01);
    expect(bounds.x + bounds.width).toBeLessThanOrEqual(box.x + box.width + 0.01);
    expect(bounds.y + bounds.height).toBeLessThanOrEqual(box.y + box.height + 0.01);
    expect(Math.max(bounds.width / box.width, bounds.height / box.height)).toBeCloseTo(1, 2);
  });

  test('of three sets the middle one as many times as high as it is told, spaced by ink', async () => {
    const { letters } = await monogram({ letters: 'HHH', middle: 2, gap: 0.1 });
    const [small = 0, large = 0, last = 0] = heights(letters);
    expect(large / small).toBeCloseTo(2, 2);
    expect(last).toBeCloseTo(small, 3);
    const [a, b] = letters.map(boundsOfNode);
    expect((b?.x ?? 0) - (a?.x ?? 0) - (a?.width ?? 0)).toBeCloseTo(0.1 * small, 2);
  });

  test('in the traditional order has the last name in the middle', async () => {
    const given = await monogram({ letters: 'IMW', middle: 1 });
    const traditional = await monogram({ letters: 'I. M. W.', middle: 1, order: 'traditional' });
    const [i = 0, m = 0, w = 0] = widths(given.letters);
    expect(widths(traditional.letters)).toEqual([expect.closeTo(i, 1), expect.closeTo(w, 1), expect.closeTo(m, 1)]);
    expect(w).toBeGreaterThan(m);
  });

  test('in a circle has its letters in a disc, apart from each other', async () => {
    const { letters } = await monogram({ style: 'circle', letters: 'HHH', gap: 0.1 });
    const radius = 25;
    for (const { x, y } of letters.flatMap(pointsOf)) expect(Math.hypot(x - centre.x, y - centre.y)).toBeLessThanOrEqual(radius * 1.02);
    // The arms of an outer H end on the disc.
    const far = letters.map((letter) => Math.max(...pointsOf(letter).map(({ x, y }) => Math.hypot(x - centre.x, y - centre.y))));
    for (const reach of far) expect(reach).toBeGreaterThan(radius * 0.97);
    const all = letters.map(({ path }) => path);
    expect(areaOfPath(unionPaths(all))).toBeCloseTo(
      all.reduce((sum, path) => sum + areaOfPath(path), 0),
      1,
    );
  });

  test('that interlocks is cut where it passes below, and nowhere overlaps', async () => {
    const { letters } = await monogram({ style: 'interlocking', letters: 'HH', gap: 0.1 });
    const [a, b] = letters;
    if (!a || !b) throw new Error('expected two letters');
    expect(areaOfPath(intersectPaths(a.path, b.path))).toBeLessThan(0.01);
    const whole = await monogram({ style: 'two', letters: 'HH' });
    const scale = (boundsOfNode(a)?.height ?? 0) / (heights(whole.letters)[0] ?? 1);
    const full = whole.letters.map(({ path }) => areaOfPath(path) * scale ** 2);
    const left = letters.reduce((sum, { path }) => sum + areaOfPath(path), 0);
    expect(left).toBeLessThan(full.reduce((sum, area) => sum + area, 0) * 0.98);
  });

  test.each(['round', 'square', 'diamond', 'laurel', 'shield'])('in a %s frame does not touch it', async (frame) => {
    for (const letters of ['AMS', 'W', 'ÉQ']) {
      const style = { 1: 'single', 2: 'two', 3: 'three' }[letters.length];
      const drawn = await monogram({ frame, letters, style, double: true });
      const lines = unionPaths(
        drawn.frame.map(({ path }) => path),
        'nonzero',
      );
      expect(drawn.findings).toEqual([]);
      expect(areaOfPath(lines)).toBeGreaterThan(1);
      for (const { path } of drawn.letters) expect(areaOfPath(intersectPaths(path, lines))).toBe(0);
    }
  });

  test('says when there are too many letters, or too few', async () => {
    const many = await monogram({ letters: 'ABCDE' });
    expect(many.findings).toMatchObject([{ severity: 'error', code: 'monogram.letters', measured: 5, required: 3 }]);
    expect(many.letters).toHaveLength(3);
    const few = await monogram({ letters: 'A-B' });
    expect(few.findings).toMatchObject([{ severity: 'warning', code: 'monogram.letters', measured: 2, required: 3 }]);
  });

  test('has its colours where they belong', async () => {
    const { letters, frame } = await monogram({ frame: 'round', fill: '#ff0000', emphasis: '#00ff00', accent: '#0000ff' });
    const colours = [...letters, ...frame].map(({ fill }) =>
      fill?.kind === 'solid' && fill.colour.space === 'srgb' ? [fill.colour.r, fill.colour.g, fill.colour.b] : null,
    );
    expect(colours).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]);
  });
});
