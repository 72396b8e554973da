import { type DesignSpec, parseDesignSpec } from '../../model/design-spec.ts';
import type { Finding } from '../../model/finding.ts';
import { isProblem } from '../../model/problem.ts';
import { fillDesignOrder, isDesignOrder } from './design-order.ts';
import { EXIT } from './exit-codes.ts';
import { assetsFolder, libraryFolders, type OpenResources, openLibrary } from './session.ts';
import { jsonOfText, readSpecText, type SpecText } from './spec-text.ts';
import { findingLines, openTerminal, problemEvent, problemLines, type Streams, type Terminal } from './terminal.ts';

/** What the outside hands a command: nothing else is read from the process. */
export type Environment = Streams & {
  readonly stdin: NodeJS.ReadableStream;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly signal: AbortSignal;
};

export type OutputFlags = { readonly json?: boolean; readonly quiet?: boolean };
export type SpecFlags = OutputFlags & { readonly assets?: string };

/** Problems that are about how the command was called rather than about the order. */
const USAGE_CODES: ReadonlySet<string> = new Set(['usage.invalid', 'file.unreadable', 'file.too-large']);

/** Runs the body of a command and turns every failure into a message and an exit code. */
export const runCommand = async (
  environment: Environment,
  flags: OutputFlags,
  body: (terminal: Terminal) => Promise<number>,
): Promise<number> => {
  const terminal = openTerminal(environment, { json: flags.json === true, quiet: flags.quiet === true });
  try {
    return await body(terminal);
  } catch (error) {
    return reportFailure(error, terminal, null, environment.signal);
  }
};

const reportFailure = (error: unknown, terminal: Terminal, spec: SpecText | null, signal: AbortSignal): number => {
  if (signal.aborted) {
    terminal.complain('interrupted; nothing was left half written');
    terminal.event({ event: 'error', code: 'interrupted', message: 'interrupted' });
    return EXIT.interrupted;
  }
  if (!isProblem(error)) throw error;
  for (const line of problemLines(error, spec)) terminal.complain(line);
  terminal.event(problemEvent(error));
  return USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.failed;
};

export type SpecJob = {
  readonly spec: DesignSpec;
  readonly text: SpecText;
  readonly resources: OpenResources;
  readonly terminal: Terminal;
  /** How many findings were told before: those of the answers of a design. */
  readonly told: number;
};

const tellFindings = (findings: readonly Finding[], text: SpecText, terminal: Terminal): void => {
  for (const finding of findings) {
    terminal.event({ event: 'finding', ...finding });
    for (const line of findingLines(finding, text)) terminal.say(line);
  }
};

/** Reads and parses a spec, or fills the design that an order names, opens the library beside it, and runs the job: messages then point into the file. */
export const runOnSpec = (
  environment: Environment,
  path: string,
  flags: SpecFlags,
  job: (job: SpecJob) => Promise<number>,
): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const text = await readSpecText(path, environment.stdin);
    let resources: OpenResources | undefined;
    try {
      const json = jsonOfText(text);
      const given = isDesignOrder(json) ? null : parseDesignSpec(json);
      const assets = assetsFolder(text.folder, flags.assets ?? environment.env.PLATEN_ASSETS_DIR);
      resources = await openLibrary(libraryFolders(environment.env), text.folder, assets);
      if (given !== null) return await job({ spec: given, text, resources, terminal, told: 0 });
      const { spec, findings } = await fillDesignOrder(json, resources);
      tellFindings(findings, text, terminal);
      const filled = { ...text, name: `${text.name}, filled`, text: JSON.stringify(spec, null, 2) };
      return await job({ spec, text: filled, resources, terminal, told: findings.length });
    } catch (error) {
      return reportFailure(error, terminal, text, environment.signal);
    } finally {
      await resources?.close();
    }
  });
