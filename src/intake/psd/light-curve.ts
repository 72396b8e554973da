const STEPS = 4096;

const exact = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

const TABLE = Float32Array.from({ length: STEPS + 2 }, (_, i) => exact(Math.min(1, i / STEPS)));

/** Linear light of an sRGB value, both 0..1, from a table; good to a hundredth of a picture byte. */
export const toLinear = (v: number): number => {
  const at = Math.min(1, Math.max(0, v)) * STEPS;
  const i = Math.floor(at);
  const low = TABLE[i] ?? 0;
  return low + ((TABLE[i + 1] ?? 0) - low) * (at - i);
};

/** sRGB value of linear light, both 0..1; IEC 61966-2-1. */
export const fromLinear = (v: number): number => {
  const held = Math.min(1, Math.max(0, v));
  return held <= 0.0031308 ? held * 12.92 : 1.055 * held ** (1 / 2.4) - 0.055;
};
