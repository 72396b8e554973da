import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProductView } from '../../src/model/view.ts';
import { RenderCache } from '../../src/produce/render-cache.ts';
import { openBundledResources } from '../support/bundled-resources.ts';

let resources: Awaited<ReturnType<typeof openBundledResources>>;
let view: ProductView;
beforeAll(async () => {
  resources = await openBundledResources();
  view = await resources.view('crew-tee', 'front');
});
afterAll(() => resources.close());

it('keeps many small views ready, and few large ones', async () => {
  const cache = new RenderCache();
  const small = await cache.view(view, { widthPx: 300 });
  for (const widthPx of [310, 320, 330, 340, 350, 360, 370, 380, 390, 400, 410]) await cache.view(view, { widthPx });
  expect(await cache.view(view, { widthPx: 300 })).toBe(small);
  const large = await cache.view(view, { widthPx: 2400 });
  expect(await cache.view(view, { widthPx: 2400 })).toBe(large);
  expect(await cache.view(view, { widthPx: 300 })).toBe(small);
  await cache.view(view, { widthPx: 2500 });
  expect(await cache.view(view, { widthPx: 2400 })).not.toBe(large);
  cache.dispose();
});

it('keeps one view, however large', async () => {
  const cache = new RenderCache();
  const huge = await cache.view(view, { widthPx: 3600 });
  expect(await cache.view(view, { widthPx: 3600 })).toBe(huge);
  cache.dispose();
});
