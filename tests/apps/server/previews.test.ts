import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesignShelf, PreviewRequest } from '../../../src/apps/server/server-parts.ts';
import { parseDesignSpec } from '../../../src/model/design-spec.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { InvalidInput } from '../../../src/model/parse.ts';
import { Problem } from '../../../src/model/problem.ts';
import { until } from '../../support/until.ts';
import { type Answer, type Api, mugSpec, startApi } from './support/api-server.ts';

const designs: DesignShelf = {
  list: async () => [{ id: 'name-mug', name: 'Name mug', product: 'mug-11oz', digest: 'd1' }],
  get: async (id) => {
    if (id !== 'name-mug') throw new Problem('design.unknown', `expected a known design, got "${id}"`);
    return { id, name: 'Name mug', product: 'mug-11oz', digest: 'd1', design: { fields: [] } };
  },
  open: async (id) => {
    throw new Problem('design.unknown', `expected a known design, got "${id}"`);
  },
  answersSchema: async () => ({ type: 'object', properties: { name: { type: 'string' } } }),
  form: async () => [],
  fill: async (_id, answers, data) => {
    const name = answers.name ?? Reflect.get(Object(data.customer), 'name');
    const missing: Finding = { severity: 'error', code: 'answer.missing', pointer: '/name', message: 'Name: please answer.' };
    const spec = typeof name === 'string' ? parseDesignSpec(mugSpec(name)) : null;
    return { spec, findings: spec ? [] : [missing], answers: {}, aside: {}, decisions: [] };
  },
};

let api: Api;
const asked: { request: PreviewRequest; tenant: string }[] = [];
let aborted = 0;
beforeAll(async () => {
  api = await startApi({
    config: { previewTimeoutMs: 300, previewsAtOnce: 2 },
    parts: ({ previews }) => ({
      designs,
      previews: async (spec, request, who, signal) => {
        asked.push({ request, tenant: who.tenant });
        if (spec.title === 'hang') {
          await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
          aborted += 1;
          signal.throwIfAborted();
        }
        if (spec.title === 'method')
          throw new InvalidInput('settings', [{ pointer: '/placements/0/settings/dpi', expected: 'a number', got: '"x"' }]);
        if (spec.title === 'font')
          throw new Problem('font.unknown', 'expected a known font, got "X"', {
            pointer: '/placements/0/layers/0/font',
            hint: 'did you mean "Y"?',
          });
        if (spec.title === 'broken') throw new Error('a secret path /etc/x');
        return previews(spec, request, who, signal);
      },
    }),
  });
});
afterAll(() => api.close());

const preview = (more: object = {}, accept = '*/*', title?: string): Promise<Answer> =>
  api.call('POST', '/v1/previews', { json: { spec: { ...mugSpec(), ...(title ? { title } : {}) }, ...more }, headers: { accept } });

describe('a preview', () => {
  it.each([
    ['image/webp', 'image/webp', 'webp'],
    ['image/avif,image/png;q=0.5', 'image/avif', 'avif'],
    ['image/png', 'image/png', 'png'],
    ['image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8', 'image/webp', 'webp'],
    ['image/jpeg;q=0.1', 'image/jpeg', 'jpeg'],
  ])('comes in the form that Accept asks for: %s', async (accept, mediaType, format) => {
    const answer = await preview({ view: 'front', widthPx: 640 }, accept);
    expect([answer.status, answer.headers.get('content-type'), answer.text]).toEqual([200, mediaType, `a ${format} picture`]);
    expect(answer.headers.get('platen-findings')).toBe('errors=0, warnings=1, infos=0');
    expect(answer.headers.get('vary')).toContain('Accept');
    expect(asked.at(-1)).toMatchObject({ request: { view: 'front', widthPx: 640, format }, tenant: 'acme' });
  });

  it.each(['*/*', 'image/*', 'text/html, */*;q=0.1'])('comes in the form that suits the spec when any will do: %s', async (accept) => {
    const answer = await preview({}, accept);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(asked.at(-1)?.request.format).toBeUndefined();
  });

  it('comes with its findings in full when JSON is asked for', async () => {
    const answer = await preview({}, 'application/json');
    expect(answer.json).toMatchObject({
      image: `data:image/png;base64,${Buffer.from('a png picture').toString('base64')}`,
      findings: [{ code: 'image.resolution-low' }],
    });
  });

  it('is not made in a form that nobody can make', async () => {
    const answer = await preview({}, 'image/gif, text/html');
    expect([answer.status, answer.json.code]).toEqual([406, 'accept.none']);
    expect(answer.json.detail).toContain('image/webp');
  });

  it('says what is wrong with the spec at its place in the body', async () => {
    const method = await preview({}, '*/*', 'method');
    expect(method.json).toMatchObject({ status: 422, errors: [{ pointer: '/spec/placements/0/settings/dpi' }] });
    const font = await preview({}, '*/*', 'font');
    expect(font.json).toMatchObject({
      status: 422,
      code: 'font.unknown',
      pointer: '/spec/placements/0/layers/0/font',
      hint: 'did you mean "Y"?',
    });
    expect((await preview({ widthPx: 4001, fit: 'fill' })).json.errors).toMatchObject([{ pointer: '/widthPx' }, { pointer: '/fit' }]);
  });

  it('is given up when it takes too long, and its work is stopped', async () => {
    const before = aborted;
    const answer = await preview({}, '*/*', 'hang');
    expect([answer.status, answer.json.code, answer.headers.get('retry-after')]).toEqual([503, 'preview.timeout', '2']);
    expect(aborted).toBe(before + 1);
  });

  it('is stopped when nobody waits for it any more', async () => {
    const before = aborted;
    const gone = new AbortController();
    const call = api
      .call('POST', '/v1/previews', { json: { spec: { ...mugSpec(), title: 'hang' } }, signal: gone.signal })
      .catch(() => undefined);
    const count = asked.length;
    await until('the work', () => asked.length > count);
    gone.abort();
    await call;
    await until('the end of the work', () => aborted === before + 1, 250);
  });

  it('leaves room for others when one tenant asks for too many at once', async () => {
    const many = await Promise.all(Array.from({ length: 4 }, () => preview({}, '*/*', 'hang')));
    expect(many.map(({ status }) => status).toSorted()).toEqual([429, 429, 503, 503]);
    expect(many.find(({ status }) => status === 429)?.json.code).toBe('quota.previews');
    const token = await api.key(['preview', 'submit'], { tenant: 'other' });
    const [theirs] = await Promise.all([
      api.call('POST', '/v1/previews', { token, json: { spec: mugSpec() } }),
      preview({}, '*/*', 'hang'),
      preview({}, '*/*', 'hang'),
    ]);
    expect(theirs?.status).toBe(200);
    expect((await preview()).status).toBe(200);
  });

  it('tells nothing of what broke inside, but logs it under the request id', async () => {
    const answer = await preview({}, '*/*', 'broken');
    expect([answer.status, answer.json.code]).toEqual([500, 'internal']);
    expect(answer.text).not.toMatch(/secret|etc|\.ts/);
    const entry = api.logged.find(({ level, fields }) => level === 'error' && Reflect.get(fields, 'requestId') === answer.json.requestId);
    expect(String(Reflect.get(entry?.fields ?? {}, 'err'))).toContain('a secret path');
  });
});

describe('a preview of a design', () => {
  it('has an address that can be cached', async () => {
    const address = '/v1/previews/name-mug?field.name=Ada&view=front&width=400';
    const first = await api.call('GET', address, { headers: { accept: 'image/webp' } });
    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(first.headers.get('cache-control')).toBe('private, max-age=300');
    const etag = first.headers.get('etag') ?? '';
    const count = asked.length;
    const again = await api.call('GET', address, { headers: { accept: 'image/webp', 'if-none-match': etag } });
    expect([again.status, asked.length]).toEqual([304, count]);
    const tags = [etag];
    for (const other of [
      'field.name=Bob&view=front&width=400',
      'field.name=Ada&view=back&width=400',
      'field.name=Ada&view=front&width=401',
    ])
      tags.push((await api.call('GET', `/v1/previews/name-mug?${other}`, { headers: { accept: 'image/webp' } })).headers.get('etag') ?? '');
    tags.push((await api.call('GET', address, { headers: { accept: 'image/png' } })).headers.get('etag') ?? '');
    expect(new Set(tags).size).toBe(5);
  });

  it('is unknown when the design is, and refused when the answers do not fit', async () => {
    expect((await api.call('GET', '/v1/previews/other')).json.code).toBe('design.unknown');
    expect((await api.call('GET', '/v1/previews/name-mug')).json).toMatchObject({ status: 422, errors: [{ pointer: '/name' }] });
    expect((await api.call('GET', '/v1/previews/name-mug?colour=red')).json).toMatchObject({
      status: 400,
      errors: [{ parameter: 'colour' }],
    });
    expect((await api.call('GET', '/v1/previews/name-mug?field.name=%7B%7Bconstructor%7D%7D')).status).toBe(200);
    expect((await api.call('GET', '/v1/previews/name-mug?data.customer.name=Ada')).status).toBe(200);
    const none = await startApi();
    try {
      const answer = await none.call('GET', '/v1/previews/name-mug?field.name=Ada');
      expect([answer.status, answer.json.code]).toEqual([404, 'design.unknown']);
      expect((await none.call('GET', '/v1/designs')).json).toEqual({ items: [] });
      expect((await none.call('GET', '/v1/designs/name-mug')).status).toBe(404);
    } finally {
      await none.close();
    }
  });
});

describe('a check', () => {
  it('tells the findings without a picture', async () => {
    const answer = await api.call('POST', '/v1/checks', { json: { spec: mugSpec() } });
    expect(answer.json).toMatchObject({
      ok: false,
      findings: [{ severity: 'error', code: 'text.overflow', measured: 12, required: 10, unit: 'mm' }],
    });
  });

  it('is made of a design too, and says what is wrong about the answers', async () => {
    const good = await api.call('POST', '/v1/checks', { json: { design: 'name-mug', answers: { name: 'Ada' } } });
    expect([good.status, good.json.ok]).toEqual([200, false]);
    const bad = await api.call('POST', '/v1/checks', { json: { design: 'name-mug' } });
    expect(bad.json).toMatchObject({ status: 422, code: 'answers.refused', errors: [{ pointer: '/answers/name' }] });
    for (const body of [{}, { spec: mugSpec(), design: 'name-mug' }, { spec: mugSpec(), answers: {} }])
      expect((await api.call('POST', '/v1/checks', { json: body })).json).toMatchObject({ status: 422, code: 'input.invalid' });
  });
});

describe('a design', () => {
  it('is filled without rendering, also when it cannot be', async () => {
    const good = await api.call('POST', '/v1/designs/name-mug/fill', { json: { answers: { name: 'Ada' } } });
    expect(good.json).toMatchObject({ spec: { product: 'mug-11oz' }, findings: [] });
    const bad = await api.call('POST', '/v1/designs/name-mug/fill', { json: {} });
    expect([bad.status, bad.json]).toMatchObject([200, { spec: null, findings: [{ code: 'answer.missing' }] }]);
    expect((await api.call('POST', '/v1/designs/name-mug/form', { json: {} })).json).toEqual({ fields: [] });
  });
});
