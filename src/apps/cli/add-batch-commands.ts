import { type Command, Option } from 'commander';
import { TABLE_ENCODINGS } from '../../intake/csv/decode-table-text.ts';
import { batchCommand } from './commands/batch.ts';
import { type Finish, flagged, wholeNumber } from './option-values.ts';
import type { Environment } from './run-command.ts';

/** What making rows takes, of a new batch and of one that is made again. */
const makingOptions = (command: Command): Command =>
  command
    .option('--concurrency <n>', 'rendering processes at once (default: one for each core)', wholeNumber(1, 64))
    .option('--max-failures <n>', 'begin no more rows after as many were refused or failed', wholeNumber(1, 1_000_000))
    .addOption(new Option('--only <role>', 'make only these').choices(['production', 'preview', 'mockup']))
    .option('--force', 'make files although findings of severity error stand')
    .option('--no-proof', 'no pages of pictures to look over')
    .option('--assets <folder>', 'where asset: sources are');

/** `platen batch` and `platen rerender` with their options. */
export const addBatchCommands = (program: Command, environment: Environment, finish: Finish): void => {
  makingOptions(
    flagged(
      program
        .command('batch')
        .description('many orders from one file: all checked first, then all made')
        .argument('<rows>', 'NDJSON of specs or of designs with answers, a table (CSV), or - for standard input'),
    ),
  )
    .option('--out <folder>', 'where the files go, a folder for each row', 'batch')
    .option('--design <id>', 'of all rows that name none')
    .option('--map <file>', 'JSON that says which column is what')
    .option('--set <name=value...>', 'what every row has; may come again')
    .addOption(new Option('--encoding <name>', 'of a table without a byte order mark (default: utf-8)').choices(TABLE_ENCODINGS))
    .option('--resume', 'go on with the batch in that folder')
    .option('--dry-run', 'check all rows and make nothing')
    .action(async (path: string, flags) => finish(await batchCommand(environment, path, flags)));
};
