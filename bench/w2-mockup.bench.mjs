// W2: one mockup of 2000 x 2000 px: a design on a shirt, warped with four taps a pixel, shaded, masked and laid over the product, in linear
// light. First pixels to pixels, the view and the design ready; then the whole picture to JPEG bytes. Everything is warm.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas, ImageData } from '@napi-rs/canvas';
import sharp from 'sharp';
import { appearanceRequestFor, compileView, paintMockup } from '../dist/mockup/index.js';
import { rowExtentsOf, shownRows } from '../dist/mockup/shown-rows.js';
import { LentPicture } from '../dist/produce/lent-picture.js';
import { interleaved, percentile } from './support/measure.mjs';
import { openExample } from './support/orders.mjs';
import { designPng } from './support/photo.mjs';
import { openPlainComposite, plainComposite, psnrAgainstExact } from './support/plain-composite.mjs';
import { digits, must, print, printTable, printTargets } from './support/report.mjs';

sharp.concurrency(1);
sharp.cache(false);

const WIDTH = 2000;
const ROUNDS = 12;
const ARTICLE = '#c8402f';
const BACKGROUND = '#ffffff';
const JPEG_QUALITY = 85;
const signal = new AbortController().signal;

const { resources } = await openExample('01-team-tee');
const view = await compileView(await resources.view('crew-tee', 'front'), WIDTH);
await resources.close();
const [shown] = view.record.placements;
const request = appearanceRequestFor(view, shown.placement, { widthMm: shown.width, heightMm: shown.height });
const art = await sharp(await designPng(2400))
  .resize(request.widthPx, request.heightPx, { fit: 'fill' })
  .ensureAlpha()
  .raw()
  .toBuffer();
const appearance = { process: 'ink', ...request, rgba: new Uint8Array(art) };
const choices = { article: ARTICLE, background: BACKGROUND };
/** Both paint into pixels they are given: a service has some at hand, and fresh ones cost as much as the warp. */
const fresh = () => new Uint8Array(WIDTH * view.heightPx * 4);
const repaint = (rgba, fromRow, toRow) => ({ repaint: { picture: { widthPx: WIDTH, heightPx: view.heightPx, rgba }, fromRow, toRow } });
const layer = { placement: shown.placement, appearance };
const canvasOfOurs = fresh();
const canvasOfTheirs = fresh();
const ours = async () => (await paintMockup(view, [layer], choices, signal, repaint(canvasOfOurs, 0, view.heightPx))).rgba;

/** Linear light of the zones' colours, as the product has them. */
const channel = (hex, at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
const toLinear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const lightOf = (hex) => [1, 3, 5].map((at) => toLinear(channel(hex, at)) * view.record.white);
const colourOf = ({ id }) => {
  const { follows, colour } = view.record.zones.find((zone) => zone.id === id);
  return follows === 'article' ? ARTICLE : follows === 'scene' ? BACKGROUND : colour;
};
const zoneLight = Object.assign(
  view.zones.map((zone) => lightOf(colourOf(zone))),
  { printed: lightOf(colourOf({ id: shown.zone })) },
);
must(view.grain === null, 'expected a view without grain: the plain composite knows none');
const plain = openPlainComposite(view, zoneLight);

const kernel = await interleaved(
  [
    { name: 'Platen', run: ours },
    { name: 'plain JavaScript', run: () => plainComposite(plain, appearance, canvasOfTheirs) },
  ],
  { rounds: ROUNDS, warmUp: 2 },
);
const [mine, theirs] = [kernel.get('Platen'), kernel.get('plain JavaScript')];
const quality = psnrAgainstExact(plain, appearance, mine.result, 5);
const plainQuality = psnrAgainstExact(plain, appearance, theirs.result, 5);
must(quality.pixels > 10_000, `expected to judge more than 10,000 pixels, got ${quality.pixels}`);

/** OpenCV in a process of its own, over the box of the print: its bilinear remap alone, and with our composite spelt in numpy. */
const opencv = () => {
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'));
  try {
    const { x: left, y: top, width, height, mm, stride } = view.print;
    const [wide, tall] = [Math.min(width, WIDTH - left), Math.min(height, view.heightPx - top)];
    const positions = new Float32Array(wide * tall * 2);
    const light = new Float32Array(wide * tall * 2);
    const cover = new Uint8Array(wide * tall);
    const printed = view.zones.find(({ id }) => id === shown.zone).cover;
    const [across, down] = [appearance.widthPx / request.region.width, appearance.heightPx / request.region.height];
    for (let y = 0; y < tall; y++) {
      for (let x = 0; x < wide; x++) {
        const [from, to] = [(y * stride + x) * 2, y * wide + x];
        const pixel = (top + y) * WIDTH + left + x;
        positions[to * 2] = (mm[from] - shown.x - request.region.x) * across - 0.5;
        positions[to * 2 + 1] = (mm[from + 1] - shown.y - request.region.y) * down - 0.5;
        light[to * 2] = view.shade[pixel] * view.shadeScale;
        light[to * 2 + 1] = view.gloss[pixel] * view.glossScale;
        cover[to] = printed[pixel];
      }
    }
    writeFileSync(join(folder, 'map.f32'), positions);
    writeFileSync(join(folder, 'light.f32'), light);
    writeFileSync(join(folder, 'cover.u8'), cover);
    writeFileSync(join(folder, 'art.rgba'), appearance.rgba);
    writeFileSync(join(folder, 'product.rgba'), theirs.result);
    const size = { width: wide, height: tall, left, top, pictureWidth: WIDTH, pictureHeight: view.heightPx };
    const facts = { ...size, artWidth: appearance.widthPx, artHeight: appearance.heightPx, ground: zoneLight.printed };
    writeFileSync(join(folder, 'facts.json'), JSON.stringify({ ...facts, white: view.record.white, knee: view.record.knee }));
    const script = new URL('support/opencv-remap.py', import.meta.url).pathname;
    for (const python of ['python3', '/usr/bin/python3']) {
      try {
        return JSON.parse(execFileSync(python, [script, folder, '8'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      } catch {
        // Another Python may have it.
      }
    }
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
const remapWhole = opencv();

print(`\n${WIDTH} x ${view.heightPx} px, art of ${request.widthPx} x ${request.heightPx} px; medians of ${ROUNDS} interleaved rounds\n`);
const row = (name, { cpuMs, leastMs, mostMs }, dB) => [
  name,
  digits(cpuMs),
  `${digits(leastMs)}-${digits(mostMs)}`,
  (cpuMs / mine.cpuMs).toFixed(2),
  dB,
];
const remapRow = (name, cpuMs) => [name, digits(cpuMs), '', (cpuMs / mine.cpuMs).toFixed(2), '-'];
printTable(
  ['W2, pixels to pixels', 'cpu ms', 'range', 'x cpu', 'PSNR, dB'],
  [
    row('Platen', mine, quality.dB.toFixed(1)),
    row('plain JavaScript', theirs, plainQuality.dB.toFixed(1)),
    ...(remapWhole ? [remapRow(`OpenCV ${remapWhole.version}, one tap, composite in numpy, box of the print`, remapWhole.wholeMs)] : []),
    ...(remapWhole ? [remapRow('OpenCV, one tap, remap alone, box of the print', remapWhole.remapMs)] : []),
  ],
);
if (!remapWhole) print('OpenCV: left out, no python3 with cv2 here\n');

/** Canvas: the product's picture, the art in triangles over a grid of the position map, its shade multiplied. */
const canvasPicture = () => {
  const pixels = (rgba) => {
    const sheet = createCanvas(WIDTH, view.heightPx);
    sheet.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(rgba), WIDTH, view.heightPx), 0, 0);
    return sheet;
  };
  const blank = paintMockup(view, [], choices, signal);
  return blank.then(({ rgba }) => {
    const grey = new Uint8Array(WIDTH * view.heightPx * 4);
    for (let i = 0; i < WIDTH * view.heightPx; i++) {
      const light = Math.min(1, view.shade[i] * view.shadeScale * view.record.white);
      const byte = 255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);
      grey.set([byte, byte, byte, 255], i * 4);
    }
    const design = createCanvas(appearance.widthPx, appearance.heightPx);
    design
      .getContext('2d')
      .putImageData(new ImageData(new Uint8ClampedArray(appearance.rgba), appearance.widthPx, appearance.heightPx), 0, 0);
    return { product: pixels(rgba), shade: pixels(grey), design };
  });
};
const layers = await canvasPicture();

/** Triangles of the position map every `cell` pixels: picture corners with their texels. */
const trianglesOf = (cell) => {
  const { x: left, y: top, width, height, mm, stride } = view.print;
  const [across, down] = [appearance.widthPx / request.region.width, appearance.heightPx / request.region.height];
  const cornerAt = (x, y) => {
    const at = (y * stride + x) * 2;
    return {
      x: left + x,
      y: top + y,
      u: (mm[at] - shown.x - request.region.x) * across,
      v: (mm[at + 1] - shown.y - request.region.y) * down,
    };
  };
  const sane = (corners) => corners.every(({ u, v }) => u > -50 && v > -50 && u < appearance.widthPx + 50 && v < appearance.heightPx + 50);
  const triangles = [];
  for (let y = 0; y + cell <= height; y += cell) {
    for (let x = 0; x + cell <= width; x += cell) {
      const [a, b, c, d] = [cornerAt(x, y), cornerAt(x + cell, y), cornerAt(x, y + cell), cornerAt(x + cell, y + cell)];
      for (const triangle of [
        [a, b, c],
        [b, d, c],
      ])
        if (sane(triangle)) triangles.push(triangle);
    }
  }
  return triangles;
};

const drawTriangle = (context, [a, b, c], picture) => {
  const area = (b.u - a.u) * (c.v - a.v) - (c.u - a.u) * (b.v - a.v);
  if (Math.abs(area) < 1e-6) return;
  const solve = (p, q, r) => [
    ((q - p) * (c.v - a.v) - (r - p) * (b.v - a.v)) / area,
    ((r - p) * (b.u - a.u) - (q - p) * (c.u - a.u)) / area,
  ];
  const [xu, xv] = solve(a.x, b.x, c.x);
  const [yu, yv] = solve(a.y, b.y, c.y);
  context.save();
  context.beginPath();
  context.moveTo(a.x, a.y);
  context.lineTo(b.x, b.y);
  context.lineTo(c.x, c.y);
  context.closePath();
  context.clip();
  context.transform(xu, yu, xv, yv, a.x - xu * a.u - xv * a.v, a.y - yu * a.u - yv * a.v);
  context.drawImage(picture, 0, 0);
  context.restore();
};

const canvasMockup = (triangles) => {
  const print = createCanvas(WIDTH, view.heightPx);
  const onPrint = print.getContext('2d');
  for (const triangle of triangles) drawTriangle(onPrint, triangle, layers.design);
  onPrint.globalCompositeOperation = 'source-atop';
  onPrint.globalCompositeOperation = 'multiply';
  const sheet = createCanvas(WIDTH, view.heightPx);
  const context = sheet.getContext('2d');
  context.drawImage(layers.product, 0, 0);
  onPrint.globalCompositeOperation = 'source-atop';
  onPrint.drawImage(shadeOnPrint(layers.shade, print), 0, 0);
  context.drawImage(print, 0, 0);
  return sheet.encode('jpeg', JPEG_QUALITY);
};

/** The print with the shade multiplied into it, kept to the print's own alpha. */
const shadeOnPrint = (shade, print) => {
  const shaded = createCanvas(WIDTH, view.heightPx);
  const context = shaded.getContext('2d');
  context.drawImage(print, 0, 0);
  context.globalCompositeOperation = 'multiply';
  context.drawImage(shade, 0, 0);
  return shaded;
};

/** As a run with a RenderCache: the product stays, the rows that can show print are painted, and their bands of the JPEG encoded. */
const lent = new LentPicture({ widthPx: WIDTH, heightPx: view.heightPx, rgba: fresh() }, true);
const printedRows = shownRows(view, rowExtentsOf(view), shown.placement, appearance, { from: 0, to: appearance.heightPx });
await paintMockup(view, [], choices, signal, repaint(lent.rgba, 0, view.heightPx));
const wholeOf = async () => {
  const { from, to } = printedRows;
  await paintMockup(view, [layer], choices, signal, repaint(lent.rgba, from, to));
  lent.changed(printedRows);
  return lent.encode('jpeg');
};

/** How far cells of flat triangles put the art from where the map has it: pixels of the picture that 95 of 100 points stay within. */
const misplaced = (cell) => {
  const { width, height, mm, stride } = view.print;
  const at = (x, y) => [mm[(y * stride + x) * 2], mm[(y * stride + x) * 2 + 1]];
  const errors = [];
  for (let y = 0; y + cell < height; y += cell) {
    for (let x = 0; x + cell < width; x += cell) {
      const [a, b, c] = [at(x, y), at(x + cell, y), at(x, y + cell)];
      const [fx, fy] = [0.25, 0.5];
      const point = at(x + cell / 4, y + cell / 2);
      if ([a, b, c, point].some(([u]) => u > 1e8)) continue;
      const pixel = Math.hypot(b[0] - a[0], b[1] - a[1]) / cell;
      const flat = [0, 1].map((i) => a[i] + (b[i] - a[i]) * fx + (c[i] - a[i]) * fy);
      errors.push(Math.hypot(point[0] - flat[0], point[1] - flat[1]) / pixel);
    }
  }
  return percentile(errors, 0.95);
};

const CELLS = [40, 16, 8];
const nameOf = (cell) => `@napi-rs/canvas, triangles in cells of ${cell} px`;
const whole = await interleaved(
  [
    { name: 'Platen', run: wholeOf },
    ...CELLS.map((cell) => {
      const triangles = trianglesOf(cell);
      return { name: nameOf(cell), run: () => canvasMockup(triangles), every: cell === 8 ? 3 : 1 };
    }),
  ],
  { rounds: ROUNDS, warmUp: 2 },
);
const own = whole.get('Platen');
printTable(
  ['W2, whole mockup to JPEG', 'cpu ms', 'range', 'x cpu', 'KB', 'misplaced, px'],
  [...whole].map(([name, { cpuMs, leastMs, mostMs, result }]) => [
    name,
    digits(cpuMs),
    `${digits(leastMs)}-${digits(mostMs)}`,
    (cpuMs / own.cpuMs).toFixed(2),
    digits(result.length / 1024),
    name === 'Platen' ? '-' : misplaced(CELLS.find((cell) => nameOf(cell) === name)).toFixed(2),
  ]),
);
const canvas = whole.get(nameOf(16));
printTargets([
  { name: 'cpu against plain JavaScript', value: mine.cpuMs / theirs.cpuMs, most: 0.8 },
  { name: 'error against 64 samples a pixel (50 dB = 1)', value: 10 ** ((50 - quality.dB) / 10), most: 1 },
  ...(remapWhole
    ? [{ name: 'cpu against OpenCV’s remap with the composite in numpy', value: mine.cpuMs / remapWhole.wholeMs, most: 2 }]
    : []),
  { name: 'whole mockup against @napi-rs/canvas, 16 px cells', value: own.cpuMs / canvas.cpuMs, most: 0.6 },
]);
if (process.env.BENCH_PICTURES) {
  writeFileSync(join(process.env.BENCH_PICTURES, 'w2-platen.jpg'), own.result);
  writeFileSync(join(process.env.BENCH_PICTURES, 'w2-canvas.jpg'), canvas.result);
}
