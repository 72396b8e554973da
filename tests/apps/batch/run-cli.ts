import { PassThrough } from 'node:stream';
import type { BatchFlags } from '../../../src/apps/cli/commands/batch.ts';
import type { Environment } from '../../../src/apps/cli/run-command.ts';

export type Ran = {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly events: readonly Readonly<Record<string, unknown>>[];
};

/** Runs a command in this process, in a folder. */
export const runIn = async (
  cwd: string,
  run: (environment: Environment) => Promise<number>,
  input = '',
  env: NodeJS.ProcessEnv = {},
): Promise<Ran> => {
  const [out, err, stdin] = [new PassThrough({ highWaterMark: 1e8 }), new PassThrough({ highWaterMark: 1e8 }), new PassThrough()];
  stdin.end(input);
  const code = await run({ out, err, stdin, env, cwd, signal: new AbortController().signal });
  const [said, told] = [String(out.read() ?? ''), String(err.read() ?? '')];
  const events = said
    .split('\n')
    .flatMap((line): readonly Readonly<Record<string, unknown>>[] => (line.startsWith('{') ? [JSON.parse(line)] : []));
  return { code, out: said, err: told, events };
};

export const FLAGS: Pick<BatchFlags, 'out' | 'proof' | 'concurrency' | 'only' | 'json'> = {
  out: 'batch',
  proof: false,
  concurrency: 1,
  only: 'production',
  json: true,
};

/** A spec that is made in a blink; `x` in mm says where its shape lies. */
export const specOf = (reference: string, x = 10, more: object = {}) => ({
  product: 'crew-tee',
  variant: { size: 'l', colour: 'black' },
  order: { reference, quantity: 2 },
  placements: [
    {
      placement: 'left-chest',
      method: 'dtf',
      settings: { dpi: 72 },
      layers: [{ type: 'shape', shape: { kind: 'rect' }, fill: '#c42b6e', box: { x, y: 10, width: 40, height: 30 } }],
    },
  ],
  ...more,
});

export const ndjson = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
