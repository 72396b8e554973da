import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenResources } from '../../src/drivers/resources/fs-resources.ts';
import { openMemorySink } from '../../src/drivers/store/memory-sink.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { produce } from '../../src/produce/produce.ts';
import { platesOf } from '../render/pdf/tools.ts';
import { openBundledResources } from '../support/bundled-resources.ts';

let resources: OpenResources;
beforeAll(async () => {
  resources = await openBundledResources();
});
afterAll(() => resources.close());

const made = async (spec: unknown) => {
  const sink = openMemorySink();
  const options = { signal: new AbortController().signal, version: '0.0.0', only: 'production' } as const;
  const manifest = await produce(parseDesignSpec(spec), resources, sink, options);
  return { manifest, files: sink.files() };
};

const panel = (placement: string, background: string) => ({ placement, method: 'sublimation', settings: { dpi: 72 }, background });

describe('the bundled T-shirt that is cut and sewn', () => {
  it('comes as one page of its roll with a guide that names each panel and the size', async () => {
    const { manifest, files } = await made({
      product: 'all-over-tee',
      variant: { size: 's' },
      placements: [panel('front', '#123a5a'), panel('back', '#123a5a'), panel('left-sleeve', '#c2413a'), panel('right-sleeve', '#c2413a')],
    });
    expect(manifest.findings).toEqual([]);
    expect(manifest.artifacts.map(({ name, widthMm, mediaType }) => [name, widthMm, mediaType])).toEqual([
      ['panels-sublimation.jpg', 1422.4, 'image/jpeg'],
      ['panels-sublimation-guide.pdf', 1422.4, 'application/pdf'],
      ['panels-sublimation-guide.svg', 1422.4, 'image/svg+xml'],
    ]);
    const svg = new TextDecoder().decode(files?.get('panels-sublimation-guide.svg'));
    expect(svg.match(/<path /g)).toHaveLength(8);
    const plates = await platesOf(files?.get('panels-sublimation-guide.pdf') ?? new Uint8Array(), 25);
    const inked = (name: string): number => plates.get(name)?.data.filter((v) => v > 40).length ?? 0;
    // Four labels in black, and lines all round four panels.
    expect(inked('Black')).toBeGreaterThan(20);
    expect(inked('CutContour')).toBeGreaterThan(2000);
    expect(inked('SewLine')).toBeGreaterThan(2000);
  });
});

describe('the bundled tumbler', () => {
  it('comes as a ring that is wider than its art by the overlap, with the line to cut along', async () => {
    const { manifest } = await made({ product: 'tumbler-20oz', placements: [panel('wrap', '#f7c59f')] });
    expect(manifest.findings).toEqual([]);
    const [ring] = manifest.artifacts;
    expect(manifest.artifacts.map(({ name }) => name)).toEqual([
      'wrap-sublimation.png',
      'wrap-sublimation-guide.pdf',
      'wrap-sublimation-guide.svg',
    ]);
    // 215.45 mm, 5.08 of overlap and twice 3 of bleed, along an upper edge that is 3.6 % longer than the middle.
    expect(ring?.widthMm).toBeGreaterThan(226.5);
    expect(ring?.widthMm).toBeLessThan(236);
  });
});
