import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSource, violationsIn } from './house/architecture-rules.ts';
import { readRankTable } from './house/rank-table.ts';
import { scanSource } from './house/scan-source.ts';

const SRC = new URL('../src/', import.meta.url);
const PAGE = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');

/** AssemblyScript looks like TypeScript and is another language: its imports follow its own compiler. */
const isAssemblyScript = (path: string): boolean => path.startsWith('render/kernel/assembly/') || path.endsWith('.as.ts');

const readTree = () =>
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !isAssemblyScript(path))
    .sort()
    .map((path) => readSource(path, readFileSync(new URL(path, SRC), 'utf8')));

const rules = readRankTable(PAGE);
const problemsOf = (files: Readonly<Record<string, string>>): readonly string[] =>
  violationsIn(
    Object.entries(files).map(([path, text]) => readSource(path, text)),
    rules,
  );

describe('the source tree', () => {
  const sources = readTree();

  it('is seen by the scanner', () => {
    const imports = sources.flatMap((source) => source.imports);
    expect(sources.length).toBeGreaterThan(150);
    expect(imports.length).toBeGreaterThan(500);
    expect(new Set(imports.map((site) => site.specifier))).toContain('../geometry/affine.ts');
  });

  it('keeps to the rank table in docs/architecture.md', () => {
    expect(violationsIn(sources, rules)).toEqual([]);
  });

  it('finds every import that the text of a file seems to contain', () => {
    for (const source of sources) {
      const text = readFileSync(new URL(source.path, SRC), 'utf8');
      const plain = text.split('\n').filter((line) => /^(?:import|export) .*from '|^\} from '|^import '/.test(line)).length;
      expect(source.imports.length, source.path).toBeGreaterThanOrEqual(plain);
    }
  });
});

describe('the rank table', () => {
  it('ranks the folders in the order of a job', () => {
    const order = ['geometry', 'model', 'scene', 'render', 'methods', 'produce', 'jobs', 'drivers', 'apps'];
    const ranks = order.map((folder) => rules.get(folder)?.rank ?? Number.NaN);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks).size).toBe(order.length);
  });

  it('lets no folder import a folder of a higher rank', () => {
    for (const rule of rules.values()) {
      for (const folder of rule.ours) expect(rules.get(folder)?.rank, `${rule.folder} -> ${folder}`).toBeLessThanOrEqual(rule.rank);
    }
  });

  it('is refused when it is missing or does not follow its own notation', () => {
    expect(() => readRankTable('# nothing')).toThrow(/expected a table/);
    expect(() => readRankTable(PAGE.replace('| 1 | `model` |', '| 1 | model |'))).toThrow(/backticks/);
    expect(() => readRankTable(PAGE.replace('| 0 | `colour` | `geometry`,', '| 0 | `colour` | `geometri`,'))).toThrow(
      /folder of the table/,
    );
    expect(() => readRankTable(PAGE.replace('| 1 | `model` | 0 |', '| 1 | `model` | lower |'))).toThrow(/range of ranks/);
  });
});

describe('the rules can fail', () => {
  it.each([
    ['an upward import', 'geometry/a.ts', "import { x } from '../scene/scene.ts';", /geometry must not import scene/],
    ['an upward type import', 'model/a.ts', "import type { X } from '../scene/scene.ts';", /model must not import scene/],
    ['an upward re-export', 'model/a.ts', "export * from '../scene/scene.ts';", /model must not import scene/],
    ['an upward dynamic import', 'render/a.ts', "const x = await import('../methods/index.ts');", /render must not import methods/],
    ['an upward type expression', 'model/a.ts', "type X = import('../jobs/job.ts').Job;", /model must not import jobs/],
    ['a side effect import', 'scene/a.ts', "import '../render/raster.ts';", /scene must not import render/],
    [
      'an import over several lines',
      'scene/a.ts',
      "import {\n  a,\n  b,\n} from '../render/raster.ts';",
      /^scene\/a\.ts:4: scene must not import render/,
    ],
    ['a sideways import', 'scene/a.ts', "import { x } from '../personalize/fields.ts';", /scene must not import personalize/],
    [
      'a method that knows another',
      'methods/dtg/make.ts',
      "import { x } from '../vinyl/make.ts';",
      /method dtg must not import method vinyl/,
    ],
    [
      'a shared folder that knows a method',
      'methods/checks/a.ts',
      "import { x } from '../dtg/make.ts';",
      /methods\/checks must not import methods/,
    ],
    ['a timer by another way', 'render/a.ts', "import { setTimeout } from 'node:timers/promises';", /must not import setTimeout/],
    ['a mockup that knows methods', 'mockup/a.ts', "import { x } from '../methods/index.ts';", /mockup must not import methods/],
    ['a driver that knows the scene', 'drivers/a.ts', "import { x } from '../scene/scene.ts';", /drivers must not import scene/],
    ['a package it has no row for', 'scene/a.ts', "import sharp from 'sharp';", /scene must not import sharp/],
    ['a scoped package', 'scene/a.ts', "import x from '@countertype/clipper2-ts/deep';", /must not import @countertype\/clipper2-ts$/],
    [
      'a Node module in the core',
      'render/a.ts',
      "import { readFile } from 'node:fs/promises';",
      /render must not import node:fs\/promises/,
    ],
    ['a Node module without its prefix', 'apps/a.ts', "import fs from 'fs';", /apps must not import fs/],
    ['randomness through crypto', 'render/a.ts', "import { createHash, randomBytes } from 'node:crypto';", /must not import randomBytes/],
    ['crypto as a whole', 'render/a.ts', "import * as crypto from 'node:crypto';", /createHash, hash, Hash by name/],
    ['a require', 'jobs/a.ts', "const x = require('lodash');", /jobs must not import lodash/],
    ['a computed import', 'drivers/a.ts', 'const x = await import(name);', /computed name/],
    ['a way out of src', 'apps/a.ts', "import { x } from '../../tests/house/x.ts';", /outside src/],
    ['a file that left its row', 'model/problem.ts', "import { x } from './finding.ts';", /model\/problem.ts must not import model/],
    ['a folder without a row', 'misc/a.ts', 'export const x = 1;', /misc has no row/],
    ['the clock', 'scene/a.ts', 'const now = Date.now();', /the clock/],
    ['a date', 'scene/a.ts', 'const now = new Date(0);', /the clock/],
    ['randomness', 'scene/a.ts', 'const x = Math.random();', /randomness/],
    ['the environment', 'render/a.ts', 'const x = process.env;', /the environment/],
    ['the global object', 'render/a.ts', "const x = globalThis['proc' + 'ess'];", /the environment/],
    ['the console', 'methods/a.ts', "console.log('x');", /the console/],
    ['the network', 'produce/a.ts', "await fetch('x');", /the network/],
    ['a timer', 'scene/a.ts', 'setInterval(tick, 5);', /the clock/],
    ['date formatting', 'scene/a.ts', 'new Intl.DateTimeFormat();', /the locale/],
    ['local upper case', 'scene/a.ts', 'name.toLocaleUpperCase();', /the locale/],
    ['its own place on disk', 'render/a.ts', 'const here = import.meta.url;', /the disk/],
    ['code inside a template', 'scene/a.ts', `const x = \`a \${Math.random()} b\`;`, /randomness/],
    ['a cast to any', 'apps/a.ts', 'const x = y as any;', /casts to any/],
  ])('on %s', (_, path, text, expected) => {
    const problems = problemsOf({ [path]: text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });

  it('on a ring of imports, also of types', () => {
    const ring = {
      'scene/a.ts': "import { b } from './b.ts';",
      'scene/b.ts': "import type { C } from './text/c.ts';",
      'scene/text/c.ts': "export { a } from '../a.ts';",
    };
    expect(problemsOf(ring)).toEqual(['scene/a.ts:1: import cycle scene/a.ts -> scene/b.ts -> scene/text/c.ts -> scene/a.ts']);
  });
});

describe('the rules stay quiet', () => {
  it.each([
    ['about words in comments and strings', 'scene/a.ts', "// Date.now()\n/* fetch( */ const x = 'Math.random'; const y = `console.log`;"],
    ['about quotes in a regular expression', 'scene/a.ts', 'const x = /[\'"`]/.test(y); const z = a / b / c;'],
    ['about escaped quotes', 'scene/a.ts', "const x = 'it\\'s new Date() here';"],
    ['about nested templates', 'scene/a.ts', `const x = \`a \${b ? \`Date.now() \${c}\` : {}} Math.random()\`;`],
    ['about names that only look alike', 'scene/a.ts', 'options.console.log; reprocess.x; prefetch(1); Array.from(x);'],
    ['about a language that is named', 'scene/a.ts', 'text.toLocaleUpperCase(locale);'],
    ['about hashing', 'render/a.ts', "import { createHash } from 'node:crypto';"],
    [
      'about a method and the code all methods share',
      'methods/dtg/make.ts',
      "import { x } from '../method.ts'; import { y } from './check.ts';",
    ],
    ['about a method and a shared folder with a row', 'methods/dtg/make.ts', "import { x } from '../checks/blank.ts';"],
    ['about the list of methods', 'methods/index.ts', "import { dtg } from './dtg/index.ts'; import { vinyl } from './vinyl/index.ts';"],
    ['about a file with a row of its own', 'colour/a.ts', "import { Problem } from '../model/problem.ts';"],
    ['about an app', 'apps/cli/main.ts', "import { x } from '../../drivers/a.ts'; process.exitCode = 1; console.log(Date.now(), 'x');"],
  ])('%s', (_, path, text) => {
    expect(problemsOf({ [path]: text })).toEqual([]);
  });

  it('and keep lines and lengths while blanking text out', () => {
    const text = `const a = 'x\\'y'; // note\nconst b = \`p \${q} r\`;\nconst c = /\\/[/]/g;\n`;
    const { code } = scanSource(text);
    expect(code).toHaveLength(text.length);
    expect(code.split('\n').length).toBe(text.split('\n').length);
    expect(code).not.toMatch(/note|x|p |r`/);
    expect(code).toContain('q');
  });
});
