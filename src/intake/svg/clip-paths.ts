import { type Affine, IDENTITY, invert, multiply, scaling, translation } from '../../geometry/affine.ts';
import { boundsOfPath, EMPTY_PATH, joinPaths, type Path, transformPath } from '../../geometry/path.ts';
import { intersectionOf, type Rect, unionOf } from '../../geometry/point.ts';
import { unionPaths } from '../../geometry/polygons.ts';
import { computeStyle, INITIAL_STYLE } from './computed-style.ts';
import { isShape, pathOfShape } from './element-path.ts';
import { badValue, type Spot } from './issues.ts';
import type { ReadContext } from './read-context.ts';
import { parseTransform } from './transform-list.ts';
import { lengthAttribute, type Viewport } from './viewport.ts';
import type { SvgElement } from './xml-tree.ts';

export type Clip = { readonly path: Path; readonly fillRule: 'nonzero' | 'evenodd' };

const MAX_CHAIN = 16;
const HINT = 'Clip with plain shapes, or flatten the clip into the shapes.';

/** The transform attribute of an element; throws Problem 'svg.value' when it is not one. */
export const transformOf = (element: SvgElement, name = 'transform'): Affine => {
  const text = element.attributes.get(name);
  if (text === undefined) return IDENTITY;
  const map = parseTransform(text);
  if (!map) throw badValue(`expected a list of transforms for ${name}, got "${text.slice(0, 60)}"`, element);
  return map;
};

/** Where a clipPath is used: the clipped element's space and its own box (asked for only when the clip is in box units). */
export type ClipUse = { readonly map: Affine; readonly port: Viewport; readonly box: () => Rect | null; readonly spot: Spot };

const memberPath = (child: SvgElement, map: Affine, port: Viewport, context: ReadContext): Clip | null => {
  context.spendNode();
  const { own, inherited } = computeStyle(child, INITIAL_STYLE, context.sheet, context.issues);
  if (!own.shown || !inherited.visible) return null;
  if (own.clip !== null) context.issues.unsupported('a clip on a part of a clip', child, HINT);
  if (isShape(child)) {
    const path = transformPath(pathOfShape(child, port), multiply(map, transformOf(child)));
    context.spendSegments(path.verbs.length);
    return { path, fillRule: inherited.clipRule };
  }
  if (child.name !== 'use') {
    if (!['title', 'desc', 'metadata', 'style'].includes(child.name))
      context.issues.unsupported(`<${child.name.slice(0, 30)}> in a clip`, child, HINT);
    return null;
  }
  const target = context.byId(child.attributes.get('href')?.trim().replace(/^#/, '') ?? '');
  if (!target || !isShape(target)) return null;
  const shift = translation(lengthAttribute(child, 'x', port.width, 0), lengthAttribute(child, 'y', port.height, 0));
  return memberPath(target, multiply(map, transformOf(child), shift), port, context);
};

const apart = (clips: readonly Clip[]): boolean => {
  if (clips.length > 64) return false;
  const boxes = clips.map(({ path }) => boundsOfPath(path));
  return boxes.every((a, i) => boxes.slice(i + 1).every((b) => !a || !b || !intersectionOf(a, b)));
};

/** The union as one outline. Parts that do not touch keep their curves; others are flattened, at 1/40,000 of the clip's size. */
const unite = (clips: readonly Clip[]): Clip => {
  const [first, ...others] = clips;
  if (!first) return { path: EMPTY_PATH, fillRule: 'nonzero' };
  const sameRule = others.every(({ fillRule }) => fillRule === first.fillRule);
  if (sameRule && apart(clips)) return { path: joinPaths(clips.map(({ path }) => path)), fillRule: first.fillRule };
  const box = clips.reduce<Rect | null>((sum, { path }) => unionOf(sum, boundsOfPath(path)), null);
  const size = Math.max(box?.width ?? 0, box?.height ?? 0);
  if (!box || !(size > 0)) return { path: EMPTY_PATH, fillRule: 'nonzero' };
  // The polygon library works on a millimetre lattice: give it a sheet of about 200 mm.
  const up = multiply(scaling(200 / size), translation(-box.x, -box.y));
  const simple = clips.map(({ path, fillRule }) => unionPaths([transformPath(path, up)], fillRule));
  return { path: transformPath(unionPaths(simple), invert(up)), fillRule: 'nonzero' };
};

/**
 * The clips that a clip-path reference puts on an element, outermost first, in drawing units; a clipPath may itself be clipped. An
 * unknown id clips nothing, as in browsers; a clipPath without shapes gives an empty path, which hides all.
 */
export const clipsOf = (id: string, use: ClipUse, context: ReadContext): Clip[] => {
  const clips: Clip[] = [];
  const seen = new Set<string>();
  for (let next: string | null = id; next !== null && !seen.has(next) && seen.size < MAX_CHAIN; ) {
    seen.add(next);
    const element = context.byId(next);
    if (element?.name !== 'clipPath') return clips;
    const { own } = computeStyle(element, INITIAL_STYLE, context.sheet, context.issues);
    const map = clipSpace(element, use);
    const members = map ? element.children.flatMap((child) => memberPath(child, map.map, map.port, context) ?? []) : [];
    clips.unshift(unite(members));
    next = own.clip;
  }
  return clips;
};

const clipSpace = (element: SvgElement, use: ClipUse): { readonly map: Affine; readonly port: Viewport } | null => {
  if (element.attributes.get('clipPathUnits') !== 'objectBoundingBox')
    return { map: multiply(use.map, transformOf(element)), port: use.port };
  const box = use.box();
  if (!box) return null;
  return { map: multiply(use.map, transformOf(element), [box.width, 0, 0, box.height, box.x, box.y]), port: { width: 1, height: 1 } };
};
