import { Problem } from '../model/problem.ts';

/** S3 takes 1,024 bytes; the rest is left to a prefix in the bucket. */
const LONGEST_KEY = 900;

/** File systems take 255 bytes; the rest is left to names that a driver derives. */
const LONGEST_SEGMENT = 200;

const SEGMENT = /^[A-Za-z0-9._=+-]+$/;
const PREFIX = /^[A-Za-z0-9._=+/-]*$/;

/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Whether a segment means the same everywhere: no dots alone, no dot at the end, no name of a device. */
export const isKeySegment = (segment: string): boolean =>
  segment.length <= LONGEST_SEGMENT && SEGMENT.test(segment) && !segment.endsWith('.') && !DEVICE.test(segment);

/**
 * The segments of a store key.
 * @throws Problem `store.key` when it is no key
 */
export const keySegments = (key: string): readonly string[] => {
  const segments = key.length <= LONGEST_KEY ? key.split('/') : [];
  if (segments.length > 0 && segments.every(isKeySegment)) return segments;
  throw new Problem('store.key', `expected segments of A-Z a-z 0-9 . _ = + - joined by "/" for a store key, got ${shown(key)}`);
};

/**
 * A prefix of keys: whole segments, then the beginning of one or nothing. Empty: every key.
 * @throws Problem `store.key` when no key can begin with it
 */
export const checkPrefix = (prefix: string): void => {
  const whole = prefix.split('/').slice(0, -1);
  if (prefix.length <= LONGEST_KEY && PREFIX.test(prefix) && whole.every(isKeySegment)) return;
  throw new Problem('store.key', `expected the beginning of a store key for a prefix, got ${shown(prefix)}`);
};

/** Short and on one line: keys may come from outside. */
const shown = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
