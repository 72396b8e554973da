import { describe, expect, it } from 'vitest';
import { hexOf } from '../../../src/colour/colour.ts';
import { flattenPath } from '../../../src/geometry/flatten.ts';
import { type Path, transformPath } from '../../../src/geometry/path.ts';
import { pathFromSvg } from '../../../src/geometry/path-text.ts';
import { areaOfPath, subtractPaths, unionPaths } from '../../../src/geometry/polygons.ts';
import { type LogoTrace, traceLogo } from '../../../src/render/trace/trace-logo.ts';
import { photo, svgPixels } from './pictures.ts';

const STAR = 'M50 2 L61 38 L98 38 L68 60 L79 96 L50 74 L21 96 L32 60 L2 38 L39 38 Z';
const CURVED =
  'M80 22 C70 8 30 5 25 30 C22 55 78 45 75 72 C72 95 30 95 18 78 L24 68 C35 82 62 84 62 70 C62 55 12 62 12 32 C12 0 72 -2 88 14 Z';
const INK = '#c8102e';

const lengthOf = (path: Path): number =>
  flattenPath(path).reduce((sum, { points }) => {
    let own = 0;
    for (let i = 2; i + 1 < points.length; i += 2)
      own += Math.hypot((points[i] ?? 0) - (points[i - 2] ?? 0), (points[i + 1] ?? 0) - (points[i - 1] ?? 0));
    return sum + own;
  }, 0);

const regionsOf = (trace: LogoTrace) => {
  if (trace.kind !== 'flat') throw new Error(`expected a flat picture, got ${trace.reason}`);
  return trace.regions;
};

/** How far the traced outline lies from the true one on the average, pixels. */
const meanOff = (d: string, size: number, regions: ReturnType<typeof regionsOf>, scale: number): number => {
  const truth = unionPaths([transformPath(pathFromSvg(d), [scale, 0, 0, scale, 0, 0])], 'nonzero', 0.02);
  const found = unionPaths(
    regions.filter(({ colour }) => colour.r > 0.6 && colour.g < 0.4).map(({ path }) => path),
    'nonzero',
    0.02,
  );
  expect(size).toBeGreaterThan(0);
  const off = areaOfPath(subtractPaths(found, truth, 'nonzero', 0.02)) + areaOfPath(subtractPaths(truth, found, 'nonzero', 0.02));
  return off / lengthOf(truth);
};

describe('traceLogo', () => {
  for (const [name, d] of [
    ['a star', STAR],
    ['a curved letter', CURVED],
  ] as const) {
    it(`draws ${name} within a fraction of a pixel, with few nodes`, async () => {
      const art = `<rect width="100" height="100" fill="#fff"/><path d="${d}" fill="${INK}"/>`;
      for (const [how, size, most] of [
        ['png', 60, 0.2],
        ['png', 200, 0.15],
        ['png', 600, 0.15],
        ['jpeg', 200, 0.4],
        // Three pixels of the enlarged picture are one of what it was.
        ['enlarged', 100, 0.75],
      ] as const) {
        const picture = await svgPixels(art, size, how);
        const regions = regionsOf(traceLogo(picture));
        expect(meanOff(d, size, regions, picture.widthPx / 100), `${how} ${size}`).toBeLessThan(most);
        const nodes = regions.reduce((sum, { path }) => sum + path.verbs.length, 0);
        expect(nodes, `${how} ${size}`).toBeLessThan(how === 'png' ? 140 : 300);
      }
    });
  }

  it('keeps smooth edges from which it cannot tell a colour of their own, and neighbours that meet', async () => {
    const art = '<rect width="100" height="100" fill="#14386e"/><circle cx="50" cy="50" r="30" fill="#f4c542"/>';
    const regions = regionsOf(traceLogo(await svgPixels(art, 200), { background: 'keep' }));
    expect(regions.map(({ colour }) => hexOf(colour))).toEqual(['#14386e', '#f4c542']);
    const [field, disc] = regions.map(({ path }) => areaOfPath(path));
    expect(disc).toBeCloseTo(Math.PI * 60 ** 2, -2);
    expect((field ?? 0) + (disc ?? 0)).toBeCloseTo(200 * 200, -2);
  });

  it('leaves white paper out and what it encloses not, other grounds only when told', async () => {
    const ring = (ground: string) =>
      `<rect width="100" height="100" fill="${ground}"/><circle cx="50" cy="50" r="40" fill="${INK}"/><circle cx="50" cy="50" r="15" fill="${ground}"/>`;
    const white = traceLogo(await svgPixels(ring('#ffffff'), 200));
    expect(white).toMatchObject({ kind: 'flat', dropped: { r: expect.closeTo(1, 2), g: expect.closeTo(1, 2), b: expect.closeTo(1, 2) } });
    const hole = regionsOf(white).find(({ colour }) => colour.g > 0.9);
    expect(areaOfPath(hole?.path ?? pathFromSvg(''))).toBeCloseTo(Math.PI * 30 ** 2, -2);
    const blue = await svgPixels(ring('#14386e'), 200);
    expect(traceLogo(blue)).toMatchObject({ dropped: null });
    expect(
      areaOfPath(regionsOf(traceLogo(blue, { background: 'drop' })).find(({ colour }) => colour.b > 0.4)?.path ?? pathFromSvg('')),
    ).toBeLessThan(3000);
  });

  it('follows clear parts, and gives the same twice', async () => {
    const picture = await svgPixels(`<path d="${STAR}" fill="${INK}"/>`, 200);
    const regions = regionsOf(traceLogo(picture));
    expect(meanOff(STAR, 200, regions, 2)).toBeLessThan(0.15);
    expect(traceLogo(picture)).toEqual(traceLogo(picture));
  });

  it('takes any pixels without harm', () => {
    let state = 7;
    const noise = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 24;
    };
    for (const [widthPx, heightPx] of [
      [1, 1],
      [1, 200],
      [3, 2],
      [64, 64],
      [500, 400],
    ] as const) {
      const rgba = Uint8Array.from({ length: widthPx * heightPx * 4 }, noise);
      expect(['flat', 'refused']).toContain(traceLogo({ widthPx, heightPx, rgba }).kind);
      // Every pixel one of three colours: as many edges as there can be.
      const flat = Uint8Array.from({ length: widthPx * heightPx * 4 }, (_, i) => (i % 4 === 3 ? 255 : i % 4 === noise() % 3 ? 255 : 0));
      expect(['flat', 'refused']).toContain(traceLogo({ widthPx, heightPx, rgba: flat }).kind);
      const one = new Uint8Array(widthPx * heightPx * 4).fill(255);
      expect(traceLogo({ widthPx, heightPx, rgba: one }).kind).toMatch(/flat|refused/);
    }
  });

  it('refuses photos with the figures, and pictures that show nothing', async () => {
    const refused = traceLogo(await photo('02-pet-tee/photos/dog.jpg', 300));
    expect(refused).toMatchObject({ kind: 'refused', reason: 'photo' });
    expect(refused.facts.even).toBeLessThan(0.66);
    expect(traceLogo(await svgPixels('', 40))).toMatchObject({ kind: 'refused', reason: 'empty' });
  });
});
