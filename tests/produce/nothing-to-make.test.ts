import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenResources } from '../../src/drivers/resources/fs-resources.ts';
import { openMemorySink } from '../../src/drivers/store/memory-sink.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { produce } from '../../src/produce/produce.ts';
import { openBundledResources } from '../support/bundled-resources.ts';

let resources: OpenResources;
beforeAll(async () => {
  resources = await openBundledResources();
});
afterAll(() => resources.close());

const FADE = {
  linear: {
    stops: [
      { offset: 0, colour: '#c9a04a' },
      { offset: 1, colour: '#ffffff' },
    ],
  },
};

const shape = (fill: unknown, x: number) => ({ type: 'shape', shape: { kind: 'rect' }, fill, box: { x, y: 8, width: 14, height: 14 } });

const forced = (product: string, method: string, layers: readonly unknown[]) =>
  produce(parseDesignSpec({ product, placements: [{ placement: 'front', method, layers }] }), resources, openMemorySink(), {
    signal: new AbortController().signal,
    version: 'test',
    only: 'production',
    force: true,
  });

describe('art that a method cannot make', () => {
  test.each([
    ['luggage-tag', 'hot-stamp'],
    ['crew-tee', 'vinyl'],
  ])('is refused on a %s even by force where nothing of it can be made by %s', async (product, method) => {
    const { status, artifacts, findings } = await forced(product, method, [shape(FADE, 8)]);
    expect(status).toBe('refused');
    expect(artifacts.filter(({ role }) => role === 'production')).toEqual([]);
    expect(findings).toContainEqual(expect.objectContaining({ severity: 'error', code: 'art.blank', pointer: '/placements/0' }));
  });

  test.each([
    ['luggage-tag', 'hot-stamp', { swatch: 'gold', palette: 'foils' }],
    ['crew-tee', 'vinyl', { swatch: 'white', palette: 'vinyls' }],
  ])('is left out by force on a %s by %s, and the manifest names it', async (product, method, fill) => {
    const { status, artifacts, findings } = await forced(product, method, [shape(FADE, 8), shape(fill, 30)]);
    expect(status).toBe('made');
    expect(artifacts.filter(({ role }) => role === 'production').length).toBeGreaterThan(0);
    expect(findings.filter(({ code }) => code === 'art.left-out')).toEqual([
      expect.objectContaining({ severity: 'warning', pointer: '/placements/0/layers/0' }),
    ]);
  });
});
