import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenResources } from '../../src/drivers/resources/fs-resources.ts';
import { openMemorySink } from '../../src/drivers/store/memory-sink.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { InvalidInput } from '../../src/model/parse.ts';
import { preview } from '../../src/produce/preview.ts';
import { produce } from '../../src/produce/produce.ts';
import { openBundledResources } from '../support/bundled-resources.ts';

const signal = new AbortController().signal;
const mistakesOf = (input: unknown): unknown => {
  try {
    return parseDesignSpec(input);
  } catch (error) {
    return error instanceof InvalidInput ? error.mistakes : error;
  }
};

let resources: OpenResources;
beforeAll(async () => {
  resources = await openBundledResources();
});
afterAll(() => resources.close());

describe('an article built of components, without print', () => {
  const order = { product: 'sneaker', components: { quarter: { colour: '#224466', material: 'croc' } }, mockups: { width: 200 } };

  test('gets a picture of every view and no production file', async () => {
    const sink = openMemorySink();
    const manifest = await produce(parseDesignSpec(order), resources, sink, { signal, version: 'test' });
    const views = await resources.views('sneaker');
    expect(manifest.artifacts.map(({ role, view }) => [role, view])).toEqual(views.map((view) => ['mockup', view]));
    expect(manifest.findings).toEqual([]);
  });

  test('is previewed by its first view', async () => {
    const { file, ok } = await preview(parseDesignSpec(order), resources, { widthPx: 200, signal });
    expect([file.view, ok]).toEqual([(await resources.views('sneaker'))[0], true]);
  });

  test('still needs something to make', () => {
    expect(mistakesOf({ product: 'sneaker' })).toMatchObject([{ pointer: '/placements' }]);
  });
});
