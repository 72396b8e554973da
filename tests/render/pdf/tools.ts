import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { DecodedImage } from '../../../src/model/resources.ts';
import type { PdfDocument } from '../../../src/render/pdf/document.ts';
import { writePdf } from '../../../src/render/pdf/write-pdf.ts';

/** Runs `use` with a PDF on disk and throws the folder away afterwards. */
export const withPdf = async <T>(bytes: Uint8Array, use: (file: string, folder: string) => T | Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'platen-pdf-'));
  try {
    const file = join(folder, 'file.pdf');
    writeFileSync(file, bytes);
    return await use(file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const run = (tool: string, ...args: readonly string[]): string =>
  execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

export const write = (document: PdfDocument, pixelsOf: (digest: string) => DecodedImage = noPicture): Promise<Uint8Array> =>
  writePdf(document, pixelsOf, new AbortController().signal);

const noPicture = (digest: string): DecodedImage => {
  throw new Error(`expected no picture to be asked for, got ${digest}`);
};

export type Pixels = { readonly width: number; readonly height: number; readonly data: Buffer; readonly channels: number };

const load = async (file: string): Promise<Pixels> => {
  const { data, info } = await sharp(file).flatten({ background: '#ffffff' }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, data };
};

export const READERS = ['pdftoppm', 'mutool', 'gs'] as const;
export type Reader = (typeof READERS)[number];

/** The first page as an independent program draws it. */
export const drawnBy = (reader: Reader, bytes: Uint8Array, dpi: number): Promise<Pixels> =>
  withPdf(bytes, (file, folder) => {
    const out = join(folder, 'page.png');
    if (reader === 'pdftoppm') run('pdftoppm', '-r', `${dpi}`, '-png', '-singlefile', file, join(folder, 'page'));
    if (reader === 'mutool') run('mutool', 'draw', '-q', '-r', `${dpi}`, '-o', out, file, '1');
    const smooth = ['-dTextAlphaBits=4', '-dGraphicsAlphaBits=4'];
    if (reader === 'gs') run('gs', '-q', '-dBATCH', '-dNOPAUSE', '-dSAFER', ...smooth, '-sDEVICE=png16m', `-r${dpi}`, '-o', out, file);
    return load(out);
  });

/** Ink plates as Ghostscript separates them: 0 none, 255 solid, by ink name. */
export const platesOf = (bytes: Uint8Array, dpi: number): Promise<ReadonlyMap<string, Pixels>> =>
  withPdf(bytes, async (file, folder) => {
    run('gs', '-q', '-dBATCH', '-dNOPAUSE', '-dSAFER', '-sDEVICE=tiffsep', `-r${dpi}`, '-o', join(folder, 'plate.tif'), file);
    const plates = new Map<string, Pixels>();
    for (const entry of readdirSync(folder)) {
      const ink = /\((.+)\)\.tif$/.exec(entry)?.[1];
      if (ink === undefined) continue;
      const { data, info } = await sharp(readFileSync(join(folder, entry)))
        .raw()
        .toBuffer({ resolveWithObject: true });
      plates.set(ink, { width: info.width, height: info.height, channels: info.channels, data: data.map((v) => 255 - v) as Buffer });
    }
    return plates;
  });

/** One pixel, by its place in millimetres from the top left of the sheet. */
export const at = ({ width, channels, data }: Pixels, xMm: number, yMm: number, dpi: number): number[] => {
  const x = Math.floor((xMm / 25.4) * dpi);
  const y = Math.floor((yMm / 25.4) * dpi);
  return [...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels)];
};

export const mean = ({ data }: Pixels): number => data.reduce((sum, v) => sum + v, 0) / data.length;

/** Mean absolute difference of two drawings over the part they share. */
export const meanDifference = (one: Pixels, two: Pixels): number => {
  const [width, height] = [Math.min(one.width, two.width), Math.min(one.height, two.height)];
  let sum = 0;
  for (let y = 0; y < height; y += 1)
    for (let i = 0; i < width * 3; i += 1) sum += Math.abs((one.data[y * one.width * 3 + i] ?? 0) - (two.data[y * two.width * 3 + i] ?? 0));
  return sum / (width * height * 3);
};

/**
 * How many pixels of one drawing have a channel farther than `step` outside the range its 3 x 3 neighbourhood spans in the other: programs
 * place and soften edges differently, but none invents a colour that is nowhere near.
 */
export const strayPixels = (one: Pixels, two: Pixels, step: number): number => {
  const [width, height] = [Math.min(one.width, two.width), Math.min(one.height, two.height)];
  const value = (of: Pixels, x: number, y: number, c: number): number => of.data[(y * of.width + x) * 3 + c] ?? 0;
  const stray = (x: number, y: number, c: number): boolean => {
    const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => value(two, x + dx, y + dy, c)));
    const v = value(one, x, y, c);
    return v < Math.min(...around) - step || v > Math.max(...around) + step;
  };
  let strays = 0;
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const same = [0, 1, 2].every((c) => Math.abs(value(one, x, y, c) - value(two, x, y, c)) <= step);
      if (!same && [0, 1, 2].some((c) => stray(x, y, c))) strays += 1;
    }
  return strays;
};

type QpdfJson = {
  readonly qpdf: readonly [unknown, Readonly<Record<string, { readonly value?: unknown; readonly stream?: { readonly dict: Dict } }>>];
};
export type Dict = Readonly<Record<string, unknown>>;

/** Every object as qpdf reads it: plain values and stream dictionaries, plus the trailer. */
export const objectsOf = (
  bytes: Uint8Array,
): Promise<{ readonly all: readonly Dict[]; readonly trailer: Dict; readonly byRef: (ref: unknown) => Dict }> =>
  withPdf(bytes, (file) => {
    const json: QpdfJson = JSON.parse(execFileSync('qpdf', ['--json=2', file], { encoding: 'utf8', maxBuffer: 1 << 28 }));
    const table = json.qpdf[1];
    const dictOf = (key: string): Dict => (table[key]?.stream?.dict ?? table[key]?.value ?? {}) as Dict;
    const keys = Object.keys(table).filter((key) => key.startsWith('obj:'));
    return { all: keys.map(dictOf), trailer: dictOf('trailer'), byRef: (ref) => dictOf(`obj:${ref}`) };
  });
