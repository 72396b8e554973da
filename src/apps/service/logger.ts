import { type DestinationStream, type Logger, pino } from 'pino';

/** Headers and members that carry credentials or customers' words: their values never reach a log. */
const SECRET_PATHS = [
  'authorization',
  'cookie',
  'headers.authorization',
  'headers.cookie',
  'headers["x-api-key"]',
  'headers["webhook-signature"]',
  'req.headers.authorization',
  'req.headers.cookie',
  'secret',
  'token',
  'spec',
  'metadata',
  'answers',
];

/**
 * One JSON line per event on standard output, with time as milliseconds and no host name. Customers' texts are personal data: log
 * ids, sizes and digests, never a spec.
 */
export const openLogger = (level: string, out?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: {},
      redact: { paths: SECRET_PATHS, censor: '(hidden)' },
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: plainError },
    },
    out ?? pino.destination({ dest: 1, sync: true }),
  );

/** Code and message; the stack only of errors we did not foresee. Query strings may hold signatures. */
const plainError = (error: unknown): Readonly<Record<string, unknown>> => {
  if (!(error instanceof Error)) return { message: withoutQueries(String(error)) };
  const code: unknown = Reflect.get(error, 'code');
  const foreseen = typeof code === 'string';
  return {
    ...(foreseen ? { code } : { stack: withoutQueries(error.stack ?? '') }),
    message: withoutQueries(error.message),
  };
};

const withoutQueries = (text: string): string => text.replace(/(\bhttps?:\/\/[^\s?"']+)\?[^\s"']*/g, '$1?(hidden)');
