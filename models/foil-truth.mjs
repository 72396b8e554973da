#!/usr/bin/env node
/**
 * Puts foil as the engine paints it beside foil as Blender traces it: npm run build && node models/foil-truth.mjs [--paint-only]
 * Writes docs/pictures/foil-side-by-side.webp. The view must have been made here before (node models/make.mjs notebook-cover/close-up), for
 * its exposure; --paint-only takes the last traced picture.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import sharp from 'sharp';
import { openViewLibrary } from '../dist/drivers/resources/view-library.js';
import { compileView, paintMockup } from '../dist/mockup/index.js';
import { FOIL } from '../dist/render/finishes.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [PRODUCT, VIEW, PLACEMENT] = ['notebook-cover', 'close-up', 'cover'];
const COVER = '#22304d';
const GOLD = [240, 205, 133];
/** Where the mark lies, trim mm, and its die. */
const BOX = { x: 211, y: 84, width: 56, height: 56 };
const DIE = { depth: 0.1, edge: 0.06 };
const PX_PER_MM = 12;
const FONT = 'fonts/playfair-display/PlayfairDisplay-Bold.ttf';
const SHOWN = { left: 0.16, top: 0.2, right: 0.74, bottom: 0.8 };

const folder = join(root, 'models/.cache', PRODUCT, VIEW);
const traced = join(folder, 'foil.webp');

/** A ring, a star, a name and small type: broad faces, thin lines and points. */
const drawMark = () => {
  const side = BOX.width * PX_PER_MM;
  const canvas = createCanvas(side, side);
  const pen = canvas.getContext('2d');
  GlobalFonts.registerFromPath(join(root, FONT), 'Mark');
  pen.scale(PX_PER_MM, PX_PER_MM);
  pen.translate(BOX.width / 2, BOX.height / 2);
  for (const [radius, width] of [
    [26.5, 1.1],
    [24.8, 0.3],
  ]) {
    pen.lineWidth = width;
    pen.beginPath();
    pen.arc(0, 0, radius, 0, 2 * Math.PI);
    pen.stroke();
  }
  pen.beginPath();
  for (let i = 0; i < 16; i += 1)
    pen.lineTo(Math.cos((Math.PI * i) / 8) * (i % 2 ? 1.7 : 5), -14 + Math.sin((Math.PI * i) / 8) * (i % 2 ? 1.7 : 5));
  pen.fill();
  pen.textAlign = 'center';
  pen.font = '19px Mark';
  pen.fillText('Noa', 0, 7.5);
  pen.font = '3.6px Mark';
  pen.fillText('NOTES & IDEAS', 0, 15.5);
  return { side, rgba: new Uint8Array(pen.getImageData(0, 0, side, side).data), png: canvas.toBuffer('image/png') };
};

/** Height in mm: the mark's alpha, its edge softened by a Gaussian of `edge` mm, `depth` mm down. */
const pressed = async ({ side, rgba }) => {
  const alpha = Uint8Array.from({ length: side * side }, (_, i) => rgba[i * 4 + 3]);
  const raw = { width: side, height: side, channels: 1 };
  const soft = await sharp(alpha, { raw })
    .blur(DIE.edge * PX_PER_MM)
    .extractChannel(0)
    .raw()
    .toBuffer();
  return Float32Array.from(soft, (value) => (-DIE.depth * value) / 255);
};

/** The mark in its place on the whole trim: an appearance lies evenly about the trim. */
const appearanceOn = async ({ width, height }, mark) => {
  const [widthPx, heightPx] = [width * PX_PER_MM, height * PX_PER_MM];
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  const relief = new Float32Array(widthPx * heightPx);
  const low = await pressed(mark);
  for (let y = 0; y < mark.side; y += 1) {
    for (let x = 0; x < mark.side; x += 1) {
      const [from, to] = [y * mark.side + x, (y + BOX.y * PX_PER_MM) * widthPx + x + BOX.x * PX_PER_MM];
      rgba.set([...GOLD, mark.rgba[from * 4 + 3]], to * 4);
      relief[to] = low[from];
    }
  }
  return { process: 'ink', widthPx, heightPx, region: { x: 0, y: 0, width, height }, rgba, surface: { height: relief, finish: FOIL } };
};

const paint = async (mark, view, shown) => {
  const layer = { placement: PLACEMENT, appearance: await appearanceOn(shown, mark) };
  return paintMockup(view, [layer], { zones: { cover: COVER } }, new AbortController().signal);
};

const toLinear = (value) => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);

const run = (command, words) => {
  const { status, stderr } = spawnSync(command, words, { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1' } });
  if (status !== 0) throw new Error(`expected ${command} to end well, got ${status}: ${stderr.slice(-2000)}`);
};

const trace = (mark, shown) => {
  const cover = [1, 3, 5].map((at) => Number.parseInt(COVER.slice(at, at + 2), 16));
  const settings = {
    box: [shown.x + BOX.x, shown.y + BOX.y, BOX.width, BOX.height],
    colour: GOLD.map(toLinear),
    article: cover.map((value) => 0.8 * toLinear(value)),
    roughness: FOIL.roughness,
    grain: FOIL.grain,
    samples: 96,
    border: [SHOWN.left, SHOWN.top, SHOWN.right, SHOWN.bottom],
    ...DIE,
  };
  writeFileSync(join(folder, 'mark.png'), mark.png);
  writeFileSync(join(folder, 'foil.json'), JSON.stringify(settings));
  writeFileSync(join(folder, 'truth.json'), JSON.stringify({ border: settings.border }));
  const files = [PRODUCT, VIEW, folder, join(folder, 'mark.png'), join(folder, 'foil.json')];
  run(process.env.PLATEN_BLENDER ?? 'blender', [
    '-b',
    '-noaudio',
    '--factory-startup',
    '-P',
    join(root, 'models/studio/foil.py'),
    '--',
    ...files,
  ]);
  run(process.env.PLATEN_PYTHON ?? 'python3', [join(root, 'models/studio/bake.py'), 'truth', folder, traced]);
};

const mark = drawMark();
const views = openViewLibrary(join(root, 'templates/'));
const loaded = await views.load(PRODUCT, VIEW);
const view = await compileView(loaded, loaded.record.widthPx);
const shown = loaded.record.placements.find(({ placement }) => placement === PLACEMENT);
if (!process.argv.includes('--paint-only') || !existsSync(traced)) trace(mark, shown);
const picture = await paint(mark, view, shown);
const [left, top] = [Math.round(SHOWN.left * picture.widthPx), Math.round(SHOWN.top * picture.heightPx)];
const truth = await sharp(traced).removeAlpha().raw().toBuffer({ resolveWithObject: true });
const { width, height } = truth.info;
const ours = await sharp(picture.rgba, { raw: { width: picture.widthPx, height: picture.heightPx, channels: 4 } })
  .removeAlpha()
  .extract({ left, top, width, height })
  .png()
  .toBuffer();
mkdirSync(join(root, 'docs/pictures'), { recursive: true });
await sharp({ create: { width: 2 * width + 16, height, channels: 3, background: '#ffffff' } })
  .composite([
    { input: ours, left: 0, top: 0 },
    { input: await sharp(traced).png().toBuffer(), left: width + 16, top: 0 },
  ])
  .webp({ quality: 90 })
  .toFile(join(root, 'docs/pictures/foil-side-by-side.webp'));
