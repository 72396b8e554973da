import { describe, expect, it } from 'vitest';
import { openMemoryResources } from '../../src/drivers/resources/memory-resources.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { parseProduct } from '../../src/model/product.ts';
import { boundsOfNodes } from '../../src/scene/bounds.ts';
import { compose } from '../../src/scene/compose.ts';
import { resolve, Unresolved } from '../../src/scene/resolve.ts';
import type { GroupNode, SceneNode } from '../../src/scene/scene.ts';
import { sceneFromJson, sceneToJson } from '../../src/scene/scene-json.ts';
import { FontSet } from '../../src/scene/text/font-set.ts';
import { nodesOf } from '../../src/scene/walk.ts';
import { stitchFormatOf } from '../../src/stitch/formats/formats.ts';
import { readStitches } from '../../src/stitch/formats/read-stitches.ts';
import { SAMPLE, shapeOf } from '../stitch/formats/sample-plans.ts';

const { signal } = new AbortController();

const bytesAs = (id: string): Uint8Array => stitchFormatOf(id)?.write(SAMPLE, { name: 'Logo', origin: { x: 0, y: 0 } }) ?? new Uint8Array();

const FILES = { 'logo.vp3': bytesAs('vp3'), 'logo.dst': bytesAs('dst'), 'logo.exp': bytesAs('exp') };

const PRODUCT = parseProduct({
  id: 'patch',
  name: 'Patch',
  placements: [{ id: 'front', label: 'Front', width: 120, height: 100, methods: { embroidery: {} } }],
});

const resources = (files: Readonly<Record<string, Uint8Array>> = FILES) => openMemoryResources({ products: [PRODUCT], files });

const composed = async (layer: Record<string, unknown>, files?: Readonly<Record<string, Uint8Array>>) => {
  const spec = parseDesignSpec({
    product: 'patch',
    placements: [{ placement: 'front', method: 'embroidery', layers: [{ type: 'stitches', ...layer }] }],
  });
  const resolved = await resolve(spec, resources(files), signal);
  const [placement] = resolved.spec.placements;
  const [area] = resolved.areas;
  if (!placement || !area) throw new Error('expected one placement');
  const missing = (): never => {
    throw new Error('expected no pictures');
  };
  const stitches = (source: string) => resolved.stitches.get(source) ?? missing();
  const result = compose(placement, area, { fonts: await FontSet.open([]), image: missing, drawing: missing, stitches }, area.pointer);
  return { ...result, findings: [...resolved.findings, ...result.findings], inputs: resolved.inputs };
};

const groupIn = (nodes: readonly SceneNode[]): GroupNode => {
  const found = nodesOf(nodes).find((node): node is GroupNode => node.kind === 'group' && node.stitches !== undefined);
  if (!found) throw new Error('expected finished stitches');
  return found;
};

describe('a layer of stitches', () => {
  it('keeps every stitch of the file, and lies at true size in the middle of its box', async () => {
    const { scene, findings, inputs } = await composed({ source: 'logo.vp3' });
    expect(findings).toEqual([]);
    const group = groupIn(scene.nodes);
    expect(group.pointer).toBe('/placements/0/layers/0');
    expect(group.stitches?.plan).toEqual(readStitches(FILES['logo.vp3']).plan);
    const box = boundsOfNodes(scene.nodes);
    // 55 x 19 mm, and half a thread all round.
    expect(box?.width).toBeCloseTo(55.4, 1);
    expect(box?.height).toBeCloseTo(19.4, 1);
    expect((box?.x ?? 0) + (box?.width ?? 0) / 2).toBeCloseTo(60, 0);
    expect((box?.y ?? 0) + (box?.height ?? 0) / 2).toBeCloseTo(50, 0);
    expect(inputs).toContainEqual({ kind: 'stitches', name: 'logo.vp3', sha256: group.stitches?.digest });
  });

  it('goes where it is told, turns, mirrors, and moves by whole steps of a machine', async () => {
    const { scene } = await composed({ source: 'logo.vp3', box: { x: 10.03, y: 20 } });
    const box = boundsOfNodes(scene.nodes);
    expect((box?.x ?? 0) + 0.2).toBeCloseTo(10, 1);
    expect((box?.y ?? 0) + 0.2).toBeCloseTo(20, 1);
    const at = groupIn(scene.nodes).stitches?.at ?? [];
    expect(at.slice(0, 4)).toEqual([1, 0, 0, 1]);
    for (const mm of at.slice(4)) expect(mm * 10).toBeCloseTo(Math.round(mm * 10), 6);
    const turned = await composed({ source: 'logo.vp3', rotation: 90, flip: 'horizontal', box: { anchor: 'center' } });
    const high = boundsOfNodes(turned.scene.nodes);
    expect(high?.height).toBeCloseTo(55.4, 1);
    expect(groupIn(turned.scene.nodes).stitches?.at.slice(0, 4)).not.toEqual([1, 0, 0, 1]);
  });

  it('comes back from JSON as it was', async () => {
    const { scene } = await composed({ source: 'logo.vp3', threads: ['old-gold', '#102030'] });
    expect(sceneFromJson(sceneToJson(scene))).toEqual(scene);
  });

  it('is never fitted: a small box and a scale are told, a scale beyond a tenth is refused', async () => {
    const small = await composed({ source: 'logo.vp3', box: { x: 10, y: 10, width: 30, height: 30 } });
    expect(small.findings).toMatchObject([
      { code: 'stitches.box', measured: '55 x 19', required: '30 x 30', pointer: '/placements/0/layers/0/box' },
    ]);
    expect(boundsOfNodes(small.scene.nodes)?.width).toBeCloseTo(55.4, 1);
    const scaled = await composed({ source: 'logo.vp3', scale: 1.1 });
    expect(scaled.findings).toMatchObject([{ severity: 'warning', code: 'stitches.scaled', measured: 110 }]);
    expect(boundsOfNodes(scaled.scene.nodes)?.width).toBeCloseTo(60.9, 1);
    await expect(composed({ source: 'logo.vp3', scale: 1.2 })).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('asks for threads where the file names none, and counts those that are named', async () => {
    expect((await composed({ source: 'logo.dst' })).findings).toMatchObject([{ code: 'stitches.colours', measured: 0, required: 3 }]);
    const named = await composed({ source: 'logo.dst', threads: ['#c8102e', 'navy', { spot: 'Thread 1801 White', alternate: '#ffffff' }] });
    expect(named.findings).toEqual([]);
    expect(groupIn(named.scene.nodes).stitches?.threads).toMatchObject([{ space: 'srgb' }, 'navy', { space: 'spot' }]);
    const many = await composed({ source: 'logo.vp3', threads: ['a', 'b', 'c', 'd'] });
    expect(many.findings).toMatchObject([{ code: 'stitches.threads', measured: 4, required: 3 }]);
  });

  it('knows EXP by its ending, or by what the layer says', async () => {
    const { scene } = await composed({ source: 'logo.exp', threads: ['#000', '#111', '#222'] });
    expect(groupIn(scene.nodes).stitches?.format).toBe('exp');
    const url = `data:application/octet-stream;base64,${Buffer.from(FILES['logo.exp']).toString('base64')}`;
    await expect(composed({ source: url })).rejects.toMatchObject({
      code: 'stitches.unknown-format',
      pointer: '/placements/0/layers/0/source',
    });
    const told = await composed({ source: url, format: 'exp', threads: ['#000', '#111', '#222'] });
    expect(shapeOf(groupIn(told.scene.nodes).stitches?.plan ?? { blocks: [] })).toEqual(
      shapeOf(readStitches(FILES['logo.exp'], 'a.exp').plan),
    );
  });

  it.each([
    ['nothing', new Uint8Array(0), 'stitches.unknown-format'],
    ['a file cut short', FILES['logo.vp3'].subarray(0, 300), 'stitches.truncated'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'stitches.unknown-format'],
    ['a head without stitches', FILES['logo.dst'].subarray(0, 512), 'stitches.'],
  ])('refuses %s at its source', async (_, bytes, code) => {
    const error: unknown = await composed({ source: 'bad.bin' }, { 'bad.bin': bytes }).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(Unresolved);
    expect(error).toMatchObject({ code: expect.stringContaining(code), pointer: '/placements/0/layers/0/source' });
  });
});
