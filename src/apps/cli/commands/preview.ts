import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Problem } from '../../../model/problem.ts';
import { preview } from '../../../produce/preview.ts';
import { type Environment, EXIT, runOnSpec, type SpecFlags } from '../run-command.ts';
import { findingLines } from '../terminal.ts';

export type PreviewFlags = SpecFlags & {
  readonly output: string;
  readonly placement?: string;
  readonly view?: string;
  readonly width: number;
};

/** `platen preview`: one picture, no production files. */
export const previewCommand = (environment: Environment, path: string, flags: PreviewFlags): Promise<number> =>
  runOnSpec(environment, path, flags, async ({ spec, text, resources, terminal }) => {
    const { file, findings, ok } = await preview(spec, resources, {
      view: flags.view,
      placement: flags.placement,
      widthPx: flags.width,
      signal: environment.signal,
    });
    const target = resolve(environment.cwd, flags.output);
    await writeWhole(target, file.data);
    for (const finding of findings) {
      for (const line of findingLines(finding, text)) terminal.say(line);
      terminal.event({ event: 'finding', ...finding });
    }
    terminal.event({ event: 'done', file: target, widthPx: file.widthPx, heightPx: file.heightPx });
    if (!terminal.json && !terminal.quiet) terminal.print(target);
    return ok ? EXIT.done : EXIT.failed;
  });

/** Written beside, then renamed: no half picture is ever found under the name. */
const writeWhole = async (target: string, data: Uint8Array): Promise<void> => {
  const beside = `${target}.partial`;
  try {
    await writeFile(beside, data);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem('output.unwritable', `expected to write ${target}, got: ${reason}`, { cause: error });
  }
};
