import { readFileSync } from 'node:fs';
import { type Palette, parsePalette } from '../../src/model/palette.ts';

/** One of the palettes that ship with Platen, as methods are given it. */
export const bundledPalette = (id: string): Palette =>
  parsePalette(JSON.parse(readFileSync(new URL(`../../templates/palettes/${id}/palette.json`, import.meta.url), 'utf8')));
