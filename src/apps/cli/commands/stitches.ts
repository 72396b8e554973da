import { open, readFile } from 'node:fs/promises';
import { basename, extname, relative, resolve } from 'node:path';
import { Problem } from '../../../model/problem.ts';
import { STITCH_FORMATS, type StitchFormat, stitchFormatOf } from '../../../stitch/formats/formats.ts';
import { readInf, withThreads, writeInf } from '../../../stitch/formats/inf.ts';
import type { StitchReading, StitchWarning } from '../../../stitch/formats/read-result.ts';
import { MAX_STITCH_FILE_BYTES, readStitches } from '../../../stitch/formats/read-stitches.ts';
import { type StitchFacts, stitchFacts } from '../../../stitch/formats/stitch-facts.ts';
import type { StitchPlan } from '../../../stitch/plan.ts';
import { EXIT } from '../exit-codes.ts';
import { type Environment, type OutputFlags, runCommand } from '../run-command.ts';
import { blockLine, counted } from '../stitch-lines.ts';
import type { Terminal } from '../terminal.ts';
import { writeAllWhole } from '../write-whole.ts';

export type ConvertFlags = OutputFlags & {
  readonly output: string;
  /** Id of a format; default: by the ending of the output. */
  readonly format?: string;
  readonly name?: string;
};

const MOST_INF_BYTES = 1024 * 1024;

/** The size is looked at before the bytes are. */
const readLimited = async (path: string): Promise<Uint8Array> => {
  const file = await open(path).catch((cause: unknown) => {
    throw new Problem('file.unreadable', `expected a stitch file, got no readable file: ${path}`, { cause });
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new Problem('file.unreadable', `expected a stitch file, got something that is no file: ${path}`);
    if (stat.size > MAX_STITCH_FILE_BYTES) {
      throw new Problem('file.too-large', `expected at most ${MAX_STITCH_FILE_BYTES} bytes, got ${stat.size}: ${path}`);
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
};

const besideOf = (path: string): string => `${path.slice(0, path.length - extname(path).length)}.inf`;

/** An EXP file with the colours that lie beside it, when they do. */
const withColours = async (reading: StitchReading, path: string): Promise<StitchReading> => {
  const bytes = await readFile(besideOf(path)).catch(() => null);
  if (bytes === null || bytes.length > MOST_INF_BYTES) return reading;
  const threads = readInf(bytes);
  const known = threads.length >= reading.plan.blocks.length;
  const warnings = known ? reading.warnings.filter(({ code }) => code !== 'stitches.no-colours') : reading.warnings;
  return { ...reading, plan: withThreads(reading.plan, threads), warnings: [...warnings, ...cutOff(reading.plan, threads.length)] };
};

/** EXP has no end mark: colours that are never sewn are the one sign that a file was cut off. */
const cutOff = ({ blocks }: StitchPlan, colours: number): readonly StitchWarning[] => {
  if (colours <= blocks.length) return [];
  const message = `the INF file beside it has ${counted(colours, 'colour')}, of which the EXP file sews ${blocks.length}: it may have been cut off`;
  return [{ code: 'stitches.cut-off', message }];
};

/** A machine file on disk, EXP with the colours beside it. @throws Problem as `readStitches`, `file.unreadable`, `file.too-large` */
export const readStitchFile = async (path: string, { cwd }: Environment): Promise<StitchReading> => {
  const full = resolve(cwd, path);
  const reading = readStitches(await readLimited(full), basename(full));
  return reading.format === 'exp' ? withColours(reading, full) : reading;
};

export const tellWarnings = (warnings: readonly StitchWarning[], terminal: Terminal): void => {
  for (const { code, message } of warnings) {
    terminal.say(`  warning ${code}: ${message}`);
    terminal.event({ event: 'warning', code, message });
  }
};

const factLines = ({ format, name }: StitchReading, facts: StitchFacts): readonly string[] => {
  const { widthMm, heightMm, stitches, trims, jumps, changes, stops, minutes, threadMm, extents } = facts;
  const { left, right, top, bottom } = extents;
  return [
    `${format.toUpperCase()}${name === '' ? '' : ` "${name}"`}: ${widthMm.toFixed(1)} x ${heightMm.toFixed(1)} mm, ${counted(stitches, 'stitch', 'stitches')}`,
    `  ${counted(changes, 'colour change')}, ${counted(stops, 'stop')}, ${counted(trims, 'trim')}, ${counted(jumps, 'uncut way')}`,
    `  from the start: ${(-left).toFixed(1)} mm left, ${right.toFixed(1)} right, ${(-top).toFixed(1)} up, ${bottom.toFixed(1)} down`,
    `  about ${minutes.toFixed(1)} min and ${(threadMm / 1000).toFixed(1)} m of upper thread`,
    ...facts.blocks.map(blockLine),
  ];
};

/** `platen stitches info`: what a machine file holds. */
export const stitchInfoCommand = (environment: Environment, path: string, flags: OutputFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const reading = await readStitchFile(path, environment);
    const facts = stitchFacts(reading.plan);
    if (terminal.json) terminal.event({ event: 'stitches', file: path, format: reading.format, name: reading.name, ...facts });
    else for (const line of factLines(reading, facts)) terminal.print(line);
    tellWarnings(reading.warnings, terminal);
    return EXIT.done;
  });

const formatFor = ({ output, format }: ConvertFlags): StitchFormat => {
  const found = stitchFormatOf(format ?? basename(output));
  if (found) return found;
  const ids = STITCH_FORMATS.map(({ id }) => id).join(', ');
  throw new Problem('usage.invalid', `expected an output that ends in a stitch format (${ids}), got "${basename(output).slice(0, 64)}"`, {
    hint: 'Or name the format with --format.',
  });
};

const lossNote = ({ id, carriesColours }: StitchFormat): string | null => {
  if (id === 'exp') return 'EXP carries no colours; they are in the INF file beside it';
  if (carriesColours === 'none') return `${id.toUpperCase()} carries no colours: give the operator the list of threads`;
  return carriesColours === 'nearest' ? 'this format knows its threads by number only: the nearest were taken' : null;
};

/** A machine file starts where the one before did; a plan has no start, so it is put in the middle. */
const bytesOf = (plan: StitchPlan, { format }: StitchReading, target: StitchFormat, name: string): Uint8Array =>
  target.write(plan, { name, ...(format === 'json' ? {} : { origin: { x: 0, y: 0 } }) });

/** `platen stitches convert`: a machine file for another machine. */
export const convertStitchesCommand = (environment: Environment, path: string, flags: ConvertFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const target = formatFor(flags);
    const reading = await readStitchFile(path, environment);
    const name = flags.name ?? (reading.name === '' ? basename(path, extname(path)) : reading.name);
    const data = bytesOf(reading.plan, reading, target, name);
    const output = resolve(environment.cwd, flags.output);
    const files = [output, ...(target.id === 'exp' ? [besideOf(output)] : [])];
    environment.signal.throwIfAborted();
    await writeAllWhole(files.map((file, i) => ({ path: file, data: i === 0 ? data : writeInf(reading.plan) })));
    tellWarnings(reading.warnings, terminal);
    const note = lossNote(target);
    if (note !== null) terminal.say(`  ${note}`);
    terminal.event({ event: 'done', format: target.id, bytes: data.length, files: files.map((file) => relative(environment.cwd, file)) });
    if (!terminal.json && !terminal.quiet) for (const file of files) terminal.print(file);
    return EXIT.done;
  });
