import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenResources } from '../../src/drivers/resources/fs-resources.ts';
import { openMemorySink } from '../../src/drivers/store/memory-sink.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { sha256 } from '../../src/model/digest.ts';
import { check } from '../../src/produce/check.ts';
import { preview } from '../../src/produce/preview.ts';
import { produce } from '../../src/produce/produce.ts';
import { RenderCache } from '../../src/produce/render-cache.ts';
import { openBundledResources } from '../support/bundled-resources.ts';

let resources: OpenResources;
beforeAll(async () => {
  resources = await openBundledResources();
});
afterAll(() => resources.close());

const signal = new AbortController().signal;

const spec = (more: object = {}) =>
  parseDesignSpec({
    product: 'crew-tee',
    variant: { colour: 'black' },
    mockups: { width: 300 },
    previewWidth: 200,
    placements: [
      {
        placement: 'front',
        method: 'dtg',
        settings: { dpi: 72 },
        layers: [{ type: 'shape', shape: { kind: 'rect' }, fill: '#ff0000', box: { x: 60, y: 60, width: 180, height: 200 } }],
      },
    ],
    ...more,
  });

const meanOf = async (data: Uint8Array, region: { left: number; top: number; width: number; height: number }): Promise<number[]> => {
  const part = await sharp(data).removeAlpha().extract(region).png().toBuffer();
  const { channels } = await sharp(part).stats();
  return channels.map(({ mean }) => mean);
};

describe('a preview', () => {
  test('of a view shows the art on the article in its colour', async () => {
    const { file, ok } = await preview(spec(), resources, { view: 'front', widthPx: 300, signal });
    expect(ok).toBe(true);
    expect(file).toMatchObject({ role: 'mockup', view: 'front', widthPx: 300, mediaType: 'image/jpeg' });
    const [red = 0, green = 0, blue = 0] = await meanOf(file.data, { left: 140, top: 140, width: 20, height: 20 });
    expect(red).toBeGreaterThan(120);
    expect(Math.max(green, blue)).toBeLessThan(60);
    const cloth = await meanOf(file.data, { left: 74, top: 150, width: 10, height: 10 });
    expect(Math.max(...cloth)).toBeLessThan(70);
  });

  test('is the same with and without a shared cache, and costs no second compile', async () => {
    const cache = new RenderCache();
    try {
      const cold = await preview(spec(), resources, { view: 'front', widthPx: 300, signal });
      const first = await preview(spec(), resources, { view: 'front', widthPx: 300, signal, cache });
      const second = await preview(spec(), resources, { view: 'front', widthPx: 300, signal, cache });
      expect(sha256(first.file.data)).toBe(sha256(cold.file.data));
      expect(sha256(second.file.data)).toBe(sha256(cold.file.data));
      const view = await resources.view('crew-tee', 'front');
      expect(cache.view(view, { widthPx: 300 })).toBe(cache.view(view, { widthPx: 300 }));
    } finally {
      cache.dispose();
    }
  });

  test('can be cut out', async () => {
    const cut = await preview(spec({ mockups: { format: 'png', background: 'transparent' } }), resources, {
      view: 'front',
      widthPx: 300,
      signal,
    });
    const { data } = await sharp(cut.file.data).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(data[3]).toBe(0);
    expect(data[(150 * 300 + 150) * 4 + 3]).toBe(255);
  });

  test('of an unknown view names those there are', async () => {
    await expect(preview(spec(), resources, { view: 'frnt', widthPx: 300, signal })).rejects.toMatchObject({
      code: 'view.unknown',
      hint: 'did you mean "front"?',
    });
  });
});

describe('mockups of an order', () => {
  test('are refused with every view that is unknown or asked for twice, also by the check alone', async () => {
    const asked = spec({ mockups: { views: ['front', 'frnt', 'front'] } });
    const mistakes = [
      { code: 'view.unknown', pointer: '/mockups/views/1', hint: 'did you mean "front"?' },
      { code: 'view.repeated', pointer: '/mockups/views/2', message: 'expected each view once, got "front" again' },
    ];
    const sink = openMemorySink();
    const made = produce(asked, resources, sink, { signal, version: 'test' });
    await expect(made).rejects.toMatchObject({ problems: mistakes });
    await expect(check(asked, resources, signal)).rejects.toMatchObject({ problems: mistakes });
  });

  test('that leave a contact sheet empty are told', async () => {
    const asked = spec({ mockups: { views: [], contactSheet: true } });
    const { findings, artifacts } = await produce(asked, resources, openMemorySink(), { signal, version: 'test', only: 'mockup' });
    expect(artifacts).toEqual([]);
    expect(findings).toContainEqual(expect.objectContaining({ severity: 'warning', code: 'mockup.no-sheet' }));
  });

  test('are made for every view that shows a placement, unless the spec says which', async () => {
    const names = async (more: object): Promise<readonly string[]> => {
      const sink = openMemorySink();
      const { artifacts } = await produce(spec(more), resources, sink, { signal, version: 'test', only: 'mockup' });
      return artifacts.map((one) => one.name);
    };
    expect(await names({})).toEqual(['mockup-front.jpg']);
    expect(await names({ mockups: { width: 300, views: ['back', 'front'], format: 'webp' } })).toEqual([
      'mockup-back.webp',
      'mockup-front.webp',
    ]);
    expect(await names({ mockups: { width: 300, views: [] } })).toEqual([]);
  });

  test('of a view that shows nothing of the order are made when asked for by name, and told', async () => {
    const asked = spec({ mockups: { width: 300, views: ['back', 'front'] } });
    const { findings } = await produce(asked, resources, openMemorySink(), { signal, version: 'test', only: 'mockup' });
    const told = findings.filter(({ code }) => code === 'mockup.shows-nothing');
    expect(told).toMatchObject([{ severity: 'warning', pointer: '/mockups/views/0' }]);
  });

  test('of a view that shows chosen parts of the article are no picture of nothing', async () => {
    const { placements } = spec();
    const asked = parseDesignSpec({
      product: 'sneaker',
      components: { midsole: { colour: 'cream' } },
      variant: { size: 'eu-41' },
      mockups: { width: 300, views: ['top'] },
      placements: [{ ...placements[0], placement: 'heel', method: 'uv-print', settings: {} }],
    });
    const { findings } = await produce(asked, resources, openMemorySink(), { signal, version: 'test', only: 'mockup', force: true });
    expect(findings.map(({ code }) => code)).not.toContain('mockup.shows-nothing');
  });

  test('are not made for a part that the product has not, forced or not', async () => {
    const wrong = spec({ components: { handel: '#ff0000' } });
    for (const force of [false, true]) {
      const { findings, artifacts } = await produce(wrong, resources, openMemorySink(), { signal, version: 'test', only: 'mockup', force });
      expect(findings).toMatchObject([{ severity: 'error', code: 'component.unknown', pointer: '/components/handel' }]);
      expect(artifacts).toEqual([]);
    }
    expect(await check(wrong, resources, signal)).toMatchObject([{ code: 'component.unknown' }]);
    await expect(preview(wrong, resources, { view: 'front', widthPx: 300, signal })).rejects.toMatchObject({
      mistakes: [{ pointer: '/components/handel' }],
    });
  });
});
