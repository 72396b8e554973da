// W5: 1,000 names in four scripts, from characters to placed outlines. Every round has other names, so that only glyphs can be cached.

import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';
import * as hb from 'harfbuzzjs';
import { layoutText } from '../dist/scene/text/layout-text.js';
import { parseTextLayer } from './support/art.mjs';
import { fontPath, openFonts } from './support/fonts.mjs';
import { median, timed } from './support/measure.mjs';
import { namesOf, SCRIPTS } from './support/names.mjs';
import { must, print, printTable, printTargets } from './support/report.mjs';

const ROUNDS = 7;
const NO_FEATURES = { key: '', list: [] };
const fonts = await openFonts(Object.values(SCRIPTS).map(({ family }) => family));
const box = { widthMm: 200, heightMm: 40 };

const layers = Object.fromEntries(
  Object.entries(SCRIPTS).map(([script, { family }]) => [script, parseTextLayer({ text: '', font: { family }, size: 10 })]),
);

/** Everything a text layer goes through: itemise, bidi, shape, measure, place, outlines, scene nodes. */
const layOut = (script, name) => layoutText({ ...layers[script], text: name }, box, fonts, '/layers/0');

/** The engine's shaping, and the outline and the place of every glyph: what fontkit is asked for below. */
const shapeOnly = (script, name) => {
  const { family, script: iso, direction } = SCRIPTS[script];
  const font = fonts.font({ family, weight: 400, italic: false }, {});
  const run = font.shape({ before: '', text: name, after: '', direction, script: iso, language: '', features: NO_FEATURES });
  const placed = [];
  let x = 0;
  for (let i = 0; i < run.count; i++) {
    placed.push({ path: font.outline(run.glyphs[i]).path, x: x + run.xOffsets[i], y: run.yOffsets[i] });
    x += run.advances[i];
  }
  return placed;
};

/** HarfBuzz itself, nothing read back: the floor under anything built on it. */
const harfbuzz = Object.fromEntries(
  Object.entries(SCRIPTS).map(([script, { family }]) => [
    script,
    new hb.Font(new hb.Face(new hb.Blob(new Uint8Array(readFileSync(fontPath(family)))))),
  ]),
);
const buffer = new hb.Buffer();
const floor = (script, name) => {
  buffer.reset();
  buffer.addText(name);
  buffer.guessSegmentProperties();
  hb.shape(harfbuzz[script], buffer);
};

const peers = Object.fromEntries(Object.entries(SCRIPTS).map(([script, { family }]) => [script, fontkit.openSync(fontPath(family))]));

/** Layout, and the outline and the place of every glyph. */
const withFontkit = (script, name) => {
  const { glyphs, positions } = peers[script].layout(name);
  const placed = [];
  let x = 0;
  for (let i = 0; i < glyphs.length; i++) {
    placed.push({ path: glyphs[i].path, x: x + positions[i].xOffset, y: positions[i].yOffset });
    x += positions[i].xAdvance;
  }
  return placed;
};

const candidates = {
  'Platen, whole layout': layOut,
  'Platen, shape and outlines': shapeOnly,
  'HarfBuzz, shape alone': floor,
  fontkit: withFontkit,
};
const samples = new Map();
for (let round = -2; round < ROUNDS; round++) {
  for (const script of Object.keys(SCRIPTS)) {
    const names = namesOf(script, round);
    for (const [name, run] of Object.entries(candidates)) {
      // Each candidate has its own order of rounds, so that none shapes what another has just shaped.
      const own = name === 'Platen, shape and outlines' ? namesOf(script, round + 1000) : names;
      const { cpuMs } = await timed(() => {
        for (const one of own) run(script, one);
      });
      if (round >= 0) samples.set(`${name}|${script}`, [...(samples.get(`${name}|${script}`) ?? []), (cpuMs * 1000) / own.length]);
    }
  }
}

/** Glyph ids straight from HarfBuzz, with its own guess of script and direction, and from fontkit. */
const agreement = (script) => {
  const { family } = SCRIPTS[script];
  const font = fonts.font({ family, weight: 400, italic: false }, {});
  const inked = (ids) => ids.filter((id) => font.outline(id).bounds !== null).sort((a, b) => a - b);
  let [same, alike] = [0, 0];
  const names = namesOf(script, 0);
  for (const name of names) {
    floor(script, name);
    const expected = inked(buffer.getGlyphInfos().map(({ codepoint }) => codepoint)).join();
    const { nodes, findings } = layOut(script, name);
    must(findings.length === 0, `expected "${name}" to be set without findings, got ${findings[0]?.message}`);
    const got = inked(nodes.flatMap(({ glyphs }) => glyphs.map(({ glyph }) => glyph))).join();
    must(got === expected, `expected the glyphs ${expected} for "${name}", got ${got}`);
    same++;
    if (inked(peers[script].layout(name).glyphs.map(({ id }) => id)).join() === expected) alike++;
  }
  return { same, alike, count: names.length };
};

const micros = (name, script) => median(samples.get(`${name}|${script}`));
const rows = [];
const totals = Object.fromEntries(Object.keys(candidates).map((name) => [name, 0]));
for (const [script, { count }] of Object.entries(SCRIPTS)) {
  const { same, alike } = agreement(script);
  for (const name of Object.keys(candidates)) totals[name] += micros(name, script) * count;
  const each = Object.keys(candidates).map((name) => micros(name, script).toFixed(1));
  const ratio = micros('Platen, shape and outlines', script) / micros('fontkit', script);
  rows.push([`${script} (${count})`, ...each, ratio.toFixed(3), `${same}/${count}`, `${alike}/${count}`]);
}
const ratio = (name) => totals[name] / totals.fontkit;
rows.push([
  'all 1,000, cpu ms',
  ...Object.values(totals).map((sum) => (sum / 1000).toFixed(1)),
  ratio('Platen, shape and outlines').toFixed(3),
  '',
  '',
]);
print(`\ncpu microseconds for one name, medians of ${ROUNDS} interleaved rounds\n`);
const head = [...Object.keys(candidates), 'shape and outlines / fontkit', 'our glyphs = HarfBuzz', 'fontkit = HarfBuzz'];
printTable(['W5, warm', ...head], rows);
printTargets([{ name: 'shape and outlines against fontkit', value: ratio('Platen, shape and outlines'), most: 0.1 }]);
