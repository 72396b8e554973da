import { describe, expect, it } from 'vitest';
import type { SceneNode } from '../../../src/scene/scene.ts';
import { sceneToJson } from '../../../src/scene/scene-json.ts';
import { composeLayers, testPicture } from '../../support/compose-spec.ts';

const IMAGES = { 'photo.jpg': testPicture(200, 200) };
const pattern = (more: object = {}) => ({
  type: 'pattern',
  arrangement: 'scatter',
  seamless: true,
  tile: { width: 50, height: 30 },
  gap: 1,
  box: { within: 'bleed' },
  scatter: { seed: 3 },
  layers: [
    { type: 'image', source: 'photo.jpg', mask: { by: 'oval', x: 0.5, y: 0.5 }, box: { width: 10, height: 12 } },
    { type: 'shape', shape: { kind: 'heart' }, fill: '#cc0033', box: { width: 4, height: 4 } },
  ],
  ...more,
});

/** Where copies of the photo lie. */
const photosIn = (nodes: readonly SceneNode[]): readonly (readonly [number, number])[] =>
  nodes.flatMap((node): readonly (readonly [number, number])[] =>
    node.kind === 'raster' ? [[node.at[4], node.at[5]]] : node.kind === 'group' ? photosIn(node.children) : [],
  );

describe('a scatter', () => {
  it('repeats exactly every tile', async () => {
    const { scene, findings } = await composeLayers({ layers: [pattern()], images: IMAGES });
    expect(findings).toEqual([]);
    const places = photosIn(scene.nodes);
    expect(places.length).toBeGreaterThan(8);
    const inner = places.filter(([x, y]) => x > 2 && x < 42 && y > 2 && y < 40);
    expect(inner.length).toBeGreaterThan(2);
    for (const [x, y] of inner) expect(places.some(([px, py]) => Math.abs(px - x - 50) < 0.002 && Math.abs(py - y) < 0.002)).toBe(true);
  });

  it('stretches the tile so that a whole number fills the trim', async () => {
    const { scene } = await composeLayers({
      layers: [pattern({ tile: { width: 45, height: 28 }, gap: 0, box: { within: 'bleed' } })],
      images: IMAGES,
    });
    const places = photosIn(scene.nodes);
    const edge = places.filter(([x]) => x < 0.5);
    expect(edge.length).toBeGreaterThan(0);
    for (const [x, y] of places.filter(([px]) => px > -9 && px < 0))
      expect(places.some(([px, py]) => Math.abs(px - x - 100) < 0.01 && Math.abs(py - y) < 0.002)).toBe(true);
  });

  it('is the same scene twice', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => composeLayers({ layers: [pattern()], images: IMAGES })));
    expect(a && sceneToJson(a.scene)).toEqual(b && sceneToJson(b.scene));
  });

  it('refuses a motif that has no room', async () => {
    const { findings } = await composeLayers({
      layers: [pattern({ layers: [{ type: 'shape', shape: { kind: 'heart' }, fill: '#cc0033', box: { width: 80, height: 60 } }] })],
    });
    expect(findings.map(({ code, pointer }) => [code, pointer])).toContainEqual([
      'pattern.motif-left-out',
      '/placements/0/layers/0/layers/0',
    ]);
  });

  it('says nothing of a motif that is not wanted', async () => {
    const { findings } = await composeLayers({ layers: [pattern({ scatter: { most: [3, 0] } })], images: IMAGES });
    expect(findings).toEqual([]);
  });
});
