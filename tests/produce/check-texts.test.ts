import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openMemorySink } from '../../src/drivers/store/memory-sink.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import type { Resources } from '../../src/model/resources.ts';
import { parseShop } from '../../src/model/shop.ts';
import { parseWordList } from '../../src/model/word-list.ts';
import { check } from '../../src/produce/check.ts';
import { produce } from '../../src/produce/produce.ts';
import { openBundledResources } from '../support/bundled-resources.ts';
import { CARD } from '../support/compose-spec.ts';

const OFFENSIVE = parseWordList(
  JSON.parse(readFileSync(new URL('../../templates/word-lists/offensive/word-list.json', import.meta.url), 'utf8')),
);
const never = new AbortController().signal;

const library = async (textPolicy: Readonly<Record<string, unknown>> | undefined): Promise<Resources & { close(): Promise<void> }> => {
  const bundled = await openBundledResources();
  return {
    product: async () => CARD,
    shop: async () => parseShop({ id: 'press', name: 'Press', ...(textPolicy ? { textPolicy } : {}) }),
    wordList: async () => OFFENSIVE,
    font: (request) => bundled.font(request),
    image: (source, signal) => bundled.image(source, signal),
    drawing: (source, signal) => bundled.drawing(source, signal),
    views: async () => [],
    view: (product, view) => bundled.view(product, view),
    profile: (name) => bundled.profile(name),
    palette: (id) => bundled.palette(id),
    design: (id) => bundled.design(id),
    optionSet: (id) => bundled.optionSet(id),
    close: () => bundled.close(),
  };
};

const text = (words: string, more: Readonly<Record<string, unknown>> = {}) => ({
  type: 'text',
  text: words,
  font: { family: 'Lora' },
  size: 6,
  box: { anchor: 'center', width: 60, height: 20 },
  ...more,
});
const specOf = (...layers: readonly unknown[]) =>
  parseDesignSpec({ product: 'card', shop: 'press', placements: [{ placement: 'front', method: 'paper-print', layers }] });

const told = async (rules: Readonly<Record<string, unknown>> | undefined, ...layers: readonly unknown[]) => {
  const resources = await library(rules);
  try {
    const findings = await check(specOf(...layers), resources, never);
    return findings.filter(({ code }) => /^text\.(?:refused|held|mixed|unapproved)/.test(code));
  } finally {
    await resources.close();
  }
};

describe('texts of a spec', () => {
  it('are held against the lists where the shop asks for it, each with its place', async () => {
    const findings = await told(
      { specs: true, trademarks: ['Zorbo'] },
      text('Hello Scunthorpe'),
      { type: 'group', layers: [text('sh1t happens'), text('Zorbo & Cock')] },
      text('', { runs: [{ text: 'fu' }, { text: 'ck' }] }),
      text('Аnna'),
      text('Scheisse', { locale: 'de' }),
      text('Scheisse', { locale: 'sv' }),
    );
    expect(findings.map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`)).toEqual([
      'error text.refused /placements/0/layers/1/layers/0/text',
      'error text.refused /placements/0/layers/1/layers/1/text',
      'error text.refused /placements/0/layers/2/runs',
      'error text.mixed-alphabets /placements/0/layers/3/text',
      'error text.refused /placements/0/layers/4/text',
    ]);
    expect(JSON.stringify(findings)).not.toMatch(/sh[1i]t|zorbo|cock|scheisse/i);
  });

  it('are left alone where it does not', async () => {
    expect(await told(undefined, text('shit'))).toEqual([]);
    expect(await told({}, text('shit'))).toEqual([]);
  });

  it('of codes and pictures are none', async () => {
    expect(
      await told({ specs: true }, { type: 'code', symbology: 'qr', value: 'https://shit.example', box: { width: 20, height: 20 } }),
    ).toEqual([]);
  });

  it('stop a run until a person says otherwise', async () => {
    const resources = await library({ specs: true });
    const make = async (force: boolean) => {
      const sink = openMemorySink();
      return produce(specOf(text('Robin Cock')), resources, sink, { signal: never, version: '0', only: 'production', force });
    };
    try {
      expect(await make(false)).toMatchObject({ status: 'refused', artifacts: [], findings: [{ severity: 'error', code: 'text.held' }] });
      expect(await make(true)).toMatchObject({ status: 'made', findings: [{ code: 'text.held' }] });
    } finally {
      await resources.close();
    }
  });

  it('are not approved from outside by a check, which says so', async () => {
    const approval = { url: 'https://approve.example/texts' };
    expect(await told({ approval }, text('Hello'))).toMatchObject([{ severity: 'info', code: 'text.unapproved' }]);
    expect(await told({ approval }, { type: 'shape', shape: { kind: 'ellipse' }, fill: '#ff0000' })).toEqual([]);
  });

  it('stop an order whose answers were held, whatever the shop says, until somebody makes it all the same', async () => {
    const resources = await library(undefined);
    const spec = { ...specOf(text('Robin Cock')), design: { id: 'sign', held: ['name'] } };
    const options = { signal: never, version: 'test' };
    try {
      const refused = await produce(spec, resources, openMemorySink(), options);
      expect(refused).toMatchObject({ status: 'refused', findings: [{ code: 'text.held', severity: 'error', pointer: '/design/held/0' }] });
      expect((await produce(spec, resources, openMemorySink(), { ...options, force: true })).status).toBe('made');
    } finally {
      await resources.close();
    }
  });
});
