/** Sewing field of a hoop, mm. */
export type Hoop = { readonly name: string; readonly widthMm: number; readonly heightMm: number };

/** Fields that hoops of most makers offer. */
const COMMON_HOOPS: readonly Hoop[] = (
  [
    [60, 60],
    [100, 100],
    [130, 180],
    [160, 260],
    [200, 200],
    [200, 300],
    [240, 240],
    [300, 300],
    [360, 200],
    [360, 360],
    [500, 400],
  ] as const
).map(([widthMm, heightMm]) => ({ name: `${widthMm} x ${heightMm} mm`, widthMm, heightMm }));

/** The hoop with the largest field. */
export const largestHoop = (hoops: readonly Hoop[] = COMMON_HOOPS): Hoop =>
  hoops.reduce((best, one) => (best.widthMm * best.heightMm >= one.widthMm * one.heightMm ? best : one), NO_HOOP);

const NO_HOOP: Hoop = { name: '', widthMm: 0, heightMm: 0 };

/** The hoop with the smallest field that holds the design, lying or standing; null when none does. */
export const smallestHoop = (widthMm: number, heightMm: number, hoops: readonly Hoop[] = COMMON_HOOPS): Hoop | null =>
  hoops
    .filter((hoop) => (hoop.widthMm >= widthMm && hoop.heightMm >= heightMm) || (hoop.widthMm >= heightMm && hoop.heightMm >= widthMm))
    .reduce<Hoop | null>((best, hoop) => (best && best.widthMm * best.heightMm <= hoop.widthMm * hoop.heightMm ? best : hoop), null);
