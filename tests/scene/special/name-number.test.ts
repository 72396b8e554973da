import { describe, expect, test } from 'vitest';
import { rectPath } from '../../../src/geometry/path.ts';
import { areaOfPath, subtractPaths } from '../../../src/geometry/polygons.ts';
import { boundsOfNode } from '../../../src/scene/bounds.ts';
import type { PathNode, SceneNode } from '../../../src/scene/scene.ts';
import { strokeWidth } from '../../../src/scene/special/stroke-width.ts';
import { composeLayers } from '../../support/compose-spec.ts';

const isPath = (node: SceneNode): node is PathNode => node.kind === 'path';

const shirt = async (more: object) => {
  const layer = {
    type: 'name-number',
    font: { family: 'Graduate' },
    nameHeight: 52,
    numberHeight: 250,
    gap: 42,
    box: { x: 0, y: 0, width: 300, height: 400 },
    ...more,
  };
  const composed = await composeLayers({ layers: [layer] });
  // The card of these tests is far smaller than a shirt: what is said of its edges does not matter here.
  const findings = composed.findings.filter(({ code }) => code.startsWith('jersey.'));
  const { scene } = composed;
  const at = (member: string): PathNode | undefined => scene.nodes.filter(isPath).find(({ pointer }) => pointer.endsWith(member));
  const box = (member: string) => {
    const node = at(member);
    const bounds = node && boundsOfNode(node);
    if (!bounds) throw new Error(`expected ${member}`);
    return bounds;
  };
  return { nodes: scene.nodes, at, box, findings, codes: findings.map(({ code }) => code) };
};

describe('a name and a number', () => {
  test('have the heights and the gap that were asked for, in the middle of the box', async () => {
    const { box, codes } = await shirt({ name: 'HIT', number: '1' });
    expect(box('/name').height).toBeCloseTo(52, 1);
    expect(box('/number').height).toBeCloseTo(250, 1);
    expect(box('/number').y - box('/name').y - box('/name').height).toBeCloseTo(42, 1);
    for (const { x, width } of [box('/name'), box('/number')]) expect(x + width / 2).toBeCloseTo(150, 1);
    expect(box('/name').y).toBeCloseTo(400 - box('/number').y - box('/number').height, 1);
    expect(codes).toEqual([]);
  });

  test('keep their heights when they are emboldened and bordered', async () => {
    const { box } = await shirt({ number: '17', embolden: { number: 4 }, outlines: [{ width: 5, colour: '#ff0000' }] });
    expect(box('/number').height).toBeCloseTo(250, 1);
    expect(box('/outlines/0').height).toBeCloseTo(260, 1);
  });

  test('keep accents above the height of the capitals', async () => {
    const [plain, accented] = [await shirt({ name: 'MULLER' }), await shirt({ name: 'MÜLLER' })];
    expect(accented.box('/name').height).toBeGreaterThan(plain.box('/name').height + 5);
    expect(accented.box('/name').width).toBeCloseTo(plain.box('/name').width, 0);
  });

  test('are condensed to fit, never below the limit, and that is told', async () => {
    const room = { box: { x: 0, y: 0, width: 250, height: 400 } };
    const condensed = await shirt({ name: 'OKAFOR', condense: 50, ...room });
    expect(condensed.box('/name').width).toBeCloseTo(250, 0);
    expect(condensed.box('/name').height).toBeGreaterThan(51);
    expect(condensed.findings).toMatchObject([{ severity: 'info', code: 'jersey.condensed', pointer: '/placements/0/layers/0/name' }]);
    const long = await shirt({ name: 'WOLFESCHLEGELSTEINHAUSEN', condense: 70, ...room });
    expect(long.box('/name').width).toBeLessThanOrEqual(250.01);
    expect(long.box('/name').height).toBeLessThan(52);
    expect(long.findings).toMatchObject([{ severity: 'error', code: 'jersey.too-wide', required: 70 }]);
    expect(long.findings[0]?.measured).toBeLessThan(70);
  });

  test.each(['radial', 'vertical'])('in a %s arch rise by the sag, and the number follows them up', async (kind) => {
    const [flat, arched] = [
      await shirt({ name: 'HITHIT', number: '1' }),
      await shirt({ name: 'HITHIT', number: '1', arch: { kind, sag: 30 } }),
    ];
    const rise = arched.box('/name').height - flat.box('/name').height;
    expect(rise).toBeGreaterThan(kind === 'vertical' ? 29.5 : 18);
    expect(rise).toBeLessThan(kind === 'vertical' ? 30.5 : 45);
    // A narrow number stands below the top of the arch.
    expect(arched.box('/number').y - arched.box('/name').y).toBeLessThan(flat.box('/number').y - flat.box('/name').y + 15);
  });

  test('have borders that are whole figures, each within the next', async () => {
    const outlines = [3, 2, 1].map((width) => ({ width, colour: '#112233' }));
    const { at, nodes } = await shirt({ number: '8', outlines });
    expect(nodes.map(({ pointer }) => pointer.replace(/.*layers\/0/, ''))).toEqual([
      '/outlines/2',
      '/outlines/1',
      '/outlines/0',
      '/number',
    ]);
    const order = ['/number', '/outlines/0', '/outlines/1', '/outlines/2'].map((member) => at(member)?.path);
    for (let i = 1; i < order.length; i += 1) {
      const [inner, outer] = [order[i - 1], order[i]];
      if (!inner || !outer) throw new Error('expected borders');
      expect(areaOfPath(subtractPaths(inner, outer))).toBeLessThan(0.01);
      expect(areaOfPath(outer)).toBeGreaterThan(areaOfPath(inner));
    }
  });

  test('that are higher than their box are an error', async () => {
    expect((await shirt({ name: 'A', number: '1', numberHeight: 390 })).codes).toEqual(['jersey.too-high']);
  });
});

describe('rule books', () => {
  test.each([
    ['fiba-basketball', { number: '7', numberHeight: 180 }, 'jersey.number-height', 180, 200],
    ['nfhs-football', { number: '7', numberHeight: '9.5in' }, 'jersey.number-height', 241.3, 254],
    ['fifa-football', { number: '7', numberHeight: 360 }, 'jersey.number-height', 360, 350],
    ['uefa-football', { name: 'LI', nameHeight: 80, embolden: {} }, 'jersey.name-height', 80, 75],
    ['uefa-football', { name: 'LI', number: '7', gap: 30, numberHeight: 260 }, 'jersey.gap', 30, 40],
    ['nfhs-baseball', { number: '7', outlines: [{ width: 8, colour: '#000000' }] }, 'jersey.border', 8, 6.35],
    ['handball', { number: '100', condense: 40, numberHeight: 200 }, 'jersey.number', undefined, undefined],
    ['nfhs-basketball', { number: '16', numberHeight: 200 }, 'jersey.number', undefined, undefined],
  ])('%s holds %o to its figures: %s', async (rules, more, code, measured, required) => {
    const { findings } = await shirt({ rules, ...more });
    const found = findings.find((one) => one.code === code);
    expect(found).toMatchObject({ severity: 'warning', code, ...(measured === undefined ? {} : { measured, required, unit: 'mm' }) });
  });

  test('take what is within their figures', async () => {
    const good = {
      name: 'OKA',
      number: '10',
      nameHeight: 60,
      numberHeight: 260,
      embolden: { number: 5 },
      condense: 60,
      rules: 'fifa-football',
    };
    const { findings } = await shirt(good);
    expect(findings.filter(({ code }) => code !== 'jersey.condensed')).toEqual([]);
  });

  test('do not apply to the side that they say nothing about', async () => {
    expect((await shirt({ number: '7', numberHeight: 20, rules: 'nfhs-baseball', side: 'front' })).codes).toEqual([]);
  });
});

test('the width of a stroke is that of its bars, not of its corners', () => {
  expect(strokeWidth(rectPath({ x: 0, y: 0, width: 20, height: 200 }))).toBeCloseTo(20, 0);
  const ring = subtractPaths(rectPath({ x: 0, y: 0, width: 100, height: 200 }), rectPath({ x: 18, y: 18, width: 64, height: 164 }));
  expect(strokeWidth(ring)).toBeGreaterThan(17.5);
  expect(strokeWidth(ring)).toBeLessThan(21);
});
