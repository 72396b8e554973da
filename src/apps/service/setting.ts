import { isIP } from 'node:net';
import { secretBytes } from '../../jobs/callbacks/sign.ts';

/** One environment variable: how its text becomes a value, and what it is when it is not given. */
export type Setting<T> = {
  readonly help: string;
  /** Shown as it would be written; empty when there is none. */
  readonly defaultText: string;
  /** Never printed. */
  readonly secret: boolean;
  /** The value, or the words for what was expected. */
  readonly read: (text: string | undefined) => { readonly value: T } | { readonly expected: string };
};

type Parse<T> = (text: string) => { readonly value: T } | { readonly expected: string };

const withDefault = <T>(help: string, defaultText: string, parse: Parse<T>): Setting<T> => ({
  help,
  defaultText,
  secret: false,
  read: (text) => parse(text ?? defaultText),
});

/** Not given: null. */
const optional = <T>(help: string, parse: Parse<T>): Setting<T | null> => ({
  help,
  defaultText: '',
  secret: false,
  read: (text) => (text === undefined ? { value: null } : parse(text)),
});

export const secret = <T>(setting: Setting<T>): Setting<T> => ({ ...setting, secret: true });

const parseNumber =
  (low: number, high: number, unit: string, factor: number): Parse<number> =>
  (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= low && value <= high)) return { expected: `${unit} from ${low} to ${high}` };
    return { value: value * factor };
  };

/** A whole number of things. */
export const count = (help: string, start: number, low: number, high: number): Setting<number> =>
  withDefault(help, String(start), (text) => {
    const parsed = parseNumber(low, high, 'a whole number', 1)(text);
    return 'value' in parsed && !Number.isInteger(parsed.value) ? { expected: `a whole number from ${low} to ${high}` } : parsed;
  });

/** Given in seconds, kept in milliseconds. */
export const seconds = (help: string, start: number, low: number, high: number): Setting<number> =>
  withDefault(help, String(start), parseNumber(low, high, 'seconds', 1000));

/** Given in days, kept in milliseconds. */
export const days = (help: string, start: number, low: number, high: number): Setting<number> =>
  withDefault(help, String(start), parseNumber(low, high, 'days', 86_400_000));

/** Given in MB of 1,048,576 bytes, kept in bytes. */
export const megabytes = (help: string, start: number, low: number, high: number): Setting<number> =>
  withDefault(help, String(start), parseNumber(low, high, 'megabytes', 1024 * 1024));

export const plainText = (help: string, start: string): Setting<string> => withDefault(help, start, (text) => ({ value: text }));

export const optionalText = (help: string): Setting<string | null> => optional(help, (text) => ({ value: text }));

export const choice = <T extends string>(help: string, start: T, all: readonly T[]): Setting<T> =>
  withDefault(help, start, (text) => {
    const found = all.find((one) => one === text);
    return found === undefined ? { expected: `one of ${all.join(', ')}` } : { value: found };
  });

export const yesOrNo = (help: string, start: boolean): Setting<boolean> =>
  withDefault(help, start ? 'true' : 'false', (text) => {
    if (text === 'true' || text === '1') return { value: true };
    return text === 'false' || text === '0' ? { value: false } : { expected: 'true or false' };
  });

export const url = (help: string, protocols: readonly string[]): Setting<string | null> =>
  optional(help, (text) => {
    const expected = { expected: `a URL that begins with ${protocols.map((one) => `${one}//`).join(' or ')}` };
    if (!URL.canParse(text)) return expected;
    return protocols.includes(new URL(text).protocol) ? { value: text } : expected;
  });

/** Separated by commas or spaces. */
const words = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '');

const HOST = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export const hosts = (help: string): Setting<readonly string[]> =>
  withDefault(help, '', (text) => {
    const all = words(text.toLowerCase());
    const wrong = all.filter((host) => host !== '*' && !HOST.test(host));
    return wrong.length > 0
      ? { expected: `host names such as images.example.com or *.example.com, not ${wrong.join(', ')}` }
      : { value: all };
  });

export const networks = (help: string): Setting<readonly string[]> =>
  withDefault(help, '', (text) => {
    const all = words(text);
    const wrong = all.filter((network) => !isNetwork(network));
    return wrong.length > 0 ? { expected: `networks such as 10.1.0.0/16, not ${wrong.join(', ')}` } : { value: all };
  });

const isNetwork = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  return version !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits ?? '') && Number(bits) <= (version === 4 ? 32 : 128);
};

/** 32 bytes as base64 or hex. */
const bytes32 = (text: string): Buffer | undefined => {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  return bytes.length === 32 ? bytes : undefined;
};

export const key32 = (help: string): Setting<Buffer | null> =>
  optional(help, (text) => {
    const value = bytes32(text);
    return value ? { value } : { expected: '32 random bytes as base64 or hex (openssl rand -base64 32)' };
  });

export const keys32 = (help: string): Setting<readonly Buffer[]> =>
  withDefault(help, '', (text) => {
    const all = words(text).map(bytes32);
    const value = all.flatMap((bytes) => bytes ?? []);
    return value.length === all.length ? { value } : { expected: 'keys of 32 bytes as base64 or hex, separated by commas or spaces' };
  });

const isSigningSecret = (text: string): boolean => {
  try {
    return secretBytes(text).length > 0;
  } catch {
    return false;
  }
};

/** Secrets of Standard Webhooks. */
export const signingSecrets = (help: string): Setting<readonly string[]> =>
  withDefault(help, '', (text) => {
    const all = words(text);
    return all.every(isSigningSecret)
      ? { value: all }
      : { expected: 'whsec_ and the base64 of 24 to 64 bytes, several separated by commas or spaces' };
  });
