import { describe, expect, it } from 'vitest';
import { METHODS } from '../../src/methods/index.ts';
import { FINDING_CATALOGUE, FINDING_ENTRIES } from '../../src/model/findings/finding-catalogue.ts';
import { FINDING_STEPS } from '../../src/model/findings/finding-entry.ts';
import { CODE, literalCodes, literalFindings, spokenCodes } from './finding-codes.ts';
import { readText, trackedFiles } from './tree.ts';

const sources = new Map(
  trackedFiles()
    .filter((path) => path.startsWith('src/') && path.endsWith('.ts') && !path.startsWith('src/model/findings/'))
    .map((path) => [path, readText(path)] as const),
);

/** Notes of an import have a layer in place of a pointer, and errors of HTTP, of jobs and of the command line are no findings. */
const raises = (path: string): boolean => !/^src\/(?:apps\/server|apps\/worker|client|intake\/psd)\//.test(path);

const codes = FINDING_ENTRIES.map(({ code }) => code);

describe('the catalogue of findings', () => {
  it('names every finding that an object of the source is', () => {
    const found = [...sources]
      .filter(([path]) => raises(path))
      .flatMap(([path, text]) => literalCodes(text).map((code) => ({ path, code })));
    expect(new Set(found.map(({ code }) => code)).size).toBeGreaterThan(60);
    expect(found.filter(({ code }) => !codes.includes(code))).toEqual([]);
  });

  it('names every finding that a check makes by way of a function', () => {
    const core = [...sources].filter(
      ([path, text]) => /^src\/(?:scene|methods|mockup|personalize)\//.test(path) && /\bFinding\b|\brefuse\b/.test(text),
    );
    expect(core.length).toBeGreaterThan(50);
    const found = core.flatMap(([path, text]) => spokenCodes(text).map((code) => ({ path, code })));
    expect(found.filter(({ code }) => !codes.includes(code) && !PROBLEMS.includes(code))).toEqual([]);
  });

  it('knows every severity that is written beside a code', () => {
    const found = [...sources]
      .filter(([path]) => raises(path))
      .flatMap(([path, text]) => literalFindings(text).map((one) => ({ path, ...one })));
    expect(found.filter(({ severities }) => severities.length > 0).length).toBeGreaterThan(50);
    const wrong = found.filter(({ code, severities }) => {
      const known: readonly string[] = FINDING_ENTRIES.find((one) => one.code === code)?.severities ?? [];
      return severities.some((one) => !known.includes(one));
    });
    expect(wrong).toEqual([]);
  });

  it('names nothing that is never raised', () => {
    const spoken = new Set([...sources.values()].flatMap((text) => [...text.matchAll(CODE)].map(([, code]) => code)));
    expect(codes.filter((code) => !spoken.has(code))).toEqual([]);
  });

  it('names every code once, with somebody who raises it', () => {
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
    const raisers = [...METHODS.map(({ id }) => id), ...FINDING_STEPS];
    expect(FINDING_ENTRIES.filter(({ by }) => by.length === 0 || by.some((one) => !raisers.includes(one)))).toEqual([]);
  });

  it('knows the methods whose own folders raise a code', () => {
    const missing = METHODS.flatMap(({ id }) =>
      [...sources]
        .filter(([path]) => path.startsWith(`src/methods/${id}/`))
        .flatMap(([path, text]) =>
          literalCodes(text).map((code) => ({ id, path, entry: FINDING_ENTRIES.find((one) => one.code === code) })),
        ),
    ).filter(({ id, entry }) => !entry?.by.includes(id));
    expect(missing).toEqual([]);
  });

  it('is what its page says', () => {
    const page = readText('docs/findings.md');
    for (const { title } of FINDING_CATALOGUE) expect(page).toContain(`\n## ${title}\n`);
    for (const { code, severities, when } of FINDING_ENTRIES)
      expect(page).toContain(`| \`${code}\` | ${severities.join(', ')} | ${when} |`);
  });
});

/** Refusals of a whole order that stand in files which make findings too. */
const PROBLEMS: readonly string[] = ['answers.refused', 'resolve.failed'];

describe('the reader of finding codes', () => {
  it('sees literals with a severity and nothing else', () => {
    const text = `
      const one: Finding = { severity: 'error', code: 'a.one', pointer, message: \`\${x}\` };
      const two = [{ severity: bad ? 'error' : 'info', code: bad ? 'a.two' : 'a.three', pointer: at({ x }), message }];
      const not = { code: 'b.not', message: 'expected' };
      const note = { severity: 'info', code: 'c.note', layer: '' };
    `;
    expect(literalCodes(text)).toEqual(['a.one', 'a.two', 'a.three']);
  });
});
