import type { Rect } from '../../geometry/point.ts';
import type { PixelImage } from '../../render/adjust/pixel-image.ts';

/** A finished picture of some job, with its plate of white. */
export type GangJob = {
  /** Unique among the jobs of a gang. */
  readonly id: string;
  readonly reference: string | null;
  readonly line: string | null;
  readonly placement: string | null;
  /** How many pieces are wanted, 1 or more. */
  readonly quantity: number;
  readonly art: GangFile;
  readonly white: GangFile | null;
};

export type GangFile = {
  readonly name: string;
  readonly dpi: number;
  readonly mirrored: boolean;
  readonly read: () => Promise<Uint8Array>;
};

/** A job looked through: the part that prints, in pixels of its picture and in mm, and a small picture of it. */
export type MeasuredJob = GangJob & {
  readonly ink: Rect;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly thumb: PixelImage;
};

/** One piece of film: a copy of a job's picture, counted from 1. */
export type GangCopy = { readonly id: string; readonly job: MeasuredJob; readonly copy: number };

export type GangCopies = ReadonlyMap<string, GangCopy>;
