import { type Command, InvalidArgumentError } from 'commander';
import { colourFromHex } from '../../colour/colour.ts';

/** Receives the exit code of the command that ran. */
export type Finish = (code: number) => void;

/** What every command takes. */
export const flagged = (command: Command): Command =>
  command.option('--json', 'newline-delimited JSON events on standard output').option('--quiet', 'no messages, only failures');

export const wholeNumber =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < low || value > high)
      throw new InvalidArgumentError(`expected a whole number from ${low} to ${high}, got "${text}"`);
    return value;
  };

export const hexText = (text: string): string => {
  if (colourFromHex(text)) return text;
  throw new InvalidArgumentError(`expected a colour as "#rrggbb", got "${text}"`);
};
