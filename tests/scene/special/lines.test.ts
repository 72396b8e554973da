import { describe, expect, test } from 'vitest';
import { boundsOfNode, boundsOfNodes } from '../../../src/scene/bounds.ts';
import type { SceneNode } from '../../../src/scene/scene.ts';
import { nodesOf } from '../../../src/scene/walk.ts';
import { composeLayers, testPicture } from '../../support/compose-spec.ts';
import { sampleOf } from './samples.ts';

const box = { x: 10, y: 5, width: 80, height: 50 };
const composed = async (type: string, more: object) => {
  const { scene, findings } = await composeLayers({ layers: [sampleOf(type, { box, ...more })] });
  return { nodes: nodesOf(scene.nodes), findings };
};
const textOf = (nodes: readonly SceneNode[]): readonly string[] => nodes.flatMap((node) => (node.kind === 'glyphs' ? [node.text] : []));
const emsOf = (nodes: readonly SceneNode[]): readonly number[] =>
  nodes.flatMap((node) => (node.kind === 'glyphs' ? [Math.round(100 * (node.glyphs[0]?.at[0] ?? 0) * node.unitsPerEm) / 100] : []));

describe('a list', () => {
  const items = [{ label: 'Oslo', value: '2001' }, { label: 'San Cristóbal de las Casas', value: '2023' }, 'Home'];

  test('sets all lines in one size, labels at the left and values at the right', async () => {
    const { nodes, findings } = await composed('list', { items, title: '' });
    expect(findings).toEqual([]);
    expect(textOf(nodes)).toEqual(['Oslo', '2001', 'San Cristóbal de las Casas', '2023', 'Home']);
    expect(new Set(emsOf(nodes)).size).toBe(1);
    const edges = nodes.flatMap((node) => (node.kind === 'glyphs' && /^\d/.test(node.text) ? [boundsOfNode(node)] : []));
    for (const edge of edges) expect((edge?.x ?? 0) + (edge?.width ?? 0)).toBeCloseTo(89.6, 0);
    const all = boundsOfNodes(nodes);
    expect(all?.x).toBeGreaterThanOrEqual(10);
    expect((all?.y ?? 0) + (all?.height ?? 0)).toBeLessThanOrEqual(55);
  });

  test('reads lines of one text, with the value after the last comma, bar or tab', async () => {
    const { nodes } = await composed('list', { items: 'Oslo, Norway, 2001\n\n Rome | 2002\r\nHome\t2003\nalone', title: '' });
    expect(textOf(nodes)).toEqual(['Oslo, Norway', '2001', 'Rome', '2002', 'Home', '2003', 'alone']);
  });

  test('tells once what is wrong with several lines, and of a single one which it is', async () => {
    const { findings } = await composed('list', { items: ['Oslo', '東京', { label: '京都', value: '大' }, 'Rome'], title: '' });
    expect(findings).toMatchObject([{ code: 'text.glyph-missing', pointer: '/placements/0/layers/0/items', measured: 4 }]);
    expect(findings[0]?.message).toMatch(/\(2 lines of the list\)$/);
    const single = await composed('list', { items: ['Oslo', '東京', 'Rome'], title: '' });
    expect(single.findings).toMatchObject([{ code: 'text.glyph-missing', pointer: '/placements/0/layers/0/items/1', measured: 2 }]);
  });

  test('says when its lines are too small to read, or too many', async () => {
    const small = await composed('list', { items: Array.from({ length: 60 }, (_, i) => `line ${i}`), minSize: 2 });
    expect(small.findings).toMatchObject([{ severity: 'error', code: 'text.overflow', required: 2, unit: 'mm' }]);
    const many = await composed('list', { items: Array.from({ length: 301 }, (_, i) => `line ${i}`).join('\n') });
    expect(many.findings).toMatchObject([{ code: 'list.too-long', pointer: '/placements/0/layers/0/items' }]);
  });
});

describe('a signature', () => {
  test('stands on its rule, and only its tails reach below', async () => {
    const { nodes } = await composed('signature', { name: 'Ana', caption: '' });
    const rule = nodes.find(({ pointer }) => pointer.endsWith('/rule'));
    const name = nodes.find(({ pointer }) => pointer.endsWith('/name'));
    if (!rule || !name) throw new Error('expected a rule and a name');
    const [line, ink] = [boundsOfNode(rule), boundsOfNode(name)];
    expect(line?.width).toBeCloseTo(80, 3);
    expect(Math.abs((ink?.y ?? 0) + (ink?.height ?? 0) - (line?.y ?? 0))).toBeLessThan((ink?.height ?? 0) * 0.25);
  });

  test('drawn with a pen keeps its proportions, goes through its points and fills its room', async () => {
    const strokes = [
      [
        [0, 0],
        [100, 50],
        [200, 0],
      ],
      [[100, 10]],
    ];
    const { nodes } = await composed('signature', { name: '', strokes, pen: 1, rule: false, caption: '' });
    const ink = boundsOfNodes(nodes);
    expect(ink?.width).toBeGreaterThan(74);
    expect((ink?.width ?? 0) / (ink?.height ?? 1)).toBeCloseTo(4, 0);
    expect(nodes.map(({ kind }) => kind)).toEqual(['path', 'path']);
  });
});

describe('handwriting', () => {
  const text = 'oooooo';
  const letters = async (more: object) => {
    const { nodes } = await composed('handwriting', { text, size: 10, fit: {}, ...more });
    return nodes;
  };

  test('draws no letter twice alike, and the same again for the same seed', async () => {
    const [node] = await letters({ wildness: 0.5 });
    if (node?.kind !== 'path') throw new Error('expected outlines');
    const moves = [...node.path.verbs].filter((verb) => verb === 0).length;
    expect(moves).toBeGreaterThanOrEqual(text.length);
    expect(await letters({ wildness: 0.5 })).toEqual([node]);
    expect(await letters({ wildness: 0.5, seed: 2 })).not.toEqual([node]);
  });

  test('without wildness is the font itself', async () => {
    const [node] = await letters({ wildness: 0 });
    if (node?.kind !== 'glyphs') throw new Error('expected glyphs');
    expect(new Set(node.glyphs.map(({ at }) => at.slice(0, 4).join())).size).toBe(1);
    expect(new Set(node.glyphs.map(({ at }) => at[5])).size).toBe(1);
  });

  test('climbs by its drift, and leans by its slant', async () => {
    const [node] = await letters({ wildness: 0, drift: 8, slant: 20 });
    if (node?.kind !== 'glyphs') throw new Error('expected glyphs');
    const [first, last] = [node.glyphs[0]?.at, node.glyphs.at(-1)?.at];
    const slope = ((first?.[5] ?? 0) - (last?.[5] ?? 0)) / ((last?.[4] ?? 0) - (first?.[4] ?? 0));
    expect(slope).toBeCloseTo(8 / 80, 3);
    expect((first?.[2] ?? 0) / (first?.[0] ?? 1)).toBeCloseTo(-Math.tan((20 * Math.PI) / 180), 3);
  });
});

describe('a song player', () => {
  test('lays its cover in as the customer did', async () => {
    const layer = sampleOf('song-player', { box, cover: 'cover.png', crop: { x: 0.5, y: 0, width: 0.25, height: 0.5 }, turn: 90 });
    const { scene } = await composeLayers({ layers: [layer], images: { 'cover.png': testPicture(400, 200) } });
    const photo = nodesOf(scene.nodes).find((node) => node.kind === 'raster');
    expect(photo).toMatchObject({ source: { x: 200, y: 0, width: 100, height: 100 } });
    // A quarter turn: what runs across in the picture runs down on the card.
    expect(photo?.kind === 'raster' && [photo.at[0], photo.at[1] > 0]).toEqual([expect.closeTo(0, 6), true]);
  });

  test('shows how far the song is by its times', async () => {
    const knob = async (elapsed: string | number): Promise<number> => {
      const { nodes } = await composed('song-player', {
        layout: 'bar',
        theme: 'none',
        heart: false,
        controls: false,
        elapsed,
        length: 200,
      });
      const square = nodes.find((node) => {
        const bounds = boundsOfNode(node);
        return node.kind === 'path' && bounds !== null && Math.abs(bounds.width - bounds.height) < 0.01;
      });
      const bounds = square ? boundsOfNode(square) : null;
      return (bounds?.x ?? 0) + (bounds?.width ?? 0) / 2;
    };
    const [start, middle, end] = [await knob(0), await knob('1:40'), await knob(200)];
    expect(middle).toBeCloseTo((start + end) / 2, 2);
    expect(end - start).toBeGreaterThan(50);
  });

  test('refuses more played than there is, and tells what its code lacks at the code', async () => {
    const late = await composed('song-player', { elapsed: '4:00', length: '3:48' });
    expect(late.findings).toMatchObject([{ severity: 'error', code: 'song.time', pointer: '/placements/0/layers/0/elapsed' }]);
    const tiny = await composed('song-player', { code: `https://example.com/${'x'.repeat(900)}` });
    expect(tiny.findings).toMatchObject([{ severity: 'warning', code: 'code.module-small', pointer: '/placements/0/layers/0/code' }]);
  });
});
