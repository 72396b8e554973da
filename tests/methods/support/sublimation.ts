import { colourFromHex } from '../../../src/colour/colour.ts';
import { type Path, rectPath } from '../../../src/geometry/path.ts';
import { type Rect, rectOf } from '../../../src/geometry/point.ts';
import { findMethod } from '../../../src/methods/index.ts';
import type { CheckFacts, Made, MakeContext } from '../../../src/methods/method.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { DecodedImage } from '../../../src/model/resources.ts';
import type { PathNode, Scene, SceneArea, SceneNode } from '../../../src/scene/scene.ts';
import { bundledPalette } from '../../support/bundled-palette.ts';

const method = findMethod('sublimation');
if (!method) throw new Error('expected the method sublimation');

export const filled = (path: Path, colour: string, pointer = '/placements/0/layers/0'): PathNode => ({
  kind: 'path',
  pointer,
  path,
  fillRule: 'nonzero',
  fill: { kind: 'solid', colour: colourFromHex(colour) ?? { space: 'srgb', r: 0, g: 0, b: 0 } },
  stroke: null,
});

export const box = (x: number, y: number, width: number, height: number, colour: string, pointer?: string): PathNode =>
  filled(rectPath(rectOf(x, y, width, height)), colour, pointer);

export const sceneOf = (area: Partial<SceneArea> & Pick<SceneArea, 'widthMm' | 'heightMm'>, nodes: readonly SceneNode[]): Scene => ({
  version: 1,
  area: {
    productId: 'vessel',
    placementId: 'wrap',
    bleedMm: 0,
    safeMm: 0,
    trim: rectPath(rectOf(0, 0, area.widthMm, area.heightMm)),
    keepOuts: [],
    folds: [],
    ...area,
  },
  nodes,
});

const noPicture = (): DecodedImage => {
  throw new Error('expected art without pictures');
};

/** Labels are boxes of 20 mm and the height they are asked for; what they would say is noted. */
export const contextWith = (said: string[] = [], signal = new AbortController().signal): MakeContext => ({
  picture: noPicture,
  profile: () => {
    throw new Error('expected no profile');
  },
  palette: bundledPalette,
  lettering: (text, _width, height) => {
    said.push(text);
    return [box(0, 0, 20, height, '#000000', '')];
  },
  articleColour: null,
  signal,
});

export const makeSublimation = (
  pages: readonly Scene[],
  settings: object,
  { context = contextWith(), variant = {} }: { readonly context?: MakeContext; readonly variant?: Readonly<Record<string, string>> } = {},
): Promise<Made> =>
  method.make(
    { name: 'wrap', pages, settings: method.settings.parse(settings), title: 'Test', date: '2026-03-01T00:00:00Z', label: '', variant },
    context,
  );

export const checkSublimation = (scene: Scene, settings: object, facts: Partial<CheckFacts> = {}): readonly Finding[] =>
  method.check(scene, method.settings.parse(settings), {
    articleColour: '#ffffff',
    pointer: '/placements/0',
    picture: noPicture,
    palette: bundledPalette,
    ...facts,
  });

export const fileOf = ({ files }: Made, ending: string) => {
  const file = files.find(({ name }) => name.endsWith(ending));
  if (!file) throw new Error(`expected a file ${ending}, got ${files.map(({ name }) => name).join(', ')}`);
  return file;
};

/** The paths of a group of an SVG as lists of points on them, read without our code: moves, lines, cubics and closes, absolute. */
export const svgLines = (svg: Uint8Array, group: string): readonly (readonly (readonly [number, number])[])[] => {
  const text = new TextDecoder().decode(svg);
  const inner = new RegExp(`<g id="${group}"[^>]*>(.*?)</g>`, 's').exec(text)?.[1] ?? '';
  return [...inner.matchAll(/ d="([^"]*)"/g)].map(([, d = '']) => pointsOf(d));
};

const pointsOf = (d: string): readonly (readonly [number, number])[] => {
  const points: [number, number][] = [];
  for (const [, verb, rest = ''] of d.matchAll(/([MLCZ])([^MLCZ]*)/g)) {
    const n = rest.trim() === '' ? [] : rest.trim().split(/[ ,]+/).map(Number);
    const [x0, y0] = points.at(-1) ?? [0, 0];
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = n;
    if (verb === 'M' || verb === 'L') points.push([x1, y1]);
    if (verb === 'Z') points.push(points[0] ?? [0, 0]);
    if (verb !== 'C') continue;
    for (let i = 1; i <= 64; i += 1) {
      const t = i / 64;
      const u = 1 - t;
      const at = (a: number, b: number, c: number, e: number): number =>
        u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * e;
      points.push([at(x0, x1, x2, x3), at(y0, y1, y2, y3)]);
    }
  }
  return points;
};

export const boundsOf = (points: readonly (readonly [number, number])[]): Rect => {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return rectOf(left, top, Math.max(...xs) - left, Math.max(...ys) - top);
};
