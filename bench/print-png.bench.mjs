// The print file of an ordinary shirt, 4500 x 5400 pixels: a 3000 x 3000 JPEG turned and enlarged, a logo and text, as one PNG.
// Prints CPU milliseconds (user and system, median of warm runs) and bytes for Platen and two peers given the same pixels to make.
// Run `npm run build` first, then `node bench/print-png.bench.mjs [runs]`.

import { Resvg } from '@resvg/resvg-js';
import { openSync } from 'fontkit';
import sharp from 'sharp';
import { CUBIC, LINE, MOVE, PathBuilder, rectPath } from '../dist/geometry/path.js';
import { renderPng } from '../dist/render/raster/render-png.js';

const [WIDTH, HEIGHT, DPI, PHOTO] = [4500, 5400, 300, 3000];
const MM = 25.4 / DPI;
const RUNS = Number(process.argv[2] ?? 5);

/** Smooth blotches with fine grain: compresses about as a photo does. The same bytes every time. */
const makePhoto = async () => {
  let state = 12345;
  const noise = (bytes, low, range) =>
    Buffer.from(
      Uint8Array.from({ length: bytes }, () => {
        state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
        return low + ((state >> 16) % range);
      }),
    );
  const raw = (side) => ({ raw: { width: side, height: side, channels: 3 } });
  const small = PHOTO / 30;
  const blotches = sharp(noise(small * small * 3, 0, 256), raw(small)).resize(PHOTO, PHOTO, { kernel: 'cubic' });
  const grain = { input: noise(PHOTO * PHOTO * 3, 120, 12), ...raw(PHOTO), blend: 'overlay' };
  const pixels = await sharp(await blotches.raw().toBuffer(), raw(PHOTO))
    .composite([grain])
    .removeAlpha()
    .raw()
    .toBuffer();
  return sharp(pixels, raw(PHOTO)).jpeg({ quality: 90 }).toBuffer();
};

const solid = (r, g, b) => ({ kind: 'solid', colour: { space: 'srgb', r, g, b } });

const outlineOf = ({ path }) => {
  const builder = new PathBuilder();
  const steps = {
    moveTo: ([x, y]) => builder.moveTo(x, -y),
    lineTo: ([x, y]) => builder.lineTo(x, -y),
    quadraticCurveTo: ([a, b, x, y]) => builder.quadraticTo(a, -b, x, -y),
    bezierCurveTo: ([a, b, c, d, x, y]) => builder.cubicTo(a, -b, c, -d, x, -y),
    closePath: () => builder.close(),
  };
  for (const { command, args } of path.commands) steps[command](args);
  return builder.finish();
};

const textLine = (font, outlines, text, xPx, yPx, sizePx) => {
  const scale = (sizePx * MM) / font.unitsPerEm;
  const run = font.layout(text);
  let x = xPx * MM;
  const glyphs = run.glyphs.map((glyph, i) => {
    const outline = outlines.get(glyph.id) ?? outlineOf(glyph);
    outlines.set(glyph.id, outline);
    const placed = { glyph: glyph.id, outline, at: [scale, 0, 0, scale, x, yPx * MM] };
    x += run.positions[i].xAdvance * scale;
    return placed;
  });
  return { kind: 'glyphs', pointer: '', fontDigest: 'font', unitsPerEm: font.unitsPerEm, text, glyphs, fill: solid(0.1, 0.1, 0.2) };
};

const logoStar = (i) => {
  const builder = new PathBuilder();
  for (let k = 0; k < 40; k++) {
    const [turn, radius] = [(k * Math.PI) / 20 + i, 400 * (1 - i / 12) * (k % 2 ? 0.7 : 1)];
    const [x, y] = [(3900 + radius * Math.cos(turn)) * MM, (700 + radius * Math.sin(turn)) * MM];
    if (k === 0) builder.moveTo(x, y);
    else builder.lineTo(x, y);
  }
  const path = builder.close().finish();
  return { kind: 'path', pointer: '', path, fillRule: 'nonzero', fill: solid((i % 3) / 2, i % 2, 0.5), stroke: null };
};

const TURN = (8 * Math.PI) / 180;
const ZOOM = 3605 / PHOTO;
const [COS, SIN] = [Math.cos(TURN) * PHOTO * ZOOM * MM, Math.sin(TURN) * PHOTO * ZOOM * MM];
const PHOTO_AT = [COS, SIN, -SIN, COS, 2250 * MM - (COS - SIN) / 2, 2400 * MM - (COS + SIN) / 2];
const IMAGE = { digest: 'photo', widthPx: PHOTO, heightPx: PHOTO, hasAlpha: false };

const font = openSync(new URL('../fonts/anton/Anton-Regular.ttf', import.meta.url).pathname);
const outlines = new Map();
const vectors = [
  ...Array.from({ length: 12 }, (_, i) => logoStar(i)),
  ...Array.from({ length: 20 }, (_, i) =>
    textLine(font, outlines, `${i} The quick brown fox jumps over the lazy dog 0123456789`, 350, 4500 + i * 45, 40),
  ),
];
const photoNode = {
  kind: 'raster',
  pointer: '',
  image: IMAGE,
  source: { x: 0, y: 0, width: PHOTO, height: PHOTO },
  at: PHOTO_AT,
  adjust: [],
  interpolation: 'smooth',
};
const [widthMm, heightMm] = [WIDTH * MM, HEIGHT * MM];
const region = { x: 0, y: 0, width: widthMm, height: heightMm };
const area = {
  productId: 'bench',
  placementId: 'front',
  widthMm,
  heightMm,
  bleedMm: 0,
  safeMm: 0,
  trim: rectPath(region),
  keepOuts: [],
  folds: [],
};
const scene = { version: 1, area, nodes: [photoNode, ...vectors] };

const svgData = ({ verbs, coords }, [a, b, c, d, e, f]) => {
  let at = 0;
  const pair = () => {
    const [x, y] = [coords[at++], coords[at++]];
    return `${((a * x + c * y + e) / MM).toFixed(3)} ${((b * x + d * y + f) / MM).toFixed(3)}`;
  };
  return [...verbs]
    .map((verb) => (verb === MOVE ? `M${pair()}` : verb === LINE ? `L${pair()}` : verb === CUBIC ? `C${pair()} ${pair()} ${pair()}` : 'Z'))
    .join('');
};
const css = ({ r, g, b }) => `rgb(${[r, g, b].map((v) => Math.round(v * 255)).join(',')})`;
const svgOf = (node) => {
  const data =
    node.kind === 'path' ? svgData(node.path, [1, 0, 0, 1, 0, 0]) : node.glyphs.map(({ outline, at }) => svgData(outline, at)).join('');
  return `<path d="${data}" fill="${css(node.fill.colour)}"/>`;
};
const svg = (body) =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${WIDTH}" height="${HEIGHT}">${body}</svg>`;
const vectorSvg = vectors.map(svgOf).join('');

const jpeg = await makePhoto();
const photoMatrix = PHOTO_AT.map((value, i) => value / MM / (i < 4 ? PHOTO : 1)).join(' ');
const photoSvg = `<image width="${PHOTO}" height="${PHOTO}" transform="matrix(${photoMatrix})" xlink:href="data:image/jpeg;base64,${jpeg.toString('base64')}"/>`;

const clear = { r: 0, g: 0, b: 0, alpha: 0 };
const peers = {
  platen: async () => {
    const rgba = await sharp(jpeg).ensureAlpha().raw().toBuffer();
    const request = { dpi: DPI, widthPx: WIDTH, heightPx: HEIGHT, region, background: null, mirror: false, size: 'fast' };
    return renderPng(scene, request, () => ({ ...IMAGE, rgba, jpeg: null, warnings: [] }), new AbortController().signal);
  },
  'resvg-js': async () => new Resvg(svg(photoSvg + vectorSvg)).render().asPng(),
  // One affine, raw layers between the steps and the quickest deflate level: as fast as it goes.
  'sharp, tuned': async () => {
    const [a, b] = [Math.cos(TURN) * ZOOM, Math.sin(TURN) * ZOOM];
    const turned = sharp(jpeg).ensureAlpha().affine([a, -b, b, a], { background: clear, interpolator: 'bilinear' });
    const photo = await turned.raw().toBuffer({ resolveWithObject: true });
    const drawing = await sharp(Buffer.from(svg(vectorSvg)), { unlimited: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const layer = ({ data, info }, left, top) => ({ input: data, raw: { width: info.width, height: info.height, channels: 4 }, left, top });
    const left = Math.round(2250 - photo.info.width / 2);
    const top = Math.round(2400 - photo.info.height / 2);
    return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 4, background: clear } })
      .composite([layer(photo, left, top), layer(drawing, 0, 0)])
      .withMetadata({ density: DPI })
      .png({ compressionLevel: 1 })
      .toBuffer();
  },
};

const samples = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
for (let run = 0; run <= RUNS; run++) {
  for (const [name, job] of Object.entries(peers)) {
    const before = process.cpuUsage();
    const { length } = await job();
    const { user, system } = process.cpuUsage(before);
    // The first round warms up.
    if (run > 0) samples[name].push({ cpuMs: (user + system) / 1000, bytes: length });
  }
}
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const result = Object.entries(samples).map(([name, list]) => ({ name, cpuMs: median(list.map((s) => s.cpuMs)), bytes: list[0].bytes }));
const [{ cpuMs: own, bytes: ownBytes }] = result;
for (const { name, cpuMs, bytes } of result) {
  const ratio = `Platen is ${(own / cpuMs).toFixed(2)}x of its CPU and ${(ownBytes / bytes).toFixed(2)}x of its bytes`;
  process.stdout.write(`${name.padEnd(14)} ${cpuMs.toFixed(0).padStart(6)} ms  ${(bytes / 1e6).toFixed(1).padStart(6)} MB  ${ratio}\n`);
}
