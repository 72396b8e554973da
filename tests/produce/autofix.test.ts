import { afterAll, expect, test } from 'vitest';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { check } from '../../src/produce/check.ts';
import { openBundledResources } from '../support/bundled-resources.ts';

const resources = await openBundledResources();
afterAll(() => resources.close());

const card = (more: object, size = 24) =>
  parseDesignSpec({
    product: 'greeting-card',
    placements: [
      {
        placement: 'outside',
        method: 'paper-print',
        layers: [
          { type: 'shape', shape: { kind: 'rect' }, fill: '#204060' },
          {
            type: 'text',
            text: 'A title far too long',
            font: { family: 'Lora' },
            size,
            fill: '#ffffff',
            box: { x: 20, y: 40, width: 60, height: 20 },
          },
        ],
      },
    ],
    ...more,
  });

const codes = async (more: object) =>
  (await check(card(more), resources, new AbortController().signal)).map(({ severity, code }) => `${severity} ${code}`);

test('a finding that can be mended says how', async () => {
  const findings = await check(card({}), resources, new AbortController().signal);
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: 'bleed.missing',
      severity: 'error',
      autofix: expect.objectContaining({ set: [{ pointer: '/placements/0/edge', value: 'extend' }] }),
    }),
  );
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: 'text.overflow',
      autofix: expect.objectContaining({ set: [{ pointer: '/placements/0/layers/1/fit/mode', value: 'shrink' }] }),
    }),
  );
});

test('a spec that accepts fixes is mended, and told', async () => {
  const mended = await codes({ autofix: true });
  expect(mended.filter((one) => one.startsWith('error') || one.includes('text.overflow'))).toEqual([]);
  expect(mended.filter((one) => one === 'info autofix.applied')).toHaveLength(2);
  const partly = await codes({ autofix: ['bleed.missing'] });
  expect(partly.filter((one) => one === 'info autofix.applied')).toHaveLength(1);
  expect(partly).toContain('warning text.overflow');
});

test('a fix that would make it worse is not made', async () => {
  const spec = card({ autofix: ['text.overflow'] }, 200);
  const findings = await check(spec, resources, new AbortController().signal);
  expect(findings).toContainEqual(expect.objectContaining({ code: 'text.overflow', severity: 'warning' }));
  expect(findings.map(({ code }) => code)).not.toContain('autofix.applied');
});
