import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition } from '../../src/jobs/content-disposition.ts';
import { signDownload, signUpload, verifyDownload, verifyUpload } from '../../src/jobs/signed-link.ts';

const SECRET = 'a secret of thirty-two characters';
const NOW = Date.UTC(2026, 2, 1);
const file = { key: 'acme/jobs/job_1/front.pdf', fileName: 'front “1”.pdf', expiresAtMs: NOW + 60_000 };
const upload = { key: 'acme/uploads/ast_1', mediaType: 'image/png', bytes: 1_234, sha256: 'ab'.repeat(32), expiresAtMs: NOW + 60_000 };

/** As a router hands a link over: the decoded path after /files/ and the query. */
const partsOf = (link: string) => {
  const url = new URL(link, 'http://localhost');
  expect(url.pathname.startsWith('/files/')).toBe(true);
  return { key: decodeURIComponent(url.pathname.slice('/files/'.length)), query: url.searchParams };
};

const verify = (link: string, secrets: readonly string[] = [SECRET], nowMs = NOW) => {
  const { key, query } = partsOf(link);
  return verifyDownload(key, query, secrets, nowMs);
};

describe('a signed link', () => {
  it('says which file it is for, under which name and until when', () => {
    expect(verify(signDownload(file, SECRET))).toEqual({ kind: 'valid', link: file });
  });

  it('lives until its time and not longer', () => {
    const link = signDownload(file, SECRET);
    expect(verify(link, [SECRET], NOW + 59_999).kind).toBe('valid');
    expect(verify(link, [SECRET], NOW + 60_000).kind).toBe('expired');
  });

  it.each([
    ['key', (link: string) => link.replace('job_1', 'job_2')],
    ['tenant', (link: string) => link.replace('acme', 'evil')],
    ['name', (link: string) => link.replace('name=front', 'name=other')],
    ['time', (link: string) => link.replace(/expires=(\d)/, 'expires=9$1')],
    ['time, in another spelling', (link: string) => link.replace(/expires=(\d+)/, 'expires=$1.5')],
    ['signature', (link: string) => link.replace(/signature=./, 'signature=_')],
    ['length of the signature', (link: string) => link.slice(0, -1)],
    ['parameters: one is missing', (link: string) => link.replace(/name=[^&]*&/, '')],
    ['parameters: one is there twice', (link: string) => `${link}&name=front.pdf`],
    ['parameters: one is new', (link: string) => `${link}&x=1`],
    ['key, which is none', (link: string) => link.replace('acme/', 'acme/%2e%2e/')],
  ])('is refused with another %s', (_, change) => {
    const link = signDownload(file, SECRET);
    expect(change(link)).not.toBe(link);
    const { key, query } = partsOf(change(link));
    expect(verifyDownload(key, query, [SECRET], NOW)).toEqual({ kind: 'refused' });
  });

  it('is refused when the time has passed and the signature is not ours', () => {
    expect(verify(signDownload(file, 'another'), [SECRET], NOW + 90_000)).toEqual({ kind: 'refused' });
  });

  it('outlives its secret while that is in the list', () => {
    const old = signDownload(file, 'old secret');
    expect(verify(old, [SECRET, 'old secret']).kind).toBe('valid');
    expect(verify(old, [SECRET]).kind).toBe('refused');
    expect(verify(signDownload(file, SECRET), [SECRET, 'old secret']).kind).toBe('valid');
    expect(verify(old, []).kind).toBe('refused');
  });

  it('carries any name and any key as they are', () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9_=+-]{1,20}$/).filter((text) => !/^(con|prn|aux|nul|com\d|lpt\d)$/i.test(text));
    const key = fc.array(segment, { minLength: 1, maxLength: 5 }).map((segments) => segments.join('/'));
    fc.assert(
      fc.property(key, fc.string({ unit: 'grapheme' }), (one, fileName) => {
        expect(verify(signDownload({ key: one, fileName, expiresAtMs: NOW + 1 }, SECRET))).toMatchObject({
          kind: 'valid',
          link: { key: one, fileName },
        });
      }),
    );
  });

  it('for an upload binds type, length and digest', () => {
    const { key, query } = partsOf(signUpload(upload, SECRET));
    expect(verifyUpload(key, query, [SECRET], NOW)).toEqual({ kind: 'valid', link: upload });
    for (const [name, value] of [
      ['bytes', '9999'],
      ['type', 'text/html'],
      ['sha256', 'cd'.repeat(32)],
      ['expires', String(NOW + 99_999)],
    ] as const) {
      const changed = new URLSearchParams(query);
      changed.set(name, value);
      expect(verifyUpload(key, changed, [SECRET], NOW), name).toEqual({ kind: 'refused' });
    }
  });

  it('for one direction does not open the other', () => {
    const down = partsOf(signDownload(file, SECRET));
    const up = partsOf(signUpload(upload, SECRET));
    expect(verifyUpload(down.key, down.query, [SECRET], NOW)).toEqual({ kind: 'refused' });
    expect(verifyDownload(up.key, up.query, [SECRET], NOW)).toEqual({ kind: 'refused' });
  });
});

describe('the name a file is saved under', () => {
  it.each([
    ['front.pdf', 'attachment; filename="front.pdf"'],
    ['Größe 1.pdf', `attachment; filename="Gr__e 1.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%201.pdf`],
    ['a"; filename="evil.exe', `attachment; filename="a__ filename=_evil.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22evil.exe`],
    ["it's (1)*.png", `attachment; filename="it_s _1__.png"; filename*=UTF-8''it%27s%20%281%29%2A.png`],
    ['a\r\nset-cookie: x', `attachment; filename="aset-cookie_ x"; filename*=UTF-8''aset-cookie%3A%20x`],
    ['\u202egpj.exe', 'attachment; filename="gpj.exe"'],
    ['', 'attachment; filename="file"'],
  ])('%j makes the header %s', (name, header) => {
    expect(contentDisposition(name)).toBe(header);
  });

  it('never leaves the header, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(contentDisposition(name)).toMatch(/^attachment; filename="[A-Za-z0-9 ._+=-]+"(?:; filename\*=UTF-8''[A-Za-z0-9%._~!-]+)?$/);
      }),
    );
  });
});
