import { LANGUAGE_TABLE } from '../../model/language-table.ts';
import type { CoordinatesFields } from '../../model/special-layers.ts';

type Letters = Readonly<Record<'north' | 'south' | 'east' | 'west', string>>;

const letters = (row: string): Letters => {
  const [north = 'N', south = 'S', east = 'E', west = 'W'] = row.split(' ');
  return { north, south, east, west };
};

/** North, south, east, west as maps of the language letter them. */
const LETTERS: Readonly<Record<string, string>> = {
  en: 'N S E W',
  de: 'N S O W',
  fr: 'N S E O',
  es: 'N S E O',
  it: 'N S E O',
  pt: 'N S E O',
  ca: 'N S E O',
  nl: 'N Z O W',
  sv: 'N S O V',
  da: 'N S Ø V',
  nb: 'N S Ø V',
  no: 'N S Ø V',
  fi: 'P E I L',
  tr: 'K G D B',
  hu: 'É D K Ny',
  ja: '北緯 南緯 東経 西経',
  zh: '北纬 南纬 东经 西经',
};

/** Languages whose letters stand before the figures. */
const LEADING = new Set(['ja', 'zh']);

export type CoordinateMarks = { readonly minute: string; readonly second: string };

const UNITS = { dms: 3600, dm: 60, decimal: 1 } as const;
const DECIMALS = { dms: 0, dm: 3, decimal: 4 } as const;

/** The figures of an angle, rounded before they are split, so that nothing ever reads 59.9999 or 60 minutes. */
const figures = (
  degrees: number,
  { format, decimals = DECIMALS[format] }: CoordinatesFields,
  comma: string,
  marks: CoordinateMarks,
): string => {
  const parts = 10 ** decimals;
  const total = Math.round(Math.abs(degrees) * UNITS[format] * parts);
  const smallest = (value: number, digits: number): string => {
    const fraction = decimals === 0 ? '' : `${comma}${String(value % parts).padStart(decimals, '0')}`;
    return `${String(Math.floor(value / parts)).padStart(digits, '0')}${fraction}`;
  };
  if (format === 'decimal') return `${smallest(total, 1)}°`;
  const whole = Math.floor(total / (UNITS[format] * parts));
  const rest = total - whole * UNITS[format] * parts;
  if (format === 'dm') return `${whole}° ${smallest(rest, 2)}${marks.minute}`;
  const minutes = Math.floor(rest / (60 * parts));
  return `${whole}° ${String(minutes).padStart(2, '0')}${marks.minute} ${smallest(rest - minutes * 60 * parts, 2)}${marks.second}`;
};

/** Latitude and longitude as they are read in the language. */
export const coordinateTexts = (layer: CoordinatesFields, marks: CoordinateMarks): readonly [string, string] => {
  const language = (layer.locale.split('-')[0] ?? '').toLowerCase();
  const usual = letters(LETTERS[language] ?? 'N S E W');
  const { north = usual.north, south = usual.south, east = usual.east, west = usual.west } = layer.letters;
  const comma = LANGUAGE_TABLE[language === 'no' ? 'nb' : language]?.decimal ?? '.';
  const text = (degrees: number, side: string): string => {
    const shown = figures(degrees, layer, comma, marks);
    return LEADING.has(language) ? `${side}${shown}` : `${shown} ${side}`;
  };
  return [text(layer.latitude, layer.latitude < 0 ? south : north), text(layer.longitude, layer.longitude < 0 ? west : east)];
};
