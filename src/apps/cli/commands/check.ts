import { hasErrors } from '../../../model/finding.ts';
import { check } from '../../../produce/check.ts';
import { type Environment, EXIT, runOnSpec, type SpecFlags } from '../run-command.ts';
import { findingLines } from '../terminal.ts';

/** `platen check`: preflight only. */
export const checkCommand = (environment: Environment, path: string, flags: SpecFlags): Promise<number> =>
  runOnSpec(environment, path, flags, async ({ spec, text, resources, terminal }) => {
    const findings = await check(spec, resources, environment.signal);
    for (const finding of findings) {
      if (terminal.json) terminal.event({ event: 'finding', ...finding });
      else for (const line of findingLines(finding, text)) terminal.print(line);
    }
    terminal.event({ event: 'done', findings: findings.length, errors: findings.filter((one) => one.severity === 'error').length });
    if (findings.length === 0) terminal.say('no findings: this can be made');
    return hasErrors(findings) ? EXIT.failed : EXIT.done;
  });
