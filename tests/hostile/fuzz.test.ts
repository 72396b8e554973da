import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../src/intake/decode-image.ts';
import { DEFAULT_IMAGE_LIMITS } from '../../src/intake/image-limits.ts';
import { inspectFont } from '../../src/intake/inspect-font.ts';
import { readSvg } from '../../src/intake/read-svg.ts';
import { DEFAULT_SVG_LIMITS } from '../../src/intake/svg/svg-limits.ts';
import { isProblem } from '../../src/model/problem.ts';
import type { DrawingNode } from '../../src/model/resources.ts';
import { SVG_CASES } from '../intake/svg-cases.ts';

const limits = { ...DEFAULT_IMAGE_LIMITS, maxPixels: 1_000_000 };
const noise = sharp({
  create: { width: 48, height: 32, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 50 } },
});

/** Overwritten bytes, a cut and a doubled stretch, at places that favour the head of the file. */
const damage = fc.record({
  writes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0x0a)), { maxLength: 6 }),
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  doubled: fc.option(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 64 }))),
});

type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

const damaged = (file: Uint8Array, { writes, cut, doubled }: Damage): Uint8Array => {
  let bytes = Buffer.from(file);
  for (const [where, value] of writes) bytes[Math.floor(where * where * (bytes.length - 1))] = value;
  if (doubled) {
    const at = Math.floor(doubled[0] * bytes.length);
    bytes = Buffer.concat([bytes.subarray(0, at + doubled[1]), bytes.subarray(at)]);
  }
  return cut === null ? bytes : bytes.subarray(0, Math.floor(cut * bytes.length));
};

/** Damaged files are read or refused; nothing else may happen. Returns how many were refused. */
const fuzz = async (files: readonly Uint8Array[], read: (bytes: Uint8Array) => unknown, numRuns: number): Promise<number> => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), damage, async (file, how) => {
      try {
        await read(damaged(file, how));
      } catch (error) {
        if (!isProblem(error)) throw error;
        refused += 1;
      }
    }),
    { numRuns },
  );
  return refused;
};

const numbersIn = (node: DrawingNode): number[] => {
  switch (node.kind) {
    case 'path':
      return [...node.path.coords, node.stroke?.width ?? 0];
    case 'image':
      return [...node.at];
    case 'group':
      return [node.opacity, ...(node.clip?.path.coords ?? []), ...node.children.flatMap(numbersIn)];
  }
};

describe('damaged files are read or refused with a Problem', () => {
  it.each([
    ['PNG', () => noise.clone().png().toBuffer()],
    ['palette PNG', () => noise.clone().png({ palette: true }).toBuffer()],
    [
      'JPEG',
      () =>
        noise
          .clone()
          .withIccProfile('p3')
          .withExif({ IFD0: { Copyright: 'x' } })
          .jpeg()
          .toBuffer(),
    ],
    ['progressive JPEG', () => noise.clone().jpeg({ progressive: true }).toBuffer()],
    ['WebP', () => noise.clone().withIccProfile('p3').webp().toBuffer()],
    ['TIFF', () => noise.clone().withIccProfile('p3').tiff({ compression: 'lzw' }).toBuffer()],
  ] as const)('%s', async (_, make) => {
    expect(await fuzz([await make()], (bytes) => decodeImage(bytes, limits), 250)).toBeGreaterThan(20);
  });

  it('SVG', async () => {
    const files = Object.values(SVG_CASES).map((text) => Buffer.from(text));
    const small = { ...DEFAULT_SVG_LIMITS, maxNodes: 2000, maxSegments: 20_000 };
    expect(await fuzz(files, (bytes) => readSvg(bytes, small), 600)).toBeGreaterThan(50);
  });

  it('SVG with words in the wrong places', async () => {
    const words = fc.constantFrom(
      '1e309',
      '-1',
      'NaN',
      'url(#k)',
      'url(#a)',
      'none',
      'inherit',
      '0',
      '1e-30',
      '100%',
      'matrix(0 0 0 0 0 0)',
      '#fff',
      '9999999',
    );
    const texts = Object.values(SVG_CASES);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), fc.nat(), words, async (text, which, word) => {
        const values = [...text.matchAll(/="([^"]{0,60})"/g)];
        const hit = values[which % values.length];
        const changed = hit ? `${text.slice(0, hit.index)}="${word}"${text.slice(hit.index + hit[0].length)}` : text;
        try {
          const { nodes } = await readSvg(Buffer.from(changed));
          expect(nodes.flatMap(numbersIn).every(Number.isFinite)).toBe(true);
        } catch (error) {
          if (!isProblem(error)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('TTF', async () => {
    const index: { readonly faces: readonly { readonly file: string; readonly bytes: number }[] } = JSON.parse(
      readFileSync(new URL('../../fonts/index.json', import.meta.url), 'utf8'),
    );
    const smallest = [...index.faces].sort((a, b) => a.bytes - b.bytes).slice(0, 3);
    const files = smallest.map(({ file }) => readFileSync(new URL(`../../fonts/${file}`, import.meta.url)));
    expect(await fuzz(files, inspectFont, 600)).toBeGreaterThan(50);
  });
});
