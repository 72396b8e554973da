/** What a record of a DST file says: bits 7 and 6 of its third byte. */
export const DST_KIND = { stitch: 0x03, jump: 0x83, change: 0xc3, sequin: 0x43, end: 0xf3 } as const;

/** Longest move of a record, per axis, steps of 0.1 mm. */
export const DST_LONGEST = 121;

type Weight = readonly [weight: number, byte: 0 | 1 | 2, plus: number, minus: number];

/** Weights of balanced ternary and where their bits are: byte, bit for plus, bit for minus. */
const X_WEIGHTS: readonly Weight[] = [
  [81, 2, 2, 3],
  [27, 1, 2, 3],
  [9, 0, 2, 3],
  [3, 1, 0, 1],
  [1, 0, 0, 1],
];
/** In the file y goes up. */
const Y_WEIGHTS: readonly Weight[] = [
  [81, 2, 5, 4],
  [27, 1, 5, 4],
  [9, 0, 5, 4],
  [3, 1, 7, 6],
  [1, 0, 7, 6],
];

type Bytes = [number, number, number];

/** Each weight is used once at most: it is needed when the lesser ones together do not reach. */
const encodeAxis = (value: number, weights: readonly Weight[], bytes: Bytes): void => {
  let left = value;
  for (const [weight, byte, plus, minus] of weights) {
    if (Math.abs(left) <= (weight - 1) / 2) continue;
    bytes[byte] |= 1 << (left > 0 ? plus : minus);
    left -= Math.sign(left) * weight;
  }
};

const decodeAxis = (weights: readonly Weight[], bytes: Bytes): number => {
  let value = 0;
  for (const [weight, byte, plus, minus] of weights) {
    value += weight * (((bytes[byte] >> plus) & 1) - ((bytes[byte] >> minus) & 1));
  }
  return value;
};

/** Three bytes for a move of `dx`, `dy` steps, y down, each at most `DST_LONGEST`. */
export const dstRecord = (dx: number, dy: number, kind: keyof typeof DST_KIND): readonly [number, number, number] => {
  const bytes: Bytes = [0, 0, DST_KIND[kind]];
  encodeAxis(dx, X_WEIGHTS, bytes);
  encodeAxis(-dy, Y_WEIGHTS, bytes);
  return bytes;
};

/** The move of a record, steps, y down. */
export const dstMove = (b0: number, b1: number, b2: number): { readonly dx: number; readonly dy: number } => {
  const bytes: Bytes = [b0, b1, b2];
  return { dx: decodeAxis(X_WEIGHTS, bytes), dy: 0 - decodeAxis(Y_WEIGHTS, bytes) };
};
