// Lays results of `npm run demo` out as docs/images/orders.jpg, the picture on the first screen of the README.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const ROOT = new URL('../', import.meta.url);
const CELL = { width: 400, height: 360 };
const GAP = 12;
const GROUND = '#e9e7e2';

const PICTURES = [
  ['01-team-tee/mockup-front.jpg', 'cover'],
  ['03-collage-mug/mockup-handle-right.jpg', 'cover'],
  ['05-star-poster/mockup-framed.jpg', 'cover'],
  ['09-built-sneaker/mockup-side.jpg', 'cover'],
  ['02-pet-tee/mockup-front.jpg', 'cover'],
  ['06-birthday-card/mockup-standing.jpg', 'cover'],
  ['07-notebook/mockup-front.jpg', 'cover'],
  ['04-song-mug/mockup-handle-right.jpg', 'cover'],
];

const cell = ([file, fit]) => {
  const picture = sharp(fileURLToPath(new URL(`out/examples/${file}`, ROOT))).flatten({ background: GROUND });
  return picture.resize({ ...CELL, fit: fit === 'inside' ? 'contain' : 'cover', background: GROUND }).toBuffer();
};

const columns = 4;
const rows = Math.ceil(PICTURES.length / columns);
const composite = await Promise.all(
  PICTURES.map(async (one, i) => ({
    input: await cell(one),
    left: GAP + (i % columns) * (CELL.width + GAP),
    top: GAP + Math.floor(i / columns) * (CELL.height + GAP),
  })),
);
const sheet = sharp({
  create: { width: columns * (CELL.width + GAP) + GAP, height: rows * (CELL.height + GAP) + GAP, channels: 3, background: '#ffffff' },
});
await mkdir(new URL('docs/images/', ROOT), { recursive: true });
await writeFile(new URL('docs/images/orders.jpg', ROOT), await sheet.composite(composite).jpeg({ quality: 86, mozjpeg: true }).toBuffer());
