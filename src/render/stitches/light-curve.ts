/** Linear light 0 to 1 of an sRGB channel 0 to 1, IEC 61966-2-1. */
const toLinear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const toSrgb = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

/** "#rrggbb" in linear light, each 0 to 1. */
export const linearOf = (hex: string): readonly [number, number, number] => {
  const number = Number.parseInt(hex.slice(1), 16);
  return [toLinear((number >> 16) / 255), toLinear(((number >> 8) & 255) / 255), toLinear((number & 255) / 255)];
};

const STEPS = 4096;
/** By the square root of the light, so that dark steps are as fine as bright ones. */
const BYTES = Uint8Array.from({ length: STEPS + 1 }, (_, i) => Math.round(255 * toSrgb((i / STEPS) ** 2)));

/** The sRGB byte of linear light; below 0 is 0, above 1 is 255. */
export const byteOf = (light: number): number => (light >= 1 ? 255 : light > 0 ? (BYTES[Math.round(Math.sqrt(light) * STEPS)] ?? 0) : 0);
