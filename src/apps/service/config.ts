import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { didYouMean, InvalidInput, type Mistake } from '../../model/parse.ts';
import { givenKeysIn } from './first-key.ts';
import {
  choice,
  count,
  days,
  hosts,
  key32,
  keys32,
  megabytes,
  networks,
  optionalText,
  plainText,
  type Setting,
  seconds,
  secret,
  signingSecrets,
  url,
  yesOrNo,
} from './setting.ts';

/** Every environment variable of the service, once: parsing, defaults, `--print-config` and docs/operations.md all come from here. */
export const SETTINGS = {
  PLATEN_DATA_DIR: plainText('Where the ledger, the files and the keys are kept when no server is named for them', './data'),
  PLATEN_HOST: plainText('Address to listen on; 0.0.0.0 in a container', '127.0.0.1'),
  PLATEN_PORT: count('Port of the API; 0 picks a free one', 3000, 0, 65_535),
  PLATEN_PUBLIC_URL: url('How callers reach the API, for links in answers (default: what they called)', ['http:', 'https:']),
  PLATEN_METRICS_PORT: count('Port for /metrics without a key, on PLATEN_HOST; 0: only on the API, with an admin key', 0, 0, 65_535),
  PLATEN_LOG_LEVEL: choice('How much is logged', 'info', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  PLATEN_SECRET_KEY: secret(key32('32 bytes that seal callback secrets and sign links (default: made once, kept in PLATEN_DATA_DIR)')),
  PLATEN_OLD_SECRET_KEYS: secret(keys32('Earlier secret keys, while one is replaced (docs/operations.md)')),
  PLATEN_API_KEYS: secret(plainText('Keys from the outside: tenant:scope+scope:platen_id_secret, separated by commas', '')),
  DATABASE_URL: secret(url('Postgres for the ledger (default: a SQLite file)', ['postgres:', 'postgresql:'])),
  REDIS_URL: secret(url('Redis for the queue (default: the ledger itself)', ['redis:', 'rediss:'])),
  S3_BUCKET: optionalText('Bucket for the files (default: a folder)'),
  S3_ENDPOINT: url('S3-compatible server (default: AWS)', ['http:', 'https:']),
  S3_REGION: plainText('Region of the bucket', 'us-east-1'),
  S3_PREFIX: plainText('What every object key begins with', ''),
  S3_LINK_ENDPOINT: url('Where callers reach that server, when it is elsewhere for them', ['http:', 'https:']),
  S3_FORCE_PATH_STYLE: yesOrNo('Bucket in the path instead of the host name, as most S3-compatible servers want', false),
  S3_CHECKSUMS: yesOrNo('Sends sha256 checksums for the store to verify; false for stores that refuse the header', true),
  S3_SPOOL_DIR: optionalText('Folder that holds streams until their digest is known (default: the one for temporary files)'),
  PLATEN_KEY_LAYOUT: optionalText('Template for the keys of files (docs/storage.md)'),
  PLATEN_MANIFEST_LAYOUT: optionalText('Template for the keys of manifests'),
  PLATEN_ALLOWED_SOURCES: hosts('Hosts pictures may be fetched from; * for any public one'),
  PLATEN_ALLOWED_PRIVATE_NETWORKS: networks('Private networks that sources and callbacks may reach'),
  PLATEN_MAX_SOURCE_MB: megabytes('Largest picture fetched or uploaded', 50, 1, 1024),
  PLATEN_SOURCE_CACHE_MB: megabytes('Disk for fetched pictures', 1024, 0, 1_048_576),
  PLATEN_MAX_BODY_MB: megabytes('Largest request body, uploads aside', 2, 0.1, 64),
  PLATEN_QUOTA_JOBS: count('Jobs a tenant may have waiting and running', 20_000, 1, 10_000_000),
  PLATEN_QUOTA_UPLOAD_MB: megabytes('Uploads a tenant may keep', 10_240, 1, 1_048_576),
  PLATEN_RATE_PER_MINUTE: count('Requests a tenant may make in a minute', 1200, 1, 1_000_000),
  PLATEN_WORKER_SLOTS: count('Jobs rendered at once by one process', Math.max(1, availableParallelism()), 1, 256),
  PLATEN_WORKER_MEMORY_MB: megabytes('Memory at which a rendering process is replaced', 1536, 256, 65_536),
  PLATEN_JOB_DEADLINE_SECONDS: seconds('After this a rendering process is killed', 300, 1, 86_400),
  PLATEN_LEASE_SECONDS: seconds('How long a silent worker keeps its job', 30, 1, 3600),
  PLATEN_MAX_ATTEMPTS: count('Attempts of a job whose trouble may pass; ten span a quarter of an hour', 10, 1, 100),
  PLATEN_MAX_CRASHES: count('Crashes that a job outlives; the next one is its last', 2, 0, 100),
  PLATEN_SHUTDOWN_GRACE_SECONDS: seconds('Time to finish what runs when told to stop', 25, 0, 3600),
  PLATEN_CALLBACK_TIMEOUT_SECONDS: seconds('How long a receiver of callbacks may take', 20, 1, 60),
  PLATEN_APPROVAL_SECRETS: secret(signingSecrets('What questions about texts are signed with (docs/designs.md); the newest first')),
  PLATEN_KEEP_JOBS_DAYS: days('How long finished jobs and their files are kept', 90, 0.01, 36_500),
  PLATEN_KEEP_UPLOADS_DAYS: days('How long uploads are kept', 30, 0.01, 36_500),
  PLATEN_KEEP_EVENTS_DAYS: days('How long callbacks and their log are kept', 30, 0.01, 36_500),
  PLATEN_CONNECTIONS_FILE: optionalText('Shops whose webhooks bring orders (docs/orders.md)'),
  PLATEN_TEMPLATES_DIR: optionalText('Products and designs (default: the bundled ones)'),
  PLATEN_FONTS_DIR: optionalText('Fonts (default: the bundled ones)'),
  PLATEN_PROFILES_DIR: optionalText('Colour profiles (default: the bundled ones)'),
  PLATEN_CUTOUT_MODEL: optionalText('Model file that cuts subjects out of photos (docs/photos.md; default: that of the package)'),
} as const;

export type SettingName = keyof typeof SETTINGS;
type ValueOf<S> = S extends Setting<infer T> ? T : never;
type Values = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

/** What the operator decided, checked as a whole. Lengths of time are milliseconds, sizes bytes. */
export type ServiceConfig = {
  readonly dataDir: string;
  readonly values: Values;
  readonly ledger: { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };
  readonly queue: { readonly kind: 'embedded' } | { readonly kind: 'bullmq'; readonly url: string };
  readonly store: { readonly kind: 'folder'; readonly root: string } | { readonly kind: 's3'; readonly bucket: string };
  /** No keys asked: only on a loopback address. */
  readonly dev: boolean;
  readonly warnings: readonly string[];
  /** Where connections find the secrets they name. */
  readonly env: NodeJS.ProcessEnv;
};

export type ConfigFlags = { readonly host?: string; readonly port?: number; readonly dev?: boolean };

/**
 * Reads the environment once.
 * @throws InvalidInput with every mistake; pointers are names of variables
 */
export const readConfig = (env: NodeJS.ProcessEnv, flags: ConfigFlags = {}, cwd = process.cwd()): ServiceConfig => {
  const given = { ...env, ...flagsAsSettings(flags) };
  const mistakes: Mistake[] = [];
  const read = Object.entries(SETTINGS).map(([name, setting]) => {
    const text = given[name] === '' ? undefined : given[name];
    const outcome = setting.read(text);
    if ('value' in outcome) return [name, outcome.value] as const;
    mistakes.push({ pointer: name, expected: outcome.expected, got: setting.secret ? HIDDEN : JSON.stringify(text) });
    return [name, undefined] as const;
  });
  const values = Object.fromEntries(read) as Values;
  const named = new Set(mistakes.map(({ pointer }) => pointer));
  mistakes.push(
    ...contradictionsIn(values, flags).filter(({ pointer }) => !named.has(pointer)),
    ...givenKeysIn(values.PLATEN_API_KEYS).mistakes,
  );
  if (mistakes.length > 0) throw new InvalidInput('configuration', mistakes);
  const dataDir = resolve(cwd, values.PLATEN_DATA_DIR);
  return {
    dataDir,
    values,
    ledger: values.DATABASE_URL ? { kind: 'postgres', url: values.DATABASE_URL } : { kind: 'sqlite', file: join(dataDir, 'platen.db') },
    queue: values.REDIS_URL ? { kind: 'bullmq', url: values.REDIS_URL } : { kind: 'embedded' },
    store: values.S3_BUCKET ? { kind: 's3', bucket: values.S3_BUCKET } : { kind: 'folder', root: join(dataDir, 'store') },
    dev: flags.dev === true,
    warnings: warningsAbout(values, env),
    env,
  };
};

const HIDDEN = 'something else (not shown: it is secret)';

const flagsAsSettings = ({ host, port }: ConfigFlags): Readonly<Record<string, string>> => ({
  ...(host === undefined ? {} : { PLATEN_HOST: host }),
  ...(port === undefined ? {} : { PLATEN_PORT: String(port) }),
});

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|localhost)$/;

const contradictionsIn = (values: Values, flags: ConfigFlags): readonly Mistake[] => {
  const found: Mistake[] = [];
  if (flags.dev && !LOOPBACK.test(values.PLATEN_HOST))
    found.push({ pointer: 'PLATEN_HOST', expected: 'a loopback address with --dev, which asks for no key', got: values.PLATEN_HOST });
  if (values.DATABASE_URL && !values.PLATEN_SECRET_KEY)
    found.push({
      pointer: 'PLATEN_SECRET_KEY',
      expected: 'the same 32 bytes on every host, because DATABASE_URL lets several share one ledger',
      got: 'nothing',
      hint: 'openssl rand -base64 32',
    });
  for (const name of ['S3_ENDPOINT', 'S3_PREFIX', 'S3_SPOOL_DIR'] as const)
    if (values[name] && !values.S3_BUCKET)
      found.push({ pointer: 'S3_BUCKET', expected: `a bucket, because ${name} is given`, got: 'nothing' });
  return found;
};

/** Legal, and probably not what was meant. */
const warningsAbout = (values: Values, env: NodeJS.ProcessEnv): readonly string[] => {
  const warnings: string[] = [];
  for (const name of Object.keys(env)) {
    if (!name.startsWith('PLATEN_') || name in SETTINGS) continue;
    const hint = didYouMean(withoutPrefix(name), Object.keys(SETTINGS).map(withoutPrefix));
    if (hint) warnings.push(`${name} is not a setting; ${hint.replace('"', '"PLATEN_')}`);
  }
  if (values.DATABASE_URL && !values.S3_BUCKET)
    warnings.push(
      'files go to a folder of this host although DATABASE_URL lets several hosts work: set S3_BUCKET, or mount one folder on all',
    );
  if (values.PLATEN_ALLOWED_SOURCES.length === 0) warnings.push('PLATEN_ALLOWED_SOURCES is empty: pictures by URL are refused');
  return warnings;
};

/** Every name begins alike: only the rest says how near two are. */
const withoutPrefix = (name: string): string => name.replace(/^PLATEN_/, '');

/** One line per setting, for people: secrets are hidden, also inside URLs. */
export const printableConfig = ({ values }: ServiceConfig): readonly string[] =>
  Object.entries(SETTINGS).map(([name, { secret: hidden, defaultText }]) => {
    const value = Reflect.get(values, name);
    const given = value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
    if (hidden) return `${name}=${given ? '(secret, given)' : ''}`;
    return `${name}=${given ? printable(name, value) : defaultText}`;
  });

/** Back in the unit of the name. */
const printable = (name: string, value: unknown): string => {
  if (typeof value !== 'number') return String(value);
  if (name.endsWith('_MB')) return String(value / 1024 / 1024);
  if (name.endsWith('_SECONDS')) return String(value / 1000);
  return String(name.endsWith('_DAYS') ? value / 86_400_000 : value);
};
