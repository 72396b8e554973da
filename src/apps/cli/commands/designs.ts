import { resolve } from 'node:path';
import { parseJson } from '../../../intake/json-text.ts';
import { type Finding, hasErrors } from '../../../model/finding.ts';
import { plural } from '../../../model/plural.ts';
import { Problem } from '../../../model/problem.ts';
import type { Resources } from '../../../model/resources.ts';
import { checkDesign } from '../../../personalize/check-design.ts';
import { explain } from '../../../personalize/explain.ts';
import type { Answers, Data, FilledDesign, OpenDesign } from '../../../personalize/filled-design.ts';
import { loadDesign } from '../../../personalize/load-design.ts';
import { personalize } from '../../../personalize/personalize.ts';
import { withSample } from '../../../personalize/with-sample.ts';
import { openLettering } from '../../../produce/lettering/design-lettering.ts';
import { EXIT } from '../exit-codes.ts';
import { type Environment, type OutputFlags, runCommand } from '../run-command.ts';
import { libraryFolders, openLibrary } from '../session.ts';
import { readSpecText } from '../spec-text.ts';
import { findingLines, type Terminal } from '../terminal.ts';
import { writeWhole } from '../write-whole.ts';

export type FillFlags = OutputFlags & {
  readonly answers?: string;
  readonly data?: string;
  readonly set?: readonly string[];
  readonly sample?: boolean;
  readonly explain?: boolean;
  readonly output?: string;
};

const withDesign = (
  environment: Environment,
  id: string,
  flags: OutputFlags,
  work: (open: OpenDesign, terminal: Terminal) => Promise<number>,
): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const library: Resources & { close(): Promise<void> } = await openLibrary(libraryFolders(environment.env), environment.cwd);
    try {
      const lettered = openLettering((request) => library.font(request));
      return await work(await lettered(await loadDesign(id.toLowerCase(), library)), terminal);
    } finally {
      await library.close();
    }
  });

const tell = (findings: readonly Finding[], terminal: Terminal): void => {
  for (const finding of findings) {
    if (terminal.json) terminal.event({ event: 'finding', ...finding });
    else for (const line of findingLines(finding, null)) terminal.complain(line);
  }
};

/** `platen designs check ID`: will every order of this design work? */
export const checkDesignCommand = (environment: Environment, id: string, flags: OutputFlags): Promise<number> =>
  withDesign(environment, id, flags, async (open, terminal) => {
    const findings = checkDesign(open);
    tell(findings, terminal);
    terminal.event({ event: 'done', design: open.design.id, findings: findings.length });
    terminal.say(
      `${open.design.id}: ${plural(open.design.fields.length, 'field')}, ${plural(open.design.examples.length, 'example')}, ${plural(findings.length, 'finding')}`,
    );
    return hasErrors(findings) ? EXIT.failed : EXIT.done;
  });

/** `platen designs fill ID`: answers and data to a design spec, on standard output unless a file is named. */
export const fillDesignCommand = (environment: Environment, id: string, flags: FillFlags): Promise<number> =>
  withDesign(environment, id, flags, async (open, terminal) => {
    const said = { ...(await recordFrom(flags.answers, environment)), ...settings(flags.set ?? []) };
    const known = await recordFrom(flags.data, environment);
    const [answers, data] = flags.sample ? withSample(open.design, said, known) : [said, known];
    const filled = personalize(open, answers, data);
    if (flags.explain) for (const line of explain(filled)) terminal.complain(line);
    tell(filled.findings, terminal);
    return writeSpec(filled, flags, environment, terminal);
  });

const writeSpec = async ({ spec }: FilledDesign, flags: FillFlags, environment: Environment, terminal: Terminal): Promise<number> => {
  if (spec === null) return EXIT.failed;
  const text = JSON.stringify(spec, null, 2);
  if (flags.output === undefined) terminal.print(text);
  else await writeWhole(resolve(environment.cwd, flags.output), `${text}\n`);
  return EXIT.done;
};

/** @throws Problem `file.unreadable`, `json.…`, `usage.invalid` */
const recordFrom = async (path: string | undefined, { stdin, cwd }: Environment): Promise<Answers & Data> => {
  if (path === undefined) return {};
  const { text } = await readSpecText(path === '-' ? path : resolve(cwd, path), stdin);
  const value = parseJson(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Problem('usage.invalid', `expected an object of names and values in ${path}, got another kind of JSON`);
  return { ...value };
};

const settings = (said: readonly string[]): Answers =>
  Object.fromEntries(
    said.map((one) => {
      const at = one.indexOf('=');
      if (at < 1) throw new Problem('usage.invalid', `expected --set name=value, got "${one}"`);
      return [one.slice(0, at), one.slice(at + 1)] as const;
    }),
  );
