import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { openSandbox, type Sandbox, type SandboxOptions } from '../../src/drivers/sandbox/sandbox.ts';
import { decodeImage } from '../../src/intake/decode-image.ts';
import { readSvg } from '../../src/intake/read-svg.ts';
import { isProblem } from '../../src/model/problem.ts';
import { SVG_CASES } from '../intake/svg-cases.ts';

const open: Sandbox[] = [];
const sandbox = (options: SandboxOptions = {}): Sandbox => {
  const opened = openSandbox(options);
  open.push(opened);
  return opened;
};
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

const photo = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#369', noise: { type: 'gaussian', mean: 120, sigma: 30 } } })
    .jpeg()
    .toBuffer();

/** A drawing that keeps a reader busy: every dash is cut from a long curve. */
const slowDrawing = (): Buffer => {
  const wave = `M0 0${'c1 9 2 -9 3 0'.repeat(400)}`;
  const lines = `<path d="${wave}" stroke-dasharray=".5"/>`.repeat(60);
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 10" fill="none" stroke="red">${lines}</svg>`);
};

describe('the sandbox', () => {
  it('gives what the readers give in this process', async () => {
    const { decodeImage: decode, readSvg: read } = sandbox();
    const file = await photo(300, 200);
    const [there, here] = [await decode(file), await decodeImage(file)];
    expect(Buffer.compare(there.rgba, here.rgba)).toBe(0);
    expect(Buffer.compare(there.jpeg?.bytes ?? Buffer.alloc(0), here.jpeg?.bytes ?? Buffer.alloc(1))).toBe(0);
    expect({ ...there, rgba: null, jpeg: null }).toEqual({ ...here, rgba: null, jpeg: null });
    for (const text of [SVG_CASES.gradients, SVG_CASES['embedded picture'], SVG_CASES.clips])
      expect(await read(Buffer.from(text ?? ''))).toEqual(await readSvg(Buffer.from(text ?? '')));
  });

  it('hands on the readers own problems', async () => {
    const refused = await sandbox()
      .decodeImage(Buffer.from('%PDF-1.7'))
      .catch((error: unknown) => error);
    expect(isProblem(refused)).toBe(true);
    expect(refused).toMatchObject({ code: 'image.format', hint: expect.stringContaining('SVG') });
  });

  it('passes limits on', async () => {
    const file = await photo(300, 200);
    await expect(sandbox().decodeImage(file, undefined, { maxSidePx: 299 })).rejects.toMatchObject({ code: 'image.too-large' });
  });

  it('kills a child that is past its deadline and goes on with a fresh one', async () => {
    const box = sandbox({ children: 1, deadlineMs: 3000 });
    const file = await photo(64, 64);
    await box.decodeImage(file);
    await expect(box.readSvg(slowDrawing())).rejects.toMatchObject({ code: 'sandbox.timeout', retry: 'never' });
    expect((await box.decodeImage(file)).widthPx).toBe(64);
  });

  it('kills a child that needs more memory than allowed', async () => {
    const box = sandbox({ children: 1, maxMemoryBytes: 150_000_000 });
    const big = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    await expect(box.decodeImage(big)).rejects.toMatchObject({ code: 'sandbox.memory' });
    expect((await box.decodeImage(await photo(64, 64))).widthPx).toBe(64);
  });

  it('stops at once when the caller gives up', async () => {
    const box = sandbox({ children: 1 });
    const control = new AbortController();
    const reading = box.readSvg(slowDrawing(), control.signal);
    const queued = box.readSvg(slowDrawing(), control.signal);
    setTimeout(() => control.abort(new Error('gave up')), 50);
    await expect(reading).rejects.toThrow('gave up');
    await expect(queued).rejects.toThrow('gave up');
    expect((await box.decodeImage(await photo(64, 64))).widthPx).toBe(64);
  });

  it('serves more callers than it has children, reuses them and replaces them in time', async () => {
    const seen: number[] = [];
    const box = sandbox({ children: 2, tasksPerChild: 3, onTask: ({ peakBytes }) => seen.push(peakBytes) });
    const files = await Promise.all(Array.from({ length: 12 }, (_, i) => photo(20 + i, 20)));
    const images = await Promise.all(files.map((file) => box.decodeImage(file)));
    expect(images.map(({ widthPx }) => widthPx)).toEqual(files.map((_, i) => 20 + i));
    expect(seen).toHaveLength(12);
  });

  it('gives the child neither our environment nor our folder', async () => {
    process.env.PLATEN_TEST_SECRET = 'do-not-pass-on';
    const { spawnSync } = await import('node:child_process');
    const box = sandbox({ children: 1 });
    await box.decodeImage(await photo(8, 8));
    const children = spawnSync('ps', ['-o', 'pid=', '--ppid', String(process.pid)], { encoding: 'utf8' })
      .stdout.split(/\s+/)
      .filter(Boolean);
    const { readFileSync, readlinkSync } = await import('node:fs');
    const environments = children.flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sandbox/child.js')
          ? [{ env: readFileSync(`/proc/${pid}/environ`, 'utf8'), cwd: readlinkSync(`/proc/${pid}/cwd`) }]
          : [];
      } catch {
        return [];
      }
    });
    expect(environments).toHaveLength(1);
    expect(environments[0]?.env).not.toContain('do-not-pass-on');
    expect(environments[0]?.env.split('\0').map((entry) => entry.split('=')[0])).not.toContain('PATH');
    expect(environments[0]?.cwd).toMatch(/platen-\w+$/);
    delete process.env.PLATEN_TEST_SECRET;
  });

  it('rejects what waits when it is closed', async () => {
    const box = sandbox({ children: 1 });
    const waiting = [box.readSvg(slowDrawing()), box.readSvg(slowDrawing())];
    setTimeout(() => box.close(), 50);
    for (const each of waiting) await expect(each).rejects.toMatchObject({ code: expect.stringMatching(/^sandbox\./) });
    await expect(box.decodeImage(await photo(8, 8))).rejects.toMatchObject({ code: 'sandbox.closed' });
  });
});
