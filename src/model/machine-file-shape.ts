/**
 * What machine files without a mark of their own, or with a weak one, look like at their beginning. Each takes the first bytes of a file (4 kB do)
 * or all of it; lengths that lie beyond what is given are believed. Whether the file can be read its reader decides.
 */

const u32 = (bytes: Uint8Array, at: number): number =>
  bytes.length < at + 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);

const startsWith = (bytes: Uint8Array, text: string): boolean => [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));

const DST_HEADER = 512;
const DST_END = 0xf3;

/** DST: text fields that begin with "LA:" and have the count "ST:" among them, then records whose last byte ends in two set bits. */
export const looksLikeDst = (head: Uint8Array): boolean => {
  if (!startsWith(head, 'LA:') || head.length < DST_HEADER + 3) return false;
  const fields = String.fromCharCode(...head.subarray(0, DST_HEADER));
  return /[\r\n]ST:/.test(fields) && hasDstRecords(head);
};

const hasDstRecords = (head: Uint8Array): boolean => {
  for (let at = DST_HEADER + 2; at < head.length; at += 3) {
    const last = head[at] ?? 0;
    if ((last & 0x03) !== 0x03) return false;
    if (last === DST_END) return true;
  }
  return true;
};

const JEF_HEADER = 0x74;
const MOST_COLOURS = 1024;

/** JEF: where the stitches begin agrees with the number of colours, and a mark or a date of 14 digits stands where it should. */
export const looksLikeJef = (head: Uint8Array): boolean => {
  if (head.length < JEF_HEADER) return false;
  const colours = u32(head, 24);
  if (colours < 1 || colours > MOST_COLOURS || u32(head, 0) !== JEF_HEADER + 8 * colours) return false;
  return u32(head, 4) === 0x14 || head.subarray(8, 22).every((byte) => byte >= 0x30 && byte <= 0x39);
};

const XXX_HEADER = 0x100;
const XXX_EMPTY = 0x17;

/** XXX: nothing in its first 23 bytes, a number of colours, and an end mark where the header says, as far as that is among the bytes given. */
export const looksLikeXxx = (head: Uint8Array): boolean => {
  const [end, colours] = [u32(head, 0xfc), u32(head, 0x27) & 0xffff];
  if (head.length <= XXX_HEADER || end < XXX_HEADER || colours < 1 || colours > MOST_COLOURS) return false;
  if (head.subarray(0, XXX_EMPTY).some((byte) => byte !== 0)) return false;
  return end + 1 >= head.length || (head[end] === 0x7f && head[end + 1] === 0x7f);
};

/** Farther from its start, in steps of 0.1 mm, no design reaches. */
const FARTHEST_STEPS = 32_000;
const EXP_COMMANDS: readonly number[] = [0x01, 0x02, 0x04, 0x80];

/**
 * EXP has no mark at all: its name must say what it is. This tells whether its bytes can be commands that stay within 3.2 m of their start; plain
 * text is none.
 */
export const looksLikeExp = (head: Uint8Array): boolean => {
  if (head.length < 2 || head.every(isText)) return false;
  let [x, y] = [0, 0];
  for (let at = 0; at + 1 < head.length; ) {
    const isCommand = head[at] === 0x80;
    const code = head[at + 1] ?? 0;
    if (isCommand && !EXP_COMMANDS.includes(code)) return false;
    const from = isCommand ? at + 2 : at;
    if (!(isCommand && code === 0x80)) [x, y] = [x + signed(head[from]), y + signed(head[from + 1])];
    if (Math.abs(x) > FARTHEST_STEPS || Math.abs(y) > FARTHEST_STEPS) return false;
    at = from + 2;
  }
  return true;
};

const isText = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
const signed = (byte = 0): number => (byte > 0x7f ? byte - 0x100 : byte);
