import { parseJson } from '../../intake/json-text.ts';
import { isProblem, Problem } from '../../model/problem.ts';

/**
 * A record of the library as a value. Whoever asked for it has another file in hand, the order: so what is wrong is told with the name of the
 * record, and pointers into it stay in the message.
 * @param file - as people find it: "products/mug-11oz/product.json"
 * @throws Problem of the same code as what is wrong
 */
export const parseRecord = <T>(file: string, bytes: Uint8Array, parse: (input: unknown) => T): T => {
  try {
    return parse(parseJson(utf8Of(bytes)));
  } catch (error) {
    if (!isProblem(error)) throw error;
    const { code, message, hint, retry } = error;
    throw new Problem(code, `${message}, in ${file}`, { hint, retry, cause: error });
  }
};

const utf8Of = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Problem('file.not-utf8', 'expected UTF-8 text, got other bytes', { cause });
  }
};
