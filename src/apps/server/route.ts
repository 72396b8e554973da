import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Scope } from '../../jobs/api-key.ts';
import { InvalidInput, type Mistake, parseWith } from '../../model/parse.ts';
import type { Reply } from './http/reply.ts';
import { HttpProblem, notFound, type RequestMistake } from './problems/http-problem.ts';
import type { ProblemCode } from './problems/problem-types.ts';
import type { Caller, RateClass, ServerConfig, ServerParts } from './server-parts.ts';
import type { ServerState } from './server-state.ts';

export type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** `public`: no key. `signed`: the link itself is the credential. Else: one of these scopes. */
export type Access = 'public' | 'signed' | readonly Scope[];

/** One kind of answer, as the OpenAPI document tells it. */
export type AnswerFacts = {
  readonly description: string;
  /** Of the JSON in it. */
  readonly schema?: z.ZodType;
  /** Bytes in one of these forms, beside or instead of JSON. */
  readonly mediaTypes?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
};

/** A body that is not JSON, taken as it arrives. */
export type StreamFacts = {
  readonly description: string;
  readonly maxBytes: (config: ServerConfig) => number;
  readonly schema?: z.ZodType;
};

/** What the server knows of a route without its handler. */
export type RouteFacts = {
  /** operationId: the name of the call in generated clients. */
  readonly id: string;
  readonly method: HttpMethod;
  /** With {names}; `{+name}` takes slashes too. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly rate: RateClass;
  readonly answers: Readonly<Record<number, AnswerFacts>>;
  /** Problems beyond those that any route of its kind has. */
  readonly problems?: readonly ProblemCode[];
  /** Parameters with a list: they may come more than once, or once with commas. */
  readonly lists?: readonly string[];
  /** A JSON body may be left out. */
  readonly bodyOptional?: boolean;
  readonly maxBytes?: (config: ServerConfig) => number;
  readonly streams?: Readonly<Record<string, StreamFacts>>;
};

type Fields = z.ZodObject;

export type Schemas = {
  readonly params: Fields;
  readonly query: Fields;
  readonly headers: Fields;
  readonly body: z.ZodType | undefined;
};

/** What every handler gets. */
export type Conversation = {
  readonly caller: Caller;
  readonly parts: ServerParts;
  readonly state: ServerState;
  readonly requestId: string;
  /** Aborted when the caller has gone or the service closes. */
  readonly signal: AbortSignal;
  /** The media type of the answer that the caller likes best, out of those of the route. */
  readonly accepted: string;
  /** The headers as they came, for conditional requests. */
  readonly rawHeaders: IncomingHttpHeaders;
};

export type Call<P, Q, H, B> = Conversation & {
  readonly params: P;
  readonly query: Q;
  readonly headers: H;
  readonly body: B;
  /** The JSON body before it was parsed: what digests and stored specs are made of. */
  readonly rawBody: unknown;
};

export type Upload = {
  readonly mediaType: string;
  readonly contentType: string;
  readonly declaredBytes: number | null;
  readonly chunks: AsyncIterable<Uint8Array>;
};

export type RouteSpec<P extends Fields, Q extends Fields, H extends Fields, B extends z.ZodType> = RouteFacts & {
  readonly params?: P;
  readonly query?: Q;
  readonly headers?: H;
  readonly body?: B;
  /** Takes a JSON body, or none. */
  readonly handle?: (call: Call<z.output<P>, z.output<Q>, z.output<H>, z.output<B>>) => Promise<Reply>;
  /** Takes the bodies listed in `streams`. */
  readonly receive?: (call: Call<z.output<P>, z.output<Q>, z.output<H>, Upload>) => Promise<Reply>;
};

/** The parts of a request as text, before any schema has seen them. */
export type RawRequest = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body:
    | { readonly kind: 'none' }
    | { readonly kind: 'json'; readonly value: unknown }
    | { readonly kind: 'stream'; readonly upload: Upload };
};

export type Route = RouteFacts & {
  readonly schemas: Schemas;
  /** Checks everything that was sent, then handles it. */
  readonly run: (raw: RawRequest, conversation: Conversation) => Promise<Reply>;
};

const NOTHING = z.strictObject({});
const ANY_HEADERS = z.object({});

/**
 * One address of the API: the schemas that check a request at run time are the ones that the OpenAPI document shows.
 * A route without a schema for parameters or query takes none.
 */
export const route = <
  P extends Fields = typeof NOTHING,
  Q extends Fields = typeof NOTHING,
  H extends Fields = typeof ANY_HEADERS,
  B extends z.ZodType = z.ZodUndefined,
>(
  spec: RouteSpec<P, Q, H, B>,
): Route => {
  const { params, query, headers, body, handle, receive, ...facts } = spec;
  return {
    ...facts,
    schemas: { params: params ?? NOTHING, query: query ?? NOTHING, headers: headers ?? ANY_HEADERS, body },
    run: async (raw, conversation) => {
      const checked = {
        ...conversation,
        params: parseFields(params, raw.params, 'path', spec.id),
        query: parseFields(query, valuesIn(raw.query, spec.lists ?? []), 'parameter', spec.id),
        headers: parseFields(headers, headerValues(raw.headers), 'header', spec.id),
      };
      if (raw.body.kind === 'stream') {
        if (!receive) throw new TypeError(`expected a receiver of streams at ${spec.id}, got none`);
        return receive({ ...checked, body: raw.body.upload, rawBody: undefined });
      }
      if (!handle) throw new TypeError(`expected a handler at ${spec.id}, got none`);
      const rawBody = raw.body.kind === 'json' ? raw.body.value : undefined;
      return handle({ ...checked, body: parseBody(body, rawBody), rawBody });
    },
  };
};

const parseBody = <B extends z.ZodType>(schema: B | undefined, value: unknown): z.output<B> =>
  schema ? parseWith(schema, value, 'request body') : (undefined as z.output<B>);

type Where = 'parameter' | 'header' | 'path';

/** @throws HttpProblem `request.query` or `request.header` with every mistake */
const parseFields = <F extends Fields>(schema: F | undefined, values: unknown, where: Where, id: string): z.output<F> => {
  try {
    // Without a schema nothing is wanted, and nothing is what the handler's type says it gets.
    return parseWith(schema ?? (where === 'header' ? ANY_HEADERS : NOTHING), values, `${where}s of ${id}`) as z.output<F>;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    // Nothing can be where such a path leads.
    if (where === 'path') throw notFound('route.unknown', 'address');
    const errors = error.mistakes.map((mistake) => fieldMistake(mistake, where));
    throw new HttpProblem(where === 'header' ? 'request.header' : 'request.query', errors.map(({ message }) => message).join('; '), {
      errors,
    });
  }
};

const fieldMistake = ({ pointer, expected, got, hint }: Mistake, where: 'parameter' | 'header'): RequestMistake => {
  const name = pointer.slice(1).split('/')[0] ?? '';
  const shown = name.replaceAll('~1', '/').replaceAll('~0', '~');
  return { [where]: shown, message: `expected ${expected} for ${where} ${shown}, got ${got}`, ...(hint === undefined ? {} : { hint }) };
};

/** @throws HttpProblem `request.query` when a name comes twice that is no list: which one counts would be a guess */
const valuesIn = (query: URLSearchParams, lists: readonly string[]): Readonly<Record<string, string>> => {
  const names = [...query.keys()];
  const twice = [...new Set(names.filter((name, at) => names.indexOf(name) !== at && !lists.includes(name)))];
  if (twice.length > 0) {
    const errors = twice.map((name) => ({ parameter: name, message: `expected the parameter ${name.slice(0, 60)} once, got it again` }));
    throw new HttpProblem('request.query', errors.map(({ message }) => message).join('; '), { errors });
  }
  return Object.fromEntries(names.map((name) => [name, query.getAll(name).join(',')]));
};

const headerValues = (headers: IncomingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
