import { type Path, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import type { CheckFacts, Made, MadeFile, MakeContext, Work } from '../../../src/methods/method.ts';
import { vinyl } from '../../../src/methods/vinyl/index.ts';
import type { VinylSettings } from '../../../src/methods/vinyl/settings.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { PathNode, Scene } from '../../../src/scene/scene.ts';
import { bundledPalette } from '../../support/bundled-palette.ts';

const missing = (): never => {
  throw new Error('vinyl looks up neither pictures nor profiles');
};

/** A label of one box, so that tests see where it goes. */
const lettering: MakeContext['lettering'] = (_, widthMm, heightMm) => [
  { kind: 'path', pointer: '', path: rectPath(rectOf(0, 0, widthMm / 2, heightMm)), fillRule: 'nonzero', fill: null, stroke: null },
];

export const settingsOf = (settings: object = {}): VinylSettings => vinyl.settings.parse(settings);

export const VINYLS = bundledPalette('vinyls');

/** 200 x 120 mm with even shapes in paint order. */
export const sceneOf = (...shapes: readonly (readonly [hex: string, path: Path])[]): Scene => ({
  version: 1,
  area: {
    productId: 'jersey',
    placementId: 'back',
    widthMm: 200,
    heightMm: 120,
    bleedMm: 0,
    safeMm: 0,
    trim: rectPath(rectOf(0, 0, 200, 120)),
    keepOuts: [],
    folds: [],
  },
  nodes: shapes.map(([hex, path], i): PathNode => {
    const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return {
      kind: 'path',
      pointer: `/placements/0/layers/${i}`,
      path,
      fillRule: 'nonzero',
      fill: { kind: 'solid', colour: { space: 'srgb', r: channel(1), g: channel(3), b: channel(5) } },
      stroke: null,
    };
  }),
});

export const findingsOf = (scene: Scene, settings: object = {}, facts: Partial<CheckFacts> = {}): readonly Finding[] =>
  vinyl.check(scene, settingsOf(settings), {
    articleColour: null,
    pointer: '/placements/0',
    picture: missing,
    palette: bundledPalette,
    ...facts,
  });

export const codesOf = (scene: Scene, settings: object = {}, facts: Partial<CheckFacts> = {}): readonly string[] =>
  findingsOf(scene, settings, facts).map(({ severity, code }) => `${severity} ${code}`);

export const contextOf = (signal: AbortSignal = new AbortController().signal): MakeContext => ({
  picture: missing,
  profile: missing,
  palette: bundledPalette,
  lettering,
  signal,
  articleColour: null,
});

export const make = async (pages: readonly Scene[], settings: object = {}): Promise<ReadonlyMap<string, MadeFile>> => {
  const { files } = await makeAll(pages, settings);
  return new Map(files.map((file) => [file.name, file]));
};

export const makeAll = (pages: readonly Scene[], settings: object = {}): Promise<Made> => {
  const work: Work<VinylSettings> = {
    name: 'back-vinyl',
    pages,
    settings: settingsOf(settings),
    title: 'Jersey',
    date: '2026-03-01T00:00:00Z',
    label: 'PL-1',
  };
  return vinyl.make(work, contextOf());
};

export const textOf = (file: MadeFile | undefined): string => new TextDecoder().decode(file?.data ?? new Uint8Array());
