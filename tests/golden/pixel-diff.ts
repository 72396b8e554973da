import { PNG } from 'pngjs';

export type PixelTolerance = {
  /** How far a channel may be off, of 255, before its pixel counts as different. */
  readonly channel: number;
  /** The share of pixels, 0 to 1, that may be different. */
  readonly share: number;
};

/** One step of rounding either way: decoders and vector units of other processors may differ by so much. */
export const NEARLY_EQUAL: PixelTolerance = { channel: 2, share: 0 };

export type PixelDiff = {
  /** One sentence, or null when the pictures agree within the tolerance. */
  readonly problem: string | null;
  /** A PNG: the expected picture faded, what differs in red; null when the sizes differ. */
  readonly picture: Uint8Array | null;
};

/** Compares two PNG files by what they show: colours count as much as their alpha lets them be seen. */
export const pixelDiff = (expectedPng: Uint8Array, actualPng: Uint8Array, tolerance: PixelTolerance): PixelDiff => {
  const expected = decode(expectedPng);
  const actual = decode(actualPng);
  if (expected.width !== actual.width || expected.height !== actual.height) {
    return { problem: `expected ${sizeOf(expected)}, got ${sizeOf(actual)}`, picture: null };
  }
  const out = new PNG({ width: expected.width, height: expected.height });
  let different = 0;
  let worst = 0;
  for (let at = 0; at < expected.data.length; at += 4) {
    const off = distance(expected.data, actual.data, at);
    worst = Math.max(worst, off);
    if (off > tolerance.channel) different++;
    paint(out.data, expected.data, at, off > tolerance.channel);
  }
  const share = different / (expected.width * expected.height);
  const problem =
    share > tolerance.share ? `${different} pixels (${(share * 100).toFixed(3)} %) differ, the worst channel by ${worst} of 255` : null;
  return { problem, picture: PNG.sync.write(out) };
};

const decode = (bytes: Uint8Array): PNG => PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));

const sizeOf = ({ width, height }: PNG): string => `${width} x ${height} px`;

const distance = (a: Uint8Array, b: Uint8Array, at: number): number => {
  const alphaA = a[at + 3] ?? 0;
  const alphaB = b[at + 3] ?? 0;
  let most = Math.abs(alphaA - alphaB);
  for (let channel = at; channel < at + 3; channel++) {
    most = Math.max(most, Math.round(Math.abs((a[channel] ?? 0) * alphaA - (b[channel] ?? 0) * alphaB) / 255));
  }
  return most;
};

const paint = (out: Uint8Array, expected: Uint8Array, at: number, differs: boolean): void => {
  const alpha = (expected[at + 3] ?? 0) / 255;
  const grey = ((expected[at] ?? 0) * 0.3 + (expected[at + 1] ?? 0) * 0.6 + (expected[at + 2] ?? 0) * 0.1) * alpha + 255 * (1 - alpha);
  const faded = 200 + grey * 0.2;
  out.set(differs ? [220, 0, 30, 255] : [faded, faded, faded, 255], at);
};
