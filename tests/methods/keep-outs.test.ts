import { describe, expect, test } from 'vitest';
import { rectPath } from '../../src/geometry/path.ts';
import { rectOf } from '../../src/geometry/point.ts';
import { checkKeepOuts } from '../../src/methods/checks/keep-outs.ts';
import { composeLayers } from '../support/compose-spec.ts';

const strip = (id: string, label: string, x: number) => ({ id, label, path: rectPath(rectOf(x, 0, 12, 60)) });

/** The card with a strip to keep clear at both ends. */
const findingsOf = async (layers: readonly unknown[], background?: string) => {
  const { scene } = await composeLayers({ layers, background });
  const keepOuts = [strip('left', 'Left end', 0), strip('right', 'Right end', 88)];
  return checkKeepOuts({ ...scene, area: { ...scene.area, keepOuts } });
};

const rect = (x: number, width: number) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  fill: '#00ff00',
  box: { x, y: 10, width, height: 20 },
});

describe('art in a keep-out', () => {
  test('is told once for a layer that touches both ends, with what lies on each', async () => {
    expect(await findingsOf([rect(8, 83.5)])).toMatchObject([
      {
        severity: 'warning',
        pointer: '/placements/0/layers/0',
        message: 'The art lies on 4 x 20 mm of "Left end" and 3.5 x 20 mm of "Right end", which should stay clear.',
        measured: 4,
        required: 0,
        unit: 'mm',
      },
    ]);
  });

  test('is told once for a background that runs through both, as information', async () => {
    const found = await findingsOf([], '#ffffff');
    expect(found).toMatchObject([{ severity: 'info', pointer: '/placements/0/background', measured: 12 }]);
    expect(found[0]?.message).toContain('12 x 60 mm of "Left end" and 12 x 60 mm of "Right end"');
  });

  test('is told once for lettering of many shapes, outlines and shadow', async () => {
    const text = {
      type: 'text',
      text: 'IIIIIIIIIIIIIIIIIIIIII',
      font: { family: 'Open Sans' },
      size: 30,
      fill: '#000000',
      outlines: [{ width: 1, colour: '#ff0000' }],
    };
    const found = await findingsOf([text, { ...text, text: 'I' }]);
    expect(found.map(({ severity, pointer }) => [severity, pointer])).toEqual([['warning', '/placements/0/layers/0']]);
  });

  test('is not found in the room between letters', async () => {
    const arc = { kind: 'arc', radius: 32 };
    const round = { type: 'text', text: 'A                 B', font: { family: 'Open Sans' }, size: 12, fill: '#000000', placement: arc };
    const { scene } = await composeLayers({ layers: [round] });
    const keepOuts = [{ id: 'middle', label: 'Middle', path: rectPath(rectOf(48, 2, 4, 56)) }];
    expect(scene.nodes.length).toBeGreaterThan(0);
    expect(checkKeepOuts({ ...scene, area: { ...scene.area, keepOuts } })).toEqual([]);
  });

  test('is not said of art that only meets its edge', async () => {
    expect(await findingsOf([rect(12, 76)])).toEqual([]);
  });
});
