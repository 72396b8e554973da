import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type FontFace, openFontLibrary } from '../../../drivers/resources/font-library.ts';
import { METHODS } from '../../../methods/index.ts';
import { hasErrors } from '../../../model/finding.ts';
import { didYouMean } from '../../../model/parse.ts';
import { plural } from '../../../model/plural.ts';
import { isProblem, Problem } from '../../../model/problem.ts';
import type { Resources } from '../../../model/resources.ts';
import { EXIT } from '../exit-codes.ts';
import { checkProductFolder, productIdsIn } from '../product-folder.ts';
import { recordIdsIn } from '../record-folder.ts';
import { type Environment, type OutputFlags, runCommand } from '../run-command.ts';
import { libraryFolders, openLibrary } from '../session.ts';
import { findingLines, problemEvent, type Terminal } from '../terminal.ts';

/** A thing in a list: one line for people, an object for machines. */
type Entry = { readonly id: string; readonly line: string; readonly detail: unknown };

const list = (entries: readonly Entry[], terminal: Terminal): number => {
  const width = Math.max(0, ...entries.map(({ id }) => id.length));
  for (const { id, line, detail } of entries) terminal.print(terminal.json ? JSON.stringify(detail) : `${id.padEnd(width)}  ${line}`);
  return EXIT.done;
};

const show = (entries: readonly Entry[], id: string, what: string, terminal: Terminal): number => {
  const found = entries.find((one) => one.id.toLowerCase() === id.toLowerCase());
  if (!found) {
    const ids = entries.map((one) => one.id);
    throw new Problem(`${what}.unknown`, `expected a ${what} (${ids.join(', ')}), got "${id}"`, { hint: didYouMean(id, ids) });
  }
  terminal.print(JSON.stringify(found.detail, null, terminal.json ? 0 : 2));
  return EXIT.done;
};

const productEntry = async (id: string, library: Resources): Promise<Entry> => {
  const product = await library.product(id);
  const placements = product.placements.map((one) => `${one.id} (${Object.keys(one.methods).join('; ')})`).join(' | ');
  return { id: product.id, line: `${product.name}: ${placements}`, detail: { ...product, views: await library.views(id) } };
};

const paletteEntry = async (id: string, library: Resources): Promise<Entry> => {
  const palette = await library.palette(id);
  const names = palette.swatches.slice(0, 6).map((one) => one.name);
  const more = palette.swatches.length > names.length ? ' …' : '';
  return { id: palette.id, line: `${palette.name} (${palette.swatches.length}): ${names.join(', ')}${more}`, detail: palette };
};

const designEntry = async (id: string, library: Resources): Promise<Entry> => {
  const design = await library.design(id);
  return { id: design.id, line: `${design.name}, on ${design.product}: ${design.fields.map((one) => one.id).join(', ')}`, detail: design };
};

type Record = { readonly what: 'product' | 'palette' | 'design'; readonly read: (id: string, library: Resources) => Promise<Entry> };

/** Records of the library; a folder that is broken is told and left out, the others are listed all the same. */
const recordEntries = async (ids: readonly string[], library: Resources, { what, read }: Record, terminal: Terminal) => {
  const entries: Entry[] = [];
  for (const id of ids) {
    try {
      entries.push(await read(id, library));
    } catch (error) {
      if (!isProblem(error)) throw error;
      terminal.complain(`left out ${id}: ${error.message}`);
      terminal.event({ ...problemEvent(error), [what]: id });
    }
  }
  return entries;
};

export const productsCommand = (environment: Environment, id: string | undefined, flags: OutputFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const folders = libraryFolders(environment.env);
    const library = await openLibrary(folders, environment.cwd);
    try {
      if (id !== undefined) return show([await productEntry(id.toLowerCase(), library)], id, 'product', terminal);
      const ids = await productIdsIn(join(folders.templates, 'products'));
      return list(await recordEntries(ids, library, { what: 'product', read: productEntry }, terminal), terminal);
    } finally {
      await library.close();
    }
  });

export const palettesCommand = (environment: Environment, id: string | undefined, flags: OutputFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const folders = libraryFolders(environment.env);
    const library = await openLibrary(folders, environment.cwd);
    try {
      if (id !== undefined) return show([await paletteEntry(id.toLowerCase(), library)], id, 'palette', terminal);
      const ids = await recordIdsIn(folders.templates, 'palettes');
      return list(await recordEntries(ids, library, { what: 'palette', read: paletteEntry }, terminal), terminal);
    } finally {
      await library.close();
    }
  });

export const designsCommand = (environment: Environment, id: string | undefined, flags: OutputFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const folders = libraryFolders(environment.env);
    const library = await openLibrary(folders, environment.cwd);
    try {
      if (id !== undefined) return show([await designEntry(id.toLowerCase(), library)], id, 'design', terminal);
      const ids = await recordIdsIn(folders.templates, 'designs');
      return list(await recordEntries(ids, library, { what: 'design', read: designEntry }, terminal), terminal);
    } finally {
      await library.close();
    }
  });

/** `platen products check DIR`: is this folder a product Platen can use, and do its pictures fit it? */
export const checkProductCommand = (environment: Environment, folder: string, flags: OutputFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const { product, views, findings } = await checkProductFolder(resolve(environment.cwd, folder));
    for (const finding of findings) {
      if (terminal.json) terminal.event({ event: 'finding', ...finding });
      else for (const line of findingLines(finding, null)) terminal.print(line);
    }
    terminal.event({ event: 'done', product: product.id, placements: product.placements.length, views: views.length });
    terminal.say(
      `${product.id}: ${plural(product.placements.length, 'placement')}, ${plural(views.length, 'view')}, ${plural(findings.length, 'finding')}`,
    );
    return hasErrors(findings) ? EXIT.failed : EXIT.done;
  });

export const fontsCommand = (environment: Environment, family: string | undefined, flags: OutputFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const library = await openFontLibrary(libraryFolders(environment.env).fonts);
    const families = groupFaces(library.list());
    const entries = [...families].map(([name, faces]): Entry => {
      const styles = faces.map((face) => `${face.weight}${face.italic ? ' italic' : ''}`).join(', ');
      const [first] = faces;
      return { id: name, line: `${first?.category ?? ''}; ${first?.scripts.join(' ') ?? ''}; ${styles}`, detail: { family: name, faces } };
    });
    return family === undefined ? list(entries, terminal) : show(entries, family, 'font', terminal);
  });

const groupFaces = (faces: readonly FontFace[]): ReadonlyMap<string, readonly FontFace[]> => {
  const families = new Map<string, FontFace[]>();
  for (const face of faces) families.set(face.family, [...(families.get(face.family) ?? []), face]);
  return families;
};

export const methodsCommand = (environment: Environment, id: string | undefined, flags: OutputFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const entries = METHODS.map((method): Entry => {
      const settings = z.toJSONSchema(method.settings, { io: 'input', unrepresentable: 'any' });
      return { id: method.id, line: method.summary, detail: { id: method.id, title: method.title, summary: method.summary, settings } };
    });
    return id === undefined ? list(entries, terminal) : show(entries, id, 'method', terminal);
  });
