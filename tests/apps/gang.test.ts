import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gangCommand } from '../../src/apps/cli/commands/gang.ts';
import { renderCommand } from '../../src/apps/cli/commands/render.ts';
import type { Environment } from '../../src/apps/cli/run-command.ts';

const FLAGS = { out: 'film', rotate: true, labels: true, marks: true, dpi: 72 };

const spec = (reference: string, quantity: number, fill: string) => ({
  product: 'crew-tee',
  variant: { size: 'l', colour: 'black' },
  order: { reference, line: '1', quantity },
  placements: [
    {
      placement: 'left-chest',
      method: 'dtf',
      settings: { dpi: 72 },
      layers: [{ type: 'shape', shape: { kind: 'rect' }, fill, box: { x: 10, y: 10, width: 60, height: 30 } }],
    },
  ],
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-gang-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command in this process, in the folder. */
const runIn = async (run: (environment: Environment) => Promise<number>) => {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const code = await run({ out, err, stdin: new PassThrough(), env: {}, cwd: folder, signal: new AbortController().signal });
  return { code, out: String(out.read() ?? ''), err: String(err.read() ?? '') };
};

const render = async (name: string, given: object): Promise<void> => {
  await writeFile(join(folder, `${name}.json`), JSON.stringify(given));
  const { code, err } = await runIn((environment) =>
    renderCommand(environment, join(folder, `${name}.json`), { out: name, only: 'production', quiet: true }),
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
};

const sheets = async (): Promise<{
  readonly pieces: number;
  readonly pickList: readonly { readonly reference: string; readonly quantity: number }[];
}> => JSON.parse(await readFile(join(folder, 'film', 'sheets.json'), 'utf8'));

describe('platen gang', () => {
  test('lays job folders and specs onto one film, each as often as ordered', async () => {
    await render('job-a', spec('A-1', 3, '#0f8f6f'));
    await writeFile(
      join(folder, 'more.ndjson'),
      `${JSON.stringify(spec('B-2', 2, '#c42b6e'))}\n\n${JSON.stringify(spec('C-3', 1, '#ffffff'))}\n`,
    );
    const { code, out, err } = await runIn((environment) => gangCommand(environment, ['job-a', 'more.ndjson'], FLAGS));
    expect({ code, out: out.trim() }).toEqual({ code: 0, out: join(folder, 'film') });
    expect(err).toMatch(/6 pieces on \d+ mm of film, [\d.]+ % used/);
    expect((await readdir(join(folder, 'film'))).sort()).toEqual([
      'manifest.json',
      'sheet-1-white.png',
      'sheet-1.png',
      'sheets.json',
      'sheets.pdf',
    ]);
    const { pieces, pickList } = await sheets();
    expect(pieces).toBe(6);
    expect(pickList.map(({ reference, quantity }) => [reference, quantity])).toEqual([
      ['A-1', 3],
      ['B-2', 2],
      ['C-3', 1],
    ]);
  });

  test('takes a folder that is named twice twice', async () => {
    await runIn((environment) => gangCommand(environment, ['job-a', 'job-a'], { ...FLAGS, quiet: true }));
    expect((await sheets()).pieces).toBe(6);
  });

  test('refuses files that are not what their manifest lists, folders without one, and jobs that are not for film', async () => {
    await render('job-b', spec('B-2', 1, '#c42b6e'));
    await writeFile(join(folder, 'job-b', 'left-chest-dtf.png'), await readFile(join(folder, 'job-a', 'left-chest-dtf.png')));
    const { placements, ...order } = spec('D-4', 1, '#c42b6e');
    await render('job-c', { ...order, placements: placements.map((one) => ({ ...one, method: 'dtg' })) });
    await mkdir(join(folder, 'empty'));
    for (const [path, code, text] of [
      ['job-b', 1, 'gang.changed'],
      ['job-c', 1, 'gang.empty'],
      ['empty', 2, 'manifest.json'],
      ['nowhere', 2, 'nowhere'],
    ] as const) {
      const run = await runIn((environment) => gangCommand(environment, [path], { ...FLAGS, out: 'none' }));
      expect(run.code, path).toBe(code);
      expect(run.err, path).toContain(text);
    }
    expect(await readdir(folder)).not.toContain('none');
  });
});
