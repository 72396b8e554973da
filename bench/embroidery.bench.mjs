// Embroidery: a word, a logo and the back of a jacket from outlines to a stitch plan, the plan to machine files, and the picture of 100 mm at
// 300 dpi. One process; peak memory is that of the whole process with everything loaded. With PLATEN_PYEMBROIDERY (a folder that holds it, or
// python3 that can import it) its writers get the same plan.
import { spawnSync } from 'node:child_process';
import { stitchPixels } from '../dist/render/stitches/stitch-pixels.js';
import { writeArtPng } from '../dist/render/white/white-files.js';
import { defaultOptions, digitize } from '../dist/stitch/digitize.js';
import { FABRICS } from '../dist/stitch/fabric.js';
import { writeDst } from '../dist/stitch/formats/write-dst.js';
import { writePes } from '../dist/stitch/formats/write-pes.js';
import { measureQuality } from '../dist/stitch/quality/measure-quality.js';
import { back, logo, word } from './support/embroidery-art.mjs';
import { openFonts } from './support/fonts.mjs';
import { interleaved } from './support/measure.mjs';
import { digits, must, print, printTable, printTargets } from './support/report.mjs';

const [ROUNDS, BACK_EVERY] = [9, 3];
const PICTURE_MM = 100;
const DPI = 300;

const fonts = await openFonts(['Open Sans']);
const options = defaultOptions(FABRICS.find(({ id }) => id === 'woven'));
const never = new AbortController().signal;
const art = { word: word(fonts), logo: logo(fonts), back: back(fonts) };
const before = process.memoryUsage.rss();

const planOf = (regions) => digitize(regions, options).plan;
const plans = Object.fromEntries(Object.entries(art).map(([name, regions]) => [name, planOf(regions)]));
const figures = Object.fromEntries(Object.entries(plans).map(([name, plan]) => [name, measureQuality(plan, art[name], options)]));
for (const [name, { coverage, floats, gaps, shortShare }] of Object.entries(figures)) {
  must(coverage > 0.985 && floats === 0 && shortShare < 0.02, `expected ${name} to be covered without floats, got ${coverage}, ${floats}`);
  must(gaps < 10, `expected ${name} without gaps, got ${gaps}`);
}

const picture = async () => {
  const side = Math.round((PICTURE_MM / 25.4) * DPI);
  const region = { x: -10, y: -10, width: PICTURE_MM, height: PICTURE_MM };
  const pixels = await stitchPixels(plans.logo, { region, widthPx: side, heightPx: side, background: '#f2efe9' }, never);
  return writeArtPng(pixels, DPI, 'fast', never);
};
const naming = { name: 'bench' };
const timings = await interleaved(
  [
    { name: 'word, 6 letters of 15 mm', run: () => planOf(art.word) },
    { name: 'logo, 80 mm, 3 colours', run: () => planOf(art.logo) },
    { name: 'back, 250 x 300 mm, 5 colours', run: () => planOf(art.back), every: BACK_EVERY },
    { name: 'DST and PES of the back', run: () => [writeDst(plans.back, naming), writePes(plans.back, naming)] },
    { name: 'quality report of the back', run: () => measureQuality(plans.back, art.back, options), every: BACK_EVERY },
    { name: 'picture, 100 mm at 300 dpi', run: picture },
  ],
  { rounds: ROUNDS },
);
const peakMb = process.resourceUsage().maxRSS / 1024;

print(
  `\nwarm, ${ROUNDS} rounds interleaved (the back each third); before digitising ${digits(before / 1e6)} MB, at most ${digits(peakMb)} MB\n`,
);
printTable(
  ['work', 'cpu ms', 'range', 'wall ms', 'runs'],
  [...timings].map(([name, { cpuMs, leastMs, mostMs, wallMs, runs }]) => [
    name,
    digits(cpuMs),
    `${digits(leastMs)}-${digits(mostMs)}`,
    digits(wallMs),
    runs,
  ]),
);
const percent = (share, places = 1) => `${digits(100 * share, places)} %`;
printTable(
  [
    'design',
    'mm2',
    'stitches',
    'a mm2',
    'covered',
    'right on top',
    'bare on 0.3 mm',
    'short',
    'p99 mm/mm2',
    'travel',
    'hidden',
    'underlay',
    'cuts',
  ],
  Object.entries(figures).map(([name, q]) => [
    name,
    digits(q.areaMm2),
    digits(q.stitches),
    digits(q.stitchesPerMm2, 2),
    percent(q.coverage, 2),
    percent(q.rightColourOnTop, 2),
    digits(q.exposedMm2, 2),
    percent(q.shortShare, 2),
    digits(q.densityP99, 1),
    percent(q.travelShare),
    percent(q.travelHidden),
    percent(q.underlayShare),
    q.trims,
  ]),
);

const PEER = `
import sys, time, resource
import pyembroidery as e
p = e.EmbPattern()
for line in sys.stdin:
    x, y, c = line.split()
    p.add_stitch_absolute({'S': e.STITCH, 'T': e.TRIM, 'C': e.COLOR_CHANGE}[c], float(x), float(y))
p.end()
p.add_thread({'rgb': 0})
import io
t = []
for _ in range(5):
    a = time.process_time()
    for w in (e.DstWriter, e.PesWriter):
        q = p.get_normalized_pattern({})
        w.write(q, io.BytesIO(), {})
    t.append(time.process_time() - a)
print(sorted(t)[2] * 1000)
`;
const peerInput = plans.back.blocks
  .map(({ runs }, k) =>
    runs
      .map(({ points }, r) => {
        const stitches = Array.from({ length: points.length / 2 }, (_, i) => `${points[2 * i] * 10} ${points[2 * i + 1] * 10} S`);
        return [...(k > 0 && r === 0 ? ['0 0 C'] : r > 0 ? ['0 0 T'] : []), ...stitches].join('\n');
      })
      .join('\n'),
  )
  .join('\n');
const env = { ...process.env, PYTHONPATH: process.env.PLATEN_PYEMBROIDERY ?? process.env.PYTHONPATH ?? '' };
const peer = spawnSync('python3', ['-c', PEER], { input: peerInput, encoding: 'utf8', env, maxBuffer: 1e8 });
const own = timings.get('DST and PES of the back').cpuMs;
if (peer.status === 0) {
  const peerMs = Number(peer.stdout);
  printTable(
    ['DST and PES of the same plan', 'cpu ms', 'x'],
    [
      ['Platen', digits(own, 1), '1.0'],
      ['pyembroidery', digits(peerMs, 1), digits(peerMs / own, 1)],
    ],
  );
} else print('pyembroidery is not installed here: its writers are left out.\n');

const cpu = (name) => timings.get(name).cpuMs / 1000;
printTargets([
  { name: 'cpu s, word', value: cpu('word, 6 letters of 15 mm'), most: 0.2 },
  { name: 'cpu s, logo', value: cpu('logo, 80 mm, 3 colours'), most: 0.5 },
  { name: 'cpu s, back', value: cpu('back, 250 x 300 mm, 5 colours'), most: 5 },
  { name: 'cpu s, picture', value: cpu('picture, 100 mm at 300 dpi'), most: 1 },
  { name: 'peak RSS MB', value: peakMb, most: 300 },
  { name: 'bare cloth of the logo on a shift of 0.3 mm, mm2', value: figures.logo.exposedMm2, most: 0.5 },
]);
