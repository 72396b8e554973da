/** What a drawing from outside may cost. Everything is counted while reading, so a file that costs more stops early. */
export type SvgLimits = {
  readonly maxBytes: number;
  /** Size of a compressed drawing (svgz) after inflating. */
  readonly maxInflatedBytes: number;
  /** Elements in the file, and again elements drawn once `use` is followed. */
  readonly maxNodes: number;
  readonly maxDepth: number;
  /** Path steps drawn, all copies counted. */
  readonly maxSegments: number;
  readonly maxStyleRules: number;
  /** Stops of one gradient. */
  readonly maxStops: number;
  readonly maxImages: number;
  /** Pixels of all embedded pictures together. */
  readonly maxImagePixels: number;
};

export const DEFAULT_SVG_LIMITS: SvgLimits = {
  maxBytes: 20_000_000,
  maxInflatedBytes: 10_000_000,
  maxNodes: 100_000,
  maxDepth: 256,
  maxSegments: 2_000_000,
  maxStyleRules: 2_000,
  maxStops: 256,
  maxImages: 64,
  maxImagePixels: 40_000_000,
};
