import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenResources } from '../../../src/drivers/resources/fs-resources.ts';
import { parseDesignSpec } from '../../../src/model/design-spec.ts';
import { resolve, Unresolved } from '../../../src/scene/resolve.ts';
import { openBundledResources } from '../../support/bundled-resources.ts';
import { SAMPLES } from './samples.ts';

let resources: OpenResources;
beforeAll(async () => {
  resources = await openBundledResources();
});
afterAll(() => resources.close());

const resolved = (layers: readonly object[]) =>
  resolve(
    parseDesignSpec({ product: 'poster-a3', placements: [{ placement: 'front', method: 'paper-print', layers }] }),
    resources,
    new AbortController().signal,
  );

test('every font that a special layer names is loaded, and the emoji font where its words have emoji', async () => {
  const { fonts } = await resolved([
    ...SAMPLES.map(({ layer }) => layer),
    { type: 'list', items: [{ label: 'Oslo 🎸' }], titleFont: { family: 'Rye' } },
    { type: 'name-number', number: '7', font: { family: 'Oswald' }, numberFont: { family: 'Teko' } },
  ]);
  const families = new Set(fonts.map(({ request }) => request.family));
  for (const family of ['Playfair Display', 'EB Garamond', 'Graduate', 'Caveat', 'Great Vibes', 'Rye', 'Teko', 'Twemoji Mozilla']) {
    expect(families).toContain(family);
  }
  const plain = await resolved([{ type: 'list', items: ['Oslo'] }]);
  expect(plain.fonts.map(({ request }) => request.family)).toEqual(['Oswald']);
});

test('the cover of a song is loaded, and one that is missing is told at the cover', async () => {
  const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer();
  const cover = `data:image/png;base64,${png.toString('base64')}`;
  const { images } = await resolved([{ type: 'song-player', title: 'A', cover }]);
  expect(images.get(cover)).toMatchObject({ widthPx: 4, heightPx: 4 });
  const missing = resolved([{ type: 'group', layers: [{ type: 'song-player', title: 'A', cover: 'no-such.png' }] }]);
  const error = await missing.catch((caught: unknown) => caught);
  if (!(error instanceof Unresolved)) throw new Error('expected a missing picture');
  expect(error.problems.map(({ pointer }) => pointer)).toEqual(['/placements/0/layers/0/layers/0/cover']);
});
