import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseLength } from '../../model/length.ts';
import { FABRICS } from '../../stitch/fabric.ts';
import { type Finish, flagged, hexText, wholeNumber } from './option-values.ts';
import { pngName } from './png-name.ts';
import type { Environment } from './run-command.ts';

/** Largest side of a design: what no hoop holds is no design. */
const MOST_MM = 1000;

/** `80x40`, `80x40mm`, `3inx2in`. */
const sizeText = (text: string) => {
  const parts = text.toLowerCase().split('x');
  const [widthMm, heightMm] = parts.map((part, i) => lengthOf(part, i === 0 ? parts[1] : undefined));
  if (parts.length === 2 && widthMm && heightMm && widthMm <= MOST_MM && heightMm <= MOST_MM) return { widthMm, heightMm };
  throw new InvalidArgumentError(`expected a width and a height up to ${MOST_MM} mm such as 80x40 or 3inx2in, got "${text}"`);
};

const lengthOf = (text: string, other?: string): number | null => {
  if (!/^\d+(\.\d+)?$/.test(text)) return parseLength(text);
  const unit = /[a-z]+$/.exec(other ?? '')?.[0] ?? '';
  return unit === '' ? Number(text) : parseLength(`${text}${unit}`);
};

const degrees = (text: string): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && Math.abs(value) <= 360) return value;
  throw new InvalidArgumentError(`expected degrees from -360 to 360, got "${text}"`);
};

const several = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

/** `platen digitize` with its options. */
export const addDigitizeCommand = (program: Command, environment: Environment, finish: Finish): void => {
  flagged(
    program
      .command('digitize')
      .description('a drawing, a flat logo or a text to embroidery machine files')
      .argument('<art>', 'SVG, PNG, JPEG, WebP or TIFF file, or a text (\\n begins a line)'),
  )
    .requiredOption('--size <WxH>', 'box the design is fitted into, in mm: 80x40', sizeText)
    .requiredOption(
      '-o, --output <file>',
      'machine file; its ending says the format (dst, pes, jef, exp, vp3, xxx, json); may come again',
      several,
    )
    .option('--text', 'take the words as text even if they look like a file')
    .option('--font <family>', 'font of a text, with a weight where it has several: "Oswald:700"', 'Oswald:700')
    .option('--colour <hex>', 'colour of a text', hexText, '#000000')
    .option('--threads <palette>', 'palette of threads, a JSON file of one, or none: a thread for every colour', 'threads')
    .option('--colours <count>', 'most colours: rarer ones become the nearest of the others', wholeNumber(1, 60))
    .option('--needles <count>', 'of the machine; more threads are refused', wholeNumber(1, 60), 15)
    .addOption(new Option('--fabric <id>', 'the cloth').choices(FABRICS.map(({ id }) => id)).default('woven'))
    .addOption(new Option('--weight <number>', 'of the thread').choices(['30', '40', '60', '75']).default('40'))
    .addOption(new Option('--stitch <kind>', 'for all of it').choices(['auto', 'satin', 'tatami', 'contour', 'run']).default('auto'))
    .option('--angle <degrees>', 'direction of rows, clockwise from level (default: from each shape)', degrees)
    .addOption(
      new Option('--background <what>', 'of a picture; auto leaves out white that reaches its edge')
        .choices(['auto', 'drop', 'keep'])
        .default('auto'),
    )
    .option('--name <name>', 'of the design, for the display of the machine (default: as the file or the text)')
    .option('--preview <file>', 'also a picture of it sewn, PNG at true size', pngName)
    .option('--dpi <dpi>', 'of that picture', wholeNumber(36, 1200), 300)
    .option('--cloth <hex>', 'colour of the cloth: in pictures (default: clear), and beneath see-through art (default: white)', hexText)
    .option('--sheet <file>', 'also the run sheet, PDF')
    .option('--svg <file>', 'also the way of the needle, SVG')
    .option('--hoop <WxH>', 'sewing field of the hoop; designs it does not hold are refused (default: the smallest usual one)', sizeText)
    .option('--report <file>', 'also counts, threads, figures measured on the stitches and places to look at, JSON')
    .action(async (art: string, flags) => finish(await (await import('./commands/digitize.ts')).digitizeCommand(environment, art, flags)));
};
