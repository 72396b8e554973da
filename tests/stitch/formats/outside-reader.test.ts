import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../../src/model/digest.ts';
import { STITCH_FORMATS } from '../../../src/stitch/formats/formats.ts';
import type { StitchPlan } from '../../../src/stitch/plan.ts';
import { carriedPlans, SAMPLE } from './sample-plans.ts';

/** The files of the sample plan that the outside reader below was seen to read right. Change a digest only after it ran again. */
const CONFIRMED: Readonly<Record<string, string>> = {
  dst: '62fe256a4a9cfc5498240737e5975ba13c1578a227bd38ae4539704e0dcff38b',
  pes: 'def7eaaec92b2d51b9f0fce1728118f7f871463975f9688b6efa53b31b77ba63',
  pes1: '1d48df0b033b8620359d389f1fa3f74883f59628c302921f199b4c0d0cec2744',
  jef: 'ef474a677bdf59c848a39c3b53179f7b4063cbff155fc3d6acd33bb92ae4b47c',
  exp: 'a7e851dc24509e3c5d3b01a192bce3dbf32729481f120ab5c1359f6e3cd4ca04',
  vp3: 'f5f8e696868c5d712000e908e34ba6a389775ac896edb56c76aa61acd91e6c05',
  xxx: 'e520e259ee3c2eebd2ae62e3a68c1589fc2ec4540b9b2ea902cd84a86a9f2041',
};

const START = { name: 'Outside', origin: { x: 0, y: 0 } };
const MACHINES = STITCH_FORMATS.filter(({ id }) => id !== 'json');

/** A folder that holds the reader can be named; otherwise Python's own are asked, and where scripts/setup-test-tools.sh puts it. */
const INSTALLED = fileURLToPath(new URL('../../../node_modules/.cache/pyembroidery', import.meta.url));
const env = { ...process.env, PYTHONPATH: process.env.PLATEN_PYEMBROIDERY ?? [process.env.PYTHONPATH ?? '', INSTALLED].join(delimiter) };
const missing = spawnSync('python3', ['-c', 'import pyembroidery'], { env }).status !== 0;

type Outside = readonly (readonly [x: number, y: number, command: number])[];

const COMMAND = { stitch: 0, jump: 1, trim: 2, stop: 3, change: 5 } as const;

/** Needle points from the first one, and a letter for each: s stitch; before it j carried, t cut; | another block. */
const outsideStory = (commands: Outside): { readonly points: readonly number[]; readonly story: string } => {
  const points: number[] = [];
  let story = '';
  let before = '';
  for (const [x, y, command] of commands) {
    if (command === COMMAND.stitch) {
      story += `${story === '' || story.endsWith('|') ? '' : before}s`;
      before = '';
      points.push(x, y);
    } else if (command === COMMAND.jump) before = before === 't' ? 't' : 'j';
    else if (command === COMMAND.trim) before = 't';
    else if (command === COMMAND.change || command === COMMAND.stop) story += '|';
  }
  const [x0 = 0, y0 = 0] = points;
  return { points: points.map((value, i) => Math.round(value - (i % 2 === 0 ? x0 : y0))), story };
};

const planStory = ({ blocks }: StitchPlan, carried: string) => {
  const points = blocks.flatMap(({ runs }) => runs.flatMap((run) => Array.from(run.points, (mm) => Math.round(mm * 10))));
  const [x0 = 0, y0 = 0] = points;
  const story = blocks.map(({ runs }) =>
    runs.map(({ from, roles }, i) => `${i === 0 ? '' : from === 'trim' ? 't' : carried}${'s'.repeat(roles.length)}`).join(''),
  );
  return { points: points.map((value, i) => value - (i % 2 === 0 ? x0 : y0)), story: story.join('|') };
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'platen-outside-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(missing)('pyembroidery (left out where python3 cannot import it; PLATEN_PYEMBROIDERY names a folder that holds it)', () => {
  test.each(MACHINES)('reads $id as the plan has it, point by point and cut by cut', ({ id, extension, write }) => {
    const plans = [SAMPLE, ...fc.sample(carriedPlans, { seed: 6, numRuns: 40 })];
    const paths = plans.map((plan, i) => {
      const path = join(folder, `${id}-${i}.${extension}`);
      writeFileSync(path, write(plan, START));
      return path;
    });
    const { stdout, stderr } = spawnSync('python3', [fileURLToPath(new URL('read-outside.py', import.meta.url)), ...paths], {
      env,
      encoding: 'utf8',
    });
    const read = stdout.trim().split('\n');
    expect({ stderr, read: read.length }).toEqual({ stderr: '', read: plans.length });
    for (const [i, plan] of plans.entries())
      expect(outsideStory(JSON.parse(read[i] ?? '[]')), `plan ${i}`).toEqual(planStory(plan, id === 'vp3' ? '' : 'j'));
  });
});

test.each(MACHINES)('$id is still the file that the outside reader confirmed', ({ id, write }) => {
  expect(sha256(write(SAMPLE, START))).toBe(CONFIRMED[id]);
});
