// W4: the live preview, 800 px wide, as a customer types: a shirt with a 2400 x 2400 px design and a name below it, another name each time,
// from the order as JSON to JPEG bytes. Everything stays warm between previews, as in a service. Peers put the name as SVG onto layers that
// were brought to preview size beforehand, flat: without folds, light or the shape of the shirt.
import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { parseDesignSpec, preview, RenderCache } from '../dist/index.js';
import { percentile } from './support/measure.mjs';
import { namesOf } from './support/names.mjs';
import { keptByName, openExample } from './support/orders.mjs';
import { designPng } from './support/photo.mjs';
import { digits, must, print, printTable, printTargets } from './support/report.mjs';

sharp.concurrency(1);
sharp.cache(false);

/** Names the candidate that a process is to run. */
const CANDIDATE = 'PLATEN_BENCH_CANDIDATE';
const WIDTH = 800;
const ROUNDS = 160;
const WARM_UP = 60;
const QUALITY = 85;
const JPEG = { quality: QUALITY, optimiseCoding: false };
const signal = new AbortController().signal;

const design = await designPng(2400);
const { resources: library } = await openExample('01-team-tee');
/** Products, views, fonts and the shop's design are read once and kept by name, as a service keeps them. */
const resources = keptByName(library, { 'design.png': `data:image/png;base64,${design.toString('base64')}` });

const order = (name) => ({
  product: 'crew-tee',
  variant: { colour: 'black', size: 'm' },
  placements: [
    {
      placement: 'front',
      method: 'dtg',
      layers: [
        { type: 'image', source: 'design.png', box: { x: 2.4, y: 10, width: 300, height: 300 } },
        {
          type: 'text',
          text: name,
          font: { family: 'Open Sans', weight: 700 },
          size: 80,
          fill: '#ffffff',
          fit: { mode: 'shrink' },
          box: { x: 10, y: 325, width: 284, height: 60 },
        },
      ],
    },
  ],
});

const cache = new RenderCache();
const previewOf = async (name, warm) => {
  const options = { view: 'front', widthPx: WIDTH, signal, ...(warm ? { cache: warm } : {}) };
  return (await preview(parseDesignSpec(order(name)), resources, options)).file.data;
};

const blank = { ...order(''), placements: [{ placement: 'front', method: 'dtg', layers: [] }] };
const shirt = (await preview(parseDesignSpec(blank), resources, { view: 'front', widthPx: WIDTH, format: 'png', signal })).file.data;
const view = await library.view('crew-tee', 'front');
const { widthPx: viewWidth, heightPx: viewHeight } = view.record;
const layer = (buffer, box) => sharp(buffer).resize(box.width, box.height).png().toBuffer();
const DESIGN = { left: 262, top: 196, width: 276, height: 276 };
const smallDesign = await layer(design, DESIGN);
const shade = await sharp(view.shade, { raw: { width: viewWidth, height: viewHeight, channels: 1 } })
  .resize(WIDTH)
  .png()
  .toBuffer();
const finished = await sharp(shirt)
  .composite([{ input: smallDesign, ...DESIGN }])
  .png()
  .toBuffer();

const nameSvg = (name) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${WIDTH}"><text x="${WIDTH / 2}" y="530" text-anchor="middle" font-family="Open Sans, sans-serif" font-weight="700" font-size="54" fill="#fff">${name}</text></svg>`,
  );
const placed = { input: smallDesign, left: DESIGN.left, top: DESIGN.top };
const flatShaded = (name) =>
  sharp(shirt)
    .composite([placed, { input: nameSvg(name) }, { input: shade, blend: 'multiply' }])
    .jpeg(JPEG)
    .toBuffer();
const flat = (name) =>
  sharp(shirt)
    .composite([placed, { input: nameSvg(name) }])
    .jpeg(JPEG)
    .toBuffer();
const overlay = (name) =>
  sharp(finished)
    .composite([{ input: nameSvg(name) }])
    .jpeg(JPEG)
    .toBuffer();
const fromFull = async (name) => {
  const whole = await sharp(design)
    .composite([{ input: nameSvg(name), left: 800, top: 1500 }])
    .png()
    .toBuffer();
  return sharp(shirt)
    .composite([{ input: await layer(whole, DESIGN), left: DESIGN.left, top: DESIGN.top }])
    .jpeg(JPEG)
    .toBuffer();
};

const OURS = 'Platen, folds and light, warm';
const FLAT = 'sharp, flat: product, design, name, shade multiplied';
const BARE = 'sharp, flat: product, design, name';
const NAME = 'sharp, flat: name onto a finished picture';
const candidates = [
  { name: OURS, run: (name) => previewOf(name, cache) },
  { name: FLAT, run: flatShaded },
  { name: BARE, run: flat },
  { name: NAME, run: overlay },
];
/** Far slower than the others: fewer rounds. */
const heavy = [
  { name: 'Platen, nothing kept', run: (name) => previewOf(name) },
  { name: 'sharp, name onto the 2400 px design, then resized', run: fromFull },
];
const HEAVY_ROUNDS = 10;

/** One run: processor milliseconds of all threads, and those of the clock. */
const once = async (run, name) => {
  await sleep(5);
  const before = process.cpuUsage();
  const started = performance.now();
  const result = await run(name);
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, wallMs, bytes: result.length };
};

/** A candidate lives in a process of its own: what one leaves behind is not for another to clear away. */
const serve = ({ run }) => {
  process.on('message', async (name) => process.send(await once(run, name)));
  process.send('ready');
};

/** What a candidate's process says next. */
const answer = (child) =>
  new Promise((resolve, reject) => {
    const ended = (code) => reject(new Error(`expected a measurement, got the end of the process (${code})`));
    child.once('exit', ended);
    child.once('message', (said) => {
      child.off('exit', ended);
      resolve(said);
    });
  });

const names = namesOf('Latin', 1).slice(0, ROUNDS + WARM_UP);
const samples = new Map();
const takeTurns = async (list, rounds, warmUp) => {
  const children = [];
  for (const { name } of list) {
    const child = fork(fileURLToPath(import.meta.url), [], { env: { ...process.env, [CANDIDATE]: name } });
    await answer(child);
    children.push({ name, child });
  }
  for (const [round, name] of names.slice(0, rounds + warmUp).entries()) {
    for (const { name: candidate, child } of children) {
      child.send(name);
      const sample = await answer(child);
      // The first rounds compile code and fill caches.
      if (round >= warmUp) samples.set(candidate, [...(samples.get(candidate) ?? []), sample]);
    }
  }
  for (const { child } of children) {
    child.disconnect();
    child.kill();
  }
};

const compare = async () => {
  await takeTurns(candidates, ROUNDS, WARM_UP);
  await takeTurns(heavy, HEAVY_ROUNDS, 1);

  for (const name of names.slice(-6)) {
    const [warm, cold] = [await previewOf(name, cache), await previewOf(name)];
    must(Buffer.compare(warm, cold) === 0, `expected the same bytes warm and cold for "${name}"`);
  }

  const figures = new Map(
    [...samples].map(([name, runs]) => {
      const cpu = runs.map(({ cpuMs }) => cpuMs);
      return [
        name,
        {
          p50: percentile(cpu, 0.5),
          p95: percentile(cpu, 0.95),
          wall: percentile(
            runs.map(({ wallMs }) => wallMs),
            0.5,
          ),
          runs,
        },
      ];
    }),
  );
  const peer = figures.get(FLAT);
  print(`\n${ROUNDS} previews of ${WIDTH} x ${WIDTH} px, JPEG quality ${QUALITY}, taking turns\n`);
  printTable(
    ['W4', 'cpu ms p50', 'p95', 'wall ms p50', 'p50 / flat', 'KB'],
    [...figures].map(([name, { p50, p95, wall, runs }]) => [
      name,
      digits(p50, 1),
      digits(p95, 1),
      digits(wall, 1),
      (p50 / peer.p50).toFixed(2),
      digits(
        percentile(
          runs.map(({ bytes }) => bytes),
          0.5,
        ) / 1024,
      ),
    ]),
  );
  const own = figures.get(OURS);
  printTargets([
    { name: 'p50 against sharp, flat, with shade', value: own.p50 / peer.p50, most: 0.25 },
    { name: 'p95 against p95 of the same', value: own.p95 / peer.p95, most: 0.35 },
  ]);
  cache.dispose();
  await library.close();
};

const alone = [...candidates, ...heavy].find(({ name }) => name === process.env[CANDIDATE]);
if (alone) serve(alone);
else await compare();
