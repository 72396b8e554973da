import type { Finding } from '../../model/finding.ts';
import type { SolidArt } from '../../render/solid/solid-art.ts';

export type ColourLimit = {
  /** The most colours the shop makes. */
  readonly most: number;
  /** What one colour is called, in one and in many: "foil", "foils". */
  readonly noun: readonly [one: string, many: string];
};

/** More colours than the shop makes in one decoration (`colours.too-many`). */
export const checkColours = ({ regions }: Pick<SolidArt, 'regions'>, { most, noun }: ColourLimit, pointer: string): readonly Finding[] => {
  if (regions.length <= most) return [];
  const [one, many] = noun;
  return [
    {
      severity: 'error',
      code: 'colours.too-many',
      pointer,
      message: `The art has ${regions.length} ${many}; this makes ${most} ${most === 1 ? one : many} at the most.`,
      hint: `Give some layers the same ${one}.`,
      measured: regions.length,
      required: most,
      unit: regions.length === 1 ? one : many,
    },
  ];
};
