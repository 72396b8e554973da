import { type Affine, multiply, scaling, translation } from '../../geometry/affine.ts';
import { type Rect, rectOf } from '../../geometry/point.ts';
import { badValue, type Spot } from './issues.ts';
import { parseLength, parseNumbers } from './lengths.ts';
import type { SvgElement } from './xml-tree.ts';

/** The user-space size that percentages refer to. */
export type Viewport = { readonly width: number; readonly height: number };

/** What a percentage of a length that is neither across nor down refers to (SVG 2, section 8.9). */
export const diagonalOf = ({ width, height }: Viewport): number => Math.hypot(width, height) / Math.SQRT2;

/** The element's viewBox, or null when there is none. Throws Problem 'svg.value' when it is not four numbers with a positive size. */
export const viewBoxOf = (element: SvgElement): Rect | null => {
  const text = element.attributes.get('viewBox');
  if (text === undefined) return null;
  const [x = 0, y = 0, width = 0, height = 0, ...rest] = parseNumbers(text) ?? [];
  if (rest.length > 0 || !(width > 0) || !(height > 0))
    throw badValue(`expected a viewBox of four numbers with a positive width and height, got "${text.slice(0, 60)}"`, element);
  return rectOf(x, y, width, height);
};

const ALIGN: Record<string, number> = { Min: 0, Mid: 0.5, Max: 1 };

/** Maps `box` into `port` as preserveAspectRatio (SVG 2, section 8.6) says; `slice` tells that the box then overflows the port. */
export const fitBox = (box: Rect, port: Rect, rule: string | undefined): { readonly map: Affine; readonly slice: boolean } => {
  const match = /^(?:defer\s+)?(?:none|x(Min|Mid|Max)Y(Min|Mid|Max))(?:\s+(meet|slice))?$/.exec(
    (rule ?? '').slice(0, 80).trim() || 'xMidYMid',
  );
  const [sx, sy] = [port.width / box.width, port.height / box.height];
  if (match && match[1] === undefined)
    return { map: multiply(translation(port.x, port.y), scaling(sx, sy), translation(-box.x, -box.y)), slice: false };
  const slice = match?.[3] === 'slice';
  const scale = slice ? Math.max(sx, sy) : Math.min(sx, sy);
  const dx = (port.width - box.width * scale) * (ALIGN[match?.[1] ?? 'Mid'] ?? 0.5);
  const dy = (port.height - box.height * scale) * (ALIGN[match?.[2] ?? 'Mid'] ?? 0.5);
  return { map: multiply(translation(port.x + dx, port.y + dy), scaling(scale), translation(-box.x, -box.y)), slice };
};

/** A length attribute in user units; `otherwise` when absent. Throws Problem 'svg.value' when it is not a length. */
export const lengthAttribute = (element: SvgElement, name: string, whole: number, otherwise: number): number => {
  const text = element.attributes.get(name)?.trim();
  if (text === undefined || text === '' || text === 'auto') return otherwise;
  const value = parseLength(text, whole);
  if (value === null) throw notALength(name, text, element);
  return value;
};

const notALength = (name: string, text: string, spot: Spot): Error =>
  badValue(`expected a length for ${name}, got "${text.slice(0, 40)}"`, spot);
