import { type Command, Option } from 'commander';
import { STITCH_FORMATS } from '../../stitch/formats/formats.ts';
import { type Finish, flagged, hexText, wholeNumber } from './option-values.ts';
import { pngName } from './png-name.ts';
import type { Environment } from './run-command.ts';

/** `platen stitches` with its commands; gives the group, so that more can be added. */
export const addStitchesCommands = (program: Command, environment: Environment, finish: Finish): Command => {
  const group = program.command('stitches').description('embroidery machine files: what they hold, and one for another machine');
  flagged(
    group.command('info').argument('<file>', 'DST, PES, PEC, JEF, EXP, VP3, XXX, or the JSON of a plan').description('size, colours, time'),
  ).action(async (file: string, flags) =>
    finish(await (await import('./commands/stitches.ts')).stitchInfoCommand(environment, file, flags)),
  );
  flagged(group.command('convert').argument('<file>', 'as for info').description('the same stitches for another machine'))
    .requiredOption('-o, --output <file>', 'file to write; its ending says the format (EXP: with an INF file of its colours beside it)')
    .addOption(new Option('--format <id>', 'format, where the ending does not say it').choices(STITCH_FORMATS.map(({ id }) => id)))
    .option('--name <name>', 'of the design, for the display of the machine (default: as in the file, or its name)')
    .action(async (file: string, flags) =>
      finish(await (await import('./commands/stitches.ts')).convertStitchesCommand(environment, file, flags)),
    );
  flagged(group.command('view').argument('<file>', 'as for info').description('a picture of it sewn, at true size'))
    .option('-o, --output <file>', 'PNG to write (default: <name of the file>-stitches.png in this folder)', pngName)
    .option('--dpi <dpi>', 'of the picture', wholeNumber(36, 1200), 300)
    .option('--cloth <hex>', 'colour of the cloth (default: clear)', hexText)
    .option('--svg [file]', 'the way of the needle as a drawing, instead or as well (default: <name of the file>-path.svg)')
    .action(async (file: string, flags) =>
      finish(await (await import('./commands/view-stitches.ts')).viewStitchesCommand(environment, file, flags)),
    );
  return group;
};
