import type { Finding } from '../../model/finding.ts';
import { stitchFacts } from '../../stitch/formats/stitch-facts.ts';
import type { StitchPlan } from '../../stitch/plan.ts';
import type { QualityReport } from '../../stitch/quality/quality-report.ts';
import type { EmbroiderySettings } from './settings.ts';

/** Of a colour's area that thread has to cover. */
const LEAST_COVERAGE = 0.9;
/** Cloth in one place that nobody takes for the grain of thread, mm². */
const LARGEST_GAP_MM2 = 2;
/** Satin over foam is twice as dense. */
const OVER_FOAM = 2;
/** Needle holes in a square mm that cloth bears. */
const MOST_HOLES = 25;

/** More stitches than the price covers, counted. */
export const countFindings = (plan: StitchPlan, pointer: string, { maxStitches }: EmbroiderySettings): readonly Finding[] => {
  const { stitches } = stitchFacts(plan);
  if (stitches <= maxStitches) return [];
  return [
    {
      severity: 'warning',
      code: 'stitch.too-many',
      pointer,
      message: `The design has ${stitches} stitches; ${maxStitches} are covered.`,
      hint: 'Make it smaller, let the cloth be the ground of the art, or use outlines in place of areas.',
      measured: stitches,
      required: maxStitches,
      unit: 'stitches',
    },
  ];
};

/** Limits that the finished stitches pass: all are warnings, for files are made and somebody has to look. */
export const qualityFindings = (quality: QualityReport, pointer: string, settings: EmbroiderySettings): readonly Finding[] => {
  const { densityMax, leastCoverage, largestGapMm2, floats, penetrationsMax } = quality;
  const warn = (finding: Omit<Finding, 'severity' | 'pointer'>): Finding => ({ severity: 'warning', pointer, ...finding });
  const found: Finding[] = [];
  const most = settings.maxDensity * (settings.puff ? OVER_FOAM : 1);
  if (densityMax > most)
    found.push(
      warn({
        code: 'stitch.dense',
        message: `In one place ${Math.round(densityMax)} mm of thread lie on a square millimetre: it gets stiff there, and thread may break.`,
        hint: 'Lay fewer colours over one another, or make small details larger.',
        measured: Math.round(densityMax * 10) / 10,
        required: most,
        unit: 'mm/mm2',
      }),
    );
  // Foam is meant to be torn along its holes.
  if (penetrationsMax > MOST_HOLES && !settings.puff)
    found.push(
      warn({
        code: 'stitch.holes',
        message: `In one place the needle goes in ${penetrationsMax} times on a square millimetre: it may cut the cloth.`,
        hint: 'Make small details larger, and sew small letters with finer thread.',
        measured: penetrationsMax,
        required: MOST_HOLES,
        unit: 'holes/mm2',
      }),
    );
  if (leastCoverage < LEAST_COVERAGE)
    found.push(
      warn({
        code: 'stitch.bare',
        message: `Thread covers ${Math.floor(leastCoverage * 100)} % of one colour: cloth shows through there.`,
        hint: 'Thicken fine lines, or give details that are too small another form.',
        measured: Math.floor(leastCoverage * 100),
        required: LEAST_COVERAGE * 100,
        unit: '%',
      }),
    );
  else if (largestGapMm2 > LARGEST_GAP_MM2)
    found.push(
      warn({
        code: 'stitch.bare',
        message: `No thread lies on ${largestGapMm2.toFixed(1)} mm² in one place: cloth shows through there.`,
        hint: 'Look at the stitch picture; draw what is open there as a shape of its own.',
        measured: Math.round(largestGapMm2 * 10) / 10,
        required: LARGEST_GAP_MM2,
        unit: 'mm2',
      }),
    );
  if (floats > 0)
    found.push(
      warn({
        code: 'stitch.float',
        message: `Thread is carried over open cloth in ${floats} ${floats === 1 ? 'place' : 'places'}.`,
        hint: 'Have the operator cut it by hand.',
        measured: floats,
        required: 0,
        unit: 'places',
      }),
    );
  return found;
};
