import { describe, expect, it } from 'vitest';
import { PathBuilder, rectPath } from '../../src/geometry/path.ts';
import { rectOf } from '../../src/geometry/point.ts';
import type { Steps } from '../../src/model/steps.ts';
import { digitize, digitizeSteps } from '../../src/stitch/digitize.ts';
import { measureQuality, qualitySteps } from '../../src/stitch/quality/measure-quality.ts';
import { OPTIONS, regionOf } from './support/regions.ts';

const star = (x: number, y: number, radius: number) => {
  const path = new PathBuilder();
  for (let i = 0; i < 40; i += 1) {
    const [turn, mm] = [(i * Math.PI) / 20, i % 2 === 0 ? radius : radius * 0.7];
    const [px, py] = [x + Math.cos(turn) * mm, y + Math.sin(turn) * mm];
    if (i === 0) path.moveTo(px, py);
    else path.lineTo(px, py);
  }
  return path.close().finish();
};

const WHITE = { colour: '#ffffff', name: 'White', code: '', maker: '', weight: 40 } as const;

/** The ground of a jacket's back with four stars on it. */
const BACK = [
  regionOf(rectPath(rectOf(0, 0, 250, 300))),
  ...Array.from({ length: 4 }, (_, i) => regionOf(star(60 + (i % 2) * 125, 75 + Math.floor(i / 2) * 150, 35), { thread: WHITE })),
];

const counted = <T>(steps: Steps<T>): { readonly result: T; readonly count: number } => {
  for (let count = 0; ; count += 1) {
    const step = steps.next();
    if (step.done) return { result: step.value, count };
  }
};

describe('steps of a large design', () => {
  const { result, count } = counted(digitizeSteps(BACK, OPTIONS));

  it('come many to a piece, and to the same plan as all at once', () => {
    expect(count).toBeGreaterThan(10 * BACK.length);
    expect(result).toEqual(digitize(BACK, OPTIONS));
  });

  it('break a fill up that is one area: a stretch of rows at a time', () => {
    const one = counted(digitizeSteps(BACK.slice(0, 1), OPTIONS));
    expect(one.result.plan.blocks).toHaveLength(1);
    expect(one.count).toBeGreaterThan(20);
  });

  it('break measuring up by stitches and passes, with the same figures', () => {
    const measured = counted(qualitySteps(result.plan, BACK, OPTIONS));
    expect(measured.count).toBeGreaterThan(20);
    expect(measured.result).toEqual(measureQuality(result.plan, BACK, OPTIONS));
  });
});
