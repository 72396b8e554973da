/** What a finished plan is worth, measured on its stitches drawn 0.4 mm wide (40 weight; finer threads narrower). Shares run from 0 to 1. */
export type QualityReport = {
  readonly stitches: number;
  readonly threadMm: number;
  /** Artwork, overlaps once, mm². */
  readonly areaMm2: number;
  /** Share of the artwork under thread of any colour; the least of any region's colour beside it. */
  readonly coverage: number;
  readonly leastCoverage: number;
  /** Coverage once each row has drawn in by 0.2 mm at both ends, or by the pull of the fabric where that is more. */
  readonly pulledCoverage: number;
  /** Share of the artwork whose topmost thread has the colour it should have. */
  readonly rightColourOnTop: number;
  /** Stitches per mm² of artwork. */
  readonly stitchesPerMm2: number;
  /** Stitches under 0.5 mm, ties not counted. */
  readonly shortShare: number;
  /** Stitches under 0.3 mm, ties not counted. */
  readonly tinyStitches: number;
  /** Stitches over 7 mm, and the longest. */
  readonly longStitches: number;
  readonly longestMm: number;
  /** Thread in cells of 1 mm, mm per mm²: of all colours together, and of each colour for itself, underlay and ways included. */
  readonly densityP99: number;
  readonly densityMax: number;
  readonly layerDensityP99: number;
  readonly layerDensityMax: number;
  /** Needle penetrations in a cell of 1 mm, and repeats of one hole (within 0.1 mm) outside ties. */
  readonly penetrationsMax: number;
  readonly sameHoleMax: number;
  /** Cuts within colours; a change of colour cuts as well. */
  readonly trims: number;
  /** Uncut moves over 2 mm that nothing covers later. */
  readonly floats: number;
  readonly colourChanges: number;
  /** Share of thread that only leads from place to place, and how much of that lies under later thread. */
  readonly travelShare: number;
  readonly travelHidden: number;
  /** Thread beyond the outline grown by 0.2 mm and the pull of the fabric, mm², as a share of the artwork, and how far it reaches at most (told up to 7 mm). */
  readonly overshootMm2: number;
  readonly overshootShare: number;
  readonly overshootMaxMm: number;
  /** Patches over 0.1 mm² inside the artwork that no thread covers, and the largest, mm². */
  readonly gaps: number;
  readonly largestGapMm2: number;
  /** Cloth that comes to light, away from the outer edge, when later colours shift by 0.3 mm; the worst of four directions and all changes. */
  readonly exposedMm2: number;
  readonly underlayShare: number;
  /** Share of the regions wider than 1.5 mm that have underlay. */
  readonly underlaid: number;
  /** Share of the area of local width 1 to 7 mm that is sewn as satin. */
  readonly satinShare: number;
  /** 750 stitches a minute, 6 s a cut, 12 s a change of colour or a halt. */
  readonly machineMinutes: number;
};
