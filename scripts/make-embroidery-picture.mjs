// Digitises twenty words and emblems with the command (build first) and lays them out as docs/images/embroidery.jpg, the picture of docs/embroidery.md.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const ROOT = new URL('../', import.meta.url);
const COMMAND = fileURLToPath(new URL('dist/apps/cli/main.js', ROOT));
const CELL = { width: 400, height: 260 };
const [GAP, COLUMNS, DPI] = [8, 4, 300];
const CLOTH = '#efe9dc';
const [NAVY, WINE, GREEN, INK] = ['#20386f', '#8a1f2f', '#1f5a3c', '#22242a'];

/** Text, font, size in mm, colour: none for emblems, which have their own. */
const DESIGNS = [
  ['Hamburg', 'Open Sans:700', '70x30', NAVY],
  ['Rosalie', 'Great Vibes', '70x40', WINE],
  ['🦊', 'Twemoji Mozilla', '60x50', null],
  ['QUARTZ', 'Playfair Display:700', '70x30', INK],
  ['Sea\nhouse', 'Pacifico', '70x44', GREEN],
  ['🚀', 'Twemoji Mozilla', '60x50', null],
  ['COACH 27', 'Graduate', '70x30', NAVY],
  ['Привет', 'Oswald:700', '60x30', WINE],
  ['🐧', 'Twemoji Mozilla', '60x50', null],
  ['Miriam', 'Lobster', '70x40', INK],
  ['東京', 'Noto Sans JP', '60x36', NAVY],
  ['ABK', 'Cinzel Decorative:700', '60x36', GREEN],
  ['🎸', 'Twemoji Mozilla', '60x50', null],
  ['सूर्य', 'Noto Sans Devanagari', '50x40', WINE],
  ['Lucky!', 'Luckiest Guy', '70x40', NAVY],
  ['⚓', 'Twemoji Mozilla', '60x50', null],
  ['سلام', 'Noto Kufi Arabic', '60x40', INK],
  ['Grey & Co', 'EB Garamond', '70x30', GREEN],
  ['🍕', 'Twemoji Mozilla', '60x50', null],
  ['Ahoy!', 'Chewy', '60x38', WINE],
];

const folder = await mkdtemp(join(tmpdir(), 'platen-picture-'));

const sewn = ([text, font, size, colour], i) => {
  const picture = join(folder, `${i}.png`);
  const colours = colour ? ['--colour', colour] : ['--threads', 'none'];
  const words = ['digitize', text, '--text', '--font', font, '--size', size, ...colours, '--cloth', CLOTH, '--dpi', String(DPI), '--quiet'];
  const { status } = spawnSync(process.execPath, [COMMAND, ...words, '-o', join(folder, `${i}.dst`), '--preview', picture], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`expected ${JSON.stringify(text)} to be digitised, got exit code ${status}`);
  return sharp(picture)
    .resize({ ...CELL, fit: 'contain', background: CLOTH })
    .flatten({ background: CLOTH })
    .toBuffer();
};

const composite = await Promise.all(
  DESIGNS.map(async (design, i) => ({
    input: await sewn(design, i),
    left: GAP + (i % COLUMNS) * (CELL.width + GAP),
    top: GAP + Math.floor(i / COLUMNS) * (CELL.height + GAP),
  })),
);
const rows = Math.ceil(DESIGNS.length / COLUMNS);
const sheet = sharp({
  create: { width: COLUMNS * (CELL.width + GAP) + GAP, height: rows * (CELL.height + GAP) + GAP, channels: 3, background: '#ffffff' },
});
await writeFile(
  new URL('docs/images/embroidery.jpg', ROOT),
  await sheet.composite(composite).jpeg({ quality: 84, mozjpeg: true }).toBuffer(),
);
await rm(folder, { recursive: true });
