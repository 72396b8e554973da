import { createHash } from 'node:crypto';
import { Problem } from '../model/problem.ts';
import { isKeySegment, keySegments } from './store-key.ts';

/** What a template may name, and what stands there when a file has no such thing. */
export const KEY_TOKENS = {
  tenant: 'whose file it is',
  job: 'id of the job',
  name: 'file name, unique in its job',
  sha256: 'digest of the bytes, 64 hex digits',
  hash2: 'the first 2 digits of it, to spread folders',
  hash12: 'the first 12 digits of it',
  role: 'production, mockup, preview, ticket or report',
  placement: 'placement on the product',
  view: 'view of the product',
  method: 'decoration method',
  product: 'product of the design spec',
  order: 'reference of the order',
  line: 'line of the order',
  source: 'system the order came from',
  date: 'day the job was created, UTC, as 2026-03-01',
  year: 'its year',
  month: 'its month, 01 to 12',
} as const;
export type KeyToken = keyof typeof KEY_TOKENS;

export type KeyValues = Readonly<Partial<Record<KeyToken, string | undefined>>>;

export type KeyTemplates = { readonly artifact: string; readonly manifest: string };

/** One folder per job, so that removing a job never takes a file of another; below it by digest, so that no attempt changes another's files. */
export const DEFAULT_TEMPLATES: KeyTemplates = {
  artifact: '{tenant}/jobs/{job}/{sha256}/{name}',
  manifest: '{tenant}/jobs/{job}/{sha256}/{name}',
};

export type KeyLayout = {
  artifactKey(values: KeyValues): string;
  manifestKey(values: KeyValues): string;
  /** Folders that hold the files of one job and no other's, failed attempts included; none where the templates have no such folder. */
  jobFolders(values: KeyValues): readonly string[];
  /** Whether jobs with equal files share them: then no job may be removed with its files without looking at the others. */
  readonly isShared: boolean;
};

/**
 * Turns templates such as `{tenant}/{date}/{job}/{placement}/{name}` into keys.
 * @throws Problem `store.layout` that lists every mistake in both templates
 */
export const keyLayout = (templates: Partial<KeyTemplates> = {}): KeyLayout => {
  const { artifact, manifest } = { ...DEFAULT_TEMPLATES, ...templates };
  const mistakes = [...mistakesIn('artifact', artifact), ...mistakesIn('manifest', manifest)];
  if (mistakes.length > 0) {
    throw new Problem('store.layout', `expected templates for store keys, got: ${mistakes.join('; ')}`, {
      hint: `Tokens: ${Object.keys(KEY_TOKENS)
        .map((token) => `{${token}}`)
        .join(' ')}. Default: ${DEFAULT_TEMPLATES.artifact}`,
    });
  }
  return {
    artifactKey: (values) => fill(artifact, values),
    manifestKey: (values) => fill(manifest, values),
    jobFolders: (values) => [...new Set([artifact, manifest].flatMap((template) => jobFolder(template, values)))],
    isShared: !artifact.split('/').includes('{job}'),
  };
};

const PLACEHOLDER = /\{([^{}]*)\}/g;

const isToken = (name: string): name is KeyToken => Object.hasOwn(KEY_TOKENS, name);

const mistakesIn = (which: string, template: string): readonly string[] => {
  const segments = template.split('/');
  const mistakes: string[] = [];
  const say = (what: string): void => void mistakes.push(`${which} "${template}": ${what}`);
  if (segments[0] !== '{tenant}') say('{tenant} must be the first folder');
  // These keep keys apart. Alone between slashes they cannot run together with a neighbour.
  if (!segments.includes('{job}') && !segments.includes('{sha256}')) say('{job} or {sha256} must be a folder of its own');
  if (which === 'manifest' && !segments.includes('{job}')) say('{job} must be a folder of its own');
  if (segments.at(-1) !== '{name}') say('{name} must be the file name');
  for (const [token, name = ''] of template.matchAll(PLACEHOLDER)) if (!isToken(name)) say(`unknown token ${token}`);
  for (const segment of segments) {
    if (!isKeySegment(segment.replaceAll(PLACEHOLDER, 'x'))) say(`"${segment}" is no folder or file name of A-Z a-z 0-9 . _ = + -`);
  }
  return [...new Set(mistakes)];
};

const fill = (template: string, values: KeyValues): string => {
  const key = template.replaceAll(PLACEHOLDER, (_, name: string) =>
    cleanValue(isToken(name) ? (values[name] ?? '') : '', name === 'name' ? LONGEST_NAME : LONGEST_VALUE),
  );
  keySegments(key);
  return key;
};

/** The template up to the job, filled, when a job has the same values there for all its files. */
const jobFolder = (template: string, values: KeyValues): readonly string[] => {
  const segments = template.split('/');
  const folder = segments.slice(0, segments.indexOf('{job}') + 1).join('/');
  const names = [...folder.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  return folder !== '' && names.every((name) => isToken(name) && OF_THE_JOB.has(name)) ? [`${fill(folder, values)}/`] : [];
};

const OF_THE_JOB: ReadonlySet<string> = new Set(['tenant', 'job', 'order', 'line', 'source', 'date', 'year', 'month']);

/** Room in a segment of 200 for two values and text between them. */
const LONGEST_VALUE = 90;

/** The file name has a segment of its own. */
const LONGEST_NAME = 180;

/**
 * A value in the letters of a key, so that two values never become one: bytes of UTF-8 outside A-Z a-z 0-9 . _ - are written `=XX`, and
 * so are a first and a last dot and the first letter of names that mean something else to some system. Nothing becomes `=`; long values
 * end in `==` and a digest of the whole.
 */
export const cleanValue = (value: string, longest = LONGEST_VALUE): string => {
  if (value === '') return '=';
  const plain = [...Buffer.from(value, 'utf8')].map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : hex(byte))).join('');
  const clean = plain.replace(/^\.|\.$/g, hex(46));
  const safe = isKeySegment(clean) || clean.length > longest ? clean : hex(clean.charCodeAt(0)) + clean.slice(1);
  if (safe.length <= longest) return safe;
  const digest = createHash('sha256').update(value).digest('hex').slice(0, 32);
  return `${safe.slice(0, longest - 34).replace(/=.?$/, '')}==${digest}`;
};

const isPlain = (byte: number): boolean => byte < 128 && /[\w.-]/.test(String.fromCharCode(byte));

const hex = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
