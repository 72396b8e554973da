// Production files of one typical placement by each method, from the parsed spec to bytes in memory: the least that a floor asks for. Warm, one
// process, open resources. Screen print is its example with four plates of a full front.
import { openFsResources, openMemorySink, parseDesignSpec, produce, RenderCache } from '../dist/index.js';
import { interleaved } from './support/measure.mjs';
import { openExample } from './support/orders.mjs';
import { digits, must, print, printTable, printTargets } from './support/report.mjs';

const ROUNDS = 5;
const root = new URL('../', import.meta.url).pathname;
const cache = new RenderCache();

const name = (text, sizeMm, box, fill) => ({
  type: 'text',
  text,
  font: { family: 'Graduate' },
  size: `${sizeMm}mm`,
  fill,
  align: 'center',
  box,
});
const one = (product, placement, method, layers, more = {}) => ({
  product,
  placements: [{ placement, method, layers, settings: more.settings ?? {} }],
  ...(more.variant ? { variant: more.variant } : {}),
});
const TEE = { size: 'l', colour: 'black' };
const BORDERS = ['white', 'red'].map((colour) => ({ colour, widthMm: 4 }));
const disc = (x, y, size, fill) => ({ type: 'shape', shape: { kind: 'ellipse' }, fill, box: { x, y, width: size, height: size } });

/** A placement for each method without an example of one placement. */
const SPECS = {
  dtg: one(
    'crew-tee',
    'front',
    'dtg',
    [disc(60, 40, 180, '#e0482f'), name('ROWING CLUB', 26, { x: 20, y: 250, width: 260, height: 40 }, '#ffffff')],
    {
      variant: TEE,
    },
  ),
  dtf: one(
    'crew-tee',
    'front',
    'dtf',
    [disc(60, 40, 180, '#e0482f'), name('ROWING CLUB', 26, { x: 20, y: 250, width: 260, height: 40 }, '#ffffff')],
    {
      variant: TEE,
    },
  ),
  engraving: one('cutting-board', 'front', 'engraving', [name('ANNA & TOM', 14, { x: 5, y: 40, width: 140, height: 24 }, '#000000')]),
  'vinyl, twill sewn': one('team-jersey', 'back', 'vinyl', [name('27', 200, { x: 20, y: 60, width: 260, height: 220 }, '#1f4fa3')], {
    settings: { kind: 'twill', borders: BORDERS, sewing: {} },
  }),
};

/** Examples of one placement, or of few. */
const EXAMPLES = {
  sublimation: '04-song-mug',
  'uv-print': '13-uv-phone-case',
  'paper-print': '06-birthday-card',
  'screen-print': '11-club-tee',
  vinyl: '10-player-jersey',
  'hot-stamp': '14-initials-tag',
  embroidery: '17-embroidered-cap',
};

const folders = { templatesDir: `${root}templates`, fontsDir: `${root}fonts`, profilesDir: `${root}profiles` };
const opened = [
  ...(await Promise.all(
    Object.entries(SPECS).map(async ([title, spec]) => ({ title, spec, resources: await openFsResources({ ...folders, baseDir: root }) })),
  )),
  ...(await Promise.all(Object.entries(EXAMPLES).map(async ([title, example]) => ({ title, ...(await openExample(example)) })))),
];

/** The production files of an order. */
const made = async ({ $schema: _, ...spec }, resources) => {
  const sink = openMemorySink();
  const options = { signal: new AbortController().signal, version: 'bench', only: 'production', cache };
  const manifest = await produce(parseDesignSpec(spec), resources, sink, options);
  const errors = manifest.findings.filter(({ severity }) => severity === 'error');
  must(manifest.status === 'made', `expected files, got findings: ${errors.map(({ message }) => message).join('; ')}`);
  return sink.files();
};

const results = await interleaved(
  opened.map(({ title, spec, resources }) => ({ name: title, run: () => made(spec, resources) })),
  { rounds: ROUNDS },
);
print(`\nMedians of ${ROUNDS} rounds, the methods taking turns\n`);
printTable(
  ['production files of one placement, warm', 'cpu ms', 'range', 'wall ms', 'files'],
  [...results].map(([title, { cpuMs, leastMs, mostMs, wallMs, result }]) => [
    title,
    digits(cpuMs),
    `${digits(leastMs)}-${digits(mostMs)}`,
    digits(wallMs),
    result.size,
  ]),
);
printTargets([...results].map(([title, { cpuMs }]) => ({ name: `${title}, cpu seconds`, value: cpuMs / 1000, most: 1 })));
await Promise.all(opened.map(({ resources }) => resources.close()));
