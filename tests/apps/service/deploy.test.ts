import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../../src/apps/service/config.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** Names that other programs in these files own. */
const OTHERS = new Set([
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_DEFAULT_REGION',
  'MALLOC_ARENA_MAX',
  'NODE_ENV',
  'POSTGRES_USER',
  'POSTGRES_DB',
  'POSTGRES_PASSWORD',
  'S3_SECRET',
]);

describe.each(['Dockerfile', 'compose.yaml', 'deploy/kubernetes/platen.yaml'])('%s', (path) => {
  it('names only settings that exist', () => {
    const names = [...read(path).matchAll(/\b(?:PLATEN|S3|AWS|REDIS|DATABASE|POSTGRES|MALLOC|NODE)_[A-Z0-9_]+\b/g)].map(([name]) => name);
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => !(name in SETTINGS) && !OTHERS.has(name))).toEqual([]);
  });
});

describe('the image', () => {
  it('copies what the package ships, from places that exist', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY --from=build \/src\/(\S+)/gm)].map(([, name]) => name);
    const { files }: { files: readonly string[] } = JSON.parse(read('package.json'));
    const needed = files.filter((name) => name === 'dist' || existsSync(new URL(`../../../${name}`, import.meta.url)));
    expect(copied).toEqual(expect.arrayContaining(needed));
  });

  it('leaves nothing out of the build that the build reads', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const needed of ['src', 'scripts', 'package-lock.json', 'tsconfig.build.json', 'templates', 'fonts'])
      expect(ignored).not.toContain(needed);
  });
});

describe('docs/operations.md', () => {
  it('has a row for every setting, with its default and what it is for', () => {
    const page = read('docs/operations.md');
    for (const [name, { help, defaultText }] of Object.entries(SETTINGS)) {
      const shown = name === 'PLATEN_WORKER_SLOTS' ? 'cores' : defaultText;
      expect(page).toContain(`| \`${name}\` | ${shown === '' ? '' : `\`${shown}\``} | ${help} |`);
    }
  });
});
