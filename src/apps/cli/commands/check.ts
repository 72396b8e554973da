import { resolve } from 'node:path';
import { parseJson } from '../../../intake/json-text.ts';
import { applyFixes } from '../../../model/apply-fixes.ts';
import { type Finding, hasErrors } from '../../../model/finding.ts';
import { check } from '../../../produce/check.ts';
import { EXIT } from '../exit-codes.ts';
import { type Environment, runOnSpec, type SpecFlags } from '../run-command.ts';
import type { SpecText } from '../spec-text.ts';
import { findingLines, type Terminal } from '../terminal.ts';
import { writeWhole } from '../write-whole.ts';

export type CheckFlags = SpecFlags & { readonly fix?: string };

/** `platen check`: preflight only. With `--fix` the spec with all safe fixes made goes to a file. */
export const checkCommand = (environment: Environment, path: string, flags: CheckFlags): Promise<number> =>
  runOnSpec(environment, path, flags, async ({ spec, text, resources, terminal, told }) => {
    const findings = await check(spec, resources, environment.signal);
    if (flags.fix !== undefined) await writeFixed(text, findings, flags.fix, environment, terminal);
    for (const finding of findings) {
      if (terminal.json) terminal.event({ event: 'finding', ...finding });
      else for (const line of findingLines(finding, text)) terminal.print(line);
    }
    terminal.event({ event: 'done', findings: findings.length + told, errors: findings.filter((one) => one.severity === 'error').length });
    if (findings.length + told === 0) terminal.say('no findings: this can be made');
    return hasErrors(findings) ? EXIT.failed : EXIT.done;
  });

/** As the author wrote it, with no more than the fixes changed: defaults stay unsaid. */
const writeFixed = async (
  text: SpecText,
  findings: readonly Finding[],
  to: string,
  { cwd }: Environment,
  terminal: Terminal,
): Promise<void> => {
  const { spec, applied } = applyFixes(parseJson(text.text), findings);
  await writeWhole(resolve(cwd, to), `${JSON.stringify(spec, null, 2)}\n`);
  for (const { code, pointer, autofix } of applied) terminal.say(`mended ${code} at ${pointer}: ${autofix?.title ?? ''}`);
  terminal.event({ event: 'fixed', file: to, fixes: applied.length });
};
