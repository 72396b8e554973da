import { describe, expect, test } from 'vitest';
import { boundsOfPath, type Path, transformPath } from '../../src/geometry/path.ts';
import { areaOfPath, offsetPath, subtractPaths, unionPaths } from '../../src/geometry/polygons.ts';
import { singleStrokes } from '../../src/geometry/single-strokes.ts';
import { strokeOutline } from '../../src/geometry/stroke.ts';
import { beamDrawing } from '../../src/methods/engraving/beam-drawing.ts';
import { engravedArt } from '../../src/methods/engraving/engraved-art.ts';
import { engraving } from '../../src/methods/engraving/index.ts';
import type { GlyphsNode, Scene, SceneNode } from '../../src/scene/scene.ts';
import { nodesOf } from '../../src/scene/walk.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { composeLayers } from '../support/compose-spec.ts';

const lettering = (text: string, family: string, size: number, y = 10, fill?: string) => ({
  type: 'text',
  text,
  font: { family },
  size,
  ...(fill ? { fill } : {}),
  box: { x: 10, y, width: 80, height: 14 },
});

const sceneOf = async (...layers: readonly object[]): Promise<Scene> => (await composeLayers({ layers })).scene;
const settingsWith = (settings: object) => engraving.settings.parse(settings);

const glyphsOf = (nodes: readonly SceneNode[]): readonly Path[] =>
  [...nodesOf(nodes)]
    .filter((node): node is GlyphsNode => node.kind === 'glyphs')
    .flatMap((node) => node.glyphs.map(({ outline, at }) => transformPath(outline, at)))
    .filter((path) => path.coords.length > 0);

const layersOf = async (layers: readonly object[], settings: object) => {
  const scene = await sceneOf(...layers);
  const parsed = settingsWith(settings);
  return beamDrawing(engravedArt(scene, parsed), scene.area, parsed, 'Board').layers;
};

describe('letters below the limit', () => {
  test('become lines of the engraving colour and leave the filled area', async () => {
    const layers = await layersOf([lettering('Ann', 'Lora', 3), lettering('Big', 'Lora', 12, 30)], {
      singleLineBelow: 4,
      engraveColour: '#112233',
    });
    expect(layers.map(({ name, work, colour }) => [name, work, colour])).toEqual([
      ['ENGRAVE', 'fill', '#112233'],
      ['ENGRAVE LINE', 'line', '#112233'],
    ]);
    const [filled, lines] = layers.map(({ paths }) =>
      boundsOfPath(paths[0]?.path ?? { verbs: new Uint8Array(), coords: new Float64Array() }),
    );
    expect(lines?.y ?? 99).toBeLessThan(filled?.y ?? 0);
    expect(filled?.y ?? 0).toBeGreaterThan(30);
  });

  test('stay filled when no limit is set, when they are higher, and when they are white', async () => {
    const small = [lettering('Ann', 'Lora', 3)];
    expect((await layersOf(small, {})).map(({ name }) => name)).toEqual(['ENGRAVE']);
    expect((await layersOf(small, { singleLineBelow: 1 })).map(({ name }) => name)).toEqual(['ENGRAVE']);
    expect((await layersOf([lettering('Ann', 'Lora', 3, 10, '#ffffff')], { singleLineBelow: 4 })).map(({ name }) => name)).toEqual([
      'ENGRAVE',
    ]);
  });

  test('are seen on the mockup as fine lines', async () => {
    const scene = await sceneOf(lettering('Ann', 'Lora', 4));
    const region = { x: 0, y: 0, width: 100, height: 60 };
    const context = {
      articleColour: null,
      picture: () => {
        throw new Error('expected no picture');
      },
      profile: () => {
        throw new Error('expected no profile');
      },
      palette: bundledPalette,
      lettering: () => [],
      signal: new AbortController().signal,
    };
    const marked = async (settings: object): Promise<number> => {
      const [seen] = await engraving.appearance(scene, settingsWith(settings), { widthPx: 1000, heightPx: 600, region }, context);
      return Array.from(seen?.rgba ?? []).reduce((sum, value, i) => (i % 4 === 3 ? sum + value : sum), 0);
    };
    const [filled, lines] = [await marked({}), await marked({ singleLineBelow: 5 })];
    expect(lines).toBeGreaterThan(0);
    expect(lines).not.toBe(filled);
  });
});

describe('the lines of letters', () => {
  test.each([
    ['aegRS&', 'Lora'],
    ['BGhx8Q4K', 'Inter'],
    ['Жуков', 'Open Sans'],
    ['漢字', 'Noto Sans JP'],
    ['عربية', 'Noto Naskh Arabic'],
    ['Name', 'Great Vibes'],
  ])('%s in %s lie inside, reach everywhere and have few nodes', async (text, family) => {
    const scene = await sceneOf(lettering(text, family, 9));
    for (const letter of glyphsOf(scene.nodes)) {
      const lines = singleStrokes(letter, 0.01);
      const hair = strokeOutline(lines, { widthMm: 0.02, cap: 'butt', join: 'round', miterLimit: 4 });
      expect(areaOfPath(subtractPaths(hair, offsetPath(letter, 0.03))), 'outside').toBeLessThan(0.03 * areaOfPath(hair) + 1e-4);
      // Grown by the thickest half stroke of any of these, the lines cover the letter.
      const grown = strokeOutline(lines, { widthMm: 1.7, cap: 'round', join: 'round', miterLimit: 4 });
      const solid = unionPaths([letter]);
      expect(areaOfPath(subtractPaths(solid, grown)) / areaOfPath(solid), 'left out').toBeLessThan(0.03);
      expect(lines.verbs.length).toBeLessThan(90);
    }
  });
});
