import { watch } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { Problem } from '../../../model/problem.ts';
import { type Preview, preview, previewSheet } from '../../../produce/preview.ts';
import { RenderCache } from '../../../produce/render-cache.ts';
import type { PreviewFormat } from '../../../render/raster/encode-pixels.ts';
import { EXIT } from '../exit-codes.ts';
import { type Environment, runOnSpec, type SpecFlags, type SpecJob } from '../run-command.ts';
import { findingLines } from '../terminal.ts';
import { writeWhole } from '../write-whole.ts';

export type PreviewFlags = SpecFlags & {
  readonly output: string;
  readonly placement?: string;
  readonly view?: string;
  readonly sheet?: boolean;
  readonly width?: number;
  readonly height?: number;
  readonly fit?: 'contain' | 'cover';
  readonly watch?: boolean;
};

const USUAL_WIDTH_PX = 800;

const FORMATS: Readonly<Record<string, PreviewFormat>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
  '.avif': 'avif',
};

const formatOf = (output: string, flat: boolean): PreviewFormat => {
  const ending = extname(output).toLowerCase();
  const format = Object.hasOwn(FORMATS, ending) ? FORMATS[ending] : undefined;
  if (!format) throw usage(`expected a file name that ends in ${Object.keys(FORMATS).join(', ')}, got "${basename(output)}"`);
  if (flat && format !== 'png') throw usage(`expected a .png file for flat art, got "${basename(output)}"`, 'or name a --view');
  return format;
};

const usage = (message: string, hint?: string): Problem => new Problem('usage.invalid', message, { hint });

/** Options that would change nothing are mistakes: whoever gave them expects another picture. */
const requireUse = ({ height, fit, sheet }: PreviewFlags, flat: boolean): void => {
  const what = sheet ? 'a sheet' : 'flat art';
  if (height !== undefined && (flat || sheet)) throw usage(`expected no --height for ${what}, whose height follows from its width`);
  if (fit !== undefined && height === undefined)
    throw usage('expected a --height beside --fit, got none', 'the view keeps its proportions');
};

/** `platen preview`: one picture, no production files. */
export const previewCommand = async (environment: Environment, path: string, flags: PreviewFlags): Promise<number> => {
  const cache = new RenderCache();
  try {
    const once = (): Promise<number> => runOnSpec(environment, path, flags, (job) => makePreview(environment, flags, job, cache));
    const code = await once();
    if (!flags.watch || path === '-' || code === EXIT.usage) return code;
    return await again(environment, resolve(environment.cwd, path), once, code);
  } finally {
    cache.dispose();
  }
};

const makePreview = async (environment: Environment, flags: PreviewFlags, job: SpecJob, cache: RenderCache): Promise<number> => {
  const { text, terminal } = job;
  const { file, findings, ok } = await pictureOf(environment, flags, job, cache);
  const target = resolve(environment.cwd, flags.output);
  await writeWhole(target, file.data);
  for (const finding of findings) {
    for (const line of findingLines(finding, text)) terminal.say(line);
    terminal.event({ event: 'finding', ...finding });
  }
  terminal.event({ event: 'done', file: target, widthPx: file.widthPx, heightPx: file.heightPx });
  if (!terminal.json && !terminal.quiet) terminal.print(target);
  return ok ? EXIT.done : EXIT.failed;
};

const pictureOf = ({ signal }: Environment, flags: PreviewFlags, { spec, resources }: SpecJob, cache: RenderCache): Promise<Preview> => {
  // An article without print is shown as its first view.
  const flat = flags.view === undefined && !flags.sheet && spec.placements.length > 0;
  const format = formatOf(flags.output, flat);
  requireUse(flags, flat);
  if (flags.sheet) return previewSheet(spec, resources, { widthPx: flags.width, format, signal, cache });
  const { view, placement, width: widthPx = USUAL_WIDTH_PX, height: heightPx, fit } = flags;
  return preview(spec, resources, { view, placement, widthPx, heightPx, fit, format, signal, cache });
};

/** Changes come in bursts while a file is saved: wait for them to end. */
const SETTLE_MS = 40;

/** Runs `once` after each change of a file until interrupted; the last exit code. Editors replace files, so its folder is watched. */
const again = ({ signal }: Environment, file: string, once: () => Promise<number>, first: number): Promise<number> =>
  new Promise((done) => {
    let code = first;
    let running = Promise.resolve();
    let timer: NodeJS.Timeout | undefined;
    const changes = watch(dirname(file), (_event, name) => {
      if (name !== basename(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(async () => {
          code = signal.aborted ? code : await once();
        });
      }, SETTLE_MS);
    });
    const stop = (): void => {
      clearTimeout(timer);
      changes.close();
      void running.then(() => done(code));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
