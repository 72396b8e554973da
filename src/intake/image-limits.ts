/** What a picture from outside may cost. Checked on the file's own header before anything is decoded. */
export type ImageLimits = {
  /** Width times height. */
  readonly maxPixels: number;
  readonly maxSidePx: number;
  /** Size of the file. */
  readonly maxBytes: number;
  /** A file with more frames or pages is refused; up to this many, the first is used. */
  readonly maxFrames: number;
};

/** 120 Mpx is a 1 m wide print at 300 dpi; decoded it is 480 MB. */
export const DEFAULT_IMAGE_LIMITS: ImageLimits = {
  maxPixels: 120_000_000,
  maxSidePx: 40_000,
  maxBytes: 200_000_000,
  maxFrames: 1000,
};
