import { describe, expect, it } from 'vitest';
import { wantedRange } from '../../../src/apps/server/http/byte-range.ts';
import { Cursors } from '../../../src/apps/server/http/cursor.ts';
import { noneMatchHits } from '../../../src/apps/server/http/etag.ts';
import { ndjsonLines } from '../../../src/apps/server/http/ndjson-lines.ts';
import { waitSeconds } from '../../../src/apps/server/http/prefer.ts';
import { RateLimiter } from '../../../src/apps/server/http/rate-limiter.ts';
import { SharedAnswer } from '../../../src/apps/server/http/shared-answer.ts';
import { TenantPlaces } from '../../../src/apps/server/http/tenant-places.ts';
import { prose } from '../../../src/apps/server/openapi/page-html.ts';
import { DEFAULT_SERVER_CONFIG } from '../../../src/apps/server/server-parts.ts';
import { html } from '../../../src/model/html.ts';

it.each([
  [undefined, 0],
  ['', 0],
  ['wait=10', 10],
  ['WAIT = 10', 10],
  ['wait="7"', 7],
  ['wait=99', 25],
  ['wait=99999999', 0],
  ['wait=-1', 0],
  ['wait=1.5', 0],
  ['return=minimal; x=y, wait=3; z', 3],
  ['wait=3, wait=9', 3],
  ['respond-async, wait=10', 0],
  ['waiting=3', 0],
])('the preference %j is a wait of %i seconds', (prefer, seconds) => {
  expect(waitSeconds(prefer)).toBe(seconds);
});

describe('a cursor', () => {
  const place = { tenant: 'a', list: 'jobs', filter: { state: ['queued'] } };

  it('lives for a day', () => {
    let nowMs = 1_000_000;
    const cursors = new Cursors(['s1'], () => nowMs);
    const cursor = cursors.write(place, 'job_1');
    nowMs += 24 * 3_600_000;
    expect(cursors.read(place, cursor)).toBe('job_1');
    nowMs += 1;
    expect(() => cursors.read(place, cursor)).toThrow(/24 hours/);
  });

  it('outlives a change of secrets', () => {
    const cursor = new Cursors(['old'], Date.now).write(place, 'job_1');
    expect(new Cursors(['new', 'old'], Date.now).read(place, cursor)).toBe('job_1');
    expect(() => new Cursors(['new'], Date.now).read(place, cursor)).toThrow(/cursor/);
  });

  it('belongs to its tenant, list and filter, in whatever order the filter is written', () => {
    const cursors = new Cursors(['s'], Date.now);
    const cursor = cursors.write({ ...place, filter: { a: 1, b: 2 } }, 'x');
    expect(cursors.read({ ...place, filter: { b: 2, a: 1 } }, cursor)).toBe('x');
    for (const other of [{ tenant: 'b' }, { list: 'deliveries' }, { filter: { a: 1 } }])
      expect(() => cursors.read({ ...place, filter: { a: 1, b: 2 }, ...other }, cursor)).toThrow(/cursor/);
  });
});

it('ranges never reach beyond a file, whatever is asked', () => {
  for (const bytes of [0, 1, 7])
    for (const header of ['bytes=0-', 'bytes=-3', 'bytes=2-4', 'bytes=6-6', 'bytes=0-999999999999999', 'bytes=7-', 'bytes=3-1']) {
      const wanted = wantedRange(header, bytes, '"x"', undefined);
      if (wanted.kind !== 'part') continue;
      expect(wanted.range.first).toBeGreaterThanOrEqual(0);
      expect(wanted.range.last).toBeGreaterThanOrEqual(wanted.range.first);
      expect(wanted.range.last).toBeLessThan(bytes);
    }
});

it('tags are compared whole, weak ones as strong ones', () => {
  expect(noneMatchHits('W/"a", "b"', '"a"')).toBe(true);
  expect(noneMatchHits('"ab"', '"a"')).toBe(false);
  expect(noneMatchHits('', '"a"')).toBe(false);
});

describe('lines of JSON', () => {
  const linesOf = async (pieces: readonly string[], maxLineBytes = 20) => {
    const chunks = (async function* () {
      for (const piece of pieces) yield Buffer.from(piece, 'latin1');
    })();
    const lines: (readonly [number, string | null])[] = [];
    for await (const { number, text } of ndjsonLines(chunks, { maxLineBytes, maxLines: 10 })) lines.push([number, text]);
    return lines;
  };

  it('are the same however they are cut', async () => {
    const text = '\xef\xbb\xbf{"a":1}\r\n\n{"b":"\xc3\xa9"}\n  {"c":3}';
    const whole = await linesOf([text]);
    expect(whole).toEqual([
      [1, '{"a":1}'],
      [3, '{"b":"é"}'],
      [4, '{"c":3}'],
    ]);
    for (let at = 1; at < text.length; at++) expect(await linesOf([text.slice(0, at), text.slice(at)])).toEqual(whole);
    expect(await linesOf([...text])).toEqual(whole);
  });

  it('are never held when they are too long', async () => {
    const long = Array.from({ length: 1000 }, () => 'x'.repeat(10));
    expect(await linesOf(['{"a":1}\n', ...long, '\n{"b":2}\n'])).toEqual([
      [1, '{"a":1}'],
      [2, null],
      [3, '{"b":2}'],
    ]);
  });
});

it('places are for each tenant and for all, and given back once', () => {
  const places = new TenantPlaces(3, 2);
  const first = places.enter('a');
  const second = places.enter('a');
  expect([first, second, places.enter('a')].map((leave) => leave !== undefined)).toEqual([true, true, false]);
  expect(places.enter('b')).toBeDefined();
  expect(places.enter('c')).toBeUndefined();
  first?.();
  first?.();
  expect(places.enter('c')).toBeDefined();
  expect(places.enter('d')).toBeUndefined();
});

describe('a shared answer', () => {
  it('is asked for once by all who come at once or soon', async () => {
    let nowMs = 0;
    let asked = 0;
    const answer = new SharedAnswer(
      async () => {
        asked += 1;
        return asked;
      },
      500,
      () => nowMs,
    );
    expect(await Promise.all([answer.get(), answer.get()])).toEqual([1, 1]);
    nowMs = 499;
    expect(await answer.get()).toBe(1);
    nowMs = 500;
    expect(await answer.get()).toBe(2);
  });

  it('is not shared when it is a failure', async () => {
    let asked = 0;
    const answer = new SharedAnswer(
      async () => {
        asked += 1;
        if (asked === 1) throw new Error('no');
        return asked;
      },
      500,
      () => 0,
    );
    await expect(answer.get()).rejects.toThrow('no');
    expect(await answer.get()).toBe(2);
  });
});

it('buckets of tenants that stay away are forgotten rather than kept without end', () => {
  const limiter = new RateLimiter({ ...DEFAULT_SERVER_CONFIG.rates, read: { quota: 1, windowSeconds: 60 } }, () => 0);
  for (let at = 0; at < 25_000; at++) limiter.take(`tenant-${at}`, 'read');
  expect(limiter.take('tenant-24999', 'read').allowed).toBe(false);
  expect(limiter.take('tenant-0', 'read').allowed).toBe(true);
});

it('the docs escape what they show', () => {
  expect(html`<p title="${'"x"'}">${'<script>'}${html`<b>${'&'}</b>`}${null}</p>`.html).toBe(
    '<p title="&quot;x&quot;">&lt;script&gt;<b>&amp;</b></p>',
  );
  expect(prose('`a<b>` and [docs](/docs) not [x](javascript:alert)').html).toBe(
    '<code>a&lt;b&gt;</code> and <a href="/docs">docs</a> not [x](javascript:alert)',
  );
});
