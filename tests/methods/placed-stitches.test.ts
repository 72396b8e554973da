import { describe, expect, it } from 'vitest';
import { rectPath } from '../../src/geometry/path.ts';
import { rectOf } from '../../src/geometry/point.ts';
import { checkPlaced } from '../../src/methods/embroidery/placed-stitches.ts';
import { METHODS } from '../../src/methods/index.ts';
import { checkSewn } from '../../src/produce/check-sewn.ts';
import type { GroupNode } from '../../src/scene/scene.ts';
import { sheetScene } from '../../src/scene/sheet-scene.ts';
import type { StitchPlan } from '../../src/stitch/plan.ts';

const thread = { colour: '#c8102e', name: 'Red', code: '', maker: '', weight: 40 } as const;

const plan = (points: readonly number[]): StitchPlan => ({
  blocks: [
    {
      thread,
      runs: [{ points: Float64Array.from(points), roles: new Uint8Array(points.length / 2), from: 'trim' }],
      stopAfter: false,
      note: '',
    },
  ],
});

const group = (over: Partial<GroupNode> = {}): GroupNode => ({
  kind: 'group',
  pointer: '/placements/0/layers/0',
  clip: null,
  mask: null,
  opacity: 1,
  blend: 'normal',
  children: [],
  ...over,
});

const placed = (points: readonly number[]): GroupNode =>
  group({ stitches: { digest: '', format: 'dst', name: '', plan: plan(points), at: [1, 0, 0, 1, 10, 10], threads: [] } });

const SMALL = [0, 0, 5, 0, 5, 5, 0, 5];

describe('finished stitches on an article', () => {
  it('have nothing against them inside the area, in plain groups', () => {
    expect(checkPlaced(sheetScene([group({ children: [placed(SMALL)] })], 50, 50))).toEqual([]);
  });

  it.each([
    ['cut off', { clip: { path: rectPath(rectOf(0, 0, 5, 5)), fillRule: 'nonzero' } }],
    ['made see-through', { opacity: 0.5 }],
    ['blended', { blend: 'multiply' }],
  ] as const)('cannot be %s by a group', (what, over) => {
    const found = checkPlaced(sheetScene([group({ ...over, children: [placed(SMALL)] })], 50, 50));
    expect(found).toMatchObject([{ severity: 'error', code: 'stitches.changed', message: expect.stringContaining(what) }]);
  });

  it('must lie inside the area', () => {
    expect(checkPlaced(sheetScene([placed(SMALL)], 13.5, 50))).toMatchObject([
      { severity: 'error', code: 'stitches.outside', measured: 1.5 },
    ]);
    expect(checkPlaced(sheetScene([placed([-12, 0, -11, 0])], 50, 50))).toMatchObject([{ code: 'stitches.outside', measured: 2 }]);
  });

  it('are told of when machines have to divide them', () => {
    const found = checkPlaced(sheetScene([placed([0, 0, 13, 0, 13, 5, 13, 18])], 50, 50));
    expect(found).toMatchObject([
      { severity: 'warning', code: 'stitches.long', measured: 13, message: expect.stringMatching(/^2 stitches/) },
    ]);
  });

  it('are taken by embroidery and by no other method', () => {
    const scene = sheetScene([group({ children: [placed(SMALL)] })], 50, 50);
    for (const method of METHODS) {
      const codes = checkSewn({ scene, method }).map(({ severity, code }) => `${severity} ${code}`);
      expect(codes, method.id).toEqual(method.id === 'embroidery' ? [] : ['error stitches.not-sewn']);
    }
  });
});
