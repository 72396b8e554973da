/** What a problem code means to a caller: the page /docs/problems and the status of answers are made from this list. */
export type ProblemType = { readonly status: number; readonly title: string; readonly meaning: string };

const type = (status: number, title: string, meaning: string): ProblemType => ({ status, title, meaning });

export const PROBLEM_TYPES = {
  'request.malformed': type(400, 'The request cannot be read', 'The address or a header is not well formed.'),
  'request.query': type(
    400,
    'A query parameter is wrong',
    'Each entry of errors names a parameter. Unknown and repeated ones are refused.',
  ),
  'request.header': type(400, 'A header is wrong', 'Each entry of errors names a header.'),
  'request.cursor': type(
    400,
    'The cursor cannot be used',
    'Follow next links as they are: a cursor lives for a day and belongs to its filters.',
  ),
  'json.syntax': type(
    400,
    'The body is not JSON',
    'The message names line and column. Names must not be repeated, nor be __proto__ or constructor.',
  ),
  'auth.missing': type(401, 'A key is needed', 'Send it as "Authorization: Bearer platen_…".'),
  'auth.invalid': type(401, 'The key is not accepted', 'It is unknown, revoked or past its end.'),
  'auth.scope': type(403, 'The key may not do this', 'The answer names the scopes of which one is needed.'),
  'auth.origin': type(403, 'The web page may not use this key', 'Browsers may use a key from its allowed origins alone.'),
  'link.expired': type(403, 'The link is over', 'Links to files live for minutes: ask the API for a new one.'),
  'link.refused': type(403, 'The link was changed', 'Its signature does not fit.'),
  'route.unknown': type(404, 'No such address', 'See /docs for all of them.'),
  'job.unknown': type(404, 'No such job', 'There is none of this id for your key.'),
  'artifact.unknown': type(404, 'No such file', 'The job has no file of this name, or not yet.'),
  'batch.unknown': type(404, 'No such batch', 'There is none of this id for your key.'),
  'asset.unknown': type(404, 'No such upload', 'There is none of this id for your key, or it was cleared away.'),
  'webhook.unknown': type(404, 'No such webhook', 'There is none of this id for your key.'),
  'delivery.unknown': type(404, 'No such delivery', 'There is none of this id for your key.'),
  'key.unknown': type(404, 'No such key', 'There is none of this id in your tenant.'),
  'entry.unknown': type(404, 'Not in the catalogue', 'The list of the same address shows what is there.'),
  'design.unknown': type(404, 'No such design', 'GET /v1/designs shows what is there.'),
  'file.unknown': type(404, 'No such file', 'It was cleared away, or never was.'),
  'method.not-allowed': type(405, 'Not with this method', 'The Allow header names those that work here.'),
  'accept.none': type(406, 'No answer in such a form', 'The message names the media types that can be had.'),
  'request.timeout': type(408, 'The request came too slowly', 'Send it again over a better line.'),
  'idempotency.in-progress': type(409, 'The same request is being worked on', 'Wait a little and send it again with the same key.'),
  'job.final': type(409, 'The job is over', 'A job that is over cannot be cancelled.'),
  'order.line-taken': type(
    409,
    'The order line has a job of another spec',
    'The message and the Location header name the job. Rerender it, cancel it first, or send the changed line to POST /v1/orders.',
  ),
  'asset.incomplete': type(409, 'The upload has not arrived', 'Send its bytes first, then complete it.'),
  'endpoint.disabled': type(409, 'The webhook is disabled', 'Enable it first.'),
  'ledger.endpoint-disabled': type(409, 'The webhook is disabled', 'Enable it first.'),
  'store.exists': type(409, 'It is there already', 'A file of this name was stored before.'),
  'request.too-large': type(413, 'The body is too large', 'The message names the limit.'),
  'json.too-large': type(413, 'The body is too large', 'The message names the limit.'),
  'upload.too-large': type(413, 'The file is too large', 'The message names the limit.'),
  'request.media-type': type(415, 'Not in this form', 'The Accept header of the answer names the media types that are taken.'),
  'upload.format': type(
    415,
    'Not a file that can be used',
    'What a file is, its first bytes say; its name and declared type are not believed.',
  ),
  'range.unsatisfiable': type(416, 'Beyond the end of the file', 'Content-Range names its length.'),
  'store.range': type(416, 'Beyond the end of the file', 'The file is shorter than the part that was asked for.'),
  'input.invalid': type(
    422,
    'The body does not fit',
    'Each entry of errors has a JSON pointer into the body, what was expected, and often a hint.',
  ),
  'answers.refused': type(
    422,
    'The answers do not fill the design',
    'Each entry of errors names a field, and says why in words for the customer.',
  ),
  'endpoint.url': type(422, 'Not an address that can be called', 'Callbacks go to an absolute http or https address.'),
  'endpoint.scheme': type(
    422,
    'Not an address that can be called',
    'Callbacks go to https addresses; http only into networks the operator opened.',
  ),
  'endpoint.port': type(422, 'Not a port for callbacks', 'On the public internet callbacks go to the ports 80 and 443.'),
  'endpoint.credentials': type(422, 'No user name or password in an address', 'Callbacks are signed instead.'),
  'endpoint.host-refused': type(422, 'Callbacks do not go to this host', 'The operator has not allowed it, or it is this service itself.'),
  'endpoint.address-refused': type(422, 'Callbacks do not go into private networks', 'The operator may open them.'),
  'endpoint.unknown-host': type(422, 'There is no such host', 'Its name has no address.'),
  'recover.since': type(422, 'Not a time to send again from', 'It must lie within the last 14 days.'),
  'ledger.text': type(
    422,
    'A text that cannot be kept',
    'Names are looked up by: they have 500 characters at most, no NUL and no half characters.',
  ),
  'store.key': type(422, 'Not a name for a file', 'The store cannot keep a file under it.'),
  'input.version': type(422, 'Written for another version', 'The spec names a version that this Platen does not know.'),
  'idempotency.other-request': type(422, 'The key stood for another request', 'An Idempotency-Key belongs to one request: use a new one.'),
  'upload.empty': type(422, 'The file is empty', 'No bytes arrived.'),
  'upload.form': type(422, 'The form does not fit', 'Send one file in the field "file", and at most a text "name".'),
  'store.checksum': type(422, 'The bytes are not those that were announced', 'Length or sha256 differ.'),
  'key.invalid': type(422, 'Such a key cannot be', 'The message says what is wrong.'),
  'rate.exceeded': type(429, 'Too many requests', 'Retry-After says how long to wait, the RateLimit headers how much is left.'),
  'quota.jobs': type(429, 'Too many open jobs', 'Wait until some are over.'),
  'quota.uploads': type(429, 'Too many uploads at once', 'Wait until one is through.'),
  'quota.previews': type(429, 'Too many previews at once', 'Wait until one is done, or submit jobs.'),
  'request.headers-too-large': type(431, 'The headers are too large', 'All together they may have 16 kB.'),
  internal: type(500, 'Something broke here', 'It is our fault and was logged under the request id.'),
  'ledger.failed': type(500, 'Something broke here', 'The ledger did what it must not; it was logged under the request id.'),
  'ledger.callback': type(500, 'Something broke here', 'The callback of a job had no endpoint; it was logged under the request id.'),
  'seal.unreadable': type(
    500,
    'A secret cannot be read',
    'The key that sealed it is gone: the operator must give it, or the secret be replaced.',
  ),
  'store.incomplete': type(500, 'Something broke here', 'A manifest named files that were not stored; it was logged under the request id.'),
  'store.layout': type(500, 'Something broke here', 'The operator must mend the template for names of files.'),
  'service.unavailable': type(503, 'Not now', 'Something the service needs is away. Retry-After says when to try again.'),
  'ledger.unavailable': type(503, 'Not now', 'The ledger cannot be reached. Nothing was accepted: send it again.'),
  'store.unavailable': type(503, 'Not now', 'The file store cannot be reached.'),
  'store.denied': type(503, 'Not now', 'The file store refuses this service: its operator must mend rights, credentials or clock.'),
  'store.missing-bucket': type(503, 'Not now', 'The bucket for files is not there: the operator must make or name it.'),
  'queue.unavailable': type(503, 'Not now', 'The queue cannot be reached.'),
  'order.busy': type(503, 'Too many changes of one order line at once', 'Send the order again: nothing is made twice.'),
  'render.unavailable': type(503, 'Not now', 'No rendering process can be started.'),
  'render.crashed': type(503, 'The rendering process died', 'Try again; if it happens again, submit it as a job, which says why.'),
  'preview.timeout': type(503, 'The picture took too long', 'Submit it as a job, or ask for a smaller one.'),
  'preview.busy': type(503, 'Too many previews at once', 'Try again in a moment.'),
  'ledger.full': type(507, 'No room left', 'The disk of the ledger is full. Nothing was accepted.'),
  'store.full': type(507, 'No room left', 'The file store is full.'),
  'quota.storage': type(507, 'No room left for uploads', 'The uploads of the tenant have reached their limit.'),
} as const satisfies Readonly<Record<string, ProblemType>>;

export type ProblemCode = keyof typeof PROBLEM_TYPES;

/** Everything else that a spec can be refused for: its pictures, fonts, product or method. */
export const CONTENT_PROBLEM = type(
  422,
  'The spec cannot be made as it is',
  'Something that it names is missing, unreadable or does not fit. The code says what (image.corrupt, font.unknown, …), the pointer where.',
);

export const isListed = (code: string): code is ProblemCode => Object.hasOwn(PROBLEM_TYPES, code);

/** The status and title of any code; codes from deeper down that are not listed are about the content of a spec, unless they may pass. */
export const problemTypeOf = (code: string, retry: 'never' | 'later'): ProblemType => {
  if (isListed(code)) return PROBLEM_TYPES[code];
  return retry === 'later' ? PROBLEM_TYPES['service.unavailable'] : CONTENT_PROBLEM;
};

/** A stable place in the docs, as `type` of a problem. */
export const problemLink = (code: string, retry: 'never' | 'later' = 'never'): string => {
  if (isListed(code)) return `/docs/problems#${code}`;
  return retry === 'later' ? problemLink('service.unavailable') : '/docs/problems#content';
};
