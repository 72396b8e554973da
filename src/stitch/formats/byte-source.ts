import { Problem } from '../../model/problem.ts';

/** Bytes read in order. Every read past the end throws the Problem `stitches.truncated`, which says what was expected there. */
export type ByteSource = {
  readonly at: () => number;
  readonly left: () => number;
  readonly seek: (at: number, what: string) => void;
  readonly skip: (count: number, what: string) => void;
  readonly u8: (what: string) => number;
  readonly i8: (what: string) => number;
  readonly u16le: (what: string) => number;
  readonly i16le: (what: string) => number;
  readonly u32le: (what: string) => number;
  readonly u16be: (what: string) => number;
  readonly i16be: (what: string) => number;
  readonly i32be: (what: string) => number;
  readonly u32be: (what: string) => number;
  /** A view, not a copy. */
  readonly bytes: (count: number, what: string) => Uint8Array;
};

export const openByteSource = (data: Uint8Array): ByteSource => {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;
  const need = (count: number, what: string): number => {
    const start = at;
    if (count > data.length - at) {
      throw new Problem(
        'stitches.truncated',
        `expected ${count} more byte${count === 1 ? '' : 's'} for ${what} at byte ${at}, got the end of the file (${data.length} bytes)`,
      );
    }
    at += count;
    return start;
  };
  return {
    at: () => at,
    left: () => data.length - at,
    seek: (to, what) => {
      if (to < 0 || to > data.length) {
        throw new Problem('stitches.broken', `expected ${what} within the ${data.length} bytes of the file, got byte ${to}`);
      }
      at = to;
    },
    skip: (count, what) => {
      need(count, what);
    },
    u8: (what) => view.getUint8(need(1, what)),
    i8: (what) => view.getInt8(need(1, what)),
    u16le: (what) => view.getUint16(need(2, what), true),
    i16le: (what) => view.getInt16(need(2, what), true),
    u32le: (what) => view.getUint32(need(4, what), true),
    u16be: (what) => view.getUint16(need(2, what)),
    i16be: (what) => view.getInt16(need(2, what)),
    i32be: (what) => view.getInt32(need(4, what)),
    u32be: (what) => view.getUint32(need(4, what)),
    bytes: (count, what) => {
      const start = need(count, what);
      return data.subarray(start, start + count);
    },
  };
};

/** One character for each byte, up to the first zero. */
export const latinText = (data: Uint8Array): string => {
  const end = data.indexOf(0);
  return Array.from(end < 0 ? data : data.subarray(0, end), (code) => String.fromCharCode(code)).join('');
};

/** UTF-8 text, with marks in place of what is none. */
export const utf8Text = (data: Uint8Array): string => new TextDecoder().decode(data);

/** A name from a stranger's file as it may be shown: without what steers a terminal or turns the direction of text. */
export const shownName = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
