import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LANGUAGE_TABLE } from '../../../src/model/language-table.ts';
import { calendarFields } from '../../../src/model/special-layers.ts';
import { boundsOfNode } from '../../../src/scene/bounds.ts';
import { daysIn, namesOf, weeksOf } from '../../../src/scene/special/month-grid.ts';
import { runsLeftwards, weekendOf, weekStartOf } from '../../../src/scene/special/week.ts';
import { nodesOf } from '../../../src/scene/walk.ts';
import { composeLayers } from '../../support/compose-spec.ts';

const fields = z.object(calendarFields);
const layerOf = (more: object) => fields.parse({ year: 2026, month: 6, ...more });

describe('the grid of a month', () => {
  test('has the days that the calendar of the language runtime has, in their columns and weeks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom(0, 1, 6), (year, month, start) => {
        const first = new Date(0);
        first.setUTCFullYear(year, month - 1, 1);
        const last = new Date(0);
        last.setUTCFullYear(year, month, 0);
        expect(daysIn(year, month)).toBe(last.getUTCDate());
        const weeks = weeksOf(year, month, start);
        expect(weeks[0]?.days.indexOf(1)).toBe((first.getUTCDay() - start + 7) % 7);
        expect(weeks.flatMap(({ days }) => days.filter((day) => day !== null))).toEqual(
          Array.from({ length: last.getUTCDate() }, (_, i) => i + 1),
        );
      }),
    );
  });

  test('numbers weeks as ISO 8601 does, over the turn of the year too', () => {
    const numbers = (year: number, month: number): readonly number[] => weeksOf(year, month, 1).map((week) => week.number);
    expect(numbers(2021, 1)).toEqual([53, 1, 2, 3, 4]);
    expect(numbers(2024, 12)).toEqual([48, 49, 50, 51, 52, 1]);
    expect(numbers(2026, 1)).toEqual([1, 2, 3, 4, 5]);
    expect(numbers(2016, 2)).toEqual([5, 6, 7, 8, 9]);
  });

  test.each([
    ['en', 0],
    ['en-GB', 1],
    ['en-US', 0],
    ['de', 1],
    ['pt-BR', 0],
    ['ja', 0],
    ['sv', 1],
    ['ar', 6],
    ['ar-SA', 0],
    ['ar-MA', 1],
    ['he', 0],
    ['fa-IR', 6],
    ['fr-CA', 0],
    ['zh-Hant-TW', 0],
  ])('of %s begins its weeks on day %i', (locale, start) => {
    expect(weekStartOf(layerOf({ locale }))).toBe(start);
  });

  test('begins on another day when the layer says so', () => {
    expect(weekStartOf(layerOf({ locale: 'en-US', weekStart: 'monday' }))).toBe(1);
  });
});

describe('a month of a language that is read from the right', () => {
  const placesIn = async (more: object) => {
    const layer = { type: 'calendar', year: 2026, month: 6, font: { family: 'Open Sans' }, weekNumbers: true, title: 'none', ...more };
    const names = { month: 'm', days: ['d0', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6'] };
    const { scene, findings } = await composeLayers({ layers: [{ ...layer, names }] });
    expect(findings).toEqual([]);
    const glyphs = nodesOf(scene.nodes).flatMap((node) => (node.kind === 'glyphs' ? [node] : []));
    const centre = (text: string, at = ''): number => {
      const node = glyphs.find((one) => one.text === text && one.pointer.endsWith(at));
      const box = node && boundsOfNode(node);
      if (!box) throw new Error(`expected ${text} in the month`);
      return box.x + box.width / 2;
    };
    return { centre, glyphs };
  };

  test.each(['ar', 'he', 'ar-SA', 'fa-IR', 'az-Arab'])(
    'in %s runs leftwards, with the numbers of its weeks at the right',
    async (locale) => {
      expect(runsLeftwards(locale)).toBe(true);
      const { centre } = await placesIn({ locale });
      const first = weekStartOf(layerOf({ locale }));
      const days = [0, 1, 2, 3, 4, 5, 6].map((i) => centre(`d${(first + i) % 7}`));
      expect(days).toEqual(days.toSorted((a, b) => b - a));
      // 2026-06-01 is a Monday: it stands below its name.
      expect(centre('1')).toBeCloseTo(centre('d1'), 0);
      expect(centre('24', 'weekNumbers')).toBeGreaterThan(days[0] ?? 0);
    },
  );

  test('written in Latin letters runs rightwards', async () => {
    expect(runsLeftwards('ar-Latn')).toBe(false);
    const { centre } = await placesIn({ locale: 'en' });
    expect(centre('d0')).toBeLessThan(centre('d6'));
    expect(centre('24', 'weekNumbers')).toBeLessThan(centre('d0'));
  });

  test.each([
    ['en-GB', [0, 6]],
    ['ar-EG', [5, 6]],
    ['he', [5, 6]],
    ['fa', [5]],
    ['ar-MA', [0, 6]],
  ])('has its days of rest as %s does', async (locale, days) => {
    expect(weekendOf(locale)).toEqual(days);
    const { glyphs } = await placesIn({ locale, weekend: '#ff0000', muted: '#000000' });
    const names = glyphs.filter(({ text }) => text.startsWith('d'));
    const muted = glyphs.find(({ pointer }) => pointer.endsWith('weekNumbers'))?.fill;
    const coloured = names.filter(({ fill }) => JSON.stringify(fill) !== JSON.stringify(muted)).map(({ text }) => text);
    expect(coloured.toSorted()).toEqual(days.map((day) => `d${day}`));
  });
});

describe('the names of a month', () => {
  test.each(Object.keys(LANGUAGE_TABLE))('are known in %s: a title and seven days', (locale) => {
    for (const days of ['letter', 'short', 'long']) {
      const names = namesOf(layerOf({ locale, days }), '');
      expect(names.title).toMatch(/\S.*2026|2026.*\S/u);
      expect(names.days.filter((day) => day.length > 0)).toHaveLength(7);
    }
  });

  test('stand alone, not beside a day', () => {
    expect(namesOf(layerOf({ locale: 'pl', month: 1 }), '').title).toBe('Styczeń 2026');
    expect(namesOf(layerOf({ locale: 'tr', month: 11 }), '').title).toBe('Kasım 2026');
    expect(namesOf(layerOf({ locale: 'ja', month: 5 }), '').title).toBe('2026年5月');
    expect(namesOf(layerOf({ locale: 'fr', title: 'month' }), '').title).toBe('Juin');
  });

  test('must be given in a language that is not known', async () => {
    const { findings } = await composeLayers({ layers: [{ type: 'calendar', year: 2026, month: 6, locale: 'tlh' }] });
    expect(findings).toMatchObject([{ severity: 'error', code: 'calendar.language-unknown', pointer: '/placements/0/layers/0/locale' }]);
    const names = { month: 'jar', days: ['1', '2', '3', '4', '5', '6', '7'] };
    expect((await composeLayers({ layers: [{ type: 'calendar', year: 2026, month: 6, locale: 'tlh', names }] })).findings).toEqual([]);
  });
});

test('a mark on a day that is not there is an error at that mark', async () => {
  const layer = { type: 'calendar', year: 2025, month: 2, marks: [{ day: 28 }, { day: 29 }] };
  const { findings } = await composeLayers({ layers: [layer] });
  expect(findings).toMatchObject([
    { code: 'calendar.no-such-day', pointer: '/placements/0/layers/0/marks/1/day', measured: 29, required: 28 },
  ]);
});
