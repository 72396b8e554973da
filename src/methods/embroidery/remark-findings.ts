import type { Finding } from '../../model/finding.ts';
import type { StitchRemark } from '../../stitch/region.ts';
import { partName, pieceAt } from '../checks/piece-at.ts';
import type { StitchArt } from './stitch-art.ts';

/** What the digitiser says of places of the design, one finding for each kind and layer. */
export const remarkFindings = (remarks: readonly StitchRemark[], found: StitchArt): readonly Finding[] => {
  const told = new Map<string, { readonly first: Finding; readonly count: number }>();
  for (const remark of remarks) {
    const finding = findingOf(remark, found);
    const key = `${finding.code} ${finding.pointer}`;
    const known = told.get(key);
    told.set(key, { first: known?.first ?? finding, count: (known?.count ?? 0) + 1 });
  }
  return [...told.values()].map(({ first, count }) =>
    count === 1
      ? first
      : { ...first, message: `${first.message.slice(0, -1)}, and so ${count === 2 ? 'does 1 more' : `do ${count - 1} more`}.` },
  );
};

const NEAR_MM = 1;

const findingOf = (remark: StitchRemark, { art, regions }: StitchArt): Finding => {
  const piece = pieceAt(art, remark.at, NEAR_MM);
  const pointer = piece?.pointer ?? regions[remark.region]?.pointers[0] ?? '';
  const where = `at ${Math.round(remark.at.x)}, ${Math.round(remark.at.y)} mm`;
  const what = partName(piece, 'A part', 'A part');
  const figures = { measured: round(remark.measured), required: round(remark.required), unit: remark.unit };
  if (remark.code === 'stitch.too-complex') {
    return {
      severity: 'warning',
      code: 'stitch.too-complex',
      pointer,
      message: `${what} ${where} has more detail than a needle can follow and stays away.`,
      hint: 'Use a simpler drawing: thread shows nothing finer than about half a millimetre.',
      ...figures,
    };
  }
  return {
    severity: 'warning',
    code: 'stitch.skipped',
    pointer,
    message: `${what} ${where} is too small or too thin for a stitch and stays away.`,
    hint: 'Make it larger, join it to its neighbour, or leave it out.',
    ...figures,
  };
};

const round = (value: number): number => Math.round(value * 100) / 100;
