import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { openFontLibrary } from '../../../drivers/resources/font-library.ts';
import { isProblem } from '../../../model/problem.ts';
import { EXIT } from '../exit-codes.ts';
import { packageVersion } from '../package-version.ts';
import { checkProductFolder, productIdsIn, readProductRecords } from '../product-folder.ts';
import { type Environment, type OutputFlags, runCommand } from '../run-command.ts';
import { libraryFolders, openLibrary } from '../session.ts';
import { serviceLooks } from './diagnose-service.ts';

type Diagnosis = { readonly name: string; readonly ok: boolean; readonly detail: string };

const MIN_NODE = [20, 19] as const;

const diagnose = async (name: string, look: () => Promise<string>): Promise<Diagnosis> => {
  try {
    return { name, ok: true, detail: await look() };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
};

const checkNode = async (): Promise<string> => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantMajor, wantMinor] = MIN_NODE;
  if (major < wantMajor || (major === wantMajor && minor < wantMinor))
    throw new Error(`expected Node ${MIN_NODE.join('.')} or newer, got ${process.version}`);
  return process.version;
};

/** What is wrong with a product, in words: as `products check` finds it. */
const troublesOf = async (dir: string, id: string, deep: boolean): Promise<readonly string[]> => {
  try {
    if (!deep) {
      await readProductRecords(join(dir, id));
      return [];
    }
    const { findings } = await checkProductFolder(join(dir, id));
    return findings.filter(({ severity }) => severity === 'error').map(({ pointer, message }) => `${id} ${pointer}: ${message}`);
  } catch (error) {
    if (!isProblem(error)) throw error;
    return [`${id}: ${error.message}`];
  }
};

export type DoctorFlags = OutputFlags & { readonly deep?: boolean };

/** `platen doctor`: is everything Platen needs here, and does it work? */
export const doctorCommand = (environment: Environment, flags: DoctorFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const folders = libraryFolders(environment.env);
    const diagnoses: Diagnosis[] = [
      await diagnose('platen', async () => packageVersion()),
      await diagnose('node', checkNode),
      await diagnose('fonts', async () => {
        const library = await openFontLibrary(folders.fonts);
        const faces = library.list();
        for (const { family, weight, italic } of faces) await library.find({ family, weight, italic });
        return `${faces.length} faces, every digest right (${folders.fonts})`;
      }),
      await diagnose('products', async () => {
        const dir = join(folders.templates, 'products');
        const ids = await productIdsIn(dir);
        const troubles: string[] = [];
        for (const id of ids) troubles.push(...(await troublesOf(dir, id, flags.deep === true)));
        if (troubles.length > 0) throw new Error(troubles.join('; '));
        return `${ids.length} products in order${flags.deep ? ', pictures too' : ''} (${dir})`;
      }),
      await diagnose('profiles', async () => {
        const library = await openLibrary(folders, environment.cwd);
        try {
          return (await library.profile('fogra39-coated')).description;
        } finally {
          await library.close();
        }
      }),
      await diagnose('sandbox', async () => {
        const library = await openLibrary(folders, environment.cwd);
        try {
          const picture = await library.image(ONE_PIXEL, environment.signal);
          return `decodes pictures in a process of its own (${picture.widthPx}x${picture.heightPx} px)`;
        } finally {
          await library.close();
        }
      }),
      await diagnose('folder', async () => {
        await access(environment.cwd, constants.W_OK);
        return `${environment.cwd} can be written`;
      }),
    ];
    for (const { name, look } of serviceLooks(environment.env, environment.cwd)) diagnoses.push(await diagnose(name, look));
    for (const { name, ok, detail } of diagnoses) {
      if (terminal.json) terminal.event({ event: 'diagnosis', name, ok, detail });
      else terminal.print(`${ok ? 'ok  ' : 'BAD '} ${name.padEnd(9)} ${detail}`);
    }
    return diagnoses.every(({ ok }) => ok) ? EXIT.done : EXIT.failed;
  });

/** A one-pixel PNG, to see a picture go through the sandbox. */
const ONE_PIXEL = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
