import { rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { embroidery } from '../../../src/methods/embroidery/index.ts';
import { embroiderySettings } from '../../../src/methods/embroidery/settings.ts';
import type { MadeFile, MakeContext } from '../../../src/methods/method.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { DecodedImage } from '../../../src/model/resources.ts';
import { needleBox } from '../../../src/render/stitches/needle-box.ts';
import { CAPTION_FONT } from '../../../src/scene/layers/code-caption.ts';
import { lineOfText } from '../../../src/scene/layers/line-of-text.ts';
import type { GroupNode, Scene, SceneNode } from '../../../src/scene/scene.ts';
import { FontSet } from '../../../src/scene/text/font-set.ts';
import { readPlanJson } from '../../../src/stitch/formats/plan-json.ts';
import type { StitchPlan } from '../../../src/stitch/plan.ts';
import { bundledPalette } from '../../support/bundled-palette.ts';
import { openBundledResources } from '../../support/bundled-resources.ts';
import { composeLayers, testPicture } from '../../support/compose-spec.ts';

const THREADS = bundledPalette('threads');

/** Paint that names a thread, as it stands in a scene. */
export const thread = (id: string) => {
  const swatch = THREADS.swatches.find((one) => one.id === id);
  if (!swatch) throw new Error(`expected a thread, got ${id}`);
  return { spot: swatch.plate ?? swatch.name, alternate: swatch.colour };
};

export const bar = (x: number, y: number, width: number, height: number, fill: unknown) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  fill,
  box: { x, y, width, height },
});

export const disc = (x: number, y: number, size: number, fill: unknown) => ({ ...bar(x, y, size, size, fill), shape: { kind: 'ellipse' } });

export const words = (text: string, fill: unknown, size = 14, more: object = {}) => ({
  type: 'text',
  text,
  font: { family: 'Graduate' },
  size,
  fill,
  align: 'center',
  valign: 'middle',
  box: { x: 5, y: 38, width: 90, height: 18 },
  ...more,
});

/** What shows where a machine file lies to those who cannot sew. */
const standIn = (plan: StitchPlan, dx: number, dy: number): SceneNode => {
  const { x, y, width, height } = needleBox(plan) ?? rectOf(0, 0, 1, 1);
  const fill = { kind: 'solid', colour: { space: 'srgb', r: 0, g: 0, b: 0 } } as const;
  return {
    kind: 'path',
    pointer: '/placements/0/layers/9',
    path: rectPath(rectOf(x + dx, y + dy, width, height)),
    fillRule: 'nonzero',
    fill,
    stroke: null,
  };
};

/** A machine file in a scene: untouched stitches, and lines that stand for them. */
export const sewnFile = (plan: StitchPlan, dx: number, dy: number, threads: readonly string[] = []): GroupNode => ({
  kind: 'group',
  pointer: '/placements/0/layers/9',
  clip: null,
  mask: null,
  opacity: 1,
  blend: 'normal',
  children: [standIn(plan, dx, dy)],
  stitches: { digest: 'b'.repeat(64), format: 'dst', name: 'PATCH', plan, at: [1, 0, 0, 1, dx, dy], threads },
});

export const sceneOf = async (
  layers: readonly unknown[],
  after: readonly SceneNode[] = [],
  images: Readonly<Record<string, DecodedImage>> = {},
): Promise<Scene> => {
  const { scene } = await composeLayers({ layers, images });
  return { ...scene, nodes: [...scene.nodes, ...after] };
};

export const contextFor = (pictures: readonly DecodedImage[] = []): MakeContext => ({
  articleColour: '#e4d8c0',
  picture: (digest) => pictures.find((one) => one.digest === digest) ?? testPicture(4, 4),
  profile: (name) => {
    throw new Error(`expected no profile, got ${name}`);
  },
  palette: bundledPalette,
  lettering: () => [],
  signal: new AbortController().signal,
});

type Extra = { readonly after?: readonly SceneNode[]; readonly pictures?: readonly DecodedImage[]; readonly lettering?: boolean };

export type Files = ReadonlyMap<string, MadeFile>;

export const madeWith = async (layers: readonly unknown[], settings: object, extra: Extra = {}) => {
  const { after = [], pictures = [], lettering = false } = extra;
  const scene = await sceneOf(layers, after, Object.fromEntries(pictures.map((one, i) => [`p${i}`, one])));
  const work = {
    name: 'front',
    pages: [scene],
    settings: embroiderySettings.parse(settings),
    title: 'Badge',
    date: '2026-03-01T00:00:00Z',
    label: 'A-1',
  };
  const fonts = lettering ? await captionFonts() : null;
  const context = contextFor(pictures);
  const write: MakeContext['lettering'] = (text, widthMm, heightMm) => (fonts ? lineOfText(text, { widthMm, heightMm }, fonts) : []);
  return embroidery.make(work, { ...context, lettering: write });
};

export const madeFrom = async (layers: readonly unknown[], settings: object, extra: Extra = {}): Promise<Files> => {
  const { files } = await madeWith(layers, settings, extra);
  return new Map(files.map((file) => [file.name, file]));
};

const captionFonts = async (): Promise<FontSet> => {
  const resources = await openBundledResources();
  try {
    return await FontSet.open([{ request: CAPTION_FONT, file: await resources.font(CAPTION_FONT) }]);
  } finally {
    await resources.close();
  }
};

export const fileOf = (files: Files, name: string): MadeFile => {
  const file = files.get(name);
  if (!file) throw new Error(`expected a file ${name}, got ${[...files.keys()].join(', ')}`);
  return file;
};

export const jsonOf = (files: Files, name: string): unknown => JSON.parse(new TextDecoder().decode(fileOf(files, name).data));

export const planOf = (files: Files): StitchPlan => readPlanJson(fileOf(files, 'front-plan.json').data).plan;

export const check = async (
  layers: readonly unknown[],
  settings: object = {},
  { after = [], pictures = [] }: Extra = {},
  articleColour: string | null = null,
): Promise<readonly Finding[]> =>
  embroidery.check(
    await sceneOf(layers, after, Object.fromEntries(pictures.map((one, i) => [`p${i}`, one]))),
    embroiderySettings.parse(settings),
    {
      articleColour,
      pointer: '/placements/0',
      picture: contextFor(pictures).picture,
      palette: bundledPalette,
    },
  );
