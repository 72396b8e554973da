import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundsOfPath } from '../../src/geometry/path.ts';
import { pathFromSvg, pathToSvg } from '../../src/geometry/path-text.ts';
import type { Rect } from '../../src/geometry/point.ts';
import { checkResolution } from '../../src/methods/checks/resolution.ts';
import { renderPixels } from '../../src/render/raster/render-pixels.ts';
import { boundsOfNode, boundsOfNodes } from '../../src/scene/bounds.ts';
import { effectiveDpi } from '../../src/scene/photo.ts';
import type { GroupNode, RasterNode } from '../../src/scene/scene.ts';
import { sceneFromJson, sceneToJson } from '../../src/scene/scene-json.ts';
import { nodesOf } from '../../src/scene/walk.ts';
import { expectGolden } from '../golden/golden.ts';
import { composeLayers, testPicture } from '../support/compose-spec.ts';

const square = (box: unknown, more: object = {}): object => ({ type: 'shape', shape: { kind: 'rect' }, fill: '#336699', box, ...more });

const boxOf = async (box: unknown, more: object = {}) => {
  const { scene } = await composeLayers({ layers: [square(box, more)] });
  return boundsOfNodes(scene.nodes);
};

describe('a box', () => {
  test('that says nothing fills the trim', async () => {
    expect(await boxOf({})).toEqual({ x: 0, y: 0, width: 100, height: 60 });
  });

  test.each([
    ['bleed', { x: -3, y: -3, width: 106, height: 66 }],
    ['safe', { x: 4, y: 4, width: 92, height: 52 }],
  ])('within the %s area fills that', async (within, expected) => {
    expect(await boxOf({ within })).toEqual(expected);
  });

  test('with an anchor is placed by that point, and centred without x and y', async () => {
    expect(await boxOf({ anchor: 'center', width: 20, height: 10 })).toEqual({ x: 40, y: 25, width: 20, height: 10 });
    expect(await boxOf({ anchor: 'bottom-right', x: 90, y: 50, width: 20, height: 10 })).toEqual({ x: 70, y: 40, width: 20, height: 10 });
  });

  test('turns clockwise about its own middle', async () => {
    const turned = await boxOf({ x: 10, y: 10, width: 30, height: 10 }, { rotation: 90 });
    expect(turned).toEqual({ x: 20, y: 0, width: 10, height: 30 });
  });

  test('in a panel counts from the corner of that panel, and a spine follows the page count', async () => {
    const { scene } = await composeLayers({
      placement: 'cover',
      pages: 100,
      layers: [square({ panel: 'spine' }), square({ panel: 'front', x: 5, y: 5, width: 10, height: 10 })],
    });
    expect(scene.area.widthMm).toBe(310);
    expect(boundsOfNode(scene.nodes[0] ?? fail())).toEqual({ x: 150, y: 0, width: 10, height: 200 });
    expect(boundsOfNode(scene.nodes[1] ?? fail())).toEqual({ x: 165, y: 5, width: 10, height: 10 });
    expect(scene.area.folds.map(({ from }) => from.x)).toEqual([150, 160]);
  });

  test('that names a panel the placement has not is one error finding, and other layers are still composed', async () => {
    const { scene, findings } = await composeLayers({
      placement: 'cover',
      pages: 10,
      layers: [square({ panel: 'spin' }), square({ x: 10, y: 10, width: 5, height: 5 })],
    });
    expect(findings).toMatchObject([
      { severity: 'error', code: 'box.panel-unknown', pointer: '/placements/0/layers/0/box/panel', hint: 'did you mean "spine"?' },
    ]);
    expect(scene.nodes).toHaveLength(1);
  });
});

const fail = (): never => {
  throw new Error('expected a node');
};

const photoIn = async (photo: object, picture = testPicture(400, 200)): Promise<RasterNode> => {
  const { scene } = await composeLayers({ layers: [{ type: 'image', source: 'p', ...photo }], images: { p: picture } });
  const raster = nodesOf(scene.nodes).find((node): node is RasterNode => node.kind === 'raster');
  return raster ?? fail();
};

describe('a photo', () => {
  test('covers its frame and is cropped on the long side only, about its focus', async () => {
    const box = { x: 0, y: 0, width: 50, height: 50 };
    expect((await photoIn({ box })).source).toEqual({ x: 100, y: 0, width: 200, height: 200 });
    expect((await photoIn({ box, focus: { x: 0, y: 0 } })).source.x).toBe(0);
    expect((await photoIn({ box, focus: { x: 1, y: 1 } })).source.x).toBe(200);
  });

  test('that is contained shows all of itself in the middle of its frame', async () => {
    const node = await photoIn({ fit: 'contain', box: { x: 10, y: 0, width: 50, height: 50 } });
    expect(node.source).toEqual({ x: 0, y: 0, width: 400, height: 200 });
    expect(node.at).toEqual([50, 0, 0, 25, 10, 12.5]);
  });

  test('knows its effective resolution', async () => {
    expect(effectiveDpi(await photoIn({ fit: 'stretch', box: { width: 50.8, height: 25.4 } }))).toBeCloseTo(200, 3);
    expect(effectiveDpi(await photoIn({ fit: 'stretch', turn: 90, box: { width: 25.4, height: 50.8 } }))).toBeCloseTo(200, 3);
  });

  test('turned by a quarter keeps its frame', async () => {
    const node = await photoIn({ turn: 90, box: { x: 10, y: 5, width: 20, height: 40 } });
    expect(boundsOfNode(node)).toEqual({ x: 10, y: 5, width: 20, height: 40 });
    expect(node.source).toEqual({ x: 0, y: 0, width: 400, height: 200 });
  });

  test('is never stretched out of shape unless asked, whatever frame it gets', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 55 }),
        fc.constantFrom('cover', 'contain'),
        async (width, height, fit) => {
          const { at, source } = await photoIn({ fit, box: { x: 0, y: 0, width, height } });
          expect(at[0] / source.width / (at[3] / source.height)).toBeCloseTo(1, 2);
        },
      ),
      { numRuns: 20 },
    );
  });
});

const alphaRange = (rgba: Uint8Array): { least: number; most: number } => {
  let [least, most] = [255, 0];
  for (let i = 3; i < rgba.length; i += 4) {
    least = Math.min(least, rgba[i] ?? 0);
    most = Math.max(most, rgba[i] ?? 0);
  }
  return { least, most };
};

/** Pixels at least two away from the rim of a picture. */
const isInner = (pixel: number, widthPx: number, heightPx: number): boolean => {
  const [x, y] = [pixel % widthPx, Math.floor(pixel / widthPx)];
  return x > 1 && y > 1 && x < widthPx - 2 && y < heightPx - 2;
};

/** The boxes of the sub-paths in a group: all copies of a flat motif are one outline. */
const copiesIn = (group: GroupNode): Rect[] =>
  group.children.flatMap((node) =>
    node.kind === 'path'
      ? pathToSvg(node.path)
          .split(/(?=M)/)
          .flatMap((part) => boundsOfPath(pathFromSvg(part)) ?? [])
      : [],
  );

describe('patterns and collages', () => {
  const dot = { type: 'shape', shape: { kind: 'ellipse' }, fill: '#aa0000', box: { x: 1, y: 1, width: 3, height: 3 } };
  const tile = { width: 7, height: 7 };

  test.each(['grid', 'brick', 'half-drop', 'mirror', 'rotated'])(
    'a seamless %s pattern meets itself at the edges of its box',
    async (arrangement) => {
      const box = { x: 0, y: 0, width: 60, height: 45 };
      const { scene } = await composeLayers({ layers: [{ type: 'pattern', tile, arrangement, seamless: true, layers: [dot], box }] });
      const [group] = scene.nodes;
      if (group?.kind !== 'group') return fail();
      const centres = copiesIn(group).map((bounds) => ({ x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 }));
      const has = (x: number, y: number): boolean => centres.some((one) => Math.hypot(one.x - x, one.y - y) < 0.01);
      const inside = centres.filter(({ x, y }) => x >= 0 && x < box.width && y >= 0 && y < box.height);
      expect(inside.length).toBeGreaterThan(20);
      const nearLeft = inside.filter(({ x }) => x < 3);
      const nearTop = inside.filter(({ y }) => y < 3);
      expect(nearLeft.length + nearTop.length).toBeGreaterThan(0);
      for (const { x, y } of nearLeft) expect(has(x + box.width, y)).toBe(true);
      for (const { x, y } of nearTop) expect(has(x, y + box.height)).toBe(true);
      return undefined;
    },
  );

  test.each(
    ['grid', 'brick', 'half-drop', 'mirror', 'rotated'].flatMap((arrangement) => [0, 17].map((angle) => [arrangement, angle] as const)),
  )('a %s of full tiles at %i degrees shows no joint, whatever the resolution', async (arrangement, angle) => {
    const whole = { x: 0, y: 0, width: 7, height: 7 };
    const fills: readonly object[] = [
      { type: 'shape', shape: { kind: 'rect' }, fill: '#204060', box: whole },
      {
        type: 'shape',
        shape: { kind: 'rect' },
        fill: {
          linear: {
            stops: [
              { offset: 0, colour: '#204060' },
              { offset: 1, colour: '#204061' },
            ],
          },
        },
        box: whole,
      },
      { type: 'image', source: 'p', fit: 'stretch', box: whole },
    ];
    for (const fill of fills) {
      const { scene } = await composeLayers({
        layers: [{ type: 'pattern', tile, arrangement, angle, layers: [fill], box: { within: 'bleed' } }],
        images: { p: testPicture(90, 90) },
      });
      const request = { widthPx: 317, heightPx: 191, region: { x: 0, y: 0, width: 100, height: 60 }, background: null, mirror: false };
      const { rgba } = await renderPixels(scene, request, () => testPicture(90, 90), new AbortController().signal);
      // A thousandth of a millimetre may be missing where turned copies meet on the lattice.
      expect(alphaRange(rgba).least).toBeGreaterThanOrEqual(253);
    }
  });

  test('a seamless pattern over the bleed meets itself across the trim', async () => {
    const { scene } = await composeLayers({ layers: [{ type: 'pattern', tile, seamless: true, layers: [dot], box: { within: 'bleed' } }] });
    const [group] = scene.nodes;
    if (group?.kind !== 'group') return fail();
    const columns = new Set(copiesIn(group).map(({ x }) => x));
    const sorted = [...columns].sort((a, b) => a - b);
    const pitch = (sorted[1] ?? 0) - (sorted[0] ?? 0);
    expect(Math.abs(100 / pitch - Math.round(100 / pitch))).toBeLessThan(0.002);
    expect(boundsOfNode(group)).toEqual({ x: -3, y: -3, width: 106, height: 66 });
    return undefined;
  });

  test('a tile far too small for its box is refused instead of filling the memory', async () => {
    const { findings } = await composeLayers({ layers: [{ type: 'pattern', tile: { width: 0.1, height: 0.1 }, layers: [dot] }] });
    expect(findings).toMatchObject([{ severity: 'error', code: 'pattern.too-many-tiles', pointer: '/placements/0/layers/0/tile' }]);
  });

  test('a grid collage shares the box evenly between gutters', async () => {
    const photos = Array.from({ length: 6 }, () => ({ source: 'p' }));
    const { scene, findings } = await composeLayers({
      layers: [
        {
          type: 'collage',
          layout: { kind: 'grid', columns: 3, rows: 2 },
          gutter: 2,
          margin: 1,
          photos,
          box: { x: 0, y: 0, width: 90, height: 50 },
        },
      ],
      images: { p: testPicture(80, 60) },
    });
    expect(findings).toEqual([]);
    expect(scene.nodes.map(boundsOfNode)).toMatchObject([
      { x: 1, y: 1, width: 28, height: 23 },
      { x: 31, y: 1, width: 28, height: 23 },
      { x: 61, y: 1, width: 28, height: 23 },
      { x: 1, y: 26, width: 28, height: 23 },
      { x: 31, y: 26, width: 28, height: 23 },
      { x: 61, y: 26, width: 28, height: 23 },
    ]);
  });

  test('a bordered photo ends under the middle of its border, so that no reader lets it shine through at the rim', async () => {
    const border = { paint: '#ffffff', width: 2 };
    const layer = {
      type: 'collage',
      layout: { kind: 'grid', columns: 1, rows: 1 },
      border,
      photos: [{ source: 'p' }],
      box: { x: 10, y: 10, width: 40, height: 30 },
    };
    const { scene } = await composeLayers({ layers: [layer], images: { p: testPicture(400, 300) } });
    const [frame] = scene.nodes;
    if (frame?.kind !== 'group') return fail();
    const [photo, line] = frame.children;
    expect(photo && boundsOfNode(photo)).toEqual({ x: 11, y: 11, width: 38, height: 28 });
    expect(line && boundsOfNode(line)).toEqual({ x: 10, y: 10, width: 40, height: 30 });
    return undefined;
  });

  test('a photo without a frame is an error, a frame without a photo a warning', async () => {
    const layer = (photos: number) => ({
      type: 'collage',
      box: { within: 'safe' },
      layout: { kind: 'rows', rows: [[1, 2], [1]] },
      photos: Array.from({ length: photos }, () => ({ source: 'p' })),
    });
    const images = { p: testPicture(80, 60) };
    expect((await composeLayers({ layers: [layer(4)], images })).findings).toMatchObject([
      { severity: 'error', code: 'collage.photos-left-over', measured: 4, required: 3 },
    ]);
    expect((await composeLayers({ layers: [layer(2)], images })).findings.map((one) => one.code)).toContain('collage.frames-empty');
  });
});

describe('art at the edge', () => {
  test('that stops at the trim is an error naming sides and millimetres', async () => {
    const { findings } = await composeLayers({ layers: [square({ x: 0, y: 0, width: 100, height: 30 })] });
    expect(findings).toMatchObject([
      { severity: 'error', code: 'bleed.missing', pointer: '/placements/0/layers/0', required: 3, measured: 0 },
    ]);
    expect(findings[0]?.message).toContain('left, top, right');
  });

  test('that is turned and leaves a corner of the bleed white is found, and a circle that runs off the edge is not', async () => {
    const turned = square({ anchor: 'center', x: 50, y: 30, width: 108, height: 68 }, { rotation: 1.5 });
    expect((await composeLayers({ layers: [turned] })).findings).toMatchObject([{ code: 'bleed.missing', measured: 0, required: 3 }]);
    const circle = {
      type: 'shape',
      shape: { kind: 'ellipse' },
      fill: '#000000',
      box: { anchor: 'center', x: 0, y: 30, width: 50, height: 50 },
    };
    expect((await composeLayers({ layers: [circle] })).findings).toEqual([]);
  });

  test.each(['extend', 'mirror'] as const)('continued with "%s" shows no seam and no lack of resolution', async (edge) => {
    const picture = testPicture(1000, 600);
    for (const opacity of [1, 0.5]) {
      const group = { type: 'group', opacity, layers: [{ type: 'image', source: 'p', box: {} }] };
      const { scene } = await composeLayers({ layers: [group], images: { p: picture }, edge });
      const request = { widthPx: 533, heightPx: 331, region: { x: -3, y: -3, width: 106, height: 66 }, background: null, mirror: false };
      const { rgba } = await renderPixels(scene, request, () => picture, new AbortController().signal);
      const { least, most } = alphaRange(rgba.filter((_, i) => isInner(Math.floor(i / 4), 533, 331)));
      expect(most - least).toBeLessThanOrEqual(1);
      expect(checkResolution(scene, { errorDpi: 150, warnDpi: 225 })).toEqual([]);
    }
  });

  test('that has faded to nothing there is a glow, not a cut-off edge', async () => {
    const glow = {
      radial: {
        stops: [
          { offset: 0, colour: '#ffcc00' },
          { offset: 1, colour: '#ffcc00', opacity: 0 },
        ],
      },
    };
    const { findings } = await composeLayers({
      layers: [{ type: 'shape', shape: { kind: 'ellipse' }, fill: glow, box: { x: -1, y: 5, width: 50, height: 50 } }],
    });
    expect(findings).toEqual([]);
  });

  test('that runs into the bleed, or keeps clear of the trim, is in order', async () => {
    const { findings } = await composeLayers({ layers: [square({ within: 'bleed' }), square({ x: 10, y: 10, width: 20, height: 20 })] });
    expect(findings).toEqual([]);
  });

  test.each(['extend', 'mirror'] as const)('is continued to the bleed with edge "%s", and that is told', async (edge) => {
    const { scene, findings } = await composeLayers({
      layers: [{ type: 'image', source: 'p', box: {} }],
      images: { p: testPicture(1000, 600) },
      edge,
    });
    expect(boundsOfNodes(scene.nodes)).toEqual({ x: -3, y: -3, width: 106, height: 66 });
    expect(findings).toMatchObject([{ severity: 'info', code: edge === 'mirror' ? 'bleed.mirrored' : 'bleed.extended' }]);
  });
});

describe('a scene', () => {
  const layers = [
    square(
      { within: 'bleed' },
      {
        fill: {
          linear: {
            angle: 30,
            stops: [
              { offset: 0, colour: '#ffffff' },
              { offset: 1, colour: '#ddaa00', opacity: 0.5 },
            ],
          },
        },
      },
    ),
    { type: 'text', text: 'Ana & Büşra', font: { family: 'Lora' }, size: 9, box: { x: 10, y: 6, width: 80, height: 14 } },
    {
      type: 'image',
      source: 'p',
      mask: { by: 'shape', shape: { kind: 'heart' } },
      adjust: [{ kind: 'sepia' }],
      box: { x: 60, y: 25, width: 25, height: 25 },
    },
    {
      type: 'group',
      opacity: 0.5,
      blend: 'multiply',
      clip: { kind: 'ellipse' },
      box: { x: 10, y: 25, width: 30, height: 25 },
      layers: [square({ width: 15 }), square({ x: 12 }, { rotation: 15 })],
    },
    { type: 'code', symbology: 'ean-8', value: '96385074', caption: true, box: { x: 42, y: 30, width: 16, height: 12 } },
  ];

  test('is the same JSON as ever, and reads back equal', async () => {
    const { scene } = await composeLayers({ layers, images: { p: testPicture(600, 600) } });
    const text = sceneToJson(scene);
    expect(sceneToJson(sceneFromJson(text))).toBe(text);
    expect(sceneFromJson(text)).toEqual(scene);
    expectGolden('scene/card.json', text);
  });

  test('has only finite numbers on the 0.001 mm lattice', async () => {
    const { scene } = await composeLayers({ layers, images: { p: testPicture(600, 600) } });
    for (const node of nodesOf(scene.nodes)) {
      if (node.kind !== 'path') continue;
      for (const v of node.path.coords) {
        expect(Number.isFinite(v)).toBe(true);
        expect(Math.abs(v * 1000 - Math.round(v * 1000))).toBeLessThan(1e-6);
      }
    }
  });
});

describe('a layer that leaves no mark', () => {
  const here = { x: 10, y: 10, width: 20, height: 20 };
  test.each([
    ['text of spaces', { type: 'text', text: '   ', font: { family: 'Lora' } }, /paints nothing/],
    ['opacity 0', square(here, { opacity: 0 }), /opacity is 0/],
    ['a place outside the print area', square({ x: 300, y: 0, width: 5, height: 5 }), /outside the print area/],
    [
      'a clip beside its art',
      { type: 'group', clip: { kind: 'path', d: 'M0 0L1 0L1 1Z' }, box: here, layers: [square({ x: 10, y: 10, width: 5, height: 5 })] },
      /paints nothing/,
    ],
    ['an empty drawing', { type: 'svg', source: 'd', box: here }, /paints nothing/],
  ])('because of %s is told', async (_name, layer, reason) => {
    const drawings = { d: { digest: 'b'.repeat(64), width: 10, height: 10, nodes: [], warnings: [] } };
    const { findings } = await composeLayers({ layers: [layer], drawings });
    expect(findings).toMatchObject([
      { severity: 'warning', code: 'layer.unseen', pointer: expect.stringContaining('/placements/0/layers/0') },
    ]);
    expect(findings[0]?.message).toMatch(reason);
  });

  test('is not told twice: a missing glyph is reason enough', async () => {
    const { findings } = await composeLayers({ layers: [{ type: 'text', text: '漢', font: { family: 'Lora' }, box: here }] });
    expect(findings.map((one) => one.code)).toEqual(['text.glyph-missing']);
  });
});
