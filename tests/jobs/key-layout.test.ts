import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanValue, DEFAULT_TEMPLATES, KEY_TOKENS, type KeyValues, keyLayout } from '../../src/jobs/key-layout.ts';
import { isKeySegment, keySegments } from '../../src/jobs/store-key.ts';

const digest = 'ab12'.repeat(16);
const values: KeyValues = {
  tenant: 'acme',
  job: 'job_01jd',
  name: 'front.pdf',
  sha256: digest,
  hash2: 'ab',
  hash12: digest.slice(0, 12),
  role: 'production',
  placement: 'front',
  view: 'flat',
  method: 'dtg',
  product: 'tee',
  order: '#1001',
  line: '2',
  source: 'shop',
  date: '2026-03-01',
  year: '2026',
  month: '03',
};

describe('the layout of keys', () => {
  it('puts files below their tenant and job by default', () => {
    const layout = keyLayout();
    expect(layout.artifactKey(values)).toBe(`acme/jobs/job_01jd/${digest}/front.pdf`);
    expect(layout.manifestKey({ ...values, name: 'manifest.json' })).toBe(`acme/jobs/job_01jd/${digest}/manifest.json`);
    expect(layout.isShared).toBe(false);
  });

  it('follows a template of every token', () => {
    const artifact = `{tenant}/${Object.keys(KEY_TOKENS)
      .filter((token) => !['tenant', 'job', 'sha256', 'name'].includes(token))
      .map((token) => `{${token}}`)
      .join('/')}/{job}/{sha256}/{name}`;
    expect(keyLayout({ artifact }).artifactKey(values)).toBe(
      `acme/ab/${digest.slice(0, 12)}/production/front/flat/dtg/tee/=231001/2/shop/2026-03-01/2026/03/job_01jd/${digest}/front.pdf`,
    );
  });

  it('takes text between tokens and shows where a value is missing', () => {
    const layout = keyLayout({ artifact: '{tenant}/{date}/order-{order}_{line}/{method}/{job}/{name}' });
    expect(layout.artifactKey({ ...values, method: undefined })).toBe('acme/2026-03-01/order-=231001_2/=/job_01jd/front.pdf');
  });

  it('is explained token by token in the docs', () => {
    const page = readFileSync(new URL('../../docs/storage.md', import.meta.url), 'utf8');
    const listed = [...page.matchAll(/^\| `\{(\w+)\}` \| (.*) \|$/gm)].map(([, token = '', meaning]) => [token, meaning]);
    expect(Object.fromEntries(listed)).toEqual(KEY_TOKENS);
    expect(page).toContain(DEFAULT_TEMPLATES.artifact);
  });

  it('tells when jobs with equal files share them', () => {
    expect(keyLayout({ artifact: '{tenant}/artifacts/{hash2}/{sha256}/{name}' }).isShared).toBe(true);
  });

  it('lists every mistake of both templates at once', () => {
    const open = () => keyLayout({ artifact: 'files/{ordr}/a b/{name}.png', manifest: '{tenant}/../{sha256}/{name}' });
    expect(open).toThrow(
      expect.objectContaining({
        code: 'store.layout',
        message: expect.stringMatching(
          /artifact .*\{tenant\} must be the first folder.*\{job\} or \{sha256\} must be a folder.*\{name\} must be the file name.*unknown token \{ordr\}.*"a b" is no folder.*manifest .*\{job\} must be a folder.*"\.\." is no folder/,
        ),
        hint: expect.stringContaining('{placement}'),
      }),
    );
  });

  it.each([
    '',
    '{name}',
    '/{tenant}/{job}/{name}',
    '{tenant}//{job}/{name}',
    '{tenant}/{job}/{name}/',
    '{tenant}-x/{job}/{name}',
    '{tenant}/{job}-{line}/{name}',
    '{tenant}/{job}/{name}.png',
    '{tenant}/{job}/{constructor}/{name}',
    '{tenant}/{job}/{ {name}',
    '{tenant}/{job}/%2e%2e/{name}',
    '{tenant}/{job}/con/{name}',
  ])('refuses the template "%s"', (artifact) => {
    expect(() => keyLayout({ artifact })).toThrow(expect.objectContaining({ code: 'store.layout' }));
  });

  it('makes keys of whatever the values are, and different ones of different files', () => {
    const layout = keyLayout({ artifact: '{tenant}/{order}_{line}/{placement}/{job}/{name}', manifest: DEFAULT_TEMPLATES.manifest });
    const value = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('..', '.', '', '/', 'CON', 'a/b', '%2f'),
    );
    const some = fc.record({ tenant: value, order: value, line: value, placement: value, job: value, name: value });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [keyA, keyB] = [layout.artifactKey(a), layout.artifactKey(b)];
        expect(keySegments(keyA)).toHaveLength(5);
        const isSameFile = a.tenant === b.tenant && a.job === b.job && a.name === b.name;
        if (!isSameFile) expect(keyA).not.toBe(keyB);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a value in a key', () => {
  it.each([
    ['plain-1.2_x', 'plain-1.2_x'],
    ['', '='],
    ['=', '=3D'],
    ['#12/ü', '=2312=2F=C3=BC'],
    ['..', '=2E=2E'],
    ['.hidden', '=2Ehidden'],
    ['end.', 'end=2E'],
    ['CON', '=43ON'],
    ['nul.txt', '=6Eul.txt'],
    ['a b', 'a=20b'],
  ])('turns "%s" into "%s"', (value, clean) => {
    expect(cleanValue(value)).toBe(clean);
  });

  it('stays different from every other, and is a segment', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('=', '=3D', '==', '%3D', 'a=', 'con', '=63on', 'x'.repeat(90), 'x'.repeat(91), 'x'.repeat(300), '='.repeat(40)),
    );
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(isKeySegment(cleanValue(a))).toBe(true);
        const isSame = Buffer.from(a).equals(Buffer.from(b));
        expect(cleanValue(a) === cleanValue(b)).toBe(isSame);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps the beginning of a long one', () => {
    expect(cleanValue('ü'.repeat(100))).toMatch(/^(=C3=BC)+(=C3)?==[0-9a-f]{32}$/);
    expect(cleanValue(`${'a'.repeat(400)}1`)).not.toBe(cleanValue(`${'a'.repeat(400)}2`));
    expect(cleanValue('a'.repeat(400)).length).toBe(90);
  });
});
