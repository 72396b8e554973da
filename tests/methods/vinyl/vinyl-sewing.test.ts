import { describe, expect, it } from 'vitest';
import { type Path, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { subtractPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import type { MadeFile } from '../../../src/methods/method.ts';
import { vinyl } from '../../../src/methods/vinyl/index.ts';
import { readStitches } from '../../../src/stitch/formats/read-stitches.ts';
import { stitchFacts } from '../../../src/stitch/formats/stitch-facts.ts';
import { type DxfLine, linesOfDxf, readDxf } from '../../support/read-dxf.ts';
import { contextOf, make, sceneOf, settingsOf, textOf } from './vinyl-scene.ts';

const RED = '#c3232e';
const NAVY = '#1d2844';
const disc = (x: number, y: number, radius: number): Path => ellipsePath(rectOf(x - radius, y - radius, 2 * radius, 2 * radius));

/** A red ring, and a navy plate beside it. */
const SCENE = sceneOf([RED, subtractPaths(disc(50, 50, 30), disc(50, 50, 14))], [NAVY, rectPath(rectOf(110, 30, 50, 30))]);
const TWILL = { kind: 'twill', sewing: {}, registration: false, labels: false };

const bytesOf = (files: ReadonlyMap<string, MadeFile>, name: string): Uint8Array => files.get(name)?.data ?? new Uint8Array();

type Spot = readonly [number, number];

/** Edges of the cut lines, middle of their box at 0,0, y down. */
const edgesOf = (lines: readonly DxfLine[]): readonly (readonly [Spot, Spot])[] => {
  const all = lines.flatMap(({ points }) => points);
  const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  const [mx, my] = [middle(all.map(([x]) => x)), middle(all.map(([, y]) => y))];
  return lines.flatMap(({ points }) => {
    const spots = points.map(([x, y]): Spot => [x - mx, my - y]);
    return spots.map((spot, i): readonly [Spot, Spot] => [spot, spots[(i + 1) % spots.length] ?? spot]);
  });
};

const apart = ([px, py]: Spot, [[ax, ay], [bx, by]]: readonly [Spot, Spot]): number => {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
};

describe('sewing of twill', () => {
  it('is a machine file for each layer, and facts for the operator', async () => {
    const files = await make([SCENE], TWILL);
    const sewn = [...files.keys()].filter((name) => name.includes('-sew'));
    expect(sewn).toEqual(['back-vinyl-1-red-sew.dst', 'back-vinyl-2-navy-sew.dst', 'back-vinyl-sewing.json']);
    const report = JSON.parse(textOf(files.get('back-vinyl-sewing.json')));
    const facts = stitchFacts(readStitches(bytesOf(files, 'back-vinyl-1-red-sew.dst')).plan);
    expect(report.layers[0]).toMatchObject({ stitches: facts.stitches, trims: facts.trims, files: ['back-vinyl-1-red-sew.dst'] });
    expect(report.layers[0]).toMatchObject({ stops: 1, hoop: '100 x 100 mm' });
    expect(report.layers[1].middle.xMm).toBeCloseTo(135, 0);
    expect(report.layers[1].middle.yMm).toBeCloseTo(45, 0);
    expect(files.get('back-vinyl-2-navy-sew.dst')).toMatchObject({ role: 'production', mirrored: false });
  });

  it.each(['1-red', '2-navy'])('lies on the edges of the cut file: %s', async (layer) => {
    const files = await make([SCENE], TWILL);
    const cuts = linesOfDxf(readDxf(bytesOf(files, `back-vinyl-${layer}.dxf`))).filter(({ layer: name }) => name === 'THRU');
    const edges = edgesOf(cuts);
    const { plan } = readStitches(bytesOf(files, `back-vinyl-${layer}-sew.dst`));
    const { left, right, top, bottom } = stitchFacts(plan).extents;
    const middle: Spot = [(left + right) / 2, (top + bottom) / 2];
    const runs = plan.blocks.flatMap((block) => block.runs);
    // For each edge a line that shows its place, one that holds it, and the zigzag.
    expect(runs).toHaveLength(3 * cuts.length);
    const far: number[] = [];
    for (const { points } of runs.slice(-cuts.length)) {
      for (let i = 0; i + 1 < points.length; i += 2) {
        const spot: Spot = [(points[i] ?? 0) - middle[0], (points[i + 1] ?? 0) - middle[1]];
        far.push(Math.min(...edges.map((edge) => apart(spot, edge))));
      }
    }
    // 0.4 mm beyond the edge and 2.6 within, in steps of a tenth.
    expect(Math.max(...far)).toBeLessThan(2.8);
    const beyond = far.filter((mm) => Math.abs(mm - 0.4) < 0.15).length;
    const within = far.filter((mm) => Math.abs(mm - 2.6) < 0.15).length;
    expect(beyond).toBeGreaterThan(far.length * 0.4);
    expect(within).toBeGreaterThan(far.length * 0.3);
  });

  it('draws the place of the layer first, within its edge, and halts for the layer to be laid', async () => {
    const files = await make([SCENE], { ...TWILL, sewing: { formats: ['pes'] } });
    const { plan } = readStitches(bytesOf(files, 'back-vinyl-2-navy-sew.pes'));
    expect(plan.blocks.map(({ stopAfter }) => stopAfter)).toEqual([true, false]);
    const reach = ({ runs }: (typeof plan.blocks)[number]): number =>
      Math.max(...runs.flatMap(({ points }) => [...points].filter((_, i) => i % 2 === 0)));
    const [place, edge] = plan.blocks;
    if (!place || !edge) throw new Error('expected two blocks, got fewer');
    // 0.2 mm within the edge; the zigzag reaches 0.4 beyond it.
    expect(reach(edge) - reach(place)).toBeCloseTo(0.6, 1);
  });

  it('names no hoop where none holds the layer', async () => {
    const plate = sceneOf([RED, rectPath(rectOf(0, 0, 600, 100))]);
    const wide = { ...plate, area: { ...plate.area, widthMm: 600 } };
    const report = JSON.parse(textOf((await make([wide], TWILL)).get('back-vinyl-sewing.json')));
    expect(report.layers[0].hoop).toBeNull();
  });

  it('has the width, the pitch and the formats that are asked for', async () => {
    const count = async (sewing: object): Promise<number> => {
      const files = await make([SCENE], { ...TWILL, sewing });
      return stitchFacts(readStitches(bytesOf(files, 'back-vinyl-2-navy-sew.dst')).plan).stitches;
    };
    const [coarse, close] = [await count({ pitchMm: 2.4 }), await count({ pitchMm: 1.2 })];
    expect(close / coarse).toBeGreaterThan(1.4);
    const files = await make([SCENE], { ...TWILL, sewing: { formats: ['pes', 'exp'] } });
    expect([...files.keys()].filter((name) => name.includes('2-navy-sew'))).toEqual([
      'back-vinyl-2-navy-sew.pes',
      'back-vinyl-2-navy-sew.exp',
      'back-vinyl-2-navy-sew.inf',
    ]);
  });

  it('is for twill alone, and only when asked for', async () => {
    for (const settings of [{ sewing: {} }, { kind: 'twill' }])
      expect([...(await make([SCENE], settings)).keys()].filter((name) => name.includes('-sew'))).toEqual([]);
  });

  it('shows in the picture: thread beyond the edge of the cloth', async () => {
    const request = { region: rectOf(0, 0, 200, 120), widthPx: 1000, heightPx: 600 };
    const cover = async (settings: object): Promise<number> => {
      const looks = await vinyl.appearance(SCENE, settingsOf(settings), request, contextOf());
      return looks.reduce((sum, { rgba }) => sum + rgba.filter((value, i) => i % 4 === 3 && value > 127).length, 0);
    };
    expect(await cover(TWILL)).toBeGreaterThan(await cover({ kind: 'twill' }));
  });
});
