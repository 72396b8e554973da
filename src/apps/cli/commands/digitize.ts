import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, relative, resolve } from 'node:path';
import { type Colour, colourFromHex } from '../../../colour/colour.ts';
import { sha256 } from '../../../model/digest.ts';
import type { Finding } from '../../../model/finding.ts';
import { type Palette, parsePalette } from '../../../model/palette.ts';
import { didYouMean } from '../../../model/parse.ts';
import { Problem } from '../../../model/problem.ts';
import type { Resources } from '../../../model/resources.ts';
import { type DigitizedArt, digitizeArt, NOT_SEWN } from '../../../produce/digitize-art.ts';
import { stitchPicture, stitchSheet } from '../../../produce/stitch-outputs.ts';
import { type Hoop, smallestHoop } from '../../../render/stitches/hoops.ts';
import { stitchSvg } from '../../../render/stitches/stitch-svg.ts';
import { FABRICS, type Fabric } from '../../../stitch/fabric.ts';
import { STITCH_FORMATS, type StitchFormat, stitchFormatOf } from '../../../stitch/formats/formats.ts';
import { writeInf } from '../../../stitch/formats/inf.ts';
import { type StitchFacts, stitchFacts } from '../../../stitch/formats/stitch-facts.ts';
import type { StitchPlan, Thread } from '../../../stitch/plan.ts';
import type { StitchRegion } from '../../../stitch/region.ts';
import { EXIT } from '../exit-codes.ts';
import { jsonOf } from '../json-of.ts';
import { type Environment, type OutputFlags, runCommand } from '../run-command.ts';
import { libraryFolders, openLibrary } from '../session.ts';
import { blockLine, counted, remarkLine } from '../stitch-lines.ts';
import type { Terminal } from '../terminal.ts';
import { refuseSamePlaces, type WrittenFile, writeAllWhole } from '../write-whole.ts';
import { digitizeReport } from './digitize-report.ts';
import { explainDigitize } from './explain-digitize.ts';

export type DigitizeFlags = OutputFlags & {
  readonly size: { readonly widthMm: number; readonly heightMm: number };
  readonly output: readonly string[];
  /** Take the words as text, whatever they look like. */
  readonly text?: boolean;
  readonly font: string;
  readonly colour: string;
  /** Id of a palette, a JSON file of one, or 'none'. */
  readonly threads: string;
  readonly colours?: number;
  readonly needles: number;
  readonly fabric: string;
  readonly weight: '30' | '40' | '60' | '75';
  readonly stitch: StitchRegion['stitch'];
  readonly angle?: number;
  readonly background: 'auto' | 'drop' | 'keep';
  readonly name?: string;
  readonly preview?: string;
  readonly dpi: number;
  readonly cloth?: string;
  readonly sheet?: string;
  readonly svg?: string;
  /** Sewing field of the one hoop there is; left out: those of most makers. */
  readonly hoop?: { readonly widthMm: number; readonly heightMm: number };
  readonly report?: string;
};

type Art = {
  readonly layer: Readonly<Record<string, unknown>>;
  readonly folder: string;
  readonly name: string;
  readonly path: string | null;
};

const DRAWINGS: readonly string[] = ['.svg', '.svgz'];
const PICTURES: readonly string[] = ['.png', '.jpg', '.jpeg', '.webp', '.tif', '.tiff'];
/** Files that people send and that cannot be digitised: their names are never meant to be sewn. */
const OTHERS: readonly string[] = ['.ai', '.eps', '.ps', '.pdf', '.psd', '.cdr', '.gif', '.bmp', '.heic', '.avif'].concat(
  STITCH_FORMATS.map(({ extension }) => `.${extension}`),
);

/** `platen digitize`: a drawing, a flat picture or a text to machine files. Nothing is written unless everything can be. */
export const digitizeCommand = (environment: Environment, words: string, flags: DigitizeFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const formats = flags.output.map((path) => ({ path: resolve(environment.cwd, path), format: formatFor(path) }));
    const art = await artOf(words, flags, environment);
    refuseSamePlaces(placesOf(formats, flags, environment), art.path);
    const resources = await openLibrary(libraryFolders(environment.env), art.folder);
    try {
      const palette = await paletteOf(flags.threads, resources, environment);
      const fabric = fabricOf(flags.fabric);
      const made = await digitizeArt(requestOf(art, flags, palette, fabric), resources, environment.signal).catch(
        async (error: unknown) => {
          throw await explainDigitize(error, words, libraryFolders(environment.env).fonts);
        },
      );
      const facts = stitchFacts(made.plan);
      refuseTooMany(facts, flags, formats);
      const hoop = hoopOf(facts, flags);
      const files = await filesOf(made.plan, art, flags, formats, resources, environment);
      if (flags.report !== undefined)
        files.push({
          path: resolve(environment.cwd, flags.report),
          data: await digitizeReport(made, fabric, hoop?.name ?? null, environment.signal),
        });
      environment.signal.throwIfAborted();
      await writeAllWhole(files);
      tell(made, facts, fabric, hoop, terminal);
      const names = files.map(({ path }) => relative(environment.cwd, path));
      terminal.event({ event: 'done', files: names });
      if (!terminal.json && !terminal.quiet) for (const name of names) terminal.print(name);
      return EXIT.done;
    } finally {
      await resources.close();
    }
  });

const formatFor = (path: string): StitchFormat => {
  const found = stitchFormatOf(basename(path));
  if (found && extname(path) !== '') return found;
  const endings = [...new Set(STITCH_FORMATS.map(({ extension }) => extension))].join(', ');
  throw new Problem('usage.invalid', `expected an output that ends in ${endings}, got "${basename(path).slice(0, 64)}"`);
};

/** What the words name: a file by its ending or because there is one, else a text. */
const artOf = async (words: string, flags: DigitizeFlags, { cwd }: Environment): Promise<Art> => {
  if (words.trim() === '') throw new Problem('usage.invalid', 'expected a drawing, a picture or a text, got an empty text');
  const ending = extname(words).toLowerCase();
  const full = resolve(cwd, words);
  const looksLikeFile = DRAWINGS.includes(ending) || [...PICTURES, ...OTHERS].includes(ending) || /^\.{0,2}\/\S*$/.test(words);
  const found = flags.text ? null : await stat(full).catch(() => null);
  if (flags.text || !(found || looksLikeFile)) return { layer: textLayer(words, flags), folder: cwd, name: textName(words), path: null };
  if (!found?.isFile() || OTHERS.includes(ending)) {
    const got = found?.isFile() ? 'a file of another kind' : 'no readable file';
    throw new Problem('file.unreadable', `expected a drawing or a picture (SVG, PNG, JPEG, WebP, TIFF), got ${got}: ${words}`, {
      hint: '--text sews these words as they are.',
    });
  }
  const source = basename(full);
  const isDrawing = DRAWINGS.includes(ending) || (!PICTURES.includes(ending) && (await startsAsXml(full)));
  const layer = isDrawing ? { type: 'svg', source, fit: 'contain' } : { type: 'image', source, fit: 'contain' };
  return { layer, folder: dirname(full), name: basename(source, extname(source)), path: full };
};

const startsAsXml = async (path: string): Promise<boolean> =>
  (await readFile(path)).subarray(0, 256).toString('latin1').trimStart().startsWith('<');

/** Of the design, for displays of machines. */
const textName = (words: string): string => words.replace(/\s+/g, ' ').trim().slice(0, 32);

const textLayer = (words: string, { font, colour, size }: DigitizeFlags): Art['layer'] => {
  const text = words.replaceAll('\\n', '\n');
  if (text.trim() === '') throw new Problem('usage.invalid', 'expected a drawing, a picture or a text, got an empty text');
  const [, family = font, weight = '400', slope] = /^(.*?)(?::(\d{1,4}))?(:italic)?$/.exec(font) ?? [];
  const heightMm = Math.max(1, size.heightMm);
  return {
    type: 'text',
    text,
    font: { family, weight: Number(weight), italic: slope !== undefined },
    emoji: false,
    size: heightMm,
    fit: { mode: 'shrink', minSize: 0.1 },
    fill: colour,
  };
};

const paletteOf = async (name: string, resources: Resources, { cwd }: Environment): Promise<Palette | null> => {
  if (name === 'none') return null;
  if (!name.toLowerCase().endsWith('.json')) return threadsOnly(await resources.palette(name));
  const text = await readFile(resolve(cwd, name), 'utf8').catch((cause: unknown) => {
    throw new Problem('file.unreadable', `expected a palette of threads, got no readable file: ${name}`, { cause });
  });
  return threadsOnly(parsePalette(jsonOf(text, name)));
};

const threadsOnly = (palette: Palette): Palette => {
  if (palette.kind === 'thread') return palette;
  throw new Problem('usage.invalid', `expected a palette of threads, got "${palette.id}", which is of kind ${palette.kind}`, {
    hint: '`platen palettes list` shows them.',
  });
};

const fabricOf = (id: string): Fabric => {
  const found = FABRICS.find((one) => one.id === id);
  if (found) return found;
  const ids = FABRICS.map((one) => one.id);
  throw new Problem('usage.invalid', `expected a fabric (${ids.join(', ')}), got "${id.slice(0, 64)}"`, { hint: didYouMean(id, ids) });
};

const WEIGHTS: Readonly<Record<DigitizeFlags['weight'], Thread['weight']>> = { '30': 30, '40': 40, '60': 60, '75': 75 };

const requestOf = ({ layer }: Art, flags: DigitizeFlags, palette: Palette | null, fabric: Fabric) => ({
  layer,
  ...flags.size,
  palette,
  fabric,
  weight: WEIGHTS[flags.weight],
  stitch: flags.stitch,
  background: flags.background,
  ...clothOf(flags),
  ...(flags.colours === undefined ? {} : { maxThreads: flags.colours }),
  ...(flags.angle === undefined ? {} : { angleDeg: flags.angle }),
});

const clothOf = ({ cloth }: DigitizeFlags): { readonly cloth?: Colour } => {
  const colour = colourFromHex(cloth ?? '');
  return colour ? { cloth: colour } : {};
};

type Output = { readonly path: string; readonly format: StitchFormat };

const refuseTooMany = ({ blocks, changes, stops }: StitchFacts, { needles }: DigitizeFlags, outputs: readonly Output[]): void => {
  const colours = new Set(blocks.map(({ thread }) => `${thread.colour} ${thread.code} ${thread.name}`)).size;
  if (colours > needles) {
    throw new Problem('digitize.too-many-colours', `expected at most ${needles} threads for the needles, got ${colours}`, {
      hint: `Take rarer colours together with --colours ${needles}, or say how many needles there are with --needles.`,
    });
  }
  for (const { format } of outputs) {
    if (format.maxChanges === null || changes + stops <= format.maxChanges) continue;
    throw new Problem(
      'digitize.too-many-changes',
      `expected at most ${format.maxChanges} colour changes for ${format.id.toUpperCase()}, got ${changes + stops}`,
      { hint: 'Use fewer colours, or another format.' },
    );
  }
};

const hoopsOf = ({ hoop }: DigitizeFlags): readonly Hoop[] | undefined =>
  hoop && [{ ...hoop, name: `${hoop.widthMm} x ${hoop.heightMm} mm` }];

/** The smallest hoop for a design, null when no usual one holds it. @throws Problem where the hoop that was named does not */
const hoopOf = ({ widthMm, heightMm }: StitchFacts, flags: DigitizeFlags): Hoop | null => {
  const hoops = hoopsOf(flags);
  const found = smallestHoop(widthMm, heightMm, hoops);
  if (found || !hoops) return found;
  const sewn = `${widthMm.toFixed(1)} x ${heightMm.toFixed(1)} mm`;
  throw new Problem('digitize.hoop', `expected a design that the hoop of ${hoops[0]?.name} holds, got ${sewn} of stitches`, {
    hint: 'Threads reach up to half a millimetre beyond the art: make --size a little smaller, or name a larger --hoop.',
  });
};

/** Every file that is going to be written. */
const placesOf = (outputs: readonly Output[], { preview, svg, sheet, report }: DigitizeFlags, { cwd }: Environment): readonly string[] => [
  ...outputs.flatMap(({ path, format }) => (format.id === 'exp' ? [path, besideOf(path)] : [path])),
  ...[preview, svg, sheet, report].flatMap((path) => (path === undefined ? [] : [resolve(cwd, path)])),
];

const besideOf = (path: string): string => `${path.slice(0, path.length - extname(path).length)}.inf`;

const filesOf = async (
  plan: StitchPlan,
  art: Art,
  flags: DigitizeFlags,
  outputs: readonly Output[],
  resources: Resources,
  { cwd, signal }: Environment,
): Promise<WrittenFile[]> => {
  const name = flags.name ?? art.name;
  const cloth = flags.cloth ?? null;
  const files: WrittenFile[] = [];
  for (const { path, format } of outputs) {
    files.push({ path, data: format.write(plan, { name }) });
    if (format.id === 'exp') files.push({ path: besideOf(path), data: writeInf(plan) });
  }
  const machines = files.length;
  if (flags.preview !== undefined) {
    files.push({ path: resolve(cwd, flags.preview), data: await stitchPicture(plan, { dpi: flags.dpi, cloth }, signal) });
  }
  if (flags.svg !== undefined) files.push({ path: resolve(cwd, flags.svg), data: stitchSvg(plan, { title: name }) });
  if (flags.sheet !== undefined) {
    const made = files.slice(0, machines).map((file) => ({ name: basename(file.path), sha256: sha256(file.data) }));
    const hoops = hoopsOf(flags);
    const facts = {
      ...(hoops ? { hoops } : {}),
      title: name,
      label: '',
      placement: '',
      date: '',
      fabric: flags.fabric,
      articleColour: cloth,
      notes: [],
      files: made,
    };
    files.push({ path: resolve(cwd, flags.sheet), data: await stitchSheet(plan, facts, resources, signal) });
  }
  return files;
};

const tell = (made: DigitizedArt, facts: StitchFacts, fabric: Fabric, hoop: Hoop | null, terminal: Terminal): void => {
  const { widthMm, heightMm, stitches, trims, changes, minutes, threadMm, blocks } = facts;
  const { findings, remarks, regions, pictures, refused } = made;
  terminal.event({ event: 'stitches', fabric: fabric.id, hoop: hoop?.name ?? null, ...facts });
  terminal.say(`  ${widthMm.toFixed(1)} x ${heightMm.toFixed(1)} mm, ${counted(stitches, 'stitch', 'stitches')} on ${fabric.id}`);
  terminal.say(`  ${counted(changes, 'colour change')}, ${counted(trims, 'trim')}`);
  terminal.say(
    `  about ${minutes.toFixed(1)} min and ${(threadMm / 1000).toFixed(1)} m of upper thread; hoop: ${hoop?.name ?? 'none fits'}`,
  );
  blocks.forEach((block, i) => {
    terminal.say(blockLine(block, i));
  });
  const warn = (code: string, message: string): void => {
    terminal.say(`  warning ${code}: ${message}`);
    terminal.event({ event: 'warning', code, message });
  };
  if (!hoop) warn('digitize.hoop', 'larger than the usual hoops');
  for (const { code, message } of findings.filter(isTold)) warn(code, message);
  for (const { trace } of pictures) {
    if (trace.kind === 'flat' && trace.dropped)
      warn('digitize.background', 'the background of the picture was left out; --background keep sews it');
  }
  for (const { reason } of refused) warn('digitize.left-out', `${NOT_SEWN[reason]} cannot be sewn and was left out`);
  for (const { line, count } of remarkLines(remarks, regions)) warn(line.code, `${line.message}${count > 1 ? ` (${count} places)` : ''}`);
};

const isTold = ({ severity }: Finding): boolean => severity !== 'info';

/** One line for each kind of remark: the worst of its places. */
const remarkLines = (remarks: DigitizedArt['remarks'], regions: readonly StitchRegion[]) => {
  const kinds = [...new Set(remarks.map(({ code }) => code))];
  return kinds.flatMap((code) => {
    const all = remarks.filter((remark) => remark.code === code);
    const off = ({ measured, required }: (typeof all)[number]): number => Math.abs(measured - required);
    const worst = all.reduce((most, one) => (off(one) > off(most) ? one : most));
    return [{ line: { code, message: remarkLine(worst, regions[worst.region]?.label ?? '') }, count: all.length }];
  });
};
