import { Resvg } from '@resvg/resvg-js';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { stitchSvg } from '../../../src/render/stitches/stitch-svg.ts';
import { columnWord, GOLD, thread, threeColourPatch } from '../../support/sample-plans.ts';
import { joined, path } from './single-thread.ts';

type Element = { readonly name: string; readonly attributes: Readonly<Record<string, string>> };

const read = (bytes: Uint8Array): readonly Element[] => {
  const found: Element[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => found.push({ name, attributes: { ...attributes } }));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(new TextDecoder().decode(bytes)).close();
  return found;
};

const named = (all: readonly Element[], name: string): readonly Element[] => all.filter((one) => one.name === name);

describe('the path of the needle as SVG', () => {
  it('has the true size, a group for each colour and a polyline for each run', () => {
    const plan = threeColourPatch();
    const all = read(stitchSvg(plan));
    expect(all[0]?.attributes).toMatchObject({ width: '63mm', height: '63mm', viewBox: '0.5 0.5 63 63' });
    expect(named(all, 'g').map(({ attributes }) => attributes.stroke)).toEqual(['#1f2f5c', '#e0a92e', '#f6f5f0']);
    const runs = plan.blocks.flatMap((block) => block.runs);
    const lines = named(all, 'polyline').map(({ attributes }) => attributes.points?.split(' ') ?? []);
    expect(lines.map((points) => points.length)).toEqual(runs.map(({ points }) => points.length / 2));
    expect(lines[0]?.[0]?.split(',').map(Number)).toEqual([...(runs[0]?.points.subarray(0, 2) ?? [])]);
    expect(named(all, 'line')).toEqual([]);
  });

  it('shows moves dashed when asked to', () => {
    const plan = columnWord();
    const moves = named(read(stitchSvg(plan, { jumps: true })), 'line');
    expect(moves).toHaveLength((plan.blocks[0]?.runs.length ?? 0) - 1);
    for (const { attributes } of moves) expect(attributes['stroke-dasharray']).toBeTruthy();
  });

  it('writes names of any kind as text', () => {
    const odd = thread('#112233', 'A & B <"red">\u0007', '1');
    const text = new TextDecoder().decode(stitchSvg(path([0, 0, 3, 0], odd), { title: '</title><script>' }));
    expect(text).toContain('A &amp; B &lt;&quot;red&quot;&gt;</title>');
    expect(text).not.toContain('<script');
    expect(() => read(new TextEncoder().encode(text))).not.toThrow();
  });

  it('is drawn by another program where the needle goes', () => {
    const bytes = stitchSvg(joined(path([2, 5, 8, 5], GOLD)), { region: { x: 0, y: 0, width: 10, height: 10 } });
    const image = new Resvg(new TextDecoder().decode(bytes), { fitTo: { mode: 'width', value: 100 } }).render();
    const alpha = (x: number, y: number): number => image.pixels[(y * 100 + x) * 4 + 3] ?? 0;
    expect(alpha(50, 50)).toBe(255);
    expect(alpha(50, 45)).toBe(0);
    expect(alpha(90, 50)).toBe(0);
  });

  it('is a drawing also when nothing is sewn', () => {
    expect(named(read(stitchSvg({ blocks: [] })), 'svg')).toHaveLength(1);
  });
});
