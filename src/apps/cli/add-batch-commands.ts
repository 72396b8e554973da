import { type Command, InvalidArgumentError, Option } from 'commander';
import { TABLE_ENCODINGS } from '../../intake/csv/decode-table-text.ts';
import { ROW_STATUSES } from './batch/row-statuses.ts';
import { type Finish, flagged, wholeNumber } from './option-values.ts';
import type { Environment } from './run-command.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day (UTC) or a moment, in milliseconds of the epoch; a day ends with its last. */
const moment =
  (end: 'first' | 'last') =>
  (text: string): number => {
    const ms = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(ms))
      throw new InvalidArgumentError(`expected a day such as 2026-05-31 or a moment such as 2026-05-31T08:00:00Z, got "${text}"`);
    return end === 'last' && text.length === 10 ? ms + DAY_MS - 1 : ms;
  };

/** What making rows takes, of a new batch and of one that is made again. */
const makingOptions = (command: Command): Command =>
  command
    .option('--concurrency <n>', 'rendering processes at once (default: one for each core)', wholeNumber(1, 64))
    .option('--rate <n>', 'rows begun in a minute at most, all processes together', wholeNumber(1, 1_000_000))
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
    .option('--roster', 'rows are players of teams (found out for a table of numbers without orders)')
    .option('--resume', 'go on with the batch in that folder')
    .option('--dry-run', 'check all rows, with their pictures, fonts and preflight, and make nothing')
    .option('--quick', 'of a dry run: look at answers and tables alone')
    .option('--report <folder>', 'of a dry run: where check.csv and check.json go')
    .action(async (path: string, flags) => finish(await (await import('./commands/batch.ts')).batchCommand(environment, path, flags)));

  makingOptions(flagged(program.command('rerender').description('rows of a batch again, with what the library holds today or held then')))
    .requiredOption('--out <folder>', 'of the batch; its rows are replaced one by one')
    .option('--product <id>', 'only rows of this product')
    .option('--design <id>', 'only rows of this design')
    .option('--order <reference>', 'only rows of this order')
    .option('--since <date>', 'only rows that ended then or later', moment('first'))
    .option('--until <date>', 'only rows that ended then or before', moment('last'))
    .addOption(new Option('--status <status>', 'only rows that ended so').choices(ROW_STATUSES))
    .option('--changed-only', 'only rows whose design, product, fonts or other inputs are not what they were')
    .option('--pinned', 'as they were made: with the designs, products, shops and palettes of then, or not at all')
    .option('--dry-run', 'say which rows, and replace nothing')
    .option('--report <folder>', 'of a dry run: make the rows there, compare all files and pages, and write report.html')
    .option('--resume', 'of a report: go on with the one in that folder')
    .action(async (flags) => finish(await (await import('./commands/rerender.ts')).rerenderCommand(environment, flags)));
};
