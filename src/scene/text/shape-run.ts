import * as hb from 'harfbuzzjs';

export type FeatureSet = { readonly key: string; readonly list: readonly hb.Feature[] };

export type ShapeRequest = {
  /** What stands before and after on the same line: decides how letters at the edges join. */
  readonly before: string;
  readonly text: string;
  readonly after: string;
  readonly direction: 'ltr' | 'rtl' | 'ttb';
  /** ISO 15924. */
  readonly script: string;
  /** BCP 47, or '' for none. */
  readonly language: string;
  readonly features: FeatureSet;
};

/**
 * Glyphs in visual order (left to right, or top to bottom), in font units, y down. `clusters` are UTF-16 offsets into the text.
 * `advances` are along the line: to the right, or downwards.
 */
export type ShapedRun = {
  readonly count: number;
  readonly glyphs: Uint32Array;
  readonly clusters: Uint32Array;
  readonly advances: Float64Array;
  readonly xOffsets: Float64Array;
  readonly yOffsets: Float64Array;
};

const DIRECTIONS = { ltr: hb.Direction.LTR, rtl: hb.Direction.RTL, ttb: hb.Direction.TTB } as const;

export const featureSet = (values: Readonly<Record<string, number>>): FeatureSet => {
  const tags = Object.keys(values).sort();
  return {
    key: tags.map((tag) => `${tag}=${values[tag]}`).join(','),
    list: tags.map((tag) => new hb.Feature(tag, values[tag] ?? 0)),
  };
};

const buffer = new hb.Buffer();

/** Shapes one run of one font, script and direction. The default grapheme clusters keep marks with their letters. */
export const shapeWith = (font: hb.Font, request: ShapeRequest): ShapedRun => {
  buffer.reset();
  buffer.addText(request.before + request.text + request.after, request.before.length, request.text.length);
  buffer.setDirection(DIRECTIONS[request.direction]);
  buffer.setScript(request.script);
  if (request.language !== '') buffer.setLanguage(request.language);
  hb.shape(font, buffer, [...request.features.list]);
  const infos = buffer.getGlyphInfos();
  const positions = buffer.getGlyphPositions();
  const count = infos.length;
  const run = {
    count,
    glyphs: new Uint32Array(count),
    clusters: new Uint32Array(count),
    advances: new Float64Array(count),
    xOffsets: new Float64Array(count),
    yOffsets: new Float64Array(count),
  };
  const down = request.direction === 'ttb';
  for (let i = 0; i < count; i++) {
    const info = infos[i];
    const position = positions[i];
    if (info === undefined || position === undefined) continue;
    run.glyphs[i] = info.codepoint;
    run.clusters[i] = info.cluster - request.before.length;
    run.advances[i] = down ? -position.yAdvance : position.xAdvance;
    run.xOffsets[i] = position.xOffset;
    run.yOffsets[i] = -position.yOffset;
  }
  return run;
};
