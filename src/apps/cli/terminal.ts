import { stripVTControlCharacters } from 'node:util';
import type { Finding } from '../../model/finding.ts';
import { InvalidInput, mistakeText } from '../../model/parse.ts';
import type { Problem } from '../../model/problem.ts';
import { AnswersRefused } from '../../personalize/answers-refused.ts';
import { Unresolved } from '../../scene/resolve.ts';
import { positionOf } from './json-position.ts';
import type { SpecText } from './spec-text.ts';

/** Where a command speaks: results on `out`, messages on `err`. `--json` turns messages into NDJSON events on `out`. */
export type Terminal = {
  readonly json: boolean;
  readonly quiet: boolean;
  /** A line of result. */
  readonly print: (line: string) => void;
  /** One machine-readable event; only with --json. */
  readonly event: (event: Readonly<Record<string, unknown>>) => void;
  /** A line for people; not with --json or --quiet. */
  readonly say: (line: string) => void;
  /** Overwrites one status line on a TTY, otherwise nothing. */
  readonly status: (line: string) => void;
  /** A failure: always shown. */
  readonly complain: (line: string) => void;
};

export type Streams = { readonly out: NodeJS.WritableStream; readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean } };

/** Customers' text reaches these lines: control characters are dropped so that it cannot steer a terminal. */
const clean = (line: string): string => stripVTControlCharacters(line).replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '');

export const openTerminal = ({ out, err }: Streams, { json, quiet }: { readonly json: boolean; readonly quiet: boolean }): Terminal => {
  const live = err.isTTY === true && !json && !quiet;
  let pending = false;
  const wipe = (): void => {
    if (pending) err.write('\r\u001b[K');
    pending = false;
  };
  return {
    json,
    quiet,
    print: (line) => {
      wipe();
      out.write(`${line}\n`);
    },
    event: (event) => {
      if (json) out.write(`${JSON.stringify(event)}\n`);
    },
    say: (line) => {
      if (json || quiet) return;
      wipe();
      err.write(`${clean(line)}\n`);
    },
    status: (line) => {
      if (!live) return;
      wipe();
      err.write(clean(line));
      pending = true;
    },
    complain: (line) => {
      wipe();
      if (!json) err.write(`${clean(line)}\n`);
    },
  };
};

const place = (spec: SpecText | null, pointer: string): string => {
  if (!spec) return pointer;
  const { line, column } = positionOf(spec.text, pointer);
  return `${spec.name}:${line}:${column}${pointer === '' ? '' : ` ${pointer}`}`;
};

/** A finding as people read it: place in the file, what is wrong, what would mend it. */
export const findingLines = (finding: Finding, spec: SpecText | null): readonly string[] => [
  `${place(spec, finding.pointer)}`,
  `  ${finding.severity} ${finding.code}: ${finding.message}`,
  ...(finding.hint ? [`  ${finding.hint}`] : []),
  ...(finding.autofix ? [`  Can be mended: ${finding.autofix.title}`] : []),
];

/** A problem as people read it; several mistakes become several entries. */
export const problemLines = (problem: Problem, spec: SpecText | null): readonly string[] => {
  if (problem instanceof InvalidInput) {
    return problem.mistakes.flatMap((mistake) => [
      place(spec, mistake.pointer),
      `  error: ${mistakeText({ ...mistake, pointer: '' }).replace(/^\(whole file\): /, '')}`,
    ]);
  }
  if (problem instanceof AnswersRefused) return problem.problems.flatMap((one) => problemLines(one, spec));
  if (problem instanceof Unresolved && problem.problems.length > 1) return problem.problems.flatMap((one) => problemLines(one, spec));
  return [
    ...(problem.pointer === undefined ? [] : [place(spec, problem.pointer)]),
    `${problem.pointer === undefined ? '' : '  '}error ${problem.code}: ${problem.message}`,
    ...(problem.hint ? [`  ${problem.hint}`] : []),
  ];
};

/** A problem as one event. */
export const problemEvent = (problem: Problem): Readonly<Record<string, unknown>> => ({
  event: 'error',
  code: problem.code,
  message: problem.message,
  ...(problem.pointer === undefined ? {} : { pointer: problem.pointer }),
  ...(problem.hint === undefined ? {} : { hint: problem.hint }),
  ...(problem instanceof InvalidInput ? { errors: problem.mistakes } : {}),
  ...(problem instanceof Unresolved || problem instanceof AnswersRefused
    ? { errors: problem.problems.map(({ code, message, pointer, hint }) => ({ code, message, pointer, hint })) }
    : {}),
});
