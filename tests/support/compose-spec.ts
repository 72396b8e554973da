import { fileURLToPath } from 'node:url';
import { openFontLibrary } from '../../src/drivers/resources/font-library.ts';
import { type DesignSpec, parseDesignSpec } from '../../src/model/design-spec.ts';
import type { Finding } from '../../src/model/finding.ts';
import { type Product, parseProduct } from '../../src/model/product.ts';
import type { DecodedImage, Drawing } from '../../src/model/resources.ts';
import { STANDARD_SHOP } from '../../src/model/shop.ts';
import { measurePlacement } from '../../src/scene/area.ts';
import { compose } from '../../src/scene/compose.ts';
import type { Scene } from '../../src/scene/scene.ts';
import { isSpecial, specialFonts } from '../../src/scene/special/special-sources.ts';
import { FontSet } from '../../src/scene/text/font-set.ts';
import { fontRequestsOf } from '../../src/scene/text/layout-text.ts';
import { layersOf } from '../../src/scene/walk.ts';

const FONTS = fileURLToPath(new URL('../../fonts', import.meta.url));

/** A card of 100 x 60 mm with 3 mm bleed and 4 mm safe margin: the product of most scene tests. */
export const CARD: Product = parseProduct({
  id: 'card',
  name: 'Card',
  placements: [
    { id: 'front', label: 'Front', width: 100, height: 60, bleed: 3, safe: 4, methods: { 'paper-print': {} } },
    {
      id: 'cover',
      label: 'Cover',
      height: 200,
      bleed: 3,
      safe: 4,
      panels: [
        { id: 'back', label: 'Back', width: 150 },
        { id: 'spine', label: 'Spine', width: { perPage: 0.06, plus: 4 } },
        { id: 'front', label: 'Front', width: 150 },
      ],
      methods: { 'paper-print': {} },
    },
  ],
});

/** A picture whose every pixel tells where it is: red grows across, green down. */
export const testPicture = (widthPx: number, heightPx: number, digest = 'a'.repeat(64)): DecodedImage => {
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  for (let i = 0; i < widthPx * heightPx; i += 1) {
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)];
    rgba.set([Math.round((255 * x) / widthPx), Math.round((255 * y) / heightPx), 128, 255], i * 4);
  }
  return { digest, widthPx, heightPx, hasAlpha: false, rgba, jpeg: null, warnings: [] };
};

export type ComposeInputs = {
  readonly layers: readonly unknown[];
  readonly placement?: string;
  readonly edge?: 'strict' | 'extend' | 'mirror';
  readonly background?: unknown;
  readonly pages?: number;
  readonly images?: Readonly<Record<string, DecodedImage>>;
  readonly drawings?: Readonly<Record<string, Drawing>>;
};

/** Parses layers as a customer would send them and composes them on the card with the bundled fonts. */
export const composeLayers = async (inputs: ComposeInputs): Promise<{ scene: Scene; findings: readonly Finding[]; spec: DesignSpec }> => {
  const { layers, placement = 'front', edge = 'strict', background, pages, images = {}, drawings = {} } = inputs;
  const spec = parseDesignSpec({
    product: 'card',
    ...(pages === undefined ? {} : { pages }),
    placements: [{ placement, method: 'paper-print', layers, edge, ...(background === undefined ? {} : { background }) }],
  });
  const [one] = spec.placements;
  const product = CARD.placements.find(({ id }) => id === placement);
  if (!one || !product) throw new Error(`no placement ${placement}`);
  const library = await openFontLibrary(FONTS);
  const wanted = layersOf(one.layers, '').flatMap(({ layer }) =>
    layer.type === 'text'
      ? fontRequestsOf(layer)
      : isSpecial(layer)
        ? specialFonts(layer)
        : layer.type === 'code'
          ? [{ family: 'Open Sans', weight: 400, italic: false }]
          : [],
  );
  const entries = await Promise.all(wanted.map(async (request) => ({ request, file: await library.find(request) })));
  const fonts = await FontSet.open(entries);
  try {
    const resources = { fonts, image: (source: string) => found(images[source]), drawing: (source: string) => found(drawings[source]) };
    return { ...compose(one, measurePlacement(CARD, product, spec, STANDARD_SHOP), resources, '/placements/0'), spec };
  } finally {
    fonts.dispose();
  }
};

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the test names a picture it does not give');
  return value;
};
