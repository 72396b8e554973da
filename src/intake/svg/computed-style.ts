import { numberOrPercent, parseCssColour } from './css-colour.ts';
import type { Issues } from './issues.ts';
import { parseLength, parseNumbers } from './lengths.ts';
import { matchRules, parseDeclarations, type StyleSheet } from './style-sheet.ts';
import type { SvgElement } from './xml-tree.ts';

/** A fill or stroke as written; `current` is the element's own `color`. */
export type PaintSpec =
  | { readonly kind: 'none' }
  | { readonly kind: 'current' }
  | { readonly kind: 'colour'; readonly hex: string; readonly opacity: number }
  | { readonly kind: 'reference'; readonly id: string; readonly fallback: PaintSpec };

/** What children inherit. Lengths stay text until a viewport is at hand. */
export type InheritedStyle = {
  readonly color: PaintSpec;
  readonly fill: PaintSpec;
  readonly fillOpacity: number;
  readonly fillRule: 'nonzero' | 'evenodd';
  readonly clipRule: 'nonzero' | 'evenodd';
  readonly stroke: PaintSpec;
  readonly strokeOpacity: number;
  readonly strokeWidth: string;
  readonly cap: 'butt' | 'round' | 'square';
  readonly join: 'miter' | 'round' | 'bevel';
  readonly miterLimit: number;
  readonly dashes: readonly string[];
  readonly dashOffset: string;
  readonly visible: boolean;
  readonly strokeFirst: boolean;
};

/** What belongs to the element alone. */
export type OwnStyle = {
  readonly opacity: number;
  readonly shown: boolean;
  /** Id of the clip path, or null. */
  readonly clip: string | null;
  readonly fixedStroke: boolean;
  readonly overflowVisible: boolean;
  readonly stopColour: PaintSpec;
  readonly stopOpacity: number;
};

export type ComputedStyle = { readonly inherited: InheritedStyle; readonly own: OwnStyle };

const BLACK: PaintSpec = { kind: 'colour', hex: '#000000', opacity: 1 };

export const INITIAL_STYLE: InheritedStyle = {
  color: BLACK,
  fill: BLACK,
  fillOpacity: 1,
  fillRule: 'nonzero',
  clipRule: 'nonzero',
  stroke: { kind: 'none' },
  strokeOpacity: 1,
  strokeWidth: '1',
  cap: 'butt',
  join: 'miter',
  miterLimit: 4,
  dashes: [],
  dashOffset: '0',
  visible: true,
  strokeFirst: false,
};

/** Properties that may also stand as attributes and mean something here; all others are ignored. */
const PROPERTIES = new Set(
  `color fill fill-opacity fill-rule clip-rule stroke stroke-opacity stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
stroke-dashoffset visibility paint-order opacity display clip-path vector-effect overflow stop-color stop-opacity filter mask marker marker-start
marker-mid marker-end mix-blend-mode`.split(/\s+/),
);

/** Presentation attributes, then style rules, then the style attribute, then what is marked important; `inherit` and `initial` are resolved. */
const declaredOf = (element: SvgElement, sheet: StyleSheet, issues: Issues): Map<string, string> => {
  const inline = parseDeclarations(element.attributes.get('style') ?? '');
  const declarations = [...matchRules(sheet, element), ...inline];
  const declared = new Map<string, string>();
  for (const [name, value] of element.attributes) if (PROPERTIES.has(name)) declared.set(name, value.trim());
  for (const wanted of [false, true]) {
    for (const { property, value, important } of declarations) {
      if (important !== wanted) continue;
      if (PROPERTIES.has(property)) declared.set(property, value);
      else if (property === 'transform' && value !== 'none')
        issues.unsupported('a transform in a style', element, 'Use the transform attribute instead.');
    }
  }
  for (const value of declared.values())
    if (/\bvar\(/.test(value.slice(0, 200))) issues.unsupported('a CSS variable', element, 'Save the drawing with plain colours.');
  return declared;
};

const REFERENCE = /^url\(\s*(['"]?)#([^'"()]+)\1\s*\)/;

/** The id in `url(#id)`; null for other text. Text longer than any sensible id is not looked at. */
export const referenceId = (text: string): string | null => REFERENCE.exec(text.slice(0, 500))?.[2] ?? null;

const parsePaint = (text: string): PaintSpec | null => {
  const lower = text.toLowerCase();
  if (lower === 'none') return { kind: 'none' };
  if (lower === 'currentcolor') return { kind: 'current' };
  const id = referenceId(text);
  if (id !== null) {
    const rest = text.slice(text.indexOf(')') + 1).trim();
    return { kind: 'reference', id, fallback: (rest === '' ? null : parsePaint(rest)) ?? { kind: 'none' } };
  }
  const colour = parseCssColour(text);
  return colour ? { kind: 'colour', ...colour } : null;
};

type Reader = <T>(property: string, inherited: T, initial: T, parse: (text: string) => T | null) => T;

/** A value that does not parse counts as not written, as CSS says, but its author hears of it. */
const readerOf =
  (declared: ReadonlyMap<string, string>, element: SvgElement, issues: Issues): Reader =>
  (property, inherited, initial, parse) => {
    const text = declared.get(property);
    if (text === undefined || text === 'inherit') return inherited;
    if (text === 'initial') return initial;
    const value = parse(text);
    if (value !== null) return value;
    issues.warn(`${property} "${text.slice(0, 40)}" at ${element.line}:${element.column} of the drawing is not a value and was ignored.`);
    return inherited;
  };

const oneOf =
  <T extends string>(...words: readonly T[]) =>
  (text: string): T | null =>
    words.find((word) => word === text) ?? null;

const opacity = (text: string): number | null => {
  const value = numberOrPercent(text, 1);
  return value === null ? null : Math.min(1, Math.max(0, value));
};

const positive = (text: string): number | null => {
  const value = parseNumbers(text)?.[0] ?? null;
  return value !== null && value >= 1 ? value : null;
};

const length = (text: string): string | null => (parseLength(text, 1) === null ? null : text);

const dashList = (text: string): readonly string[] | null => {
  if (text === 'none') return [];
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  return words.length <= 200 && words.every((word) => (parseLength(word, 1) ?? -1) >= 0) ? words : null;
};

const inheritedOf = (read: Reader, from: InheritedStyle): InheritedStyle => {
  const start = INITIAL_STYLE;
  const fillRule = oneOf('nonzero', 'evenodd');
  return {
    // `color: currentColor` is `color: inherit`.
    color: read('color', from.color, start.color, (text) => (text.toLowerCase() === 'currentcolor' ? from.color : parsePaint(text))),
    fill: read('fill', from.fill, start.fill, parsePaint),
    fillOpacity: read('fill-opacity', from.fillOpacity, 1, opacity),
    fillRule: read('fill-rule', from.fillRule, start.fillRule, fillRule),
    clipRule: read('clip-rule', from.clipRule, start.clipRule, fillRule),
    stroke: read('stroke', from.stroke, start.stroke, parsePaint),
    strokeOpacity: read('stroke-opacity', from.strokeOpacity, 1, opacity),
    strokeWidth: read('stroke-width', from.strokeWidth, start.strokeWidth, length),
    cap: read('stroke-linecap', from.cap, start.cap, oneOf('butt', 'round', 'square')),
    join: read('stroke-linejoin', from.join, start.join, joinOf),
    miterLimit: read('stroke-miterlimit', from.miterLimit, start.miterLimit, positive),
    dashes: read('stroke-dasharray', from.dashes, start.dashes, dashList),
    dashOffset: read('stroke-dashoffset', from.dashOffset, start.dashOffset, length),
    visible: read('visibility', from.visible, true, (text) => text === 'visible'),
    strokeFirst: read('paint-order', from.strokeFirst, false, (text) => text.startsWith('stroke')),
  };
};

const joinOf = (text: string): InheritedStyle['join'] | null =>
  oneOf('miter', 'round', 'bevel')(text === 'miter-clip' || text === 'arcs' ? 'miter' : text);

const ownOf = (read: Reader): OwnStyle => ({
  opacity: read('opacity', 1, 1, opacity),
  shown: read('display', true, true, (text) => text !== 'none'),
  clip: read('clip-path', null, null, referenceId),
  fixedStroke: read('vector-effect', false, false, (text) => text === 'non-scaling-stroke'),
  overflowVisible: read('overflow', false, false, (text) => text === 'visible' || text === 'auto'),
  stopColour: read('stop-color', BLACK, BLACK, parsePaint),
  stopOpacity: read('stop-opacity', 1, 1, opacity),
});

const OUTLINES = 'Flatten effects into shapes or into an embedded picture.';

const reportEffects = (declared: ReadonlyMap<string, string>, element: SvgElement, issues: Issues): void => {
  for (const property of ['filter', 'mask', 'marker', 'marker-start', 'marker-mid', 'marker-end']) {
    const value = declared.get(property) ?? 'none';
    if (value !== 'none' && value !== '' && value !== 'inherit') issues.unsupported(`${property.replace(/-.*/, '')}`, element, OUTLINES);
  }
  const blend = declared.get('mix-blend-mode') ?? 'normal';
  if (blend !== 'normal') issues.unsupported(`blend mode ${blend.slice(0, 20)}`, element, OUTLINES);
  const clip = declared.get('clip-path') ?? 'none';
  if (clip !== 'none' && clip !== '' && clip !== 'inherit' && referenceId(clip) === null)
    issues.unsupported('a clip that is not a reference to a clipPath element', element, 'Use a clipPath element.');
};

/** The style of an element under its parent's; effects that cannot be drawn are reported to `issues`. */
export const computeStyle = (element: SvgElement, parent: InheritedStyle, sheet: StyleSheet, issues: Issues): ComputedStyle => {
  const declared = declaredOf(element, sheet, issues);
  if (declared.get('clip-path') === 'none') declared.delete('clip-path');
  reportEffects(declared, element, issues);
  const read = readerOf(declared, element, issues);
  return { inherited: inheritedOf(read, parent), own: ownOf(read) };
};
