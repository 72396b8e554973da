import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { platen } from '../support/platen-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MAIN = fileURLToPath(new URL('../../dist/apps/cli/main.js', import.meta.url));

const specOf = (text: string, mockups: object = {}): string =>
  JSON.stringify({
    product: 'crew-tee',
    variant: { size: 'm', colour: 'white' },
    mockups,
    placements: [
      {
        placement: 'front',
        method: 'dtg',
        settings: { dpi: 72 },
        layers: [{ type: 'text', text, font: { family: 'Pacifico' }, size: 60 }],
      },
    ],
  });

const inFolder = async (spec: string): Promise<string> => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'spec.json'), spec);
  return folder;
};

describe('platen preview', () => {
  test.each([
    ['a.png', 'png'],
    ['a.JPG', 'jpeg'],
    ['a.webp', 'webp'],
    ['a.avif', 'heif'],
  ])('writes %s as its ending says, in the size asked for', async (name, format) => {
    const cwd = await inFolder(specOf('Ada'));
    const args = ['preview', 'spec.json', '--view', 'front', '--width', '200', '--height', '120', '--fit', 'cover', '-o', name];
    expect(await platen(args, { cwd })).toMatchObject({ code: 0, out: `${join(cwd, name)}\n` });
    expect(await sharp(join(cwd, name)).metadata()).toMatchObject({ format, width: 200, height: 120 });
  });

  test('puts all views on a sheet', async () => {
    const cwd = await inFolder(specOf('Ada', { views: ['front', 'back'] }));
    expect(await platen(['preview', 'spec.json', '--sheet', '-o', 's.png'], { cwd })).toMatchObject({ code: 0 });
    expect(await sharp(join(cwd, 's.png')).metadata()).toMatchObject({ width: 1568 });
  });

  test('makes the sheet as wide as asked', async () => {
    const cwd = await inFolder(specOf('Ada', { views: ['front', 'back'] }));
    expect(await platen(['preview', 'spec.json', '--sheet', '--width', '500', '-o', 's.webp'], { cwd })).toMatchObject({ code: 0 });
    expect(await sharp(join(cwd, 's.webp')).metadata()).toMatchObject({ format: 'webp', width: 500 });
  });

  test('shows an article without print in any format, and has no flat art of it', async () => {
    const cwd = await inFolder(JSON.stringify({ product: 'sneaker', components: { laces: '#ff0000' } }));
    const args = ['preview', 'spec.json', '--width', '100', '--height', '80'];
    expect(await platen([...args, '-o', 'a.jpg'], { cwd })).toMatchObject({ code: 0 });
    expect(await sharp(join(cwd, 'a.jpg')).metadata()).toMatchObject({ format: 'jpeg', width: 100, height: 80 });
    const { code, err } = await platen(['preview', 'spec.json', '--placement', 'front', '-o', 'a.png'], { cwd });
    expect([code, err]).toEqual([1, expect.stringContaining('expected a placement of this spec (it has none), got "front"')]);
  });

  test.each([
    [['--view', 'front', '-o', 'a.gif'], 2, /ends in \.png, \.jpg.*got "a\.gif"/],
    [['-o', 'a.jpg'], 2, /expected a \.png file for flat art/],
    [['--sheet', '--view', 'front', '-o', 'a.png'], 2, /cannot be used with/],
    [['--view', 'front', '--placement', 'front', '-o', 'a.png'], 2, /cannot be used with/],
    [['--sheet', '--width', '16', '-o', 'a.png'], 1, /expected at least \d+ px for a sheet of \d+ views?, got 16 px/],
    [['--sheet', '--height', '300', '-o', 'a.png'], 2, /expected no --height for a sheet/],
    [['--height', '300', '-o', 'a.png'], 2, /expected no --height for flat art/],
    [['--view', 'front', '--fit', 'cover', '-o', 'a.png'], 2, /expected a --height beside --fit/],
    [['--view', 'front', '--width', '2000', '--height', '100', '-o', 'a.png'], 1, /four times|4 times as wide/],
    [['--view', 'front', '-o', 'a.jpg'], 1, /expected a format with transparency/],
  ])('says what is wrong with %j', async (args, code, message) => {
    const clear = args.includes('a.jpg') && args.includes('--view') ? { background: 'transparent', format: 'png' } : {};
    const cwd = await inFolder(specOf('Ada', clear));
    const run = await platen(['preview', 'spec.json', ...args], { cwd });
    expect(run.code).toBe(code);
    expect(run.err).toMatch(message);
  });

  test('with --watch makes the picture again when the spec changes, and survives a broken one', async () => {
    const cwd = await inFolder(specOf('Ada'));
    const file = join(cwd, 'a.png');
    const child = spawn(process.execPath, [MAIN, 'preview', 'spec.json', '--view', 'front', '--width', '120', '--watch', '-o', 'a.png'], {
      cwd,
      stdio: 'ignore',
    });
    const closed = new Promise<number | null>((done) => {
      child.on('close', done);
    });
    const changedFrom = async (before: Buffer): Promise<Buffer> => {
      for (let waited = 0; waited < 200; waited += 1) {
        const now = existsSync(file) ? await readFile(file) : before;
        if (Buffer.compare(now, before) !== 0) return now;
        await sleep(50);
      }
      throw new Error('expected another picture, got none');
    };
    try {
      const first = await changedFrom(Buffer.of());
      await writeFile(join(cwd, 'spec.json'), specOf('Grace'));
      const second = await changedFrom(first);
      await writeFile(join(cwd, 'spec.json'), '{');
      await sleep(200);
      await writeFile(join(cwd, 'spec.json'), specOf('Ada'));
      expect(Buffer.compare(await changedFrom(second), first)).toBe(0);
    } finally {
      child.kill('SIGINT');
    }
    expect(await closed).toBe(0);
  });
});
