import { Command, InvalidArgumentError, Option } from 'commander';
import { TABLE_ENCODINGS } from '../../intake/csv/decode-table-text.ts';
import { MAX_LENGTH_MM, parseLength } from '../../model/length.ts';
import { addBatchCommands } from './add-batch-commands.ts';
import { addDigitizeCommand } from './add-digitize-command.ts';
import { addGangCommand } from './add-gang-command.ts';
import { addStitchesCommands } from './add-stitches-commands.ts';
import { EXIT } from './exit-codes.ts';
import { type Finish, flagged, wholeNumber } from './option-values.ts';
import { packageVersion } from './package-version.ts';
import type { Environment, OutputFlags } from './run-command.ts';
import { addServiceCommands } from './service-commands.ts';

const aboutSpec = (command: Command): Command =>
  flagged(command.argument('<spec>', 'design spec, or - for standard input')).option(
    '--assets <folder>',
    'where asset: sources are (default: PLATEN_ASSETS_DIR, or a folder "assets" beside the spec or above it)',
  );

const idText = (text: string): string => {
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(text)) return text;
  throw new InvalidArgumentError(`expected an id of small letters, digits and hyphens, got "${text}"`);
};

const lengthText = (text: string): number => {
  const mm = parseLength(text);
  if (mm !== null && mm > 0 && mm <= MAX_LENGTH_MM) return mm;
  throw new InvalidArgumentError(`expected a length above zero such as 200mm or 8in, got "${text}"`);
};

const listAndShow = (
  program: Command,
  name: string,
  what: string,
  run: (id: string | undefined, flags: OutputFlags) => Promise<void>,
): Command => {
  const group = program.command(name).description(`list ${what}, or show one`);
  flagged(group.command('list', { isDefault: true }).description(`all ${what}`)).action((flags: OutputFlags) => run(undefined, flags));
  flagged(group.command('show').argument('<id>').description('one, as JSON')).action((id: string, flags: OutputFlags) => run(id, flags));
  return group;
};

/** The whole command line on one screen. `finish` receives the exit code of the command that ran. */
export const buildProgram = (environment: Environment, finish: Finish): Command => {
  const program = new Command('platen')
    .description('Turns personalised order lines into previews and print-ready files.')
    .version(packageVersion())
    .showHelpAfterError('(platen --help shows how)')
    .showSuggestionAfterError()
    .exitOverride((error) => {
      throw Object.assign(error, { exitCode: error.exitCode === 0 ? EXIT.done : EXIT.usage });
    })
    .configureOutput({
      writeOut: (text) => {
        environment.out.write(text);
      },
      writeErr: (text) => {
        environment.err.write(text);
      },
    });

  aboutSpec(program.command('render').description('one spec to production files'))
    .option('--out <folder>', 'where the files go', 'out')
    .addOption(new Option('--only <role>', 'make only these').choices(['production', 'preview', 'mockup']))
    .option('--force', 'make files although findings of severity error stand')
    .action(async (spec: string, flags) => finish(await (await import('./commands/render.ts')).renderCommand(environment, spec, flags)));

  aboutSpec(program.command('preview').description('one picture: a mockup view, all of them, or the flat art'))
    .requiredOption('-o, --output <file>', 'picture to write; its ending says the format: png, jpg, webp, avif')
    .addOption(new Option('--view <id>', 'mockup view of the product').conflicts('placement'))
    .addOption(new Option('--sheet', 'all mockup views in one picture').conflicts(['view', 'placement']))
    .option('--placement <id>', 'flat art of this placement, as PNG (default: the first of the spec)')
    .option('--width <px>', 'width of the picture in pixels (default: 800; of a whole sheet: about 1600)', wholeNumber(16, 4000))
    .option('--height <px>', 'height of a view in pixels (default: what the width makes of it)', wholeNumber(16, 4000))
    .addOption(new Option('--fit <how>', 'what to do when a height asks for other proportions').choices(['contain', 'cover']))
    .option('--watch', 'make it again whenever the spec file changes, until interrupted')
    .action(async (spec: string, flags) => finish(await (await import('./commands/preview.ts')).previewCommand(environment, spec, flags)));

  aboutSpec(program.command('check').description('preflight only'))
    .option('--fix <file>', 'write the spec with everything mended that can be mended safely')
    .action(async (spec: string, flags) => finish(await (await import('./commands/check.ts')).checkCommand(environment, spec, flags)));

  addBatchCommands(program, environment, finish);
  addGangCommand(program, environment, finish);
  addDigitizeCommand(program, environment, finish);
  addStitchesCommands(program, environment, finish);

  const products = listAndShow(program, 'products', 'products', async (id, flags) =>
    finish(await (await import('./commands/library.ts')).productsCommand(environment, id, flags)),
  );
  flagged(products.command('check').argument('<folder>').description('is this folder a product Platen can use?')).action(
    async (folder: string, flags) => finish(await (await import('./commands/library.ts')).checkProductCommand(environment, folder, flags)),
  );
  flagged(
    products
      .command('import')
      .argument('<picture>', 'layered mockup (PSD) with a smart object')
      .description('a layered mockup as a product'),
  )
    .requiredOption('--id <id>', 'of the new product', idText)
    .requiredOption('--name <name>', 'of the new product')
    .option('--placement <id>', 'of its (first) print area', idText)
    .option('--width <length>', 'trim width of that area, such as 200mm', lengthText)
    .option('--view <id>', 'of the picture', idText, 'front')
    .option('--method <id>', 'decoration method of the print areas')
    .option('--out <folder>', 'where product folders are (default: PLATEN_TEMPLATES_DIR/products, or templates/products)')
    .option('--force', 'replace a product of that id')
    .action(async (picture: string, flags) =>
      finish(await (await import('./commands/import-psd.ts')).importPsdCommand(environment, picture, flags)),
    );
  listAndShow(program, 'fonts', 'font families', async (id, flags) =>
    finish(await (await import('./commands/library.ts')).fontsCommand(environment, id, flags)),
  );
  listAndShow(program, 'methods', 'decoration methods', async (id, flags) =>
    finish(await (await import('./commands/library.ts')).methodsCommand(environment, id, flags)),
  );
  listAndShow(program, 'palettes', 'palettes of foils, vinyls, inks and threads', async (id, flags) =>
    finish(await (await import('./commands/library.ts')).palettesCommand(environment, id, flags)),
  );

  const designs = listAndShow(program, 'designs', 'designs', async (id, flags) =>
    finish(await (await import('./commands/library.ts')).designsCommand(environment, id, flags)),
  );
  flagged(designs.command('check').argument('<id>').description('will every order of this design work?')).action(
    async (id: string, flags) => finish(await (await import('./commands/designs.ts')).checkDesignCommand(environment, id, flags)),
  );
  flagged(designs.command('fill').argument('<id>').description('answers and data to a design spec'))
    .option('--answers <file>', 'JSON of answers by field, or - for standard input')
    .option('--data <file>', 'JSON of what the business knows')
    .option('--set <name=value...>', 'one answer; may come again')
    .option('--sample', 'take what is missing from the first example of the design')
    .option('--explain', 'say which rule chose what')
    .option('-o, --output <file>', 'where the spec goes (default: standard output)')
    .action(async (id: string, flags) => finish(await (await import('./commands/designs.ts')).fillDesignCommand(environment, id, flags)));
  flagged(
    designs
      .command('table')
      .argument('<design>', 'its id, or the path of its design.json')
      .argument('<rule>')
      .argument('<csv>', 'or - for standard input'),
  )
    .description('a spreadsheet saved as CSV becomes the table of a rule, in the file of the design')
    .option('--keys <names>', 'columns that rows are found by, between commas (default: those the rule has)')
    .option('--columns <names>', 'columns that a row sets (default: those the rule has)')
    .addOption(new Option('--encoding <name>', 'of a file without a byte order mark').choices([...TABLE_ENCODINGS]))
    .option('-o, --output <file>', 'where the design goes (default: its own file)')
    .action(async (id: string, rule: string, csv: string, flags) =>
      finish(await (await import('./commands/design-table.ts')).designTableCommand(environment, id, rule, csv, flags)),
    );

  addServiceCommands(program, environment, finish);
  flagged(program.command('doctor').description('is everything Platen needs here, and does it work?'))
    .option('--deep', 'also open every product picture and hold it against its product')
    .action(async (flags) => finish(await (await import('./commands/doctor.ts')).doctorCommand(environment, flags)));
  return program;
};
