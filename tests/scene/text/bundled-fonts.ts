import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { FontFile } from '../../../src/model/resources.ts';
import { type TextFields, type TextFieldsInput, textLayerFields } from '../../../src/model/text-layer.ts';
import { FontSet } from '../../../src/scene/text/font-set.ts';
import { layoutText, type TextLayout } from '../../../src/scene/text/layout-text.ts';
import { type LoadedFont, loadFont } from '../../../src/scene/text/loaded-font.ts';

const face = z.object({ family: z.string(), weight: z.number(), italic: z.boolean(), file: z.string(), sha256: z.string() });
const index = z.object({ faces: z.array(face) });
const folder = new URL('../../../fonts/', import.meta.url);
const faces = index.parse(JSON.parse(readFileSync(new URL('index.json', folder), 'utf8'))).faces;

export const FAMILIES = {
  sans: 'Open Sans',
  serif: 'Lora',
  script: 'Great Vibes',
  arabic: 'Noto Naskh Arabic',
  devanagari: 'Noto Sans Devanagari',
  hebrew: 'Noto Sans Hebrew',
  japanese: 'Noto Sans JP',
  thai: 'Noto Sans Thai',
  emoji: 'Twemoji Mozilla',
} as const;
type Family = keyof typeof FAMILIES;

/** The path of a bundled font, for independent readers. */
export const fontPath = (family: Family, weight = 400): string => {
  const found = faces.find((one) => one.family === FAMILIES[family] && one.weight === weight && !one.italic);
  if (!found) throw new Error(`no bundled font ${family} ${weight}`);
  return new URL(found.file, folder).pathname;
};

const fileOf = ({ family, sha256, file }: z.output<typeof face>): FontFile => ({
  family,
  digest: sha256,
  bytes: new Uint8Array(readFileSync(new URL(file, folder))),
});

const used = new Set<string>(Object.values(FAMILIES));
export const fonts = await FontSet.open(faces.filter(({ family }) => used.has(family)).map((one) => ({ request: one, file: fileOf(one) })));

export const openFont = (family: Family, weight = 400): LoadedFont => {
  const found = faces.find((one) => one.family === FAMILIES[family] && one.weight === weight && !one.italic);
  if (!found) throw new Error(`no bundled font ${family} ${weight}`);
  return loadFont(fileOf(found));
};

const schema = z.strictObject(textLayerFields);

export type LayerInput = Omit<TextFieldsInput, 'font'> & { readonly font?: TextFieldsInput['font'] };

export const textLayer = (input: LayerInput): TextFields => schema.parse({ font: { family: FAMILIES.sans }, ...input });

export const fontOf = (family: Family, weight = 400) => ({ family: FAMILIES[family], weight });

export const layOut = (input: LayerInput, widthMm = 80, heightMm = 40): TextLayout =>
  layoutText(textLayer(input), { widthMm, heightMm }, fonts, '/layers/0');

/** Glyph ids with their places, left to right. */
export const glyphsOf = (layout: TextLayout) =>
  layout.nodes
    .flatMap((node) => (node.kind === 'glyphs' ? node.glyphs.map((glyph) => ({ glyph: glyph.glyph, x: glyph.at[4], y: glyph.at[5] })) : []))
    .sort((a, b) => a.x - b.x);

export const codesOf = (layout: TextLayout): readonly string[] => layout.findings.map(({ code }) => code);
