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
  const pointer = region?.pointers[0] ?? '';
  const what = `${region && region.label !== '' ? `Some of ${region.label}` : 'A part'} at ${Math.round(at.x)}, ${Math.round(at.y)} mm`;
  const figures = { measured: round(measured), required: round(required), unit };
  if (code === 'stitch.too-complex') {
    return {
      severity: 'warning',
      code: 'stitch.too-complex',
      pointer,
      message: `${what} has more detail than a needle can follow and stays away.`,
      hint: 'Use a simpler drawing: thread shows nothing finer than about half a millimetre.',
      ...figures,
    };
  }
  return {
    severity: 'warning',
    code: 'stitch.skipped',
    pointer,
    message: `${what} is too small or too thin for a stitch and stays away.`,
    hint: 'Make it larger, join it to its neighbour, or leave it out.',
    ...figures,
  };
};

const round = (value: number): number => Math.round(value * 100) / 100;
