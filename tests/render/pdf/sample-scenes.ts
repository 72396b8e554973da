import { readFileSync } from 'node:fs';
import { BLACK, type Colour, colourFromHex, type SpotColour } from '../../../src/colour/colour.ts';
import { type Affine, multiply, rotation, scaling, translation } from '../../../src/geometry/affine.ts';
import { type Path, PathBuilder, rectPath } from '../../../src/geometry/path.ts';
import type { DecodedImage, IccProfile } from '../../../src/model/resources.ts';
import type { PdfDocument, PdfPage } from '../../../src/render/pdf/document.ts';
import { pageBoxes } from '../../../src/render/pdf/page-boxes.ts';
import type { GlyphsNode, GradientStop, GroupNode, Paint, PathNode, RasterNode, Scene, SceneNode } from '../../../src/scene/scene.ts';

export const FOGRA: IccProfile = {
  name: 'fogra39-coated',
  digest: 'b35713ef7eff09349d4c3249e5f377736d06d8a2671c54712971a3546bf17c57',
  bytes: new Uint8Array(readFileSync(new URL('../../../profiles/FOGRA39L_coated.icc', import.meta.url))),
  conditionId: 'FOGRA39',
  description: 'Coated FOGRA39 (ISO 12647-2:2004)',
};

export const hex = (text: string): Colour => colourFromHex(text) ?? BLACK;
export const solid = (colour: Colour | string): Paint => ({ kind: 'solid', colour: typeof colour === 'string' ? hex(colour) : colour });
export const CUT: SpotColour = { space: 'spot', name: 'CutContour', tint: 1, alternate: { space: 'cmyk', c: 0, m: 1, y: 0, k: 0 } };

export const shape = (path: Path, fill: Paint | null, stroke: PathNode['stroke'] = null): PathNode => ({
  kind: 'path',
  pointer: '/layers/0',
  path,
  fillRule: 'nonzero',
  fill,
  stroke,
});
export const box = (x: number, y: number, width: number, height: number, fill: Paint | null, stroke: PathNode['stroke'] = null): PathNode =>
  shape(rectPath({ x, y, width, height }), fill, stroke);
export const line = (paint: Paint, widthMm: number): NonNullable<PathNode['stroke']> => ({
  paint,
  widthMm,
  cap: 'butt',
  join: 'miter',
  miterLimit: 4,
});
export const group = (children: readonly SceneNode[], more: Partial<GroupNode> = {}): GroupNode => ({
  kind: 'group',
  pointer: '/layers/1',
  clip: null,
  mask: null,
  opacity: 1,
  blend: 'normal',
  children,
  ...more,
});

export const disc = (x: number, y: number, r: number): Path => {
  const h = r * 0.5522847498;
  return new PathBuilder()
    .moveTo(x + r, y)
    .cubicTo(x + r, y + h, x + h, y + r, x, y + r)
    .cubicTo(x - h, y + r, x - r, y + h, x - r, y)
    .cubicTo(x - r, y - h, x - h, y - r, x, y - r)
    .cubicTo(x + h, y - r, x + r, y - h, x + r, y)
    .close()
    .finish();
};

export const stops = (...list: readonly (readonly [number, string, number?])[]): readonly GradientStop[] =>
  list.map(([offset, colour, opacity]) => ({ offset, colour: hex(colour), opacity: opacity ?? 1 }));
export const linear = (
  from: readonly [number, number],
  to: readonly [number, number],
  list: readonly GradientStop[],
  transform: Affine = [1, 0, 0, 1, 0, 0],
): Paint => ({
  kind: 'linear',
  from: { x: from[0], y: from[1] },
  to: { x: to[0], y: to[1] },
  transform,
  stops: list,
});
export const radial = (
  x: number,
  y: number,
  radius: number,
  list: readonly GradientStop[],
  focus: readonly [number, number] = [x, y],
): Paint => ({
  kind: 'radial',
  centre: { x, y },
  radius,
  focus: { x: focus[0], y: focus[1] },
  transform: [1, 0, 0, 1, 0, 0],
  stops: list,
});

/** Letters H, I and O of a made-up font with 1000 units per em, y down, baseline at 0. */
const LETTERS: Readonly<Record<string, Path>> = {
  H: new PathBuilder()
    .append(rectPath({ x: 60, y: -700, width: 120, height: 700 }))
    .append(rectPath({ x: 420, y: -700, width: 120, height: 700 }))
    .append(rectPath({ x: 150, y: -410, width: 300, height: 110 }))
    .finish(),
  I: rectPath({ x: 60, y: -700, width: 120, height: 700 }),
  O: new PathBuilder()
    .append(disc(350, -350, 350))
    .append({ verbs: disc(350, -350, 220).verbs, coords: reversed(disc(350, -350, 220)) })
    .finish(),
  ' ': { verbs: new Uint8Array(0), coords: new Float64Array(0) },
};
const ADVANCE: Readonly<Record<string, number>> = { H: 600, I: 240, O: 760, ' ': 300 };

function reversed(path: Path): Float64Array {
  const points: number[][] = [];
  for (let i = 0; i < path.coords.length; i += 2) points.push([path.coords[i] ?? 0, path.coords[i + 1] ?? 0]);
  return Float64Array.from(points.reverse().flat());
}

export const textLine = (text: string, x: number, y: number, sizeMm: number, fill: Paint, degrees = 0): GlyphsNode => {
  let pen = 0;
  const glyphs = [...text].map((letter) => {
    const at = multiply(translation(x, y), rotation(degrees), scaling(sizeMm / 1000), translation(pen, 0));
    pen += ADVANCE[letter] ?? 0;
    return { glyph: letter.charCodeAt(0), outline: LETTERS[letter] ?? rectPath({ x: 0, y: 0, width: 1, height: 1 }), at };
  });
  return { kind: 'glyphs', pointer: '/layers/2', fontDigest: 'f0', unitsPerEm: 1000, text, glyphs, fill };
};

export const picture = (image: DecodedImage, at: Affine, more: Partial<RasterNode> = {}): RasterNode => ({
  kind: 'raster',
  pointer: '/layers/3',
  image: { digest: image.digest, widthPx: image.widthPx, heightPx: image.heightPx, hasAlpha: image.hasAlpha },
  source: { x: 0, y: 0, width: image.widthPx, height: image.heightPx },
  at,
  adjust: [],
  interpolation: 'smooth',
  ...more,
});

/** Pixels from a function of the place; not a JPEG. */
export const pixels = (
  digest: string,
  widthPx: number,
  heightPx: number,
  at: (x: number, y: number) => readonly [number, number, number, number],
): DecodedImage => {
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  let hasAlpha = false;
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const pixel = at(x, y);
      rgba.set(pixel, (y * widthPx + x) * 4);
      hasAlpha ||= pixel[3] < 255;
    }
  }
  return { digest, widthPx, heightPx, hasAlpha, rgba, jpeg: null, warnings: [] };
};

export const sceneOf = (nodes: readonly SceneNode[], widthMm = 100, heightMm = 70, bleedMm = 3): Scene => ({
  version: 1,
  area: {
    productId: 'card',
    placementId: 'front',
    widthMm,
    heightMm,
    bleedMm,
    safeMm: 3,
    trim: rectPath({ x: 0, y: 0, width: widthMm, height: heightMm }),
    keepOuts: [],
    folds: [],
  },
  nodes,
});

export const pageOf = (nodes: readonly SceneNode[], more: Partial<PdfPage> = {}): PdfPage => {
  const scene = sceneOf(nodes);
  return { scene, boxes: pageBoxes(scene.area, 0), marks: null, mirror: false, ...more };
};

export const documentOf = (pages: readonly PdfPage[], more: Partial<PdfDocument> = {}): PdfDocument => ({
  pages,
  colour: { mode: 'cmyk', profile: FOGRA, intent: 'relative', blackText: 'k100' },
  title: 'Sample',
  date: '2026-03-01T12:00:00Z',
  creator: 'Platen tests',
  ...more,
});

export const lookUp =
  (...images: readonly DecodedImage[]) =>
  (digest: string): DecodedImage => {
    const found = images.find((image) => image.digest === digest);
    if (!found) throw new Error(`expected a known picture, got ${digest}`);
    return found;
  };
