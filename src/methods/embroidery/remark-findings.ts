import type { Finding } from '../../model/finding.ts';
import type { StitchRegion, StitchRemark } from '../../stitch/region.ts';

/** What the digitiser says of places of the design, one finding for each kind and layer. */
export const remarkFindings = (remarks: readonly StitchRemark[], regions: readonly StitchRegion[]): readonly Finding[] => {
  const told = new Map<string, { readonly first: Finding; readonly count: number }>();
  for (const remark of remarks) {
    const finding = findingOf(remark, regions[remark.region]);
    const key = `${finding.code} ${finding.pointer}`;
    const known = told.get(key);
    told.set(key, { first: known?.first ?? finding, count: (known?.count ?? 0) + 1 });
  }
  return [...told.values()].map(({ first, count }) => (count === 1 ? first : { ...first, message: withOthers(first.message, count - 1) }));
};

const withOthers = (message: string, count: number): string =>
  `${message.slice(0, -1)}, and so ${count === 1 ? 'does one more' : `do ${count} more`}.`;

const findingOf = ({ code, at, measured, required, unit }: StitchRemark, region: StitchRegion | undefined): Finding => {
  const what = `${region && region.label !== '' ? `Some of ${region.label}` : 'A part'} at ${Math.round(at.x)}, ${Math.round(at.y)} mm`;
  return {
    ...wordsFor(code, what, round(measured), round(required), region?.patch?.border === 'none'),
    severity: 'warning',
    pointer: region?.pointers[0] ?? '',
    measured: round(measured),
    required: round(required),
    unit,
  };
};

const wordsFor = (
  code: StitchRemark['code'],
  what: string,
  measured: number,
  required: number,
  isBare: boolean,
): Pick<Finding, 'code' | 'message' | 'hint'> => {
  switch (code) {
    case 'stitch.thin':
      return {
        code: 'stitch.thin',
        message: `${what} is ${measured} mm wide: foam beneath it needs ${required} mm, or it is pressed flat.`,
        hint: 'Use a bolder font, make it larger, or sew it flat ("puff": false).',
      };
    case 'stitch.long':
      return {
        code: 'stitch.long',
        message: `${what} is ${measured} mm wide: stitches over foam reach ${required} mm at the most.`,
        hint: 'Make it narrower, or sew it flat ("puff": false).',
      };
    case 'patch.small':
      return {
        code: 'patch.small',
        message: `${what} is about ${measured} mm wide: a patch needs ${required} mm for cloth to be seen within its ${isBare ? 'tack-down' : 'border'}. It is sewn as thread.`,
        hint: `Make it larger, ${isBare ? '' : 'give the border less "widthMm", '}or leave its colour out of "applique".`,
      };
    case 'stitch.too-complex':
      return {
        code: 'stitch.too-complex',
        message: `${what} has more detail than a needle can follow and stays away.`,
        hint: 'Use a simpler drawing: thread shows nothing finer than about half a millimetre.',
      };
    default:
      return {
        code: 'stitch.skipped',
        message: `${what} is too small or too thin for a stitch and stays away.`,
        hint: 'Make it larger, join it to its neighbour, or leave it out.',
      };
  }
};

const round = (value: number): number => Math.round(value * 100) / 100;
