import { gunzipSync } from 'node:zlib';
import { type Affine, IDENTITY } from '../geometry/affine.ts';
import { rectOf } from '../geometry/point.ts';
import { Problem } from '../model/problem.ts';
import type { Drawing } from '../model/resources.ts';
import { decodeImage, sha256Hex } from './decode-image.ts';
import { nameOfKind } from './image-header.ts';
import { sniff } from './sniff.ts';
import { clipped, NodeBuilder } from './svg/build-nodes.ts';
import { computeStyle, INITIAL_STYLE } from './svg/computed-style.ts';
import { type PictureDecoder, readPictures } from './svg/embedded-pictures.ts';
import { Issues } from './svg/issues.ts';
import { parseLength } from './svg/lengths.ts';
import { ReadContext } from './svg/read-context.ts';
import { DEFAULT_SVG_LIMITS, type SvgLimits } from './svg/svg-limits.ts';
import { fitBox, viewBoxOf } from './svg/viewport.ts';
import { readXmlTree, type SvgElement } from './svg/xml-tree.ts';

const SMALLEST_SIDE = 0.01;
const LARGEST_SIDE = 1e6;

const inflate = (bytes: Uint8Array, limits: SvgLimits): Uint8Array => {
  try {
    return gunzipSync(bytes, { maxOutputLength: limits.maxInflatedBytes });
  } catch (error) {
    if (error instanceof RangeError)
      throw new Problem(
        'svg.too-large',
        `expected a compressed SVG drawing of at most ${limits.maxInflatedBytes} bytes when inflated, got more`,
      );
    throw new Problem('svg.syntax', 'expected a whole compressed SVG drawing, got a damaged one', { cause: error });
  }
};

const textOf = (bytes: Uint8Array, limits: SvgLimits): string => {
  if (bytes.length === 0) throw new Problem('svg.empty', 'expected an SVG drawing, got an empty file');
  if (bytes.length > limits.maxBytes)
    throw new Problem('svg.too-large', `expected an SVG drawing of at most ${limits.maxBytes} bytes, got ${bytes.length}`);
  const kind = sniff(bytes);
  if (kind !== 'svg' && kind !== 'svgz')
    throw new Problem('svg.format', `expected an SVG drawing, got ${nameOfKind(kind)}`, { hint: 'Place pictures with an image layer.' });
  const plain = kind === 'svgz' ? inflate(bytes, limits) : bytes;
  const encoding = plain[0] === 0xff && plain[1] === 0xfe ? 'utf-16le' : plain[0] === 0xfe && plain[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(plain);
};

const everyElement = (root: SvgElement): SvgElement[] => {
  const all: SvgElement[] = [];
  const open = [root];
  for (let next = open.pop(); next; next = open.pop()) {
    all.push(next);
    for (let i = next.children.length - 1; i >= 0; i -= 1) {
      const child = next.children[i];
      if (child) open.push(child);
    }
  }
  return all;
};

type Frame = {
  readonly width: number;
  readonly height: number;
  readonly map: Affine;
  readonly port: { readonly width: number; readonly height: number };
};

const badSize = (what: string): Problem =>
  new Problem(
    'svg.dimensions',
    `expected a width and height of ${SMALLEST_SIDE} to ${LARGEST_SIDE} units for an SVG drawing, got ${what}`,
    {
      hint: 'Give the svg element a viewBox, or a width and height.',
    },
  );

/** The drawing's size in px: its width and height, or its viewBox where those are missing or percentages. */
const frameOf = (root: SvgElement): Frame => {
  const box = viewBoxOf(root);
  const sideOf = (name: 'width' | 'height'): number | null => {
    const text = root.attributes.get(name)?.trim();
    if (text === undefined || text === '' || text === 'auto' || (text.endsWith('%') && box)) return null;
    const side = parseLength(text, Number.NaN);
    if (side === null || !(side >= SMALLEST_SIDE && side <= LARGEST_SIDE)) throw badSize(`${name} "${text.slice(0, 40)}"`);
    return side;
  };
  const [wide, high] = [sideOf('width'), sideOf('height')];
  const ratio = box ? box.width / box.height : null;
  const width = wide ?? (high !== null && ratio ? high * ratio : box?.width);
  const height = high ?? (wide !== null && ratio ? wide / ratio : box?.height);
  if (width === undefined || height === undefined) throw badSize('neither');
  for (const side of [width, height]) if (!(side >= SMALLEST_SIDE && side <= LARGEST_SIDE)) throw badSize(`${width} x ${height}`);
  const map = box ? fitBox(box, rectOf(0, 0, width, height), root.attributes.get('preserveAspectRatio')).map : IDENTITY;
  return { width, height, map, port: box ?? { width, height } };
};

/**
 * Reads an untrusted SVG (or svgz) into a `Drawing`: shapes, groups, gradients, clips, `use`, embedded pictures, simple style rules.
 * What it cannot draw is refused with a list of everything and its places; editors' private notes are passed over. References are
 * followed inside the file only. The size is in px of 1/96 inch, or in viewBox units when the file names no size. Throws Problem 'svg.empty',
 * 'svg.format', 'svg.too-large', 'svg.syntax', 'svg.doctype', 'svg.script', 'svg.dimensions', 'svg.value', 'svg.unsupported',
 * 'svg.too-complex', or those of `decodeImage` for an embedded picture.
 */
export const readSvg = async (
  bytes: Uint8Array,
  limits: SvgLimits = DEFAULT_SVG_LIMITS,
  decode: PictureDecoder = decodeImage,
): Promise<Drawing> => {
  const root = readXmlTree(textOf(bytes, limits), limits);
  const { width, height, map, port } = frameOf(root);
  const elements = everyElement(root);
  const issues = new Issues();
  const pictures = await readPictures(elements, limits, issues, decode);
  const context = new ReadContext(elements, limits, issues, pictures);
  const { inherited } = computeStyle(root, INITIAL_STYLE, context.sheet, issues);
  const nodes = new NodeBuilder(context).children(root, { map, port, style: inherited });
  issues.check();
  const warnings = [...issues.warnings, ...[...pictures.values()].flatMap((picture) => picture.warnings)];
  return { digest: sha256Hex(bytes), width, height, nodes: clipped(nodes, rectOf(0, 0, width, height), IDENTITY), warnings };
};
