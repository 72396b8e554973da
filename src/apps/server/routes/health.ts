import { z } from 'zod';
import { isOperator } from '../auth/authenticate.ts';
import { json, text } from '../http/reply.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import { route } from '../route.ts';

const OPEN = { tag: 'Service', method: 'get', access: 'public', rate: 'read' } as const;
const alive = z.strictObject({ status: z.literal('ok') });

const ready = z
  .strictObject({
    status: z.enum(['ready', 'not ready']),
    checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean() })),
  })
  .meta({ id: 'Readiness' });

export const HEALTH_ROUTES = [
  ...(['/livez', '/healthz'] as const).map((path) =>
    route({
      ...OPEN,
      id: path.slice(1),
      path,
      summary: 'Is the process alive?',
      answers: { 200: { description: 'It is', schema: alive } },
      handle: async () => json(200, { status: 'ok' }),
    }),
  ),
  route({
    ...OPEN,
    id: 'readyz',
    path: '/readyz',
    summary: 'Can it take work?',
    description: 'Whether everything that is needed can be reached and nobody has told it to stop. Reasons are in the log alone.',
    answers: { 200: { description: 'It can', schema: ready }, 503: { description: 'Not now', schema: ready } },
    handle: async ({ parts, state }) => {
      const { ready: isReady, checks } = await state.readiness.get();
      const bad = checks.filter(({ ok }) => !ok);
      if (bad.length > 0) parts.log.warn({ checks: bad }, 'not ready');
      // Messages of checks may name hosts and paths: they are not for everybody.
      const body = { status: isReady ? 'ready' : 'not ready', checks: checks.map(({ name, ok }) => ({ name, ok })) };
      return json(isReady ? 200 : 503, body, isReady ? {} : { 'Retry-After': '5' });
    },
  }),
  route({
    ...OPEN,
    id: 'metrics',
    path: '/metrics',
    access: ['admin'],
    rate: 'admin',
    summary: 'Figures for Prometheus',
    description: 'The service can also show them on a port of their own, without a key.',
    answers: { 200: { description: 'In the text format', mediaTypes: ['*/*'] } },
    handle: async ({ parts, caller }) => {
      if (!isOperator(caller))
        throw new HttpProblem('auth.scope', 'expected an admin key of the tenant "default", got one of another tenant');
      const page = await parts.metrics.page();
      return text(page.mediaType, page.text);
    },
  }),
] as const;
