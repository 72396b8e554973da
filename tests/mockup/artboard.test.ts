import { describe, expect, test } from 'vitest';
import { artboardOf, artboardPicture } from '../../src/mockup/artboard.ts';
import { renderPixels } from '../../src/render/raster/render-pixels.ts';
import { composeLayers } from '../support/compose-spec.ts';

const noPictures = (): never => {
  throw new Error('expected no pictures');
};

const signal = new AbortController().signal;

/** The colour of the artboard of a 100 x 60 mm card with 3 mm bleed, at a point in mm. */
const boardOf = async (layers: readonly unknown[], ground = '#ffffff') => {
  const { scene } = await composeLayers({ layers });
  const board = artboardOf(scene, ground, () => []);
  const { region } = board;
  const widthPx = 1200;
  const heightPx = Math.round((widthPx * region.height) / region.width);
  const request = { widthPx, heightPx, region };
  const art = await renderPixels(scene, { ...request, background: null, mirror: false }, noPictures, signal);
  const { rgba } = await artboardPicture(board, [{ process: 'ink', ...request, rgba: art.rgba }], request, signal);
  return (xMm: number, yMm: number): number[] => {
    const x = Math.floor(((xMm - region.x) / region.width) * widthPx);
    const y = Math.floor(((yMm - region.y) / region.height) * heightPx);
    return [...rgba.subarray((y * widthPx + x) * 4, (y * widthPx + x) * 4 + 3)];
  };
};

const close = (colour: readonly number[], wanted: readonly number[], by = 40): boolean =>
  colour.every((v, i) => Math.abs(v - (wanted[i] ?? 0)) <= by);

describe('an artboard', () => {
  test('shows the art to the bleed and no farther, on the ground of the article', async () => {
    const at = await boardOf([
      { type: 'shape', shape: { kind: 'rect' }, fill: '#000000', box: { x: -20, y: -20, width: 70, height: 100 } },
    ]);
    expect(at(20, 30)).toEqual([0, 0, 0]);
    expect(at(-2, 30)).toEqual([0, 0, 0]);
    expect(at(-4.5, 30)).toEqual([244, 244, 242]);
    expect(at(80, 30)).toEqual([255, 255, 255]);
  });

  test('shows art that multiplies as it is made: with the layers below it, not with the article', async () => {
    const shape = { type: 'shape', shape: { kind: 'rect' }, fill: '#ff0000', box: { x: 10, y: 10, width: 40, height: 40 } };
    const at = await boardOf([{ ...shape, blend: 'multiply' }], '#000000');
    expect(at(30, 30)).toEqual([255, 0, 0]);
  });

  test('draws the cut line, and dashes for bleed and safe area', async () => {
    const at = await boardOf([]);
    expect(close(at(0, 30), [229, 0, 125])).toBe(true);
    expect(close(at(50, 60), [229, 0, 125])).toBe(true);
    const along = (y: number): number[][] => Array.from({ length: 200 }, (_, i) => at(5 + i * 0.4, y));
    expect(along(-3).some((colour) => close(colour, [0, 119, 200], 60))).toBe(true);
    expect(along(4).some((colour) => close(colour, [0, 150, 63], 60))).toBe(true);
  });

  test('says the figures in words', async () => {
    const { scene } = await composeLayers({ layers: [] });
    const said: string[] = [];
    artboardOf(scene, '#ffffff', (text) => {
      said.push(text);
      return [];
    });
    expect(said).toEqual(['card front   cut 100 x 60 mm (pink)   bleed 3 mm (blue)   safe 4 mm (green)']);
  });
});
