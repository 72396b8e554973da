import { describe, expect, test } from 'vitest';
import { colourFromHex, WHITE } from '../../../src/colour/colour.ts';
import { EMPTY_PATH, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { RasterMemory } from '../../../src/render/raster/raster-memory.ts';
import { renderPixels } from '../../../src/render/raster/render-pixels.ts';
import type { Scene, SceneNode } from '../../../src/scene/scene.ts';

const signal = new AbortController().signal;
const request = { widthPx: 100, heightPx: 300, region: rectOf(0, 0, 100, 300), background: null, mirror: false };
const noPictures = (): never => {
  throw new RangeError('expected no pictures');
};

const box = (y: number, hex: string): SceneNode => ({
  kind: 'path',
  pointer: '',
  path: rectPath(rectOf(10.3, y, 50, 20.7)),
  fillRule: 'nonzero',
  fill: { kind: 'solid', colour: colourFromHex(hex) ?? WHITE },
  stroke: null,
});

const sceneOf = (...nodes: SceneNode[]): Scene => ({
  version: 1,
  area: {
    productId: 'p',
    placementId: 'front',
    widthMm: 100,
    heightMm: 300,
    bleedMm: 0,
    safeMm: 0,
    trim: EMPTY_PATH,
    keepOuts: [],
    folds: [],
  },
  nodes,
});

const fresh = async (scene: Scene) => (await renderPixels(scene, request, noPictures, signal)).rgba;

describe('renders that are remembered', () => {
  test('say which rows changed, and are the bytes of a fresh render', async () => {
    const memory = new RasterMemory();
    const first = memory.open();
    const before = await first.render(sceneOf(box(20, '#f00'), box(200, '#0f0')), request, noPictures, signal);
    const version = first.versionOf(before.rgba) ?? 0;
    first.close();
    const second = memory.open();
    const moved = sceneOf(box(20, '#f00'), box(210, '#0f0'));
    const after = await second.render(moved, request, noPictures, signal);
    expect(Buffer.compare(after.rgba, await fresh(moved))).toBe(0);
    expect(second.changedSince(after.rgba, version)).toEqual({ from: 199, to: 232 });
    expect(second.changedSince(after.rgba, second.versionOf(after.rgba) ?? 0)).toBeNull();
    expect(second.changedSince(after.rgba, version + 1000)).toBeUndefined();
    second.close();
  });

  test('are not shared by two runs at a time', async () => {
    const memory = new RasterMemory();
    const seed = memory.open();
    await seed.render(sceneOf(box(20, '#f00')), request, noPictures, signal);
    seed.close();
    const [one, two] = [memory.open(), memory.open()];
    const [a, b] = [sceneOf(box(40, '#f00')), sceneOf(box(80, '#00f'))];
    const made = await Promise.all([one.render(a, request, noPictures, signal), two.render(b, request, noPictures, signal)]);
    expect(made[0].rgba).not.toBe(made[1].rgba);
    expect(Buffer.compare(made[0].rgba, await fresh(a))).toBe(0);
    expect(Buffer.compare(made[1].rgba, await fresh(b))).toBe(0);
  });

  test('that were broken off are forgotten', async () => {
    const memory = new RasterMemory();
    const seed = memory.open();
    await seed.render(sceneOf(box(20, '#f00')), request, noPictures, signal);
    seed.close();
    const broken = memory.open();
    const stop = AbortSignal.abort(new Error('enough'));
    await expect(broken.render(sceneOf(box(120, '#f00')), request, noPictures, stop)).rejects.toThrow('enough');
    broken.close();
    const next = memory.open();
    const scene = sceneOf(box(130, '#f00'));
    const { rgba } = await next.render(scene, request, noPictures, signal);
    expect(Buffer.compare(rgba, await fresh(scene))).toBe(0);
  });

  test('take no more memory than they may', async () => {
    const memory = new RasterMemory(400_000);
    for (let i = 0; i < 6; i += 1) {
      const session = memory.open();
      await session.render(sceneOf(box(20, '#f00')), { ...request, widthPx: 100 + i }, noPictures, signal);
      session.close();
    }
    expect(memory.bytes).toBeGreaterThan(0);
    expect(memory.bytes).toBeLessThanOrEqual(400_000);
  });
});
