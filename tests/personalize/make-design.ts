import { parseDesign } from '../../src/model/design.ts';
import { type Palette, parsePalette } from '../../src/model/palette.ts';
import { type Product, parseProduct } from '../../src/model/product.ts';
import type { OpenDesign } from '../../src/personalize/filled-design.ts';

export const CARD: Product = parseProduct({
  id: 'card',
  name: 'Card',
  options: [
    {
      id: 'size',
      label: 'Size',
      values: [
        { id: 's', label: 'Small' },
        { id: 'l', label: 'Large' },
      ],
      default: 's',
    },
  ],
  components: [
    {
      id: 'edge',
      label: 'Edge',
      colours: [
        { id: 'red', label: 'Red', colour: '#c2413a' },
        { id: 'ink', label: 'Ink', colour: '#111122' },
      ],
      materials: ['leather', 'mesh'],
    },
    { id: 'cord', label: 'Cord' },
  ],
  placements: [
    { id: 'front', label: 'Front', width: 100, height: 60, methods: { 'paper-print': {} } },
    { id: 'back', label: 'Back', width: 100, height: 60, methods: { 'paper-print': {} } },
  ],
});

export const FOILS: Palette = parsePalette({
  id: 'foils',
  name: 'Foils',
  kind: 'foil',
  swatches: [
    { id: 'gold', name: 'Gold', colour: '#c9a04a' },
    { id: 'silver', name: 'Silver', colour: '#c3c6ca' },
  ],
});

const layer = (text: string) => ({ type: 'text', text, font: { family: 'Lora' } });

export const specWith = (...layers: readonly unknown[]) => ({ placements: [{ placement: 'front', method: 'paper-print', layers }] });

/** A design on a small card; its spec writes `text` unless another is given. */
export const makeDesign = (parts: Readonly<Record<string, unknown>> = {}, text = 'fixed'): OpenDesign => ({
  design: parseDesign({ id: 'test', name: 'Test', product: 'card', spec: specWith(layer(text)), ...parts }),
  products: new Map([['card', CARD]]),
  optionSets: new Map(),
  palettes: new Map([['foils', FOILS]]),
});
