import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../src/apps/server/openapi/document.ts';
import { CONTENT_PROBLEM, PROBLEM_TYPES, problemLink, problemTypeOf } from '../../../src/apps/server/problems/problem-types.ts';
import { ROUTES } from '../../../src/apps/server/routes/index.ts';
import { EVENT_TYPES } from '../../../src/jobs/callbacks/event.ts';
import { type Api, startApi } from './support/api-server.ts';

const at = (path: string): URL => new URL(`../../../${path}`, import.meta.url);

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('the OpenAPI document', () => {
  it('is valid by a validator of others', async () => {
    const { json } = await api.call('GET', '/openapi.json', { token: null });
    const result = await new Validator().validate(structuredClone(json));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(json.openapi).toBe('3.1.0');
  });

  it('is the one that is committed', async () => {
    const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
    const committed = JSON.parse(await readFile(at('schemas/openapi.json'), 'utf8'));
    const generated = JSON.parse(JSON.stringify(openApiDocument(ROUTES, version, null)));
    expect(generated, 'run "node scripts/write-openapi.mjs" after a build').toEqual(committed);
  });

  it('tells of every route, its scopes and its problems', async () => {
    const { json } = await api.call('GET', '/openapi.json', { token: null });
    const paths = json.paths as Readonly<
      Record<string, Readonly<Record<string, { operationId: string; security: unknown[]; responses: object; 'x-scopes'?: string[] }>>>
    >;
    const told = Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
    expect(told.toSorted()).toEqual(ROUTES.map(({ id }) => id).toSorted());
    expect(paths['/v1/jobs']?.post).toMatchObject({ security: [{ key: [] }], 'x-scopes': ['submit'] });
    expect(Object.keys(paths['/v1/jobs']?.post?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '202', '401', '403', '409', '413', '415', '422', '429', '503', '507']),
    );
    expect(paths['/livez']?.get?.security).toEqual([]);
  });

  it('tells of every callback', async () => {
    const { json } = await api.call('GET', '/openapi.json', { token: null });
    expect(Object.keys(json.webhooks as object)).toEqual([...EVENT_TYPES]);
  });

  it('shows the address of the service when it has one', () => {
    expect(openApiDocument(ROUTES, '1.0.0', 'https://print.example').servers).toEqual([{ url: 'https://print.example' }]);
  });
});

const hrefsIn = (html: string): readonly string[] => [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, href = '']) => href);
const idsIn = (html: string): ReadonlySet<string> => new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id));

describe('the docs', () => {
  it('need nothing from elsewhere and no script', async () => {
    for (const path of ['/docs', '/docs/problems']) {
      const page = await api.call('GET', path, { token: null });
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(page.text).not.toMatch(/<script|<style|\sstyle=|\son\w+=|https?:\/\/(?!shop\.example)/i);
      for (const href of hrefsIn(page.text)) expect(href).toMatch(/^[/#]/);
    }
  });

  it('have every place that they lead to', async () => {
    const pages = new Map<string, ReadonlySet<string>>();
    for (const path of ['/docs', '/docs/problems']) pages.set(path, idsIn((await api.call('GET', path, { token: null })).text));
    for (const path of pages.keys()) {
      for (const href of hrefsIn((await api.call('GET', path, { token: null })).text)) {
        const [page, place] = href.split('#');
        if (place !== undefined) expect(pages.get(page || path)?.has(place), href).toBe(true);
        else expect((await api.call('GET', href, { token: null })).status, href).toBe(200);
      }
    }
  });

  it('tell of every route and every problem', async () => {
    const ids = idsIn((await api.call('GET', '/docs', { token: null })).text);
    for (const { id } of ROUTES) expect(ids.has(id), id).toBe(true);
    const problems = idsIn((await api.call('GET', '/docs/problems', { token: null })).text);
    for (const code of Object.keys(PROBLEM_TYPES)) expect(problems.has(code), code).toBe(true);
    expect(problems.has('content')).toBe(true);
  });

  it('are where the first page leads, and only the address as it is written', async () => {
    const home = await api.call('GET', '/', { token: null });
    expect([home.status, home.headers.get('location')]).toEqual([302, '/docs']);
  });
});

describe('a problem', () => {
  it('of a code from deeper down is about the spec, unless it may pass', () => {
    expect(problemTypeOf('font.unknown', 'never')).toBe(CONTENT_PROBLEM);
    expect(problemTypeOf('render.crashed', 'later').status).toBe(503);
    expect(problemTypeOf('constructor', 'never').status).toBe(422);
    expect([problemLink('job.unknown'), problemLink('font.unknown')]).toEqual(['/docs/problems#job.unknown', '/docs/problems#content']);
  });
});

describe('health', () => {
  it('is told to everybody, readiness without its reasons', async () => {
    expect((await api.call('GET', '/livez', { token: null })).json).toEqual({ status: 'ok' });
    expect((await api.call('GET', '/healthz', { token: null })).status).toBe(200);
    expect((await api.call('GET', '/readyz', { token: null })).json).toEqual({ status: 'ready', checks: [{ name: 'ledger', ok: true }] });
    const checks = [{ name: 'store', ok: false, message: 'ENOSPC at /var/lib/platen' }];
    const sick = await startApi({ parts: () => ({ health: { ready: async () => ({ ready: false, checks }) } }) });
    try {
      const answer = await sick.call('GET', '/readyz', { token: null });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect(answer.json).toEqual({ status: 'not ready', checks: [{ name: 'store', ok: false }] });
      expect(sick.logged).toContainEqual(expect.objectContaining({ level: 'warn', fields: { checks } }));
    } finally {
      await sick.close();
    }
  });

  it('figures are for operators', async () => {
    expect((await api.call('GET', '/metrics', { token: await api.key(['admin'], { tenant: 'default' }) })).text).toBe('# none\n');
    expect((await api.call('GET', '/metrics', { token: await api.key(['read', 'submit']) })).status).toBe(403);
    expect((await api.call('GET', '/metrics', { token: await api.key(['admin'], { tenant: 'shop-b' }) })).status).toBe(403);
  });
});
