import { readFileSync } from 'node:fs';
import { FontSet } from '../../dist/scene/text/font-set.js';

const folder = new URL('../../fonts/', import.meta.url);
const { faces } = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8'));

const faceOf = (family) => {
  const found = faces.find((face) => face.family === family && face.weight === 400 && !face.italic);
  if (!found) throw new Error(`expected a bundled font "${family}", got none`);
  return found;
};

/** Bytes of a bundled regular upright face, with the digest the engine keys it by. */
export const fontFile = (family) => {
  const { file, sha256 } = faceOf(family);
  return { family, digest: sha256, bytes: new Uint8Array(readFileSync(new URL(file, folder))) };
};

export const fontPath = (family) => new URL(faceOf(family).file, folder).pathname;

export const openFonts = (families) => FontSet.open(families.map((family) => ({ request: faceOf(family), file: fontFile(family) })));
