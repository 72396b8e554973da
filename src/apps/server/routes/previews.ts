import { z } from 'zod';
import type { DesignSpec } from '../../../model/design-spec.ts';
import { digestOf } from '../../../model/digest.ts';
import { findingSchema, hasErrors } from '../../../model/finding.ts';
import { specOf } from '../../../personalize/answers-refused.ts';
import { etagOf, noneMatchHits } from '../http/etag.ts';
import { json, type Reply } from '../http/reply.ts';
import { withDeadline } from '../http/with-deadline.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import { type Conversation, route } from '../route.ts';
import { conditionalHeaders, id, wholeNumber } from '../schemas/fields.ts';
import { isOneSubject, ONE_SUBJECT, subjectFields, withSubject } from '../schemas/subject-schema.ts';
import type { PreviewPicture, PreviewRequest } from '../server-parts.ts';

const TAG = 'Previews';
const name = z.string().min(1).max(200);
const FORMATS = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;

const FORMAT_OF: Readonly<Record<string, PreviewRequest['format']>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/webp': 'webp',
  'image/avif': 'avif',
};

/**
 * The form that was asked for by name; any picture will do for those who take any, and the spec knows best which. Browsers take AVIF
 * and WebP alike: WebP is made in a fraction of the time.
 */
const formatOf = ({ accepted, rawHeaders: { accept = '' } }: Conversation): PreviewRequest['format'] => {
  if (accepted === 'image/avif' && accept.includes('image/webp')) return 'webp';
  return accept.includes(accepted) ? FORMAT_OF[accepted] : undefined;
};

const finding = findingSchema.meta({ id: 'Finding' });

const pictureAnswer = {
  description: 'The picture; findings are counted in a header, or told in full when JSON is asked for',
  mediaTypes: FORMATS,
  headers: { 'Platen-Findings': 'errors=N, warnings=N, infos=N' },
} as const;

export const makePreview = route({
  id: 'makePreview',
  method: 'post',
  path: '/v1/previews',
  tag: TAG,
  summary: 'Make one picture',
  description:
    'A mockup view or the flat art of a spec, at once and without production files. The Accept header picks the format; flat art is always PNG. With `Accept: application/json` the picture comes as a data URL beside its findings.',
  access: ['preview', 'submit'],
  rate: 'preview',
  body: z
    .strictObject({
      ...subjectFields,
      sample: z.boolean().optional().describe('Of a design: take what is missing from its first example'),
      view: name.optional().describe('A mockup view of the product; without it, flat art'),
      placement: name.optional().describe('Whose flat art'),
      widthPx: z.int().min(16).max(4000).default(800),
      heightPx: z.int().min(16).max(4000).optional().describe('Of a view'),
      fit: z.enum(['contain', 'cover']).optional().describe('Of a view, with a height'),
    })
    .refine(isOneSubject, ONE_SUBJECT)
    .meta({ id: 'PreviewRequest' }),
  answers: {
    200: {
      ...pictureAnswer,
      schema: z
        .strictObject({
          image: z.string().describe('data: URL'),
          widthPx: z.int().nullable(),
          heightPx: z.int().nullable(),
          findings: z.array(finding),
        })
        .meta({ id: 'PreviewAnswer' }),
    },
  },
  problems: ['input.invalid', 'design.unknown', 'answers.refused', 'preview.timeout', 'preview.busy', 'quota.previews'],
  handle: async (call) => {
    const { spec, design, answers, data, sample, ...wanted } = call.body;
    const request = { ...wanted, format: formatOf(call) };
    const subject = { spec, design, answers, data };
    const picture = await withSubject(subject, call.parts.designs, (one) => pictureOf(call, one, request), sample);
    return call.accepted === 'application/json' ? asJson(picture) : asPicture(picture);
  },
});

/** One of the tenant's places, and an end to it. @throws HttpProblem `quota.previews`, `preview.timeout` */
const inPlace = async <T>({ caller, state, parts, signal }: Conversation, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const leave = state.previews.enter(caller.tenant);
  if (!leave)
    throw new HttpProblem('quota.previews', `expected at most ${parts.config.previewsAtOnce} previews and checks at once, got one more`, {
      headers: { 'Retry-After': '1' },
    });
  try {
    return await withDeadline(work, { timeoutMs: parts.config.previewTimeoutMs, code: 'preview.timeout' }, signal);
  } finally {
    leave();
  }
};

const pictureOf = (call: Conversation, spec: DesignSpec, request: PreviewRequest): Promise<PreviewPicture> =>
  inPlace(call, (signal) => call.parts.previews(spec, request, { tenant: call.caller.tenant }, signal));

const asPicture = ({ bytes, mediaType, findings }: PreviewPicture): Reply => {
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  return {
    status: 200,
    headers: {
      'Platen-Findings': `errors=${count('error')}, warnings=${count('warning')}, infos=${count('info')}`,
      'Content-Disposition': 'inline',
      Vary: 'Origin, Accept',
    },
    body: { kind: 'bytes', bytes, mediaType },
  };
};

const asJson = ({ bytes, mediaType, widthPx, heightPx, findings }: PreviewPicture): Reply =>
  json(
    200,
    {
      image: `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`,
      widthPx: widthPx ?? null,
      heightPx: heightPx ?? null,
      findings,
    },
    { Vary: 'Origin, Accept' },
  );

/** Pictures of the same design and answers may be kept: a new version of the design has another tag. */
const DESIGN_CACHE = 'private, max-age=300';

export const previewDesign = route({
  id: 'previewDesign',
  method: 'get',
  path: '/v1/previews/{design}',
  tag: TAG,
  summary: 'A picture of a design with answers',
  description:
    'An address that can be cached: the same design, answers and size give the same picture. Answers are parameters named `field.<name>`, data `data.<path>`. `sample=true` takes what is missing from the first example of the design.',
  access: ['preview', 'read'],
  rate: 'preview',
  params: z.strictObject({ design: id }),
  query: z
    .object({
      view: name.optional(),
      width: wholeNumber(16, 4000).default(800),
      height: wholeNumber(16, 4000).optional(),
      sample: z.enum(['true', 'false']).default('false'),
    })
    .catchall(z.string().max(2000).describe('An answer when its name begins with `field.`, a datum when with `data.`'))
    .superRefine((query, context) => {
      for (const key of Object.keys(query))
        if (!['view', 'width', 'height', 'sample'].includes(key) && !/^(?:field|data)\.[A-Za-z0-9_.-]{1,200}$/.test(key))
          context.addIssue({
            code: 'unrecognized_keys',
            keys: [key],
            input: query,
            message: 'expected view, width, height, sample, field.<name> or data.<path>',
          });
    }),
  headers: conditionalHeaders,
  answers: {
    200: { ...pictureAnswer, headers: { ...pictureAnswer.headers, ETag: 'Version of the picture' } },
    304: { description: 'You have it' },
  },
  problems: ['design.unknown', 'answers.refused', 'input.invalid', 'preview.timeout', 'preview.busy', 'quota.previews'],
  handle: async (call) => {
    const { params, query, headers, parts } = call;
    const { digest } = await parts.designs.get(params.design);
    const { view, width, height, sample, ...named } = query;
    const etag = etagOf(digestOf([digest, view, width, height, sample, named, formatOf(call) ?? null, parts.config.version]).slice(0, 32));
    const facts = { ETag: etag, 'Cache-Control': DESIGN_CACHE, Vary: 'Origin, Accept, Authorization' };
    if (noneMatchHits(headers['if-none-match'], etag)) return { status: 304, headers: facts };
    const { answers, data } = sortedOut(named);
    const spec = specOf(await parts.designs.fill(params.design, answers, data, { sample: sample === 'true' }), params.design);
    const picture = await pictureOf(call, spec, { view, widthPx: width, heightPx: height, format: formatOf(call) });
    const reply = asPicture(picture);
    return { ...reply, headers: { ...reply.headers, ...facts } };
  },
});

/** Parameters as answers and data: `data.customer.city=Lyon` is {"customer": {"city": "Lyon"}}. */
const sortedOut = (named: Readonly<Record<string, unknown>>) => {
  const answers = new Map<string, unknown>();
  const paths: (readonly [readonly string[], unknown])[] = [];
  for (const [key, value] of Object.entries(named))
    if (key.startsWith('field.')) answers.set(key.slice('field.'.length), value);
    else paths.push([key.slice('data.'.length).split('.'), value]);
  return { answers: Object.fromEntries(answers), data: nested(paths) };
};

const nested = (paths: readonly (readonly [readonly string[], unknown])[]): Readonly<Record<string, unknown>> => {
  const heads = new Map<string, (readonly [readonly string[], unknown])[]>();
  for (const [[head = '', ...rest], value] of paths) heads.set(head, [...(heads.get(head) ?? []), [rest, value]]);
  return Object.fromEntries(
    [...heads].map(([head, below]) => {
      const leaf = below.find(([rest]) => rest.length === 0);
      return [head, leaf ? leaf[1] : nested(below)] as const;
    }),
  );
};

export const makeCheck = route({
  id: 'makeCheck',
  method: 'post',
  path: '/v1/checks',
  tag: TAG,
  summary: 'Check a spec',
  description: 'Preflight alone: what stands in the way of printing, and what is worth a look. Nothing is rendered.',
  access: ['preview', 'submit'],
  rate: 'preview',
  body: z.strictObject(subjectFields).refine(isOneSubject, ONE_SUBJECT).meta({ id: 'CheckRequest' }),
  answers: {
    200: {
      description: 'The findings, errors first; pointers are into the spec',
      schema: z
        .strictObject({ ok: z.boolean().describe('No finding is an error'), findings: z.array(finding) })
        .meta({ id: 'CheckAnswer' }),
    },
  },
  problems: ['input.invalid', 'design.unknown', 'answers.refused', 'preview.timeout', 'preview.busy', 'quota.previews'],
  handle: async (call) => {
    const { body, caller, parts } = call;
    const findings = await withSubject(body, parts.designs, (spec) =>
      inPlace(call, (signal) => parts.checks(spec, { tenant: caller.tenant }, signal)),
    );
    return json(200, { ok: !hasErrors(findings), findings });
  },
});
