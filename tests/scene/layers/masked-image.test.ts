import { describe, expect, it } from 'vitest';
import { boundsOfPath } from '../../../src/geometry/path.ts';
import { containsRect, rectOf } from '../../../src/geometry/point.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import type { DecodedImage } from '../../../src/model/resources.ts';
import { boundsOfNode } from '../../../src/scene/bounds.ts';
import { softEdge } from '../../../src/scene/masks/soft-edge.ts';
import type { GroupNode, SceneNode } from '../../../src/scene/scene.ts';
import { composeLayers, testPicture } from '../../support/compose-spec.ts';

const IMAGES = { 'photo.jpg': testPicture(400, 200) };
const BOX = { x: 10, y: 5, width: 40, height: 40 };

const masked = async (mask: unknown, more: object = {}, images: Readonly<Record<string, DecodedImage>> = IMAGES) => {
  const { scene, findings } = await composeLayers({ layers: [{ type: 'image', source: 'photo.jpg', mask, box: BOX, ...more }], images });
  return { nodes: scene.nodes, findings, group: scene.nodes.find((node): node is GroupNode => node.kind === 'group') };
};

const photoIn = (group: GroupNode | undefined): Extract<SceneNode, { kind: 'raster' }> | undefined => {
  const [child] = group?.children ?? [];
  return child?.kind === 'raster' ? child : undefined;
};

describe('image masks', () => {
  it('fills the box with what an oval leaves', async () => {
    const { group, findings } = await masked({ by: 'oval', x: 0.5, y: 0.5, width: 0.25, height: 1 });
    expect(findings).toEqual([]);
    // 100 x 200 px of the photo in 40 x 40 mm.
    expect(photoIn(group)?.source).toEqual({ x: 150, y: 0, width: 100, height: 200 });
    const bounds = group?.clip && boundsOfPath(group.clip.path);
    expect(bounds && [bounds.x, bounds.y, bounds.width, bounds.height].map((v) => Math.round(v * 100) / 100)).toEqual([20, 5, 20, 40]);
  });

  it('leaves the photo where it was when it is not tight', async () => {
    const { group } = await masked({ by: 'oval', x: 0.5, y: 0.5, width: 0.25, height: 0.5, tight: false }, { fit: 'contain' });
    expect(photoIn(group)?.source.width).toBe(400);
    const bounds = group?.clip && boundsOfPath(group.clip.path);
    expect(bounds?.width).toBeCloseTo(10, 2);
  });

  it.each([
    ['an oval', { by: 'oval', x: 0.1, y: 0.5, width: 0.4, height: 0.8 }, {}, 10],
    ['an outline', { by: 'path', d: 'M0.5 0.2 L0.9 1.25 L0.1 1.25 Z' }, {}, 25],
    [
      'an oval beside the part of the photo that is used',
      { by: 'oval', x: 0.5, y: 0.5, width: 0.4, height: 0.8 },
      { crop: { x: 0.4, y: 0, width: 0.6, height: 1 } },
      10,
    ],
  ])('tells how far %s reaches past the photo', async (_, mask, more, percent) => {
    for (const tight of [true, false]) {
      const { findings } = await masked({ ...mask, tight }, more);
      expect(findings).toMatchObject([
        { severity: 'warning', code: 'mask.outside', pointer: '/placements/0/layers/0/mask', measured: percent },
      ]);
    }
  });

  it('are for image layers: the photos of a collage say so', async () => {
    const photos = [{ source: 'photo.jpg', mask: { by: 'oval' } }];
    const collage = { type: 'collage', layout: { kind: 'grid', columns: 1, rows: 1 }, photos, box: BOX };
    await expect(composeLayers({ layers: [collage], images: IMAGES })).rejects.toMatchObject({
      code: 'input.invalid',
      message: expect.stringMatching(/\/photos\/0\/mask.*no mask for a photo of a collage.*image layers take masks/),
    });
  });

  it('takes points and path data alike', async () => {
    const points = await masked({
      by: 'path',
      points: [
        [0.25, 0],
        [0.75, 0],
        [0.5, 1],
      ],
    });
    const d = await masked({ by: 'path', d: 'M0.25 0 L0.75 0 L0.5 1 Z' });
    expect(d.group?.clip?.path.coords).toEqual(points.group?.clip?.path.coords);
  });

  it('refuses a path with both, with neither, and with data that is none', async () => {
    await expect(masked({ by: 'path' })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(
      masked({
        by: 'path',
        d: 'M0 0L1 1Z',
        points: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      }),
    ).rejects.toThrow();
    const { findings } = await masked({ by: 'path', d: 'M0 nonsense' });
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['mask.path-invalid', 'error']]);
  });

  it('refuses a mask outside the photo instead of printing a blank', async () => {
    const { nodes, findings } = await masked({
      by: 'path',
      points: [
        [1.2, 0.2],
        [1.8, 0.2],
        [1.5, 0.9],
      ],
    });
    expect(nodes).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['mask.nothing-left']);
  });

  it('keeps a mask that is larger than the photo to the photo', async () => {
    const { group } = await masked({
      by: 'path',
      points: [
        [-1, -1],
        [2, -1],
        [2, 2],
        [-1, 2],
      ],
    });
    expect(photoIn(group)?.source).toEqual({ x: 0, y: 0, width: 400, height: 200 });
    expect(group && boundsOfNode(group)).toMatchObject({ width: 40, height: 20 });
  });

  it('lays the rim inside the box, under the photo', async () => {
    for (const mask of [
      { by: 'oval', width: 0.4, height: 0.8 },
      { by: 'shape', shape: { kind: 'star' } },
    ]) {
      const { nodes } = await masked({ ...mask, border: { width: 2, colour: '#ff0000' } });
      expect(nodes.map(({ kind }) => kind)).toEqual(['path', 'group']);
      const [rim] = nodes;
      const bounds = rim && boundsOfNode(rim);
      expect(bounds && containsRect(rectOf(10, 5, 40, 40), bounds, 0.05)).toBe(true);
      expect(rim?.kind === 'path' && rim.pointer).toBe('/placements/0/layers/0/mask/border');
    }
  });

  it('says when a soft edge is wider than the figure', async () => {
    const { findings, group } = await masked({ by: 'shape', shape: { kind: 'ellipse' }, feather: 60 });
    expect(group?.mask).not.toBeNull();
    expect(findings.map(({ code }) => code)).toEqual(['mask.feather-wide']);
  });
});

describe('softEdge', () => {
  it('is clear at the outline, half way through at half the width and solid inside', () => {
    const soft = softEdge(ellipsePath(rectOf(0, 0, 40, 40)), 8, '/layers/0/mask/feather');
    const { rgba, widthPx } = soft?.picture ?? { rgba: new Uint8Array(), widthPx: 0 };
    const alphaAt = (mm: number): number => rgba[4 * (Math.floor(widthPx / 2) * widthPx + Math.floor((mm / 40) * widthPx)) + 3] ?? -1;
    expect(alphaAt(0.1)).toBeLessThan(16);
    expect(Math.abs(alphaAt(4) - 128)).toBeLessThan(24);
    expect(alphaAt(8.6)).toBeGreaterThan(240);
    expect(alphaAt(20)).toBe(255);
    for (let mm = 0.5; mm < 10; mm += 0.5) expect(alphaAt(mm)).toBeGreaterThanOrEqual(alphaAt(mm - 0.5));
  });
});
