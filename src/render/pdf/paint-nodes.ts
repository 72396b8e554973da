import type { Colour } from '../../colour/colour.ts';
import { type Affine, applyToPoint, determinant, IDENTITY, invert, multiply, scaling, translation } from '../../geometry/affine.ts';
import { boundsOfPath, isEmptyPath, type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { inflate, intersectionOf, type Rect } from '../../geometry/point.ts';
import { mmToPt } from '../../geometry/units.ts';
import { outerBoundsOfNodes } from '../../scene/bounds.ts';
import type {
  BlendMode,
  FillRule,
  GlyphsNode,
  GroupNode,
  Paint,
  PathNode,
  PlacedGlyph,
  RasterNode,
  SceneNode,
  Stroke,
} from '../../scene/scene.ts';
import { compressed } from './compressed.ts';
import { ContentStream } from './content-stream.ts';
import type { PdfOverprint, PlateImage } from './document.ts';
import { evenOpacity, flatStop, type Gradient, gradientPattern, opacityMask } from './gradients.ts';
import type { Images, PlacedImage } from './images.ts';
import type { Inks } from './inks.ts';
import { clipOperator, fillAndStrokeOperator, fillOperator, pathOperators } from './path-operators.ts';
import type { PdfFile } from './pdf-file.ts';
import { coord, entry, matrix, ratio, ref } from './syntax.ts';

const BLEND_NAMES: Readonly<Record<BlendMode, string>> = {
  normal: 'Normal',
  multiply: 'Multiply',
  screen: 'Screen',
  overlay: 'Overlay',
  darken: 'Darken',
  lighten: 'Lighten',
  'color-dodge': 'ColorDodge',
  'color-burn': 'ColorBurn',
  'hard-light': 'HardLight',
  'soft-light': 'SoftLight',
  difference: 'Difference',
  exclusion: 'Exclusion',
};
const CAPS = { butt: 0, round: 1, square: 2 } as const;
const JOINS = { miter: 0, round: 1, bevel: 2 } as const;

/** Stored unit square (y down) to upright unit square, by EXIF orientation 1..8. */
const UPRIGHT: readonly Affine[] = [
  IDENTITY,
  IDENTITY,
  [-1, 0, 0, 1, 1, 0],
  [-1, 0, 0, -1, 1, 1],
  [1, 0, 0, -1, 0, 1],
  [0, 1, 1, 0, 0, 0],
  [0, 1, -1, 0, 1, 0],
  [0, -1, -1, 0, 1, 1],
  [0, -1, 1, 0, 0, 1],
];
/** The unit square of a PDF image has y up. */
const IMAGE_FLIP: Affine = [1, 0, 0, -1, 0, 1];

const boxOf = ({ x, y, width, height }: Rect): string => [x, y, x + width, y + height].map(coord).join(' ');

/** Extra graphics state of one paint: opacity and mask of a gradient, and overprint. */
type Extra = { readonly alpha: number; readonly mask: number | null; readonly overprint: boolean };
const PLAIN: Extra = { alpha: 1, mask: null, overprint: false };

/** Where painting goes: a stream, the map from its millimetres to the space its patterns live in, and the box that can be seen. */
export type Target = { readonly stream: ContentStream; readonly base: Affine; readonly visible: Rect };

/** Writes scene nodes as operators. One for a file, so that outlines, images, forms and masks are shared between its pages. */
export class NodePainter {
  readonly #file: PdfFile;
  readonly #inks: Inks;
  readonly #images: Images;
  readonly #overprint: PdfOverprint;
  readonly #outlines = new WeakMap<Path, string>();
  readonly #glyphForms = new WeakMap<Path, number>();
  readonly #repeated: ReadonlySet<SceneNode>;
  readonly #repeatedForms = new Map<SceneNode, number | null>();

  /** @param repeated - groups that stand on several pages: each is stored once */
  constructor(file: PdfFile, inks: Inks, images: Images, overprint: PdfOverprint, repeated: ReadonlySet<SceneNode> = new Set()) {
    this.#repeated = repeated;
    this.#file = file;
    this.#inks = inks;
    this.#images = images;
    this.#overprint = overprint;
  }

  paint(target: Target, nodes: readonly SceneNode[]): void {
    for (const node of nodes) this.#node(target, node);
  }

  /** A picture of one plate, overprinting, with its left, top, right and bottom edges on `box`. */
  paintPlate({ stream }: Target, plate: PlateImage): void {
    const { x, y, width, height } = plate.box;
    const id = this.#images.plate(plate, this.#inks.separation(plate.spot));
    stream.save().add(`${stream.use('ExtGState', this.#file.value('<< /OP true /op true /OPM 1 >>'))} gs`);
    stream.add(`${matrix(multiply([width, 0, 0, height, x, y], IMAGE_FLIP))} cm ${stream.use('XObject', id)} Do`).restore();
  }

  #node(target: Target, node: SceneNode): void {
    switch (node.kind) {
      case 'path':
        this.#path(target, node);
        break;
      case 'glyphs':
        this.#glyphs(target, node);
        break;
      case 'raster':
        this.#raster(target, node, this.#images.picture(node));
        break;
      case 'group':
        this.#group(target, node);
        break;
    }
  }

  #outline(path: Path): string {
    const known = this.#outlines.get(path);
    if (known !== undefined) return known;
    const operators = pathOperators(path);
    this.#outlines.set(path, operators);
    return operators;
  }

  #path(target: Target, node: PathNode): void {
    if (isEmptyPath(node.path)) return;
    const outline = this.#outline(node.path);
    const stroke = node.stroke && node.stroke.widthMm > 0 ? node.stroke : null;
    const box = (): Rect | null => outerBoundsOfNodes([node]);
    const fillExtra = node.fill ? this.#extra(target, node.fill, box, () => false) : PLAIN;
    const strokeExtra = stroke
      ? this.#extra(target, stroke.paint, box, () => mmToPt(stroke.widthMm) <= this.#overprint.blackLineUpToPt)
      : PLAIN;
    const together = node.fill && stroke && fillExtra === PLAIN && strokeExtra === PLAIN;
    if (node.fill && stroke && together) {
      this.#useFill(target, node.fill);
      this.#useStroke(target, stroke);
      target.stream.add(`${outline} ${fillAndStrokeOperator(node.fillRule)}`);
      return;
    }
    if (node.fill) this.#within(target, fillExtra, () => this.#fillPath(target, node.fill, outline, node.fillRule));
    if (stroke) {
      this.#within(target, strokeExtra, () => {
        this.#useStroke(target, stroke);
        target.stream.add(`${outline} S`);
      });
    }
  }

  #fillPath(target: Target, fill: Paint | null, outline: string, rule: FillRule): void {
    if (!fill) return;
    this.#useFill(target, fill);
    target.stream.add(`${outline} ${fillOperator(rule)}`);
  }

  #useFill({ stream, base }: Target, paint: Paint): void {
    const colour = solidOf(paint);
    if (colour) stream.setFill(this.#inks.fillOperators(stream, colour));
    else if (paint.kind !== 'solid')
      stream.setFill(`/Pattern cs ${stream.use('Pattern', gradientPattern(this.#file, this.#inks, paint, base))} scn`);
  }

  #useStroke({ stream, base }: Target, { paint, widthMm, cap, join, miterLimit }: Stroke): void {
    stream.setPen(`${ratio(widthMm)} w ${CAPS[cap]} J ${JOINS[join]} j ${coord(Math.max(1, miterLimit))} M`);
    const colour = solidOf(paint);
    if (colour) stream.setStroke(this.#inks.strokeOperators(stream, colour));
    else if (paint.kind !== 'solid')
      stream.setStroke(`/Pattern CS ${stream.use('Pattern', gradientPattern(this.#file, this.#inks, paint, base))} SCN`);
  }

  #extra(target: Target, paint: Paint, bounds: () => Rect | null, isFine: () => boolean): Extra {
    if (paint.kind !== 'solid') return this.#gradientExtra(target, paint, bounds);
    const { colour } = paint;
    const overprint = colour.space === 'spot' ? this.#overprint.spots.includes(colour.name) : this.#inks.isSolidBlack(colour) && isFine();
    return overprint ? { ...PLAIN, overprint } : PLAIN;
  }

  #gradientExtra(target: Target, paint: Gradient, bounds: () => Rect | null): Extra {
    const overprint = paint.stops.every(({ colour }) => colour.space === 'spot' && this.#overprint.spots.includes(colour.name));
    const alpha = flatStop(paint)?.opacity ?? evenOpacity(paint);
    if (alpha !== null) return alpha === 1 && !overprint ? PLAIN : { ...PLAIN, alpha, overprint };
    const box = bounds();
    return { ...PLAIN, overprint, mask: opacityMask(this.#file, paint, inflate(box ?? target.visible, 1)) };
  }

  /** Paints with extra graphics state in force, and puts the state back. */
  #within({ stream }: Target, { alpha, mask, overprint }: Extra, paint: () => void): void {
    const entries = [alpha === 1 ? '' : `/ca ${coord(alpha)} /CA ${coord(alpha)}`, overprint ? '/OP true /op true /OPM 1' : ''].filter(
      (part) => part !== '',
    );
    if (entries.length === 0 && mask === null) {
      paint();
      return;
    }
    stream.save();
    if (entries.length > 0) stream.add(`${stream.use('ExtGState', this.#file.value(`<< ${entries.join(' ')} >>`))} gs`);
    if (mask !== null) stream.add(`${stream.use('ExtGState', mask)} gs`);
    paint();
    stream.restore();
  }

  #glyphs(target: Target, node: GlyphsNode): void {
    const visible = node.glyphs.filter(({ outline, at }) => !isEmptyPath(outline) && determinant(at) !== 0);
    const [first] = visible;
    if (!first) return;
    const sizePt = mmToPt(node.unitsPerEm * Math.sqrt(Math.abs(determinant(first.at))));
    const isFine = (): boolean => sizePt <= this.#overprint.blackTextUpToPt + 1e-6;
    const extra = this.#extra(target, node.fill, () => outerBoundsOfNodes([node]), isFine);
    this.#within(target, extra, () => {
      this.#useFill(target, node.fill);
      const { stream } = target;
      // A pattern is bound to the stream that names it, so gradient text cannot borrow forms: its outlines are spelled out.
      const draw = solidOf(node.fill)
        ? (outline: Path): string => `${stream.use('XObject', this.#glyphForm(outline))} Do`
        : (outline: Path): string => `${this.#outline(outline)} f`;
      this.#placeGlyphs(stream, visible, draw);
    });
  }

  /**
   * A glyph that differs from the one before only in place costs one short translation. The matrix is rounded first and the moves are
   * reckoned from what was really written, so no error gathers along a line.
   */
  #placeGlyphs(stream: ContentStream, glyphs: readonly PlacedGlyph[], draw: (outline: Path) => string): void {
    let written: Affine | null = null;
    let back: Affine = IDENTITY;
    let x = 0;
    let y = 0;
    for (const { outline, at } of glyphs) {
      const [a, b, c, d, e, f] = at;
      if (written && written[0] === a && written[1] === b && written[2] === c && written[3] === d) {
        const goal = applyToPoint(back, { x: e, y: f });
        const [dx, dy] = [coord(goal.x - x), coord(goal.y - y)];
        stream.add(`1 0 0 1 ${dx} ${dy} cm ${draw(outline)}`);
        x += Number(dx);
        y += Number(dy);
        continue;
      }
      if (written) stream.restore();
      stream.save().add(`${[a, b, c, d].map(entry).join(' ')} ${coord(e)} ${coord(f)} cm ${draw(outline)}`);
      written = at;
      back = invert([a, b, c, d, Number(coord(e)), Number(coord(f))]);
      [x, y] = [0, 0];
    }
    if (written) stream.restore();
  }

  /**
   * A glyph as a form that takes its colour from where it is shown: written once for the whole file, named wherever it stands. Spelling
   * the outline out at each place made twenty lines of text 1.6 MB of operators (0.25 MB deflated, 38 ms) where this makes 40 KB.
   */
  #glyphForm(outline: Path): number {
    const known = this.#glyphForms.get(outline);
    if (known !== undefined) return known;
    const box = boxOf(inflate(boundsOfPath(outline) ?? { x: 0, y: 0, width: 0, height: 0 }, 1));
    const operators = `${this.#outline(outline)} f`;
    const id = this.#file.once(`glyph ${operators}`, () => {
      const { bytes, filter } = compressed(operators);
      return this.#file.addStream(`/Type /XObject /Subtype /Form /BBox [${box}] /Resources << >>${filter}`, bytes);
    });
    this.#glyphForms.set(outline, id);
    return id;
  }

  #raster({ stream }: Target, node: RasterNode, { id, orientation, covers }: PlacedImage): void {
    const { source, image, at } = node;
    if (determinant(at) === 0 || source.width <= 0 || source.height <= 0) return;
    const ofSource = multiply(
      scaling(1 / source.width, 1 / source.height),
      translation(covers.x - source.x, covers.y - source.y),
      scaling(covers.width, covers.height),
    );
    const whole = source.x <= 1e-6 && source.y <= 1e-6 && source.width >= image.widthPx - 1e-6 && source.height >= image.heightPx - 1e-6;
    stream.save();
    if (!whole) stream.add(`${pathOperators(transformPath(rectPath({ x: 0, y: 0, width: 1, height: 1 }), at))} W n`);
    const place = multiply(at, ofSource, UPRIGHT[orientation] ?? IDENTITY, IMAGE_FLIP);
    stream.add(`${matrix(place)} cm ${stream.use('XObject', id)} Do`).restore();
  }

  #group(target: Target, node: GroupNode): void {
    if (node.opacity <= 0 || node.children.length === 0) return;
    if (this.#repeated.has(node)) {
      const form = this.#repeatedForm(node);
      if (form !== null) target.stream.add(`q ${target.stream.use('XObject', form)} Do Q`);
      return;
    }
    this.#groupHere(target, node);
  }

  /** No group of its own: what it holds blends with the page as if it stood there. */
  #repeatedForm(node: GroupNode): number | null {
    const known = this.#repeatedForms.get(node);
    if (known !== undefined) return known;
    const inside = outerBoundsOfNodes([node]);
    const box = inside && inflate(inside, 0.1);
    const inner = new ContentStream();
    if (box) this.#groupHere({ stream: inner, base: IDENTITY, visible: box }, node);
    const head = box && `/Type /XObject /Subtype /Form /BBox [${boxOf(box)}] /Resources ${inner.resources()}`;
    const id =
      head === null
        ? null
        : this.#file.once(`form ${head} ${inner.text()}`, () => {
            const { bytes, filter } = compressed(inner.text());
            return this.#file.addStream(`${head}${filter}`, bytes);
          });
    this.#repeatedForms.set(node, id);
    return id;
  }

  #groupHere(target: Target, node: GroupNode): void {
    const clipBox = node.clip && isEmptyPath(node.clip.path) ? null : target.visible;
    const inside = outerBoundsOfNodes(node.children);
    const box = inside && clipBox && intersectionOf(inflate(inside, 0.1), clipBox);
    if (!box) return;
    const { stream } = target;
    stream.save();
    if (node.clip) stream.add(`${this.#outline(node.clip.path)} ${clipOperator(node.clip.fillRule)}`);
    if (isTransparent(node)) {
      this.#useGroupState(stream, node);
      if (!isOneShape(node)) this.#form(target, node, box);
    }
    if (!isTransparent(node) || isOneShape(node)) this.paint(target, node.children);
    stream.restore();
  }

  #useGroupState(stream: ContentStream, { opacity, blend, mask }: GroupNode): void {
    const state = [
      opacity < 1 ? `/ca ${coord(opacity)} /CA ${coord(opacity)}` : '',
      blend === 'normal' ? '' : `/BM /${BLEND_NAMES[blend]}`,
      mask ? `/SMask << /S /Luminosity /G ${ref(this.#maskForm(mask))} /BC [0] >>` : '',
    ].filter((part) => part !== '');
    if (state.length > 0) stream.add(`${stream.use('ExtGState', this.#file.value(`<< ${state.join(' ')} >>`))} gs`);
  }

  #form({ stream }: Target, node: GroupNode, box: Rect): void {
    const inner = new ContentStream();
    this.paint({ stream: inner, base: IDENTITY, visible: box }, node.children);
    stream.add(`${stream.use('XObject', this.#addForm(inner, box, this.#inks.deviceSpace))} Do`);
  }

  #maskForm(mask: RasterNode): number {
    const inner = new ContentStream();
    const box = outerBoundsOfNodes([mask]) ?? { x: 0, y: 0, width: 0, height: 0 };
    this.#raster({ stream: inner, base: IDENTITY, visible: box }, mask, this.#images.mask(mask));
    return this.#addForm(inner, inflate(box, 0.1), '/DeviceGray');
  }

  #addForm(inner: ContentStream, box: Rect, space: string): number {
    const body = inner.text();
    const head = `/Type /XObject /Subtype /Form /BBox [${boxOf(box)}] /Group << /S /Transparency /CS ${space} /I true >> /Resources ${inner.resources()}`;
    return this.#file.once(`form ${head} ${body}`, () => {
      const { bytes, filter } = compressed(body);
      return this.#file.addStream(`${head}${filter}`, bytes);
    });
  }
}

/** The one colour of a paint, or null for a gradient that really changes. */
const solidOf = (paint: Paint): Colour | null => (paint.kind === 'solid' ? paint.colour : (flatStop(paint)?.colour ?? null));

/** A group needs an object of its own when it is painted as one, or when a child must not blend with what lies under the group. */
const isTransparent = (node: GroupNode): boolean =>
  node.opacity < 1 || node.blend !== 'normal' || node.mask !== null || node.children.some(blendsOut);

/** One solid fill or stroke looks the same whether it or a group around it fades and blends: it needs no object of its own. */
const isOneShape = ({ children }: GroupNode): boolean => {
  const [only] = children;
  if (children.length !== 1 || only?.kind !== 'path') return false;
  const paints = [only.fill, only.stroke?.paint].filter((paint) => paint !== null && paint !== undefined);
  return paints.length === 1 && paints[0]?.kind === 'solid';
};

const blendsOut = (node: SceneNode): boolean =>
  node.kind === 'group' && (node.blend !== 'normal' || (!isTransparent(node) && node.children.some(blendsOut)));
