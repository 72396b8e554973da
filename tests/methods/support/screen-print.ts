import sharp from 'sharp';
import type { CheckFacts, Made, MadeFile, MakeContext, Work } from '../../../src/methods/method.ts';
import { screenPrint } from '../../../src/methods/screen-print/index.ts';
import { type ScreenPrintSettings, screenPrintSettings } from '../../../src/methods/screen-print/settings.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { DecodedImage } from '../../../src/model/resources.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { bundledPalette } from '../../support/bundled-palette.ts';
import { composeLayers } from '../../support/compose-spec.ts';

export const BLACK_TEE = '#17171a';
export const WHITE_TEE = '#f7f7f5';

export type Job = {
  readonly layers: readonly unknown[];
  readonly settings?: object;
  readonly article?: string | null;
  readonly images?: Readonly<Record<string, DecodedImage>>;
};

export const sceneOf = async ({ layers, images = {} }: Job): Promise<Scene> => (await composeLayers({ layers, images })).scene;

export const contextOf = ({ article = null, images = {} }: Job, signal = new AbortController().signal): MakeContext => ({
  picture: (digest) => found(Object.values(images).find((one) => one.digest === digest)),
  profile: () => {
    throw new Error('screens need no profile');
  },
  palette: bundledPalette,
  lettering: () => [],
  articleColour: article,
  signal,
});

const found = (image: DecodedImage | undefined): DecodedImage => {
  if (!image) throw new Error('expected a picture of the test');
  return image;
};

export const workOf = (scene: Scene, settings: ScreenPrintSettings): Work<ScreenPrintSettings> => ({
  name: 'front',
  pages: [scene],
  settings,
  title: 'Card',
  date: '2026-03-01T00:00:00Z',
  label: 'A-1',
});

export const made = async (job: Job): Promise<Made> =>
  screenPrint.make(workOf(await sceneOf(job), screenPrintSettings.parse(job.settings ?? {})), contextOf(job));

export const findingsOf = async (job: Job): Promise<readonly Finding[]> => {
  const { picture, palette, articleColour } = contextOf(job);
  const facts: CheckFacts = { articleColour, pointer: '/placements/0', picture, palette };
  return screenPrint.check(await sceneOf(job), screenPrintSettings.parse(job.settings ?? {}), facts);
};

/** Ink of a plate as libtiff or libpng reads it: 1 where it is black. */
export type ReadPlate = { readonly name: string; readonly widthPx: number; readonly heightPx: number; readonly ink: Uint8Array };

export const readPlate = async ({ name, data }: Pick<MadeFile, 'name' | 'data'>): Promise<ReadPlate> => {
  const { data: pixels, info } = await sharp(data, { limitInputPixels: false }).greyscale().raw().toBuffer({ resolveWithObject: true });
  const ink = new Uint8Array(pixels.length);
  for (let i = 0; i < ink.length; i++) ink[i] = Number((pixels[i] ?? 0) < 128);
  return { name, widthPx: info.width, heightPx: info.height, ink };
};

export const readPlates = async ({ files }: Made): Promise<readonly ReadPlate[]> =>
  Promise.all(files.filter(({ mediaType }) => mediaType.startsWith('image/')).map(readPlate));

export type InkList = {
  readonly plates: readonly {
    readonly order: number;
    readonly name: string;
    readonly role: string;
    readonly ink: string;
    readonly colour: string;
    readonly file: string;
    readonly coveragePercent: number;
    readonly areaCm2: number;
    readonly meshPerInch: number;
    readonly halftone: { readonly lpi: number } | null;
    readonly after: string | null;
  }[];
};

export const inkListOf = ({ files }: Made): InkList => {
  const file = files.find(({ mediaType }) => mediaType === 'application/json');
  if (!file) throw new Error('expected an ink list');
  return JSON.parse(new TextDecoder().decode(file.data));
};

export const inkAt = ({ widthPx, ink }: ReadPlate, x: number, y: number): number => ink[y * widthPx + x] ?? 0;

export const rect = (x: number, y: number, width: number, height: number, fill: unknown) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  fill,
  box: { x, y, width, height },
});

export const disc = (x: number, y: number, size: number, fill: unknown) => ({
  type: 'shape',
  shape: { kind: 'ellipse' },
  fill,
  box: { x, y, width: size, height: size },
});
