import { type Command, InvalidArgumentError } from 'commander';
import { parseLength } from '../../model/length.ts';
import { type Finish, flagged, wholeNumber } from './option-values.ts';
import type { Environment } from './run-command.ts';

/** A length of film: `560` and `560mm` are the same. */
const filmLength = (text: string): number => {
  const mm = /^\d+(\.\d+)?$/.test(text) ? Number(text) : parseLength(text);
  if (mm !== null && mm >= 0) return mm;
  throw new InvalidArgumentError(`expected a length such as 560, 560mm or 22in, got "${text}"`);
};

/** `platen gang` with its options. */
export const addGangCommand = (program: Command, environment: Environment, finish: Finish): void => {
  flagged(
    program
      .command('gang')
      .description('pictures of many jobs onto sheets of film')
      .argument('<jobs...>', 'job folders, or files of specs'),
  )
    .option('--out <folder>', 'where the sheets go', 'gang')
    .option('--width <length>', 'of the film (default: 560mm)', filmLength)
    .option('--gap <length>', 'between pieces (default: 8mm)', filmLength)
    .option('--margin <length>', 'clear film at the edges (default: 5mm)', filmLength)
    .option('--length <length>', 'longest sheet (default: 3000mm)', filmLength)
    .option('--dpi <dpi>', 'of the sheets (default: 300)', wholeNumber(72, 1200))
    .option('--no-rotate', 'keep all pieces upright')
    .option('--no-labels', 'no labels under pieces')
    .option('--codes', 'a QR code of the order before each label')
    .option('--no-marks', 'no corners to cut along')
    .option('--assets <folder>', 'where asset: sources of specs are')
    .action(async (jobs: string[], flags) => finish(await (await import('./commands/gang.ts')).gangCommand(environment, jobs, flags)));
};
