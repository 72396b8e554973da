// W1: one print file, 4500 x 5400 px RGBA at 300 dpi: a turned and enlarged photo, an emblem of 50 outlines, 20 lines of outlined text.
// Every candidate starts from the JPEG's bytes and from outlines that are already shaped, and ends with PNG bytes.
import { createCanvas, loadImage, Path2D } from '@napi-rs/canvas';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { about, multiply, scaling, translation } from '../dist/geometry/affine.js';
import { decodeImage } from '../dist/intake/decode-image.js';
import { renderPng } from '../dist/render/raster/render-png.js';
import { emblemNodes, proseLines, textNodes } from './support/art.mjs';
import { openFonts } from './support/fonts.mjs';
import { interleaved } from './support/measure.mjs';
import { photoJpeg } from './support/photo.mjs';
import { digits, must, print, printTable, printTargets } from './support/report.mjs';
import { fillsOf } from './support/svg-data.mjs';

sharp.concurrency(1);
sharp.cache(false);

const WIDTH = 4500;
const HEIGHT = 5400;
const MM_PER_PX = 25.4 / 300;
const TO_PX = scaling(1 / MM_PER_PX);
const PHOTO_PX = 3000;
/** The photo: enlarged 1.2 times and turned by 7 degrees about its centre at (2250, 2150). */
const TURN = (7 * Math.PI) / 180;
const SIDE = PHOTO_PX * 1.2;
const CENTRE = { x: 2250, y: 2150 };
const turned = [Math.cos(TURN), Math.sin(TURN), -Math.sin(TURN), Math.cos(TURN), 0, 0];
const photoAt = about(CENTRE, turned);
const unitToPx = multiply(photoAt, translation(CENTRE.x - SIDE / 2, CENTRE.y - SIDE / 2), scaling(SIDE));
const signal = new AbortController().signal;

const jpeg = await photoJpeg(PHOTO_PX);
const fonts = await openFonts(['Open Sans']);
const mm = (px) => px * MM_PER_PX;
const emblem = emblemNodes(mm(3450), mm(150), mm(900));
const lines = textNodes(
  proseLines(20, 12),
  { x: mm(250), y: mm(4330), widthMm: mm(4000), heightMm: mm(1000), sizeMm: mm(38), fill: '#203040' },
  fonts,
);
const emblemFills = fillsOf(emblem, TO_PX);
const textFills = fillsOf(lines, TO_PX);

const sceneOf = (image) => ({
  version: 1,
  area: {
    productId: 'bench',
    placementId: 'front',
    widthMm: mm(WIDTH),
    heightMm: mm(HEIGHT),
    bleedMm: 0,
    safeMm: 0,
    trim: { verbs: new Uint8Array(0), coords: new Float64Array(0) },
    keepOuts: [],
    folds: [],
  },
  nodes: [
    {
      kind: 'raster',
      pointer: '/layers/0',
      image: { digest: image.digest, widthPx: PHOTO_PX, heightPx: PHOTO_PX, hasAlpha: false },
      source: { x: 0, y: 0, width: PHOTO_PX, height: PHOTO_PX },
      at: multiply(scaling(MM_PER_PX), unitToPx),
      adjust: [],
      interpolation: 'smooth',
    },
    ...emblem,
    ...lines,
  ],
});

const ours = async () => {
  const image = await decodeImage(jpeg);
  const region = { x: 0, y: 0, width: mm(WIDTH), height: mm(HEIGHT) };
  const request = { widthPx: WIDTH, heightPx: HEIGHT, dpi: 300, region, background: null, mirror: false, size: 'fast' };
  return renderPng(sceneOf(image), request, () => image, signal);
};

const pathElements = (fills) => fills.map(({ data, fill }) => `<path d="${data}" fill="${fill}"/>`).join('');
const svg = (width, height, left, top, body) =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">${body}</svg>`;
const imageElement = `<image width="${SIDE}" height="${SIDE}" transform="matrix(${multiply(photoAt, translation(CENTRE.x - SIDE / 2, CENTRE.y - SIDE / 2)).join(' ')})" xlink:href="data:image/jpeg;base64,${jpeg.toString('base64')}"/>`;
const wholeSvg = svg(WIDTH, HEIGHT, 0, 0, imageElement + pathElements(emblemFills) + pathElements(textFills));
const resvg = async () => new Resvg(wholeSvg, { font: { loadSystemFonts: false } }).render().asPng();

const emblemSvg = Buffer.from(svg(900, 900, 3450, 150, pathElements(emblemFills)));
const textSvg = Buffer.from(svg(4100, 1050, 200, 4300, pathElements(textFills)));
const clear = { r: 0, g: 0, b: 0, alpha: 0 };
const turnedSide = Math.ceil(SIDE * (Math.cos(TURN) + Math.sin(TURN)));
const photoLeft = Math.round(CENTRE.x - turnedSide / 2);
const photoTop = Math.round(CENTRE.y - turnedSide / 2);
const [cos, sin] = [1.2 * Math.cos(TURN), 1.2 * Math.sin(TURN)];

/** Every step in one process without files between: the shortest way through sharp that we know. */
const sharpTuned = async () => {
  const raw = { resolveWithObject: true };
  const [photo, logo, text] = await Promise.all([
    sharp(jpeg).ensureAlpha().affine([cos, -sin, sin, cos], { background: clear, interpolator: 'bilinear' }).raw().toBuffer(raw),
    sharp(emblemSvg).ensureAlpha().raw().toBuffer(raw),
    sharp(textSvg).ensureAlpha().raw().toBuffer(raw),
  ]);
  const layer = ({ data, info }, left, top) => ({ input: data, raw: { width: info.width, height: info.height, channels: 4 }, left, top });
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 4, background: clear } })
    .composite([layer(photo, photoLeft, photoTop), layer(logo, 3450, 150), layer(text, 200, 4300)])
    .png({ compressionLevel: 1 })
    .withMetadata({ density: 300 })
    .toBuffer();
};

/** As examples show it: resize, rotate, PNG between the steps, default PNG at the end. */
const sharpUsual = async () => {
  const photo = await sharp(jpeg).resize(SIDE, SIDE).rotate(7, { background: clear }).png().toBuffer();
  const logo = await sharp(emblemSvg).png().toBuffer();
  const text = await sharp(textSvg).png().toBuffer();
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 4, background: clear } })
    .composite([
      { input: photo, left: photoLeft, top: photoTop },
      { input: logo, left: 3450, top: 150 },
      { input: text, left: 200, top: 4300 },
    ])
    .png()
    .withMetadata({ density: 300 })
    .toBuffer();
};

const canvas = async () => {
  const sheet = createCanvas(WIDTH, HEIGHT);
  const context = sheet.getContext('2d');
  context.imageSmoothingQuality = 'high';
  const picture = await loadImage(jpeg);
  context.setTransform(turned[0], turned[1], turned[2], turned[3], photoAt[4], photoAt[5]);
  context.drawImage(picture, CENTRE.x - SIDE / 2, CENTRE.y - SIDE / 2, SIDE, SIDE);
  context.resetTransform();
  for (const { data, fill } of [...emblemFills, ...textFills]) {
    context.fillStyle = fill;
    context.fill(new Path2D(data));
  }
  return sheet.encode('png');
};

const results = await interleaved(
  [
    { name: 'Platen', run: ours },
    { name: 'resvg-js', run: resvg },
    { name: 'sharp, tuned (one affine, raw layers, PNG level 1)', run: sharpTuned },
    { name: 'sharp, as usually written', run: sharpUsual, every: 2 },
    { name: '@napi-rs/canvas', run: canvas, every: 2 },
  ],
  { rounds: 6 },
);

/** Root of the mean squared difference of two PNG files on white, 0..255, and the share of empty pixels in the first. */
const compare = async (one, other) => {
  const pixels = (png) => sharp(png, { limitInputPixels: false }).ensureAlpha().raw().toBuffer();
  const [a, b] = await Promise.all([pixels(one), pixels(other)]);
  let sum = 0;
  let empty = 0;
  for (let i = 0; i < a.length; i += 4) {
    if (a[i + 3] === 0) empty++;
    for (let c = 0; c < 3; c++) {
      const difference = (a[i + c] * a[i + 3] - b[i + c] * b[i + 3]) / 255 + b[i + 3] - a[i + 3];
      sum += difference * difference;
    }
  }
  return { rms: Math.sqrt(sum / ((a.length / 4) * 3)), empty: empty / (a.length / 4) };
};

const own = results.get('Platen');
print(`\nPhoto ${digits(jpeg.length)} bytes; picture ${WIDTH} x ${HEIGHT}; medians of ${own.runs} interleaved rounds\n`);
const rows = [];
for (const [name, { cpuMs, wallMs, leastMs, mostMs, result }] of results) {
  const { rms, empty } = await compare(own.result, result);
  if (name === 'Platen') print(`empty pixels: ${(empty * 100).toFixed(1)} %\n`);
  must(rms < 6, `expected the same picture from ${name}, got an RMS difference of ${rms.toFixed(2)}`);
  rows.push([
    name,
    digits(cpuMs),
    `${digits(leastMs)}-${digits(mostMs)}`,
    digits(wallMs),
    (cpuMs / own.cpuMs).toFixed(2),
    (result.length / 1e6).toFixed(1),
    name === 'Platen' ? '-' : rms.toFixed(2),
  ]);
}
printTable(['W1, warm', 'cpu ms', 'range', 'wall ms', 'x cpu', 'MB', 'RMS difference'], rows);
const against = (name) => results.get(name);
const tuned = against('sharp, tuned (one affine, raw layers, PNG level 1)');
printTargets([
  { name: 'cpu against resvg-js', value: own.cpuMs / against('resvg-js').cpuMs, most: 0.35 },
  { name: 'cpu against tuned sharp', value: own.cpuMs / tuned.cpuMs, most: 0.25 },
  { name: 'bytes against sharp level 1', value: own.result.length / tuned.result.length, most: 0.55 },
]);
