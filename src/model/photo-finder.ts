import type { Rect } from '../geometry/point.ts';

/** A part of a picture, in its pixels unless said otherwise. */
export type PictureBox = Rect;

/**
 * Finds what a photo shows. A driver stands behind it and may run a trained model: the same picture must always give the same answer.
 * @throws Problem `cut-out.unavailable` when what it needs is not installed
 */
export type PhotoFinder = {
  /** What catches the eye in a part of a picture (whole pixels, inside it). */
  subject(image: FinderPicture, part: PictureBox, signal: AbortSignal): Promise<FoundSubject>;
  /** People's faces, the largest first. */
  faces(image: FinderPicture, signal: AbortSignal): Promise<FoundFaces>;
};

/** A decoded picture, as far as a finder needs it: row-major straight RGBA, upright. */
export type FinderPicture = { readonly digest: string; readonly widthPx: number; readonly heightPx: number; readonly rgba: Uint8Array };

/** A byte a pixel, row-major: 255 belongs to the subject, 0 does not. Any size; it covers the part that was asked for. */
export type Matte = { readonly widthPx: number; readonly heightPx: number; readonly alpha: Uint8Array };

export type FoundSubject = { readonly matte: Matte; readonly model: FinderModel };

export type FoundFaces = {
  readonly faces: readonly FoundFace[];
  readonly model: FinderModel;
};

/** From the brows to the chin and from ear to ear, in pixels of the upright picture; may reach beyond it. `score` 0..1. */
export type FoundFace = { readonly box: PictureBox; readonly score: number };

/** What an answer depends on beside the picture: goes into the manifest. */
export type FinderModel = { readonly name: string; readonly digest: string };
