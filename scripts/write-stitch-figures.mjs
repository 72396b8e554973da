#!/usr/bin/env node
// Measures the designs of tests/stitch/colours, and the word, logo and back of bench/embroidery, and writes the tables of docs/embroidery.md (build
// first). With --print it only prints them; a word after it picks designs by name.
import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { back, logo, word } from '../bench/support/embroidery-art.mjs';
import { openFonts } from '../bench/support/fonts.mjs';
import { defaultOptions, digitize } from '../dist/stitch/digitize.js';
import { FABRICS } from '../dist/stitch/fabric.js';
import { stepsOfRun } from '../dist/stitch/formats/steps-of-run.js';
import { measureQuality } from '../dist/stitch/quality/measure-quality.js';

process.chdir(new URL('..', import.meta.url).pathname);
const PAGE = 'docs/embroidery.md';
const COMPILED = 'out/stitch-figures';
const [isPrint, pick = ''] = [process.argv.includes('--print'), process.argv.slice(2).find((one) => !one.startsWith('-'))];

/** The shapes of the tests, which are TypeScript. */
const compiled = async () => {
  const tsc = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'scripts/stitch-figures.tsconfig.json', '--outDir', COMPILED],
    { stdio: 'inherit' },
  );
  if (tsc.status !== 0) process.exit(1);
  if (!existsSync(`${COMPILED}/fonts`)) symlinkSync('../../fonts', `${COMPILED}/fonts`);
  const at = (file) => import(new URL(`../${COMPILED}/tests/stitch/${file}`, import.meta.url));
  return { ...(await at('colours/designs.js')), ...(await at('fill/fill-shapes.js')), ...(await at('order/hand-work.js')) };
};

const options = defaultOptions(FABRICS.find(({ id }) => id === 'woven'));

/** The plan in steps of 0.1 mm, as machine files hold it. */
const asInFiles = ({ blocks }) => ({
  blocks: blocks.map((block) => ({
    ...block,
    runs: block.runs.map((run) => ({ ...run, points: Float64Array.from(stepsOfRun(run), (step) => step / 10) })),
  })),
});

const measured = (regions) => {
  const { plan } = digitize(regions, options);
  return { ...measureQuality(plan, regions, options), file: measureQuality(asInFiles(plan), regions, options) };
};

const percent = (share, places = 2) => `${(100 * share).toFixed(places)} %`;
/** Bold where the aim is missed. */
const told = (text, isMet) => (isMet ? text : `**${text}**`);
const most = (value, limit, places) => told(value.toFixed(places), Number(value.toFixed(places)) <= limit);
const least = (share, limit, places = 2) => told(percent(share, places), Number((100 * share).toFixed(places)) >= limit);

const FIGURES = [
  ['covered', '98.5 %', (q) => least(q.coverage, 98.5), '99.96 to 99.99 % at 0.25 mm rows, 96 % at 0.40'],
  ['stitches a mm²', '1.7 fills, 3.5 text', (q, isText) => most(q.stitchesPerMm2, isText ? 3.5 : 1.7, 2), '2.0 to 2.6, text 4.3'],
  ['right colour on top', '99.5 %', (q) => least(q.rightColourOnTop, 99.5), '98.9 to 99.99 %'],
  ['the same in machine files', '', (q) => percent(q.file.rightColourOnTop), '–'],
  ['bare on a 0.3 mm shift', '0 mm²', (q) => most(q.exposedMm2, 0, 2), '1.6 to 3.2 (logo), 0.4 to 1.1 (back)'],
  [
    'less covered when rows draw in 0.2 mm at both ends',
    '0.5 %',
    (q) => told(percent(q.coverage - q.pulledCoverage), q.coverage - q.pulledCoverage <= 0.005),
    '–',
  ],
  ['gaps over 0.1 mm²', '0', (q) => most(q.gaps, 0, 0), '0'],
  ['shorter than 0.5 mm', '2 %', (q) => most(100 * q.shortShare, 2, 0), '5 to 36 %'],
  ['uncut floats', '0', (q) => most(q.floats, 0, 0), '0 to 10'],
  ['density p99, most, each colour for itself', '8, 12', (q) => `${most(q.layerDensityP99, 8, 1)}, ${most(q.layerDensityMax, 12, 0)}`, '–'],
  [
    'density p99, most, all together',
    '20 where they overlap',
    (q) => `${q.densityP99.toFixed(1)}, ${most(q.densityMax, 20, 0)}`,
    '7 to 10, 9 to 14',
  ],
  [
    'holes a cell, most; in machine files',
    '12',
    (q) => `${most(q.penetrationsMax, 12, 0)}; ${most(q.file.penetrationsMax, 12, 0)}`,
    '9 to 24',
  ],
  [
    'travel, of it hidden',
    '5 % fills, 98 %',
    (q) => `${told(percent(q.travelShare, 1), q.travelShare <= 0.05)}, ${least(q.travelHidden, 98, 1)}`,
    '2 to 41 %, 85 to 92 %',
  ],
  ['underlay of the thread', '15 to 25 %', (q) => least(q.underlayShare, 15, 0), '15 to 25 % fills, none in satin'],
  ['colour changes', 'least possible', (q) => String(q.colourChanges), '6 where 4 do, 11 where 2 do'],
];

const sideBySide = (shapes) => {
  const figures = shapes.map(({ regions, isText = false }) => ({ q: measured(regions), isText }));
  const rows = FIGURES.map(
    ([name, aim, cell, peer]) => `| ${name} | ${aim} | ${figures.map(({ q, isText }) => cell(q, isText)).join(' | ')} | ${peer} |`,
  );
  const heads = ['figure', 'aim', ...shapes.map(({ name }) => name), 'Ink/Stitch, same kinds'];
  return [`| ${heads.join(' | ')} |`, `|${'---|'.repeat(heads.length)}`, ...rows].join('\n');
};

const HEADS = [
  'design',
  'right colour on top; in files',
  'covered',
  'bare on a 0.3 mm shift, mm²',
  'stitches a mm²',
  'p99, most of each colour',
  'p99, most of all',
  'holes; in files',
  'travel, hidden',
  'changes',
];

const designTable = (designs) => {
  const rows = designs.map(([name, regionsOf]) => {
    const q = measured(regionsOf());
    const cells = [
      name,
      `${least(q.rightColourOnTop, 99.5)}; ${percent(q.file.rightColourOnTop)}`,
      percent(q.coverage),
      q.exposedMm2.toFixed(2),
      q.stitchesPerMm2.toFixed(2),
      `${q.layerDensityP99.toFixed(1)}, ${q.layerDensityMax.toFixed(0)}`,
      `${q.densityP99.toFixed(1)}, ${q.densityMax.toFixed(0)}`,
      `${q.penetrationsMax}; ${q.file.penetrationsMax}`,
      `${percent(q.travelShare, 1)}, ${percent(q.travelHidden, 1)}`,
      q.colourChanges,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [`| ${HEADS.join(' | ')} |`, `|${'---|'.repeat(HEADS.length)}`, ...rows].join('\n');
};

const { DESIGNS, disc, gear, region } = await compiled();
const fonts = await openFonts(['Open Sans']);
const shapes = [
  { name: 'disc 60 mm', regions: [region(disc(30, 30, 30), '#222222')] },
  { name: 'gear 72 mm', regions: [region(gear(), '#222222')] },
  { name: 'logo 80 mm, 3 colours', regions: logo(fonts) },
  { name: 'back 250 x 300 mm, 5 colours', regions: back(fonts) },
  { name: 'word, 15 mm', regions: word(fonts), isText: true },
].filter(({ name }) => name.includes(pick));
const tables = { 'side-by-side': sideBySide(shapes), designs: designTable(DESIGNS.filter(([name]) => name.includes(pick))) };

if (isPrint) process.stdout.write(`${Object.values(tables).join('\n\n')}\n`);
else {
  let page = await readFile(PAGE, 'utf8');
  for (const [name, table] of Object.entries(tables)) {
    const [from, to] = [`<!-- figures: ${name} -->\n`, `\n<!-- end: ${name} -->`];
    const [start, end] = [page.indexOf(from), page.indexOf(to)];
    if (start < 0 || end < start) throw new Error(`expected a place for the table "${name}" in ${PAGE}, found none`);
    page = page.slice(0, start + from.length) + table + page.slice(end);
  }
  await writeFile(PAGE, page);
}
