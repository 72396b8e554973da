import { type Affine, about, IDENTITY, multiply, rotation, scaling, translation } from '../../geometry/affine.ts';
import { parseCompactNumbers } from './lengths.ts';

const MAX_FUNCTIONS = 1000;
const tangent = (degrees: number): number => Math.tan((degrees * Math.PI) / 180);

const functionOf = (name: string, n: readonly number[]): Affine | null => {
  const [a = 0, b, c] = n;
  const is = (wanted: string, ...counts: readonly number[]): boolean => name === wanted && counts.includes(n.length);
  if (is('matrix', 6)) return [a, b ?? 0, c ?? 0, n[3] ?? 0, n[4] ?? 0, n[5] ?? 0];
  if (is('translate', 1, 2)) return translation(a, b ?? 0);
  if (is('scale', 1, 2)) return scaling(a, b ?? a);
  if (is('rotate', 1)) return rotation(a);
  if (is('rotate', 3)) return about({ x: b ?? 0, y: c ?? 0 }, rotation(a));
  if (is('skewX', 1)) return [1, 0, tangent(a), 1, 0, 0];
  return is('skewY', 1) ? [1, tangent(a), 0, 1, 0, 0] : null;
};

const FUNCTION = /[\s,]*([a-zA-Z]+)\s*\(([^()]*)\)/y;

/** An SVG transform attribute as one map, or null when it is not one. Empty and `none` are the identity. */
export const parseTransform = (text: string): Affine | null => {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === 'none') return IDENTITY;
  let map = IDENTITY;
  FUNCTION.lastIndex = 0;
  for (let count = 0; FUNCTION.lastIndex < trimmed.length; count += 1) {
    const match = FUNCTION.exec(trimmed);
    const numbers = match && parseCompactNumbers(match[2] ?? '');
    const step = numbers && functionOf(match[1] ?? '', numbers);
    if (!step || count >= MAX_FUNCTIONS) return null;
    map = multiply(map, step);
  }
  return map.every(Number.isFinite) ? map : null;
};
