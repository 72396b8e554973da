import { open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeProductFolder } from '../../../drivers/resources/product-writer.ts';
import { openSandbox, PSD_SANDBOX } from '../../../drivers/sandbox/sandbox.ts';
import type { PsdImport, PsdImportOptions } from '../../../intake/psd/import-psd.ts';
import type { PsdNote } from '../../../intake/psd/psd-document.ts';
import { findMethod, METHODS } from '../../../methods/index.ts';
import { didYouMean } from '../../../model/parse.ts';
import { Problem } from '../../../model/problem.ts';
import { EXIT } from '../exit-codes.ts';
import { checkProductFolder } from '../product-folder.ts';
import { type Environment, type OutputFlags, runCommand } from '../run-command.ts';

export type ImportFlags = OutputFlags & {
  readonly id: string;
  readonly name: string;
  readonly placement?: string;
  /** mm. */
  readonly width?: number;
  readonly view: string;
  readonly method?: string;
  readonly out?: string;
  readonly force?: boolean;
};

/** The size is looked at before the bytes are. */
const readLimited = async (path: string, maxBytes: number): Promise<Uint8Array> => {
  const file = await open(path).catch((cause: unknown) => {
    throw new Problem('file.unreadable', `expected a layered picture, got no readable file: ${path}`, { cause });
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new Problem('file.unreadable', `expected a layered picture, got something that is no file: ${path}`);
    if (stat.size > maxBytes) throw new Problem('file.too-large', `expected at most ${maxBytes} bytes, got ${stat.size}: ${path}`);
    return await file.readFile();
  } finally {
    await file.close();
  }
};

const checkMethod = (id: string | undefined): void => {
  const known = METHODS.map((method) => method.id);
  if (id === undefined || findMethod(id)) return;
  throw new Problem('usage.invalid', `expected a method (${known.join(', ')}), got "${id.slice(0, 64)}"`, { hint: didYouMean(id, known) });
};

/** In a process of its own: a file that brings its reader down, or never ends, costs that process only. */
const importApart = async (bytes: Uint8Array, options: PsdImportOptions, { signal }: Environment): Promise<PsdImport> => {
  const sandbox = openSandbox(PSD_SANDBOX);
  try {
    return await sandbox.importPsd(bytes, options, signal);
  } finally {
    sandbox.close();
  }
};

const noteLine = ({ severity, code, layer, message }: PsdNote): string =>
  `  ${severity} ${code}${layer === '' ? '' : ` "${layer}"`}: ${message}`;

/** `platen products import`: a layered mockup picture becomes a product folder. */
export const importPsdCommand = (environment: Environment, path: string, flags: ImportFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    checkMethod(flags.method);
    const { DEFAULT_PSD_LIMITS } = await import('../../../intake/psd/read-psd.ts');
    const bytes = await readLimited(resolve(environment.cwd, path), DEFAULT_PSD_LIMITS.maxBytes);
    const { width: widthMm, id, name, placement, view, method } = flags;
    const { product, notes, psnr, files } = await importApart(bytes, { id, name, placement, widthMm, view, method }, environment);
    environment.signal.throwIfAborted();
    const parent = flags.out ?? join(environment.env.PLATEN_TEMPLATES_DIR ?? 'templates', 'products');
    const folder = await writeProductFolder(resolve(environment.cwd, parent), id, files, flags.force === true);
    await checkProductFolder(folder);
    for (const one of product.placements)
      terminal.say(`${one.id}: ${one.width ?? 0} x ${one.height} mm, ${Object.keys(one.methods).join(', ')}`);
    if (psnr !== null) terminal.say(`light on print: ${psnr.toFixed(1)} dB from the layered picture, over greys from black to white`);
    if (notes.length > 0) terminal.say('Not, or not exactly, carried over:');
    for (const note of notes) {
      terminal.say(noteLine(note));
      terminal.event({ event: 'finding', ...note });
    }
    terminal.event({ event: 'done', product: product.id, folder, lightPsnr: psnr });
    if (!terminal.json && !terminal.quiet) terminal.print(folder);
    return EXIT.done;
  });
