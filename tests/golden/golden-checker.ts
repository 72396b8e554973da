import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { goldenJson } from './golden-json.ts';
import { addToReport, type ReportEntry } from './golden-report.ts';
import { lineDiff } from './line-diff.ts';
import { NEARLY_EQUAL, type PixelTolerance, pixelDiff } from './pixel-diff.ts';

export type GoldenPlaces = {
  /** The folder of committed files. */
  readonly goldens: string;
  /** Where mismatches are laid out for a person. */
  readonly report: string;
  /** Write what was made instead of comparing with it. */
  readonly update: boolean;
  /** Called with each golden's file name, relative to `goldens`. */
  readonly noteUse: (file: string) => void;
};

export type GoldenChecker = (name: string, actual: unknown, tolerance?: PixelTolerance) => void;

/** Goldens are read by people in review: larger ones test too much at once. */
const MOST_BYTES = 256 * 1024;

/** Builds the check that `expectGolden` in golden.ts is; apart from it so that its failures can be tested. */
export const goldenChecker =
  (places: GoldenPlaces): GoldenChecker =>
  (name, actual, tolerance = NEARLY_EQUAL) => {
    const { file, bytes } = toFile(name, actual);
    places.noteUse(file);
    if (bytes.length > MOST_BYTES) throw new Error(`expected at most ${MOST_BYTES} bytes for golden ${file}, got ${bytes.length}`);
    const path = join(places.goldens, file);
    if (places.update) return writeIfDifferent(path, bytes, tolerance);
    const entry = compare(file, readIfThere(path), bytes, tolerance);
    if (!entry) return;
    const index = addToReport(places.report, entry);
    const excerpt = entry.diff === null ? '' : `\n${entry.diff.split('\n').slice(0, 40).join('\n')}`;
    throw new Error(`golden ${file}: ${entry.problem}; see ${index}${excerpt}`);
  };

const toFile = (name: string, actual: unknown): { readonly file: string; readonly bytes: Uint8Array } => {
  if (!/^[a-z0-9-]+(?:\/[a-z0-9-]+)+(?:\.[a-z0-9]+)?$/.test(name))
    throw new Error(`expected "area/case" in kebab case for a golden's name, got "${name}"`);
  const withExtension = (extension: string): string => (/\.[a-z0-9]+$/.test(name) ? name : `${name}.${extension}`);
  if (actual instanceof Uint8Array) return { file: `${name}.png`, bytes: actual };
  if (typeof actual === 'string') return { file: withExtension('txt'), bytes: Buffer.from(actual.endsWith('\n') ? actual : `${actual}\n`) };
  return { file: `${name}.json`, bytes: Buffer.from(goldenJson(actual)) };
};

const isPicture = (file: string): boolean => file.endsWith('.png');

const readIfThere = (path: string): Uint8Array | null => {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
};

const compare = (file: string, expected: Uint8Array | null, actual: Uint8Array, tolerance: PixelTolerance): ReportEntry | null => {
  if (!expected) return missing(file, actual);
  if (!isPicture(file)) {
    const [before, after] = [textOf(expected), textOf(actual)];
    return before === after ? null : { file, problem: 'the text differs', diff: lineDiff(before, after), pictures: [] };
  }
  const { problem, picture } = pixelDiff(expected, actual, tolerance);
  if (problem === null) return null;
  const difference = picture ? [{ caption: 'difference' as const, bytes: picture }] : [];
  return {
    file,
    problem,
    diff: null,
    pictures: [{ caption: 'expected', bytes: expected }, { caption: 'actual', bytes: actual }, ...difference],
  };
};

const missing = (file: string, actual: Uint8Array): ReportEntry => {
  const problem = 'there is no such golden yet; PLATEN_UPDATE_GOLDENS=1 writes it';
  return isPicture(file)
    ? { file, problem, diff: null, pictures: [{ caption: 'actual', bytes: actual }] }
    : { file, problem, diff: lineDiff('', textOf(actual)), pictures: [] };
};

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Pictures that agree within the tolerance stay as they are, so that an update touches only what changed. */
const writeIfDifferent = (path: string, bytes: Uint8Array, tolerance: PixelTolerance): void => {
  const before = readIfThere(path);
  if (before && !compare(path, before, bytes, tolerance)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
};
