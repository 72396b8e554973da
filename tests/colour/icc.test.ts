import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openTransform } from '../../src/colour/icc.ts';
import { SRGB_PROFILE } from '../../src/colour/srgb-profile.ts';

const folder = new URL('../../profiles/', import.meta.url);
const index: { profiles: { name: string; file: string; sha256: string }[] } = JSON.parse(
  readFileSync(new URL('index.json', folder), 'utf8'),
);
const fogra = new Uint8Array(readFileSync(new URL('FOGRA39L_coated.icc', folder)));
const compensated = { blackPointCompensation: true };

describe('profiles', () => {
  it('are the files the index names', () => {
    expect(index.profiles.map(({ name }) => name)).toEqual(['fogra39-coated', 'srgb']);
    for (const { file, sha256 } of index.profiles)
      expect(
        createHash('sha256')
          .update(readFileSync(new URL(file, folder)))
          .digest('hex'),
      ).toBe(sha256);
  });

  it('include the sRGB bytes that the core carries as text', () => {
    expect(Buffer.from(SRGB_PROFILE).equals(readFileSync(new URL('sRGB.icc', folder)))).toBe(true);
  });
});

describe('openTransform', () => {
  it('leaves paper white without ink and reaches strong primaries', async () => {
    const toPress = await openTransform('srgb', fogra, 'relative', compensated);
    expect(toPress.colour([1, 1, 1])).toEqual([0, 0, 0, 0]);
    const [c = 1, m = 0, y = 0, k = 1] = toPress.colour([1, 0, 0]);
    expect(Math.max(c, k)).toBeLessThan(0.01);
    expect(Math.min(m, y)).toBeGreaterThan(0.9);
    toPress.dispose();
  });

  it('matches the value measured for black without compensation', async () => {
    const toPress = await openTransform('srgb', fogra, 'relative', { blackPointCompensation: false });
    expect(toPress.colour([0, 0, 0]).map((v) => Math.round(v * 100))).toEqual([83, 72, 45, 100]);
    toPress.dispose();
  });

  it('gives pixels the same inks as single colours, within a tone step or two', async () => {
    const toPress = await openTransform('srgb', fogra, 'relative', compensated);
    const rgba = Uint8Array.of(10, 200, 30, 255, 128, 128, 128, 0, 255, 255, 255, 9, 0, 0, 0, 255);
    const inks = toPress.rgba(rgba);
    expect(inks).toHaveLength(16);
    for (let p = 0; p < 4; p += 1) {
      const exact = toPress.colour([...rgba.subarray(p * 4, p * 4 + 3)].map((v) => v / 255));
      exact.forEach((v, i) => {
        expect(Math.abs((inks[p * 4 + i] ?? 999) - v * 255)).toBeLessThan(4);
      });
    }
    const packed = toPress.pixels(Uint8Array.of(10, 200, 30, 128, 128, 128));
    expect([...packed]).toEqual([...inks.subarray(0, 8)]);
    toPress.dispose();
  });

  it('comes back from the press close to where it started', async () => {
    const toPress = await openTransform('srgb', fogra, 'relative', compensated);
    const toScreen = await openTransform(fogra, 'srgb', 'relative', compensated);
    for (const grey of [40, 90, 128, 200, 240]) {
      const back = toScreen.pixels(toPress.pixels(Uint8Array.of(grey, grey, grey)));
      for (const v of back) expect(Math.abs(v - grey)).toBeLessThan(8);
    }
    toPress.dispose();
    toScreen.dispose();
  });

  it('holds the ink sum under a limit for colours and pixels', async () => {
    const limited = await openTransform('srgb', fogra, 'relative', { blackPointCompensation: true, maxInk: 2.8 });
    const sum = limited.colour([0, 0, 0]).reduce((a, b) => a + b, 0);
    expect(sum).toBeLessThanOrEqual(2.8 + 1e-9);
    expect(sum).toBeGreaterThan(2.7);
    const pixels = limited.rgba(Uint8Array.of(0, 0, 0, 255, 20, 10, 0, 255));
    for (const at of [0, 4]) expect([...pixels.subarray(at, at + 4)].reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(2.8 * 255);
    limited.dispose();
  });

  it('gives the same bytes every time, across chunks too', async () => {
    const pixels = Uint8Array.from({ length: 4 * 140_001 }, (_, i) => (i * 2_654_435_761) >>> 24);
    const run = async (): Promise<string> => {
      const toPress = await openTransform(SRGB_PROFILE, fogra, 'perceptual', compensated);
      const digest = createHash('sha256').update(toPress.rgba(pixels)).digest('hex');
      toPress.dispose();
      return digest;
    };
    expect(await run()).toBe(await run());
  });

  it('refuses what is no profile, and use after dispose', async () => {
    await expect(openTransform('srgb', new Uint8Array(300), 'relative', compensated)).rejects.toThrow(
      'expected an ICC profile for the destination',
    );
    const transform = await openTransform('srgb', fogra, 'relative', compensated);
    transform.dispose();
    transform.dispose();
    expect(() => transform.colour([0.1, 0.2, 0.3])).toThrow('disposed');
  });

  it('survives profiles with damaged bytes', async () => {
    let [refused, opened] = [0, 0];
    for (let seed = 1; seed <= 120; seed += 1) {
      const damaged = fogra.slice(0, seed % 5 === 0 ? seed * 1000 : fogra.length);
      for (let i = 0; i < 3; i += 1) damaged[(seed * 7919 * (i + 1)) % 900] = (seed * 31 + i * 97) & 255;
      try {
        const transform = await openTransform('srgb', damaged, 'relative', compensated);
        transform.colour([0.2, 0.4, 0.6]);
        transform.dispose();
        opened += 1;
      } catch (problem) {
        expect(problem).toBeInstanceOf(RangeError);
        refused += 1;
      }
    }
    expect(Math.min(refused, opened)).toBeGreaterThan(5);
  });
});
