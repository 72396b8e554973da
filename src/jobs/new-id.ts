import { randomBytes } from 'node:crypto';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

export type IdPrefix = 'job' | 'bat' | 'evt' | 'dlv' | 'whk' | 'ast' | 'req';

/**
 * An id such as `job_01jd…`: 10 letters of milliseconds, so that ids sort by age, then 26 letters from 128 random bits, so that
 * nobody can guess one. Lower-case Crockford base 32.
 */
export const newId = (prefix: IdPrefix, nowMs: number): string => `${prefix}_${timeLetters(nowMs)}${randomLetters()}`;

const timeLetters = (nowMs: number): string => {
  let rest = Math.max(0, Math.floor(nowMs));
  let letters = '';
  for (let place = 0; place < 10; place++) {
    letters = CROCKFORD.charAt(rest % 32) + letters;
    rest = Math.floor(rest / 32);
  }
  return letters;
};

const randomLetters = (): string => {
  let bits = 0n;
  for (const byte of randomBytes(16)) bits = (bits << 8n) | BigInt(byte);
  let letters = '';
  for (let place = 0; place < 26; place++) {
    letters = CROCKFORD.charAt(Number(bits & 31n)) + letters;
    bits >>= 5n;
  }
  return letters;
};
