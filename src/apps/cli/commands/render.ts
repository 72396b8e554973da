import { resolve } from 'node:path';
import { openFolderSink } from '../../../drivers/store/folder-sink.ts';
import type { Manifest } from '../../../model/manifest.ts';
import { produce } from '../../../produce/produce.ts';
import { EXIT } from '../exit-codes.ts';
import { packageVersion } from '../package-version.ts';
import { type Environment, runOnSpec, type SpecFlags } from '../run-command.ts';
import type { SpecText } from '../spec-text.ts';
import { findingLines, type Terminal } from '../terminal.ts';

export type RenderFlags = SpecFlags & {
  readonly out: string;
  readonly only?: 'production' | 'preview' | 'mockup';
  readonly force?: boolean;
};

/** `platen render`: one spec to production files, previews and a manifest in a folder. */
export const renderCommand = (environment: Environment, path: string, flags: RenderFlags): Promise<number> =>
  runOnSpec(environment, path, flags, async ({ spec, text, resources, terminal }) => {
    const folder = resolve(environment.cwd, flags.out);
    const manifest = await produce(spec, resources, openFolderSink(folder), {
      signal: environment.signal,
      version: packageVersion(),
      force: flags.force === true,
      ...(flags.only ? { only: flags.only } : {}),
      onProgress: ({ step, name, done, total }) => {
        terminal.status(`${step}${name ? ` ${name}` : ''} ${done}/${total}`);
        terminal.event({ event: 'progress', step, ...(name ? { name } : {}), done, total });
      },
    });
    report(manifest, { folder, forced: flags.force === true }, text, terminal);
    return manifest.status === 'refused' ? EXIT.failed : EXIT.done;
  });

type Asked = { readonly folder: string; readonly forced: boolean };

const report = (manifest: Manifest, { folder, forced }: Asked, text: SpecText, terminal: Terminal): void => {
  for (const finding of manifest.findings) {
    for (const line of findingLines(finding, text)) terminal.say(line);
    terminal.event({ event: 'finding', ...finding });
  }
  for (const artifact of manifest.artifacts) terminal.event({ event: 'artifact', ...artifact });
  terminal.event({ event: 'done', status: manifest.status, folder, artifacts: manifest.artifacts.length });
  if (manifest.status === 'refused') {
    terminal.complain(refusal(forced));
    return;
  }
  if (terminal.json) return;
  for (const { name, bytes, widthPx, heightPx, widthMm, heightMm } of manifest.artifacts) {
    const px = widthPx === undefined ? '' : ` ${widthPx}x${heightPx} px`;
    const mm = widthMm === undefined ? '' : ` ${widthMm}x${heightMm} mm`;
    terminal.say(`  ${name}${px}${mm} ${sizeText(bytes)}`);
  }
  if (!terminal.quiet) terminal.print(folder);
};

/** Whoever forced it already is not told to. */
const refusal = (forced: boolean): string =>
  forced
    ? 'refused: not even by force can this be made. Mend the errors above.'
    : 'refused: nothing was made. Mend the errors above, or use --force where the result would still be a valid file.';

const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
