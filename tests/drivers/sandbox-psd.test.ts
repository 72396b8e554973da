import { afterEach, describe, expect, test } from 'vitest';
import { openSandbox, type Sandbox, type SandboxOptions } from '../../src/drivers/sandbox/sandbox.ts';
import { importPsd } from '../../src/intake/psd/import-psd.ts';
import { pictureLayer, psdBytes, smartLayer } from '../intake/psd/make-psd.ts';

const open: Sandbox[] = [];
const sandbox = (options: SandboxOptions = {}): Sandbox => {
  const opened = openSandbox({ children: 1, ...options });
  open.push(opened);
  return opened;
};
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

const layered = (size: number): Uint8Array =>
  psdBytes(size, size, [
    pictureLayer('Table', size, size, () => [200, 190, 170, 255]),
    smartLayer('Your design', { width: size, height: size }, [10, 10, size - 10, 12, size - 10, size - 10, 10, size - 20], {
      width: 90,
      height: 90,
    }),
    pictureLayer('Shadow', size, size, (x) => [255 - x / 4, 255 - x / 4, 255 - x / 4, 255], { blendMode: 'multiply' }),
  ]);

const OPTIONS = { id: 'mug', name: 'Mug', widthMm: 90 };

describe('a layered mockup in a process of its own', () => {
  test('becomes what it becomes in this one', async () => {
    const file = layered(100);
    const [there, here] = [await sandbox().importPsd(file, OPTIONS), await importPsd(file, OPTIONS)];
    expect({ ...there, files: [...there.files.keys()] }).toEqual({ ...here, files: [...here.files.keys()] });
    for (const [name, bytes] of here.files) expect(Buffer.compare(there.files.get(name) ?? Buffer.of(), bytes)).toBe(0);
  });

  test.each([
    ['text', Buffer.from('no picture at all')],
    ['a header and nothing else', layered(100).subarray(0, 30)],
    ['half a file', layered(100).subarray(0, 4000)],
    // A length of two gigabytes where the layers begin.
    ['a length beyond all bounds', Buffer.concat([layered(100).subarray(0, 34), Buffer.from([0x7f, 0xff, 0xff, 0xff]), Buffer.alloc(900)])],
  ])('that is %s is refused by name, and the next one is read', async (_what, bytes) => {
    const box = sandbox();
    await expect(box.importPsd(bytes, OPTIONS)).rejects.toMatchObject({ code: expect.stringMatching(/^psd\./) });
    await expect(box.importPsd(layered(60), OPTIONS)).resolves.toMatchObject({ product: { id: 'mug' } });
  });

  test('that takes too long ends its process, not ours', async () => {
    const box = sandbox({ deadlineMs: 150 });
    await expect(box.importPsd(layered(900), OPTIONS)).rejects.toMatchObject({ code: 'sandbox.timeout', retry: 'never' });
  });

  test('that needs too much memory ends its process, not ours', async () => {
    const box = sandbox({ maxMemoryBytes: 90_000_000 });
    await expect(box.importPsd(layered(900), OPTIONS)).rejects.toMatchObject({ code: 'sandbox.memory' });
  });

  test('is given up when nobody waits for it any more', async () => {
    const stop = new AbortController();
    const running = sandbox().importPsd(layered(900), OPTIONS, stop.signal);
    setTimeout(() => stop.abort(new Error('enough')), 100);
    await expect(running).rejects.toThrow('enough');
  });
});
