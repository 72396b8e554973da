import { Problem } from '../../model/problem.ts';

/** JSON of a text that a command was given; `name` says where it came from. @throws Problem `usage.invalid` */
export const jsonOf = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('usage.invalid', `expected JSON in ${name}, got: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
};
