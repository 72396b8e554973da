import { describe, expect, it } from 'vitest';
import { MOVE, type Path } from '../../../src/geometry/path.ts';
import { areaOfPath, subtractPaths } from '../../../src/geometry/polygons.ts';
import type { PathNode } from '../../../src/scene/scene.ts';
import { fontOf, layOut } from './bundled-fonts.ts';

const pathNodes = (layout: ReturnType<typeof layOut>): readonly PathNode[] => layout.nodes.filter((node) => node.kind === 'path');
const contours = (path: Path): number => path.verbs.filter((verb) => verb === MOVE).length;
const hexes = (nodes: readonly PathNode[]) =>
  nodes.map(({ fill }) =>
    fill?.kind === 'solid' && fill.colour.space === 'srgb' ? [fill.colour.r, fill.colour.g, fill.colour.b].join() : '?',
  );

describe('welding', () => {
  it('unites overlapping letters of a script: fewer contours, no more area', () => {
    const glyphs = layOut({ text: 'nummi', font: fontOf('script'), size: 20 }).nodes.flatMap((node) =>
      node.kind === 'glyphs' ? node.glyphs : [],
    );
    const loose = glyphs.reduce((sum, { outline }) => sum + contours(outline), 0);
    const [welded] = pathNodes(layOut({ text: 'nummi', font: fontOf('script'), size: 20, weld: true }));
    if (!welded) throw new Error('expected a welded path');
    expect(contours(welded.path)).toBeLessThan(loose);
    expect(areaOfPath(welded.path)).toBeGreaterThan(0);
  });

  it('welds text that is outlined, into one node', () => {
    const nodes = pathNodes(layOut({ text: 'nummi', font: fontOf('script'), size: 20, outlines: [{ width: 1, colour: '#ff0000' }] }));
    expect(nodes).toHaveLength(2);
  });
});

describe('outlines', () => {
  const base = { text: 'Hi', size: 20, fill: '#000000' } as const;

  it('stacks outside outlines, the widest painted first, each containing the next', () => {
    const nodes = pathNodes(
      layOut({
        ...base,
        outlines: [
          { width: 0.5, colour: '#ff0000' },
          { width: 1, colour: '#0000ff' },
        ],
      }),
    );
    expect(hexes(nodes)).toEqual(['0,0,1', '1,0,0', '0,0,0']);
    const [outer, inner, letter] = nodes.map(({ path }) => path);
    if (!outer || !inner || !letter) throw new Error('expected three figures');
    expect(areaOfPath(subtractPaths(inner, outer))).toBeLessThan(1e-3);
    expect(areaOfPath(subtractPaths(letter, inner))).toBeLessThan(1e-3);
  });

  it('grows the ink by the sum of outside widths', () => {
    const [plain, outlined] = [
      layOut({ ...base, weld: true }).ink,
      layOut({
        ...base,
        outlines: [
          { width: 0.5, colour: '#ff0000' },
          { width: 1, colour: '#0000ff' },
        ],
      }).ink,
    ];
    expect(outlined?.width).toBeCloseTo((plain?.width ?? 0) + 3, 6);
  });

  it('paints inside and centre outlines over the letter, where they belong', () => {
    for (const side of ['inside', 'centre'] as const) {
      const [letter, band] = pathNodes(layOut({ ...base, outlines: [{ width: 0.6, colour: '#ff0000', side }] }));
      if (!letter || !band) throw new Error('expected letter and band');
      const outside = areaOfPath(subtractPaths(band.path, letter.path));
      if (side === 'inside') expect(outside).toBeLessThan(1e-2);
      else expect(outside / areaOfPath(band.path)).toBeCloseTo(0.5, 1);
    }
  });

  it('points at the outline in the layer', () => {
    expect(pathNodes(layOut({ ...base, outlines: [{ width: 1, colour: '#ff0000' }] })).map(({ pointer }) => pointer)).toEqual([
      '/layers/0/outlines/0',
      '/layers/0',
    ]);
  });
});

describe('shadow', () => {
  it('is a moved copy of everything, below everything, fading as a group', () => {
    const layout = layOut({ text: 'Hi', size: 20, shadow: { dx: 2, dy: 1, colour: '#333333', opacity: 0.5 } });
    const [shadow, letters] = layout.nodes;
    expect(shadow).toMatchObject({ kind: 'group', opacity: 0.5, pointer: '/layers/0/shadow' });
    expect(letters?.kind).toBe('glyphs');
    const plain = layOut({ text: 'Hi', size: 20 }).ink;
    expect(layout.ink?.width).toBeCloseTo((plain?.width ?? 0) + 2, 6);
    expect(layout.ink?.height).toBeCloseTo((plain?.height ?? 0) + 1, 6);
  });
});

describe('paint', () => {
  it('gives runs their own colour, and the others that of the layer', () => {
    const layout = layOut({ runs: [{ text: 'red ', fill: '#ff0000' }, { text: 'plain' }], fill: '#0000ff' });
    expect(
      layout.nodes.map((node) => (node.kind === 'glyphs' ? [node.text, node.fill.kind === 'solid' && node.fill.colour] : null)),
    ).toEqual([
      ['red ', { space: 'srgb', r: 1, g: 0, b: 0 }],
      ['plain', { space: 'srgb', r: 0, g: 0, b: 1 }],
    ]);
  });

  it('lays a gradient over the whole box', () => {
    const stops = [
      { offset: 0, colour: '#ff0000' },
      { offset: 1, colour: '#0000ff' },
    ];
    const [node] = layOut({ text: 'Hi', fill: { linear: { angle: 0, stops } } }, 80, 40).nodes;
    expect(node?.kind === 'glyphs' && node.fill).toMatchObject({ kind: 'linear', from: { x: 0, y: 20 }, to: { x: 80, y: 20 } });
  });

  it('raises and shrinks a superscript run', () => {
    const layout = layOut({ size: 10, runs: [{ text: 'x' }, { text: '2', sizeFactor: 0.6, baselineShift: 0.5 }] });
    const [x, two] = layout.nodes.flatMap((node) => (node.kind === 'glyphs' ? node.glyphs : []));
    expect((x?.at[5] ?? 0) - (two?.at[5] ?? 0)).toBeCloseTo(3, 2);
    expect((two?.at[0] ?? 0) / (x?.at[0] ?? 1)).toBeCloseTo(0.6, 6);
  });
});
