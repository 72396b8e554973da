import { HttpProblem } from '../problems/http-problem.ts';

/** One line of newline-delimited JSON; `text` is null when it was too long or no UTF-8, and `why` says which. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly text: null; readonly why: string };

export type LineLimits = { readonly maxLineBytes: number; readonly maxLines: number };

const NEWLINE = 0x0a;

/**
 * The lines of a stream, blank ones left out. A line that cannot be read is told as such, and the others go on; it is never held in
 * memory beyond the limit.
 * @throws HttpProblem `request.too-large` for too many lines
 */
export async function* ndjsonLines(chunks: AsyncIterable<Uint8Array>, { maxLineBytes, maxLines }: LineLimits): AsyncGenerator<Line> {
  let held: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  let count = 0;
  const finish = (): Line | undefined => {
    number += 1;
    const line = length > maxLineBytes ? tooLong(number, maxLineBytes) : lineOf(number, Buffer.concat(held));
    held = [];
    length = 0;
    if (line && ++count > maxLines) throw new HttpProblem('request.too-large', `expected at most ${maxLines} rows, got more`);
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const part = chunk.subarray(start, end);
      length += part.length;
      if (length <= maxLineBytes) held.push(part);
      const line = finish();
      if (line) yield line;
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    if (length <= maxLineBytes) held.push(rest);
    else held = [];
  }
  const last = length > 0 ? finish() : undefined;
  if (last) yield last;
}

const tooLong = (number: number, maxLineBytes: number): Line => ({
  number,
  text: null,
  why: `expected a line of at most ${maxLineBytes} bytes, got a longer one`,
});

const lineOf = (number: number, bytes: Uint8Array): Line | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    return text === '' ? undefined : { number, text };
  } catch {
    return { number, text: null, why: 'expected a line in UTF-8, got other bytes' };
  }
};
