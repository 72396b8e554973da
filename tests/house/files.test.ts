import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, readText, trackedFiles } from './tree.ts';

const files = trackedFiles();
const isOurCode = (path: string): boolean => /^(?:src|tests|scripts|bench)\/.*\.(?:ts|mjs)$/.test(path);
const isGenerated = (path: string): boolean => ['src/render/kernel/kernel-bytes.ts', 'src/client/api-types.ts'].includes(path);

describe('files under version control', () => {
  it('are seen by these checks', () => {
    expect(files).toContain('package.json');
    expect(files.filter(isOurCode).length).toBeGreaterThan(20);
  });

  it('are smaller than 2 MB, except fonts and product pictures', () => {
    const large = files.filter((path) => !/^(?:fonts|templates)\//.test(path) && statSync(join(ROOT, path)).size > 2_000_000);
    expect(large).toEqual([]);
  });

  it('are no build results, logs or secrets', () => {
    const wrong = files.filter((path) => /^(?:dist|out|coverage|node_modules)\/|\.(?:log|pem|key|p12)$|(?:^|\/)\.env(?:\.|$)/.test(path));
    expect(wrong).toEqual([]);
  });
});

describe('our source files', () => {
  const code = files.filter(isOurCode);

  it('have kebab-case names that say what is inside', () => {
    const named = code.filter((path) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|bench|d|as|config))?\.(?:ts|mjs)$/.test(basename(path)));
    const vague = code.filter((path) => /(?:^|[/-])(?:utils?|helpers?|managers?|common|misc)(?:[/.-]|$)/.test(path));
    expect(named).toEqual([]);
    expect(vague).toEqual([]);
  });

  it('stay below 400 lines', () => {
    const long = code.filter((path) => !isGenerated(path) && path.startsWith('src/') && readText(path).split('\n').length > 400);
    expect(long).toEqual([]);
  });

  it('leave no work for later and switch no check off', () => {
    const marks = new RegExp(
      ['TO' + 'DO', 'FIX' + 'ME', '@ts-' + '(?:ignore|expect-error|nocheck)', 'biome-' + 'ignore', 'eslint-' + 'disable'].join('|'),
    );
    const marked = code.flatMap((path) =>
      readText(path)
        .split('\n')
        .flatMap((line, at) => (marks.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
    );
    expect(marked).toEqual([]);
  });

  it('leave no test out or alone', () => {
    const call = new RegExp(`\\b(?:describe|it|test)\\.(?:${['on' + 'ly', 'sk' + 'ip', 'to' + 'do', 'fai' + 'ls'].join('|')})\\b`);
    expect(code.filter((path) => path.endsWith('.test.ts') && call.test(readText(path)))).toEqual([]);
  });
});
