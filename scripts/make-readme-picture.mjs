// Lays results of `npm run demo` out as docs/images/orders.jpg, the picture on the first screen of the README.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const ROOT = new URL('../', import.meta.url);
const CELL = { width: 400, height: 320 };
const GAP = 12;
const GROUND = '#e9e7e2';

const PICTURES = [
  'examples/01-team-tee/mockup-front.jpg',
  'designs/custom-sneaker/mockup-side.jpg',
  'designs/monogram-towel/mockup-folded.jpg',
  'examples/03-collage-mug/mockup-handle-right.jpg',
  'designs/player-jersey/mockup-back.jpg',
  'designs/initials-tag/mockup-angled-smooth.jpg',
  'examples/05-star-poster/mockup-framed.jpg',
  'examples/17-embroidered-cap/mockup-straight.jpg',
  'designs/ball-glove/mockup-wrist.jpg',
  'designs/engraved-board/mockup-whole.jpg',
  'examples/07-notebook/mockup-front.jpg',
  'designs/croc-letters/mockup-angled-croc.jpg',
];

const cell = (file) =>
  sharp(fileURLToPath(new URL(`out/${file}`, ROOT)))
    .flatten({ background: GROUND })
    .resize({ ...CELL, fit: 'cover' })
    .toBuffer();

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
