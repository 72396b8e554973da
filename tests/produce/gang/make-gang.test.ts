import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMemorySink } from '../../../src/drivers/store/memory-sink.ts';
import { sha256 } from '../../../src/model/digest.ts';
import type { GangJob } from '../../../src/produce/gang/gang-job.ts';
import { gangSettings } from '../../../src/produce/gang/gang-settings.ts';
import { makeGang } from '../../../src/produce/gang/make-gang.ts';
import { openBundledResources } from '../../support/bundled-resources.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DPI = 150;
const MM = DPI / 25.4;
let resources: Awaited<ReturnType<typeof openBundledResources>>;
beforeAll(async () => {
  resources = await openBundledResources();
});
afterAll(() => resources.close());

/** A print area of 60 x 60 mm with a coloured block, its top left quarter in another colour; the white keeps a pixel inside. */
const job = async (id: string, widthMm: number, heightMm: number, colour: string, quantity = 1, dpi = DPI): Promise<GangJob> => {
  const [canvas, width, height] = [60, widthMm, heightMm].map((mm) => Math.round((mm / 25.4) * dpi)) as [number, number, number];
  const block = (w: number, h: number, background: string) =>
    sharp({ create: { width: w, height: h, channels: 4, background } })
      .png()
      .toBuffer();
  const art = await sharp({ create: { width: canvas, height: canvas, channels: 4, background: '#00000000' } })
    .composite([
      { input: await block(width, height, colour), left: 20, top: 30 },
      { input: await block(width >> 1, height >> 1, '#202020'), left: 20, top: 30 },
    ])
    .png()
    .toBuffer();
  const white = await sharp({ create: { width: canvas, height: canvas, channels: 3, background: '#000000' } })
    .composite([{ input: await block(width - 2, height - 2, '#ffffff'), left: 21, top: 31 }])
    .toColourspace('b-w')
    .png()
    .toBuffer();
  const file = (name: string, bytes: Uint8Array) => ({ name, dpi, mirrored: false, read: async () => bytes });
  return {
    id,
    reference: id.toUpperCase(),
    line: '1',
    placement: 'front',
    quantity,
    art: file(`${id}.png`, art),
    white: file(`${id}-white.png`, white),
  };
};

const settings = (given: object = {}) => gangSettings.parse({ widthMm: 120, dpi: DPI, maxLengthMm: 400, ...given });

const gang = async (jobs: readonly GangJob[], given: object = {}) => {
  const sink = openMemorySink();
  const report = await makeGang(jobs, settings(given), resources, sink, { signal: new AbortController().signal, date: '2026-03-01' });
  return { report, files: sink.files() ?? new Map<string, Uint8Array>() };
};

const pixelsOf = async (bytes: Uint8Array | undefined) => {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return (xMm: number, yMm: number): readonly number[] => {
    const at = (Math.floor(yMm * MM) * info.width + Math.floor(xMm * MM)) * info.channels;
    return [...data.subarray(at, at + info.channels)];
  };
};

describe('sheets of film', () => {
  test('carry every copy of every job where the report says, art and white alike, cut to what prints', async () => {
    const jobs = await Promise.all([job('a', 30, 20, '#c02030', 3), job('b', 45, 12, '#1060c0', 2), job('c', 10, 50, '#0f8f6f')]);
    const { report, files } = await gang(jobs);
    expect([...files.keys()].sort()).toEqual(['manifest.json', 'sheet-1-white.png', 'sheet-1.png', 'sheets.json', 'sheets.pdf']);
    expect(report.pieces).toBe(6);
    const [sheet] = report.sheets;
    const art = await pixelsOf(files.get('sheet-1.png'));
    const white = await pixelsOf(files.get('sheet-1-white.png'));
    const colours = { a: [0xc0, 0x20, 0x30, 255], b: [0x10, 0x60, 0xc0, 255], c: [0x0f, 0x8f, 0x6f, 255] };
    for (const { job: id, xMm, yMm, widthMm, heightMm, rotated } of sheet?.places ?? []) {
      const [right, bottom] = [xMm + widthMm, yMm + heightMm];
      expect(art(right - 1, bottom - 1), id).toEqual(colours[id as 'a' | 'b' | 'c']);
      // The dark quarter is at the top left as the art is read: at the top right once it is turned.
      expect(art(rotated ? right - 1 : xMm + 1, yMm + 1), id).toEqual([0x20, 0x20, 0x20, 255]);
      expect(white(xMm + widthMm / 2, yMm + heightMm / 2)[0]).toBe(255);
      expect([art(xMm - 0.5, yMm + 2)[3], white(xMm - 0.5, yMm + 2)[0], art(right + 0.5, yMm + 2)[3]]).toEqual([0, 0, 0]);
    }
    expect(report.pickList.map(({ reference, quantity, sheets }) => ({ reference, quantity, sheets }))).toEqual([
      { reference: 'A', quantity: 3, sheets: [1] },
      { reference: 'B', quantity: 2, sheets: [1] },
      { reference: 'C', quantity: 1, sheets: [1] },
    ]);
  });

  test('begin another when one is full, and are the same bytes every time', async () => {
    const jobs = [await job('a', 50, 50, '#c02030', 7)];
    const once = await gang(jobs, { maxLengthMm: 140 });
    const twice = await gang(jobs, { maxLengthMm: 140 });
    expect(once.report.sheets.length).toBe(2);
    expect([...twice.files].map(([name, data]) => [name, sha256(data)])).toEqual(
      [...once.files].map(([name, data]) => [name, sha256(data)]),
    );
  });

  test('bring pictures of another resolution to their size, without mixing pixels', async () => {
    const { report, files } = await gang([await job('a', 30, 20, '#c02030', 1, 75)]);
    const [place] = report.sheets[0]?.places ?? [];
    expect([place?.widthMm, place?.heightMm].map((mm) => Math.round(mm ?? 0))).toEqual([30, 20]);
    const { data } = await sharp(files.get('sheet-1.png')).raw().toBuffer({ resolveWithObject: true });
    const inks = new Set<string>();
    for (let at = 0; at < data.length; at += 4) if (data[at] !== data[at + 1]) inks.add([...data.subarray(at, at + 4)].join());
    expect([...inks]).toEqual(['192,32,48,255']);
  });

  test('are sound files whose PDF has a page of true size for each sheet', async () => {
    const { report, files } = await gang([await job('a', 50, 50, '#c02030', 7)], { maxLengthMm: 140, codes: true });
    const folder = await temporaryFolder();
    for (const [name, data] of files) await writeFile(join(folder, name), data);
    expect(execFileSync('pngcheck', [join(folder, 'sheet-1.png'), join(folder, 'sheet-1-white.png')], { encoding: 'utf8' })).toContain(
      'No errors',
    );
    expect(execFileSync('qpdf', ['--check', join(folder, 'sheets.pdf')], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    );
    const info = execFileSync('pdfinfo', ['-f', '1', '-l', '9', join(folder, 'sheets.pdf')], { encoding: 'utf8' });
    const heights = [...info.matchAll(/Page +\d+ size: +([\d.]+) x ([\d.]+) pts/g)].map(([, w, h]) =>
      [w, h].map((pt) => (Number(pt) / 72) * 25.4),
    );
    expect(heights.length).toBe(report.sheets.length);
    report.sheets.forEach(({ widthMm, heightMm }, i) => {
      expect(Math.abs((heights[i]?.[0] ?? 0) - widthMm)).toBeLessThan(0.05);
      expect(Math.abs((heights[i]?.[1] ?? 0) - heightMm)).toBeLessThan(0.05);
    });
  });

  test('keep rows together where pieces cross from one band of rows to the next', async () => {
    const { report, files } = await gang([await job('a', 30, 55, '#c02030', 6)], { widthMm: 60 });
    const art = await pixelsOf(files.get('sheet-1.png'));
    for (const { xMm, yMm, widthMm, heightMm, rotated } of report.sheets[0]?.places ?? []) {
      for (let y = 0.2; y < heightMm - 0.2; y += 0.5) {
        const dark = rotated ? y < heightMm / 2 - 0.4 : null;
        if (dark === null) expect(art(xMm + widthMm - 1, yMm + y)).toEqual([0xc0, 0x20, 0x30, 255]);
        else if (dark) expect(art(xMm + widthMm - 1, yMm + y)).toEqual([0x20, 0x20, 0x20, 255]);
      }
    }
  });
});

describe('a gang refuses', () => {
  test('no jobs, pictures that print nothing, mirrored ones among others, and those that no film can take', async () => {
    const good = await job('a', 30, 20, '#c02030');
    const clear = await job('b', 30, 20, '#00000000');
    const blank = {
      ...clear,
      art: {
        ...clear.art,
        read: async () =>
          new Uint8Array(
            await sharp({ create: { width: 9, height: 9, channels: 4, background: '#0000' } })
              .png()
              .toBuffer(),
          ),
      },
    };
    await expect(gang([])).rejects.toMatchObject({ code: 'gang.empty' });
    await expect(gang([good, blank])).rejects.toMatchObject({ code: 'gang.blank' });
    await expect(gang([good, { ...clear, art: { ...clear.art, mirrored: true } }])).rejects.toMatchObject({ code: 'gang.mirrored' });
    await expect(gang([await job('a', 55, 55, '#c02030')], { widthMm: 60, marginMm: 5 })).rejects.toMatchObject({ code: 'gang.too-large' });
    await expect(gang([{ ...good, art: { ...good.art, read: async () => new Uint8Array(40) } }])).rejects.toMatchObject({
      code: 'gang.picture',
    });
  });

  test('to go on when it is told to stop, and leaves nothing', async () => {
    const stop = new AbortController();
    const sink = openMemorySink();
    const making = makeGang([await job('a', 30, 20, '#c02030', 3)], settings(), resources, sink, {
      signal: stop.signal,
      date: '2026-03-01',
    });
    stop.abort();
    await expect(making).rejects.toThrow();
    expect(sink.files()).toBeNull();
  });
});
