// Screen separations of a 300 x 400 mm design in six inks at 720 dpi on a dark shirt: plates with trap and underbase, PDF and ink list. One
// process, one run, as a worker meets it; peak memory is the process's own.
import { readFileSync } from 'node:fs';
import { screenPrint } from '../dist/methods/screen-print/index.js';
import { parsePalette } from '../dist/model/palette.js';
import { emblemNodes, proseLines, textNodes } from './support/art.mjs';
import { openFonts } from './support/fonts.mjs';
import { median, timed } from './support/measure.mjs';
import { digits, must, print, printTable, printTargets } from './support/report.mjs';

const [WIDTH, HEIGHT] = [300, 400];
const INKS = ['#fcd92f', '#f0742a', '#da2128', '#6fb3e0', '#0f8a4b', '#ffffff'];
const RUNS = 3;

const palette = parsePalette(JSON.parse(readFileSync(new URL('../templates/palettes/inks/palette.json', import.meta.url), 'utf8')));
const fonts = await openFonts(['Open Sans']);
const solid = (hex) => ({
  kind: 'solid',
  colour: {
    space: 'srgb',
    ...Object.fromEntries(['r', 'g', 'b'].map((c, i) => [c, Number.parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16) / 255])),
  },
});
const recoloured = (nodes, hex) => nodes.map((node) => ({ ...node, fill: solid(hex), ...(node.kind === 'path' ? { stroke: null } : {}) }));
/** Six emblems and six blocks of lettering, each in an ink of its own, over a large field of the first. */
const nodes = INKS.flatMap((hex, i) => [
  ...recoloured(emblemNodes(10 + (i % 2) * 145, 5 + Math.floor(i / 2) * 132, 135), hex),
  ...recoloured(textNodes(proseLines(8, 6, i), { x: 10, y: 20 + i * 62, widthMm: 280, heightMm: 60, sizeMm: 5, fill: hex }, fonts), hex),
]);
const scene = {
  version: 1,
  area: {
    productId: 'bench',
    placementId: 'front',
    widthMm: WIDTH,
    heightMm: HEIGHT,
    bleedMm: 0,
    safeMm: 0,
    trim: { verbs: new Uint8Array(0), coords: new Float64Array(0) },
    keepOuts: [],
    folds: [],
  },
  nodes,
};
const context = {
  picture: () => must(false, 'expected no picture'),
  palette: () => palette,
  articleColour: '#17171a',
  lettering: () => [],
  signal: new AbortController().signal,
};
const work = {
  name: 'front',
  pages: [scene],
  settings: screenPrint.settings.parse({}),
  title: 'Bench',
  date: '2026-03-01T00:00:00Z',
  label: '',
};

const before = process.memoryUsage.rss();
const runs = [];
for (let i = 0; i < RUNS; i++) runs.push(await timed(() => screenPrint.make(work, context)));
const peakMb = process.resourceUsage().maxRSS / 1024;
const { files } = runs[0].result;
must(files.length === 9, `expected seven plates, a PDF and a list, got ${files.length} files`);
print(`\n${WIDTH} x ${HEIGHT} mm, six inks and underbase at 720 dpi; ${RUNS} runs; before the first ${digits(before / 1e6)} MB\n`);
printTable(
  ['file', 'bytes'],
  files.map(({ name, data }) => [name, digits(data.length)]),
);
printTargets([
  { name: 'cpu s, first run', value: runs[0].cpuMs / 1000, most: 4 },
  { name: 'cpu s, median', value: median(runs.map(({ cpuMs }) => cpuMs)) / 1000, most: 4 },
  { name: 'peak RSS MB', value: peakMb, most: 600 },
]);
