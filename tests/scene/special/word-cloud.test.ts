import { describe, expect, test } from 'vitest';
import { areaOfPath, intersectPaths, offsetPath, subtractPaths } from '../../../src/geometry/polygons.ts';
import { starPath } from '../../../src/geometry/shapes.ts';
import { boundsOfNode } from '../../../src/scene/bounds.ts';
import type { PathNode, SceneNode } from '../../../src/scene/scene.ts';
import { sceneToJson } from '../../../src/scene/scene-json.ts';
import { composeLayers } from '../../support/compose-spec.ts';
import { WORDS } from './samples.ts';

const box = { x: 10, y: 5, width: 80, height: 50 };
const isPath = (node: SceneNode): node is PathNode => node.kind === 'path';

const cloud = async (more: object = {}) => {
  const layer = { type: 'word-cloud', words: WORDS, font: { family: 'Oswald' }, gap: 0.6, box, ...more };
  const { scene, findings } = await composeLayers({ layers: [layer] });
  return { scene, findings, words: scene.nodes.filter(isPath) };
};

const areaOf = (node: PathNode): number => {
  const { width = 0, height = 0 } = boundsOfNode(node) ?? {};
  return width * height;
};

describe('a word cloud', () => {
  test('places every word, in its shape, clear of every other', async () => {
    const shape = { kind: 'star', points: 5, inner: 0.6 };
    const { words, findings } = await cloud({ shape, minSize: 1.5 });
    expect(findings).toEqual([]);
    expect(new Set(words.map(({ pointer }) => pointer)).size).toBe(WORDS.length);
    const star = offsetPath(starPath(box, 5, 0.6), 0.4);
    for (const [i, one] of words.entries()) {
      expect(areaOfPath(subtractPaths(one.path, star, 'nonzero', 0.05)), one.pointer).toBeLessThan(0.02);
      for (const other of words.slice(i + 1)) expect(areaOfPath(intersectPaths(one.path, other.path, 'nonzero', 0.05))).toBeLessThan(1e-3);
    }
  });

  test('keeps the gap, to a cell of its grid', async () => {
    const { words } = await cloud({ words: WORDS.slice(0, 8), gap: 2 });
    const grown = words.map(({ path }) => offsetPath(path, 0.85, 'round', 'nonzero', 0.05));
    grown.forEach((one, i) => {
      for (const other of grown.slice(i + 1)) expect(areaOfPath(intersectPaths(one, other, 'nonzero', 0.05))).toBeLessThan(0.01);
    });
  });

  test('sets words by their weights, the same ones for the same seed and others for another', async () => {
    const words = [
      { text: 'nnnn', weight: 1 },
      { text: 'uuuu', weight: 4 },
    ];
    const weighed = await cloud({ words, turned: 0 });
    const at = (i: number): PathNode => weighed.words.find(({ pointer }) => pointer.endsWith(`/words/${i}`)) ?? weighed.words[0] ?? fail();
    expect(Math.sqrt(areaOf(at(1)) / areaOf(at(0)))).toBeCloseTo(2, 1);
    const [one, again, other] = [await cloud(), await cloud(), await cloud({ seed: 2 })];
    expect(sceneToJson(again.scene)).toBe(sceneToJson(one.scene));
    expect(sceneToJson(other.scene)).not.toBe(sceneToJson(one.scene));
  });

  test('reads words from one text, where those that come again weigh more', async () => {
    const { words, findings } = await cloud({ words: 'sea, Sun\nsun, moon; sun', turned: 0 });
    expect(findings).toEqual([]);
    expect(words).toHaveLength(3);
    expect(words.map(areaOf).indexOf(Math.max(...words.map(areaOf)))).toBe(0);
  });

  test('names the words that have no room, and sets the others', async () => {
    const { words, findings } = await cloud({ words: ['incomprehensibilities'.repeat(4), ...WORDS], minSize: 9 });
    expect(findings).toMatchObject([{ severity: 'warning', code: 'words.not-placed', pointer: '/placements/0/layers/0/words' }]);
    expect(words.length + Number(findings[0]?.measured)).toBe(WORDS.length + 1);
    expect(findings[0]?.message).toContain('"incomprehensibilities');
  });

  test('fills up with words that it has, smaller than any of them', async () => {
    const [once, filled] = [await cloud({ minSize: 1.5 }), await cloud({ minSize: 1.5, fillUp: true })];
    expect(filled.words.length).toBeGreaterThan(once.words.length);
    expect(filled.words.slice(0, once.words.length)).toEqual(once.words);
  });

  test('grows to what fills the shape, and no larger than it is told', async () => {
    const [free, held] = [await cloud({ words: ['one', 'two'], turned: 0 }), await cloud({ words: ['one', 'two'], turned: 0, maxSize: 6 })];
    const height = ({ words }: typeof free): number => boundsOfNode(words[0] ?? fail())?.height ?? 0;
    expect(height(free)).toBeGreaterThan(12);
    expect(height(held)).toBeLessThan(6);
  });

  test('refuses more words in a text than a list may have', async () => {
    const { findings } = await cloud({ words: Array.from({ length: 401 }, (_, i) => `w${i}`).join('\n') });
    expect(findings).toMatchObject([{ severity: 'error', code: 'words.too-many', pointer: '/placements/0/layers/0/words' }]);
  });
});

const fail = (): never => {
  throw new Error('expected a word');
};
