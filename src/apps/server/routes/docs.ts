import { z } from 'zod';
import { type Reply, text } from '../http/reply.ts';
import { docsPage } from '../openapi/docs-page.ts';
import { DOCS_STYLE } from '../openapi/docs-style.ts';
import { openApiDocument } from '../openapi/document.ts';
import { problemsPage } from '../openapi/problems-page.ts';
import { type Conversation, type Route, route } from '../route.ts';

const OPEN = { tag: 'Service', method: 'get', access: 'public', rate: 'read' } as const;

/** No script at all, and nothing from elsewhere. */
const PAGE_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cache-Control': 'public, max-age=300',
} as const;

const page = (html: string): Reply => text('text/html; charset=utf-8', html, PAGE_HEADERS);

const documentOf = ({ parts }: Conversation, routes: readonly Route[]) =>
  openApiDocument(routes, parts.config.version, parts.config.publicUrl);

/** Written once: anybody may ask, and the list of routes does not change. */
const written = ({ state }: Conversation, address: string, write: () => string): string => {
  const page = state.pages.get(address) ?? write();
  state.pages.set(address, page);
  return page;
};

/** They show the list that they are part of, so they get it when they are asked. */
export const docsRoutes = (routes: () => readonly Route[]): readonly Route[] => [
  route({
    ...OPEN,
    id: 'openapi',
    path: '/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document',
    answers: { 200: { description: 'The document', schema: z.record(z.string(), z.unknown()) } },
    handle: async (call) =>
      text(
        'application/json',
        written(call, '/openapi.json', () => `${JSON.stringify(documentOf(call, routes()))}\n`),
        { 'Cache-Control': 'public, max-age=300', 'Access-Control-Allow-Origin': '*' },
      ),
  }),
  route({
    ...OPEN,
    id: 'docs',
    path: '/docs',
    summary: 'This API to read',
    answers: { 200: { description: 'A page', mediaTypes: ['text/html'] } },
    handle: async (call) => page(written(call, '/docs', () => docsPage(documentOf(call, routes())))),
  }),
  route({
    ...OPEN,
    id: 'docsProblems',
    path: '/docs/problems',
    summary: 'Every problem that an answer can have',
    answers: { 200: { description: 'A page', mediaTypes: ['text/html'] } },
    handle: async (call) => page(written(call, '/docs/problems', problemsPage)),
  }),
  route({
    ...OPEN,
    id: 'docsStyle',
    path: '/docs/style.css',
    summary: 'How the docs look',
    answers: { 200: { description: 'A style sheet', mediaTypes: ['text/css'] } },
    handle: async () => text('text/css; charset=utf-8', DOCS_STYLE, { 'Cache-Control': 'public, max-age=300' }),
  }),
  route({
    ...OPEN,
    id: 'home',
    path: '/',
    summary: 'To the docs',
    answers: { 302: { description: 'To the docs', headers: { Location: '/docs' } } },
    handle: async () => ({ status: 302, headers: { Location: '/docs' } }),
  }),
];
