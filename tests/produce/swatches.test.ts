import { describe, expect, test } from 'vitest';
import { openMemoryResources } from '../../src/drivers/resources/memory-resources.ts';
import { openMemorySink } from '../../src/drivers/store/memory-sink.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { digestOf } from '../../src/model/digest.ts';
import { parsePalette } from '../../src/model/palette.ts';
import { parseProduct } from '../../src/model/product.ts';
import { preview } from '../../src/produce/preview.ts';
import { produce } from '../../src/produce/produce.ts';
import { RenderCache } from '../../src/produce/render-cache.ts';

const product = parseProduct({
  id: 'tile',
  name: 'Tile',
  placements: [{ id: 'front', label: 'Front', width: 40, height: 40, methods: { sublimation: {} } }],
});
const palette = (colour: string) => parsePalette({ id: 'own', name: 'Own', kind: 'ink', swatches: [{ id: 'sea', name: 'Sea', colour }] });
const resourcesWith = (colour: string) => openMemoryResources({ products: [product], palettes: [palette(colour)] });
const specWith = (fill: unknown) =>
  parseDesignSpec({
    product: 'tile',
    placements: [{ placement: 'front', method: 'sublimation', layers: [{ type: 'shape', shape: { kind: 'ellipse' }, fill }] }],
  });
const SEA = specWith({ swatch: 'sea', palette: 'own', tint: 60 });
const signal = new AbortController().signal;

describe('a spec that names swatches', () => {
  test('is shown as the plate with its screen colour is', async () => {
    const options = { widthPx: 80, signal };
    const shown = await preview(SEA, resourcesWith('#105a7a'), options);
    const plate = specWith({ spot: 'Sea', tint: 60, alternate: '#105a7a' });
    expect(shown.file.data).toEqual((await preview(plate, resourcesWith('#ffffff'), options)).file.data);
    expect(shown.file.data).not.toEqual((await preview(specWith('#000000'), resourcesWith('#ffffff'), options)).file.data);
  });

  test('is shown anew when the palette has changed under a warm cache', async () => {
    const cache = new RenderCache();
    const options = { widthPx: 80, signal, cache };
    try {
      const before = await preview(SEA, resourcesWith('#105a7a'), options);
      const after = await preview(SEA, resourcesWith('#7a1040'), options);
      expect(after.file.data).not.toEqual(before.file.data);
      expect(after.file.data).toEqual((await preview(SEA, resourcesWith('#7a1040'), { widthPx: 80, signal })).file.data);
    } finally {
      cache.dispose();
    }
  });

  test('has the digest of the spec as it was sent, and that of the palette among its inputs', async () => {
    const sink = openMemorySink();
    const manifest = await produce(SEA, resourcesWith('#105a7a'), sink, { signal, version: '0.0.0' });
    expect(manifest).toMatchObject({ status: 'made', specDigest: digestOf(SEA) });
    expect(manifest.inputs.filter((one) => one.kind === 'palette')).toEqual([
      { kind: 'palette', name: 'own', sha256: digestOf(palette('#105a7a')) },
    ]);
  });
});
