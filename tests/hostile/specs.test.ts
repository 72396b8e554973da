import { describe, expect, it } from 'vitest';
import { sceneToJson } from '../../src/scene/scene-json.ts';
import { composeLayers } from '../support/compose-spec.ts';

const text = (more: object): object => ({ type: 'text', text: 'Hello', font: { family: 'Open Sans' }, size: 12, ...more });
const shape = (more: object): object => ({ type: 'shape', shape: { kind: 'rect' }, fill: '#3366aa', ...more });
const codesOf = async (...layers: readonly object[]): Promise<readonly string[]> =>
  (await composeLayers({ layers })).findings.map(({ code }) => code);

describe('a hostile design spec', () => {
  it('gets an error for a lattice of more tiles than a press could use', async () => {
    expect(await codesOf({ type: 'pattern', tile: { width: 0.1, height: 0.1 }, layers: [shape({})] })).toContain('pattern.too-many-tiles');
  });

  it('gets an error for a clip that is not path data, and keeps the other layers', async () => {
    const layers = [{ type: 'group', clip: { kind: 'path', d: 'garbage' }, layers: [shape({})] }, text({})];
    const { scene, findings } = await composeLayers({ layers });
    expect(findings.map(({ code }) => code)).toContain('shape.path-invalid');
    expect(scene.nodes.length).toBeGreaterThan(0);
  });

  it('gets an error for effects on ten thousand letters', async () => {
    const long = text({ text: 'x y'.repeat(3333), placement: { kind: 'envelope', shape: 'arch' } });
    expect(await codesOf(long)).toContain('text.too-complex');
  });

  it('is told that text on a path of no length does not fit', async () => {
    expect(await codesOf(text({ placement: { kind: 'path', d: 'M 10 10 L 10 10' } }))).toContain('text.overflow');
  });

  it('gets a code that cannot hold its value refused', async () => {
    expect(await codesOf({ type: 'code', symbology: 'qr', level: 'H', value: 'é漢'.repeat(1000) })).toContain('code.invalid');
  });

  it('may nest turned, flipped and clipped groups ten deep and stay finite', async () => {
    let nested: object = shape({ box: { x: 0, y: 0, width: 40, height: 25 } });
    for (let depth = 0; depth < 10; depth += 1) {
      const box = { x: 1, y: 1, width: 60 - depth, height: 40 - depth };
      nested = { type: 'group', box, rotation: 13, flip: 'both', opacity: 0.9, blend: 'screen', clip: { kind: 'heart' }, layers: [nested] };
    }
    const { scene, findings } = await composeLayers({ layers: [nested] });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(JSON.stringify(sceneToJson(scene))).not.toMatch(/null,null|NaN|Infinity/);
  });
});
