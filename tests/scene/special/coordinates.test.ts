import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { coordinatesFields } from '../../../src/model/special-layers.ts';
import { coordinateTexts } from '../../../src/scene/special/coordinate-text.ts';

const fields = z.object(coordinatesFields);
const texts = (latitude: number, longitude: number, more: object = {}) =>
  coordinateTexts(fields.parse({ latitude, longitude, ...more }), { minute: '′', second: '″' });

test('coordinates are written in degrees, minutes and seconds, in minutes or in degrees', () => {
  expect(texts(48.8566, 2.3522)).toEqual(['48° 51′ 24″ N', '2° 21′ 08″ E']);
  expect(texts(-33.8688, -151.2093, { format: 'dm' })).toEqual(['33° 52.128′ S', '151° 12.558′ W']);
  expect(texts(-33.8688, 151.2093, { format: 'decimal', decimals: 2 })).toEqual(['33.87° S', '151.21° E']);
  expect(texts(0, -0)).toEqual(['0° 00′ 00″ N', '0° 00′ 00″ E']);
});

test('coordinates have the letters and the decimal mark of the language', () => {
  const decimal = (locale: string, more: object = {}) => texts(-47.5, -13.25, { locale, format: 'decimal', ...more });
  expect(decimal('de-AT')).toEqual(['47,5000° S', '13,2500° W']);
  expect(texts(47.5, 13.25, { locale: 'de', format: 'decimal' })[1]).toBe('13,2500° O');
  expect(decimal('fr')[1]).toBe('13,2500° O');
  expect(decimal('tr')).toEqual(['47,5000° G', '13,2500° B']);
  expect(decimal('ja')).toEqual(['南緯47.5000°', '西経13.2500°']);
  expect(decimal('xx', { letters: { south: 'down under' } })).toEqual(['47.5000° down under', '13.2500° W']);
});

test('coordinates never read 60 minutes or seconds, and say the angle to half of their last figure', () => {
  expect(texts(59.99999, 9.9999999)).toEqual(['60° 00′ 00″ N', '10° 00′ 00″ E']);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 90, noNaN: true }), fc.integer({ min: 0, max: 3 }), (angle, decimals) => {
      const [shown] = texts(angle, 0, { decimals });
      const [degrees = Number.NaN, minutes = Number.NaN, seconds = Number.NaN] = shown.match(/[\d.]+/g)?.map(Number) ?? [];
      expect(minutes).toBeLessThan(60);
      expect(seconds).toBeLessThan(60);
      expect(Math.abs(degrees * 3600 + minutes * 60 + seconds - angle * 3600)).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-6);
    }),
  );
});
