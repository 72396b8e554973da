import type { Scene } from '../../scene/scene.ts';
import type { StitchPlan } from '../../stitch/plan.ts';
import type { QualityReport } from '../../stitch/quality/quality-report.ts';
import type { DigitizeOptions } from '../../stitch/region.ts';
import type { MadeFile, Work } from '../method.ts';
import type { Patch } from './patches.ts';
import type { EmbroiderySettings } from './settings.ts';

/** One page, sewn: what all of its files are made of. */
export type SewnPage = {
  readonly plan: StitchPlan;
  /** Of what was digitised here; null for machine files alone. */
  readonly quality: QualityReport | null;
  /** Cloth that is sewn on. */
  readonly patches: readonly Patch[];
  readonly scene: Scene;
  /** Of file names. */
  readonly stem: string;
  readonly work: Work<EmbroiderySettings>;
  readonly options: DigitizeOptions;
  /** For the machine and the cutter, made before the sheets. */
  readonly files: readonly MadeFile[];
};

/** Thousandths of a mm, as manifests tell lengths. */
export const roundMm = (mm: number): number => Math.round(mm * 1000) / 1000;
