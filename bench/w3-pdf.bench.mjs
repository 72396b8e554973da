// W3: one print-ready PDF, A4 with 3 mm bleed and marks: a 3000 x 3000 JPEG carried untouched, 20 lines of outlined text, one spot ink.
// Every candidate starts from the decoded picture's JPEG bytes and from outlines that are already shaped; pdfkit gets them as path data.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { multiply, scaling, translation } from '../dist/geometry/affine.js';
import { rectPath } from '../dist/geometry/path.js';
import { mmToPt } from '../dist/geometry/units.js';
import { decodeImage } from '../dist/intake/decode-image.js';
import { pageBoxes } from '../dist/render/pdf/page-boxes.js';
import { writePdf } from '../dist/render/pdf/write-pdf.js';
import { proseLines, textNodes } from './support/art.mjs';
import { openFonts } from './support/fonts.mjs';
import { interleaved } from './support/measure.mjs';
import { photoJpeg } from './support/photo.mjs';
import { digits, must, print, printTable, printTargets } from './support/report.mjs';
import { fillsOf, pathData } from './support/svg-data.mjs';

sharp.concurrency(1);

const PX = 3000;
const [WIDTH, HEIGHT, BLEED, SLUG] = [210, 297, 3, 10];
const signal = new AbortController().signal;
const area = {
  productId: 'bench',
  placementId: 'page',
  widthMm: WIDTH,
  heightMm: HEIGHT,
  bleedMm: BLEED,
  safeMm: 5,
  trim: rectPath({ x: 0, y: 0, width: WIDTH, height: HEIGHT }),
  keepOuts: [],
  folds: [],
};
const image = await decodeImage(await photoJpeg(PX));
const jpeg = Buffer.from(image.jpeg.bytes);
const fonts = await openFonts(['Open Sans']);
const spot = { space: 'spot', name: 'CutContour', tint: 1, alternate: { space: 'cmyk', c: 0, m: 1, y: 0, k: 0 } };
const text = textNodes(proseLines(20, 8), { x: 15, y: 200, widthMm: 180, heightMm: 90, sizeMm: 3.1, fill: '#203040' }, fonts);
const cut = rectPath({ x: 5, y: 5, width: WIDTH - 10, height: HEIGHT - 10 });
const nodes = [
  {
    kind: 'raster',
    pointer: '/layers/0',
    image: { digest: image.digest, widthPx: PX, heightPx: PX, hasAlpha: false },
    source: { x: 0, y: 0, width: PX, height: PX },
    at: multiply(translation(-BLEED, -BLEED), scaling(WIDTH + 2 * BLEED)),
    adjust: [],
    interpolation: 'smooth',
  },
  ...text,
  {
    kind: 'path',
    pointer: '/layers/2',
    path: cut,
    fillRule: 'nonzero',
    fill: null,
    stroke: { paint: { kind: 'solid', colour: spot }, widthMm: 0.25, cap: 'butt', join: 'miter', miterLimit: 10 },
  },
];
const boxes = pageBoxes(area, SLUG);
const page = { scene: { version: 1, area, nodes }, boxes, marks: { crop: true, registration: false, slug: null }, mirror: false };
const profile = {
  name: 'fogra39',
  digest: '',
  bytes: new Uint8Array(readFileSync(new URL('../profiles/FOGRA39L_coated.icc', import.meta.url))),
  conditionId: 'FOGRA39',
  description: 'Coated FOGRA39L',
};
const documentIn = (colour) => ({ pages: [page], colour, title: 'bench', date: '2026-01-01T00:00:00Z', creator: 'Platen' });
const inRgb = () => writePdf(documentIn({ mode: 'rgb' }), () => image, signal);
const inCmyk = () => writePdf(documentIn({ mode: 'cmyk', profile, intent: 'relative', blackText: 'k100' }), () => image, signal);

const toPt = multiply(scaling(mmToPt(1)), translation(BLEED + SLUG, BLEED + SLUG));
const lines = fillsOf(text, toPt);
const cutData = pathData({ ...cut, coords: cut.coords.map((value) => mmToPt(value + BLEED + SLUG)) });

/** The same page: boxes, crop marks, JPEG, outlines, spot ink. pdfkit writes no output intent and no PDF/X identification. */
const pdfkit = () => {
  const media = [mmToPt(boxes.media.width), mmToPt(boxes.media.height)];
  const file = new PDFDocument({ size: media, margin: 0, autoFirstPage: true });
  const chunks = [];
  file.on('data', (chunk) => chunks.push(chunk));
  const done = new Promise((resolve) => file.on('end', () => resolve(Buffer.concat(chunks))));
  const box = (inset) => [inset, inset, media[0] - inset, media[1] - inset];
  file.page.dictionary.data.BleedBox = box(mmToPt(SLUG));
  file.page.dictionary.data.TrimBox = box(mmToPt(SLUG + BLEED));
  file.addSpotColor('CutContour', 0, 100, 0, 0);
  file.image(jpeg, mmToPt(SLUG), mmToPt(SLUG), { width: mmToPt(WIDTH + 2 * BLEED) });
  for (const { data, fill } of lines) file.path(data).fill(fill);
  file.path(cutData).lineWidth(mmToPt(0.25)).stroke('CutContour');
  const near = mmToPt(SLUG + BLEED);
  const length = mmToPt(5);
  for (const x of [near, media[0] - near]) {
    for (const y of [0, media[1] - length])
      file
        .moveTo(x, y)
        .lineTo(x, y + length)
        .lineWidth(0.25)
        .stroke('black');
  }
  for (const y of [near, media[1] - near]) {
    for (const x of [0, media[0] - length])
      file
        .moveTo(x, y)
        .lineTo(x + length, y)
        .lineWidth(0.25)
        .stroke('black');
  }
  file.end();
  return done;
};

const results = await interleaved(
  [
    { name: 'Platen, RGB', run: inRgb },
    { name: 'Platen, CMYK PDF/X-4 (text through FOGRA39)', run: inCmyk },
    { name: 'pdfkit', run: pdfkit },
  ],
  { rounds: 15, warmUp: 3 },
);

const own = results.get('Platen, RGB');
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const rows = [];
for (const [name, { cpuMs, leastMs, mostMs, wallMs, result }] of results) {
  const file = join(folder, 'page.pdf');
  writeFileSync(file, result);
  const said = execFileSync('qpdf', ['--check', file], { encoding: 'utf8' });
  must(said.includes('No syntax or stream encoding errors'), `expected a clean file from ${name}, got: ${said}`);
  must(Buffer.from(result).includes(jpeg), `expected the JPEG untouched in the file from ${name}`);
  rows.push([
    name,
    digits(cpuMs, 1),
    `${digits(leastMs, 1)}-${digits(mostMs, 1)}`,
    digits(wallMs, 1),
    (cpuMs / own.cpuMs).toFixed(2),
    digits(result.length),
  ]);
}
rmSync(folder, { recursive: true });
print(
  `\nJPEG ${digits(jpeg.length)} bytes, found unchanged in every file; qpdf --check clean; medians of ${own.runs} interleaved rounds\n`,
);
printTable(['W3, warm', 'cpu ms', 'range', 'wall ms', 'x cpu', 'bytes'], rows);
printTargets([{ name: 'cpu against pdfkit', value: own.cpuMs / results.get('pdfkit').cpuMs, most: 0.2 }]);
