import { basename, extname, relative, resolve } from 'node:path';
import { stitchPicture } from '../../../produce/stitch-outputs.ts';
import { stitchSvg } from '../../../render/stitches/stitch-svg.ts';
import { EXIT } from '../exit-codes.ts';
import { type Environment, type OutputFlags, runCommand } from '../run-command.ts';
import { refuseSamePlaces, type WrittenFile, writeAllWhole } from '../write-whole.ts';
import { readStitchFile, tellWarnings } from './stitches.ts';

export type ViewFlags = OutputFlags & {
  readonly output?: string;
  readonly dpi: number;
  readonly cloth?: string;
  /** True: under a name of its own, and no picture unless one is named. */
  readonly svg?: string | true;
};

/** `platen stitches view`: a machine file as it looks sewn, or the way of its needle. */
export const viewStitchesCommand = (environment: Environment, path: string, flags: ViewFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const { cwd, signal } = environment;
    const reading = await readStitchFile(path, environment);
    const stem = basename(path, extname(path));
    const files: WrittenFile[] = [];
    if (flags.output !== undefined || flags.svg === undefined) {
      const data = await stitchPicture(reading.plan, { dpi: flags.dpi, cloth: flags.cloth ?? null }, signal);
      files.push({ path: resolve(cwd, flags.output ?? `${stem}-stitches.png`), data });
    }
    if (flags.svg !== undefined) {
      const data = stitchSvg(reading.plan, { title: reading.name === '' ? stem : reading.name });
      files.push({ path: resolve(cwd, flags.svg === true ? `${stem}-path.svg` : flags.svg), data });
    }
    signal.throwIfAborted();
    refuseSamePlaces(
      files.map(({ path: target }) => target),
      resolve(cwd, path),
    );
    await writeAllWhole(files);
    tellWarnings(reading.warnings, terminal);
    const names = files.map(({ path: target }) => relative(cwd, target));
    terminal.event({ event: 'done', format: reading.format, files: names });
    if (!terminal.json && !terminal.quiet) for (const name of names) terminal.print(name);
    return EXIT.done;
  });
