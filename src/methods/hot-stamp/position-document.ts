import { BLACK, type Colour } from '../../colour/colour.ts';
import { labOfSrgb } from '../../colour/lab.ts';
import { translation } from '../../geometry/affine.ts';
import { type Path, PathBuilder, rectPath } from '../../geometry/path.ts';
import { rectOf } from '../../geometry/point.ts';
import type { PageBoxes, PdfDocument, PdfPage } from '../../render/pdf/document.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import type { PathNode, Scene, SceneArea, SceneNode } from '../../scene/scene.ts';
import { transformNode } from '../../scene/transform.ts';
import type { MakeContext, Work } from '../method.ts';
import { dieLayer, filled, pdfColour, tightArea } from './die-document.ts';
import { type Die, dieOutline } from './dies.ts';
import { dimensionLines } from './dimension-lines.ts';
import { limitsOf } from './material-limits.ts';
import type { HotStampSettings } from './settings.ts';

/** Room around the article: dimensions to the left and above, the list of dies below, mm. */
const SIDE_MM = 20;
const STEP_MM = 5;
const FIRST_MM = 9;
const ROW_MM = 5;
const TEXT_MM = 3;
const FIGURE_MM = 2.4;
const WIDEST_TEXT_MM = 120;
/** The list needs this much however narrow the article is. */
const LEAST_WIDTH_MM = 125;

/** The article with all dies in place, how far each lies from its left and top edge, and a list of them. */
export const positionDocument = (scene: Scene, dies: readonly Die[], work: Work<HotStampSettings>, context: MakeContext): PdfDocument => {
  const { settings } = work;
  const area = tightArea(scene.area);
  const scale = scaleOf(area);
  const page: PdfPage = {
    scene: { ...scene, area, nodes: [] },
    boxes: sheetBoxes(area, dies.length),
    marks: { crop: false, registration: true, slug: null },
    mirror: false,
    under: [{ layer: ARTICLE, nodes: articleNodes(area) }],
    over: [
      ...dies.map((die) => ({ layer: die.colour.name, nodes: [filled(dieOutline(die, settings), die.colour)] })),
      {
        layer: DIMENSIONS,
        nodes: [
          ...dies.filter(isPale).map((die) => lined(dieOutline(die, settings), GREY, HAIRLINE_MM)),
          ...dies.flatMap((die, i) => dimensionLines(die.box, (FIRST_MM + i * STEP_MM) * scale, FIGURE_MM * scale, context.lettering)),
          ...listNodes(area, dies, work, context),
        ],
      },
    ],
  };
  return {
    pages: [page],
    colour: pdfColour(settings, context),
    title: `${work.title}, position of dies`,
    date: work.date,
    creator: 'Platen',
    overprint: { spots: dies.map(({ colour }) => colour.name) },
    layers: [{ name: ARTICLE, processingStep: null }, ...dies.map(dieLayer), { name: DIMENSIONS, processingStep: null }],
  };
};

/** From this lightness on (L* of 0 to 100) a foil is not seen on the white of the sheet, and gets an outline. */
const PALE_FROM = 85;

const isPale = ({ colour }: Die): boolean => labOfSrgb(screenColour(colour)).l >= PALE_FROM;

/** Large articles have larger text: their sheets are read from farther away, or printed smaller. */
const scaleOf = ({ widthMm, heightMm }: SceneArea): number => Math.min(2, Math.max(1, Math.max(widthMm, heightMm) / 150));

const ARTICLE = 'Article';
const DIMENSIONS = 'Dimensions';

const sheetBoxes = (area: SceneArea, dies: number): PageBoxes => {
  const { widthMm, heightMm } = area;
  const trim = rectOf(0, 0, widthMm, heightMm);
  const scale = scaleOf(area);
  const before = (SIDE_MM + dies * STEP_MM) * scale;
  const below = (SIDE_MM + (dies + 4) * ROW_MM) * scale;
  const width = Math.max(before + widthMm + SIDE_MM * scale, LEAST_WIDTH_MM);
  return { trim, bleed: trim, media: rectOf(-before, -before, width, before + heightMm + below) };
};

const HAIRLINE_MM = 0.15;

const GREY: Colour = { space: 'cmyk', c: 0, m: 0, y: 0, k: 0.5 };

const lined = (path: Path, colour: Colour, widthMm: number): PathNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule: 'nonzero',
  fill: null,
  stroke: { paint: { kind: 'solid', colour }, widthMm, cap: 'butt', join: 'miter', miterLimit: 4 },
});

/** The outline of the article, its folds, and what is to stay clear. */
const articleNodes = ({ trim, folds, keepOuts, safeMm, widthMm, heightMm }: SceneArea): readonly SceneNode[] => [
  lined(trim, GREY, 2 * HAIRLINE_MM),
  ...folds.map(({ from, to }) => lined(new PathBuilder().moveTo(from.x, from.y).lineTo(to.x, to.y).finish(), GREY, HAIRLINE_MM)),
  ...keepOuts.map(({ path }) => lined(path, GREY, HAIRLINE_MM)),
  ...(safeMm > 0 && widthMm > 2 * safeMm && heightMm > 2 * safeMm
    ? [lined(rectPath(rectOf(safeMm, safeMm, widthMm - 2 * safeMm, heightMm - 2 * safeMm)), LIGHT_GREY, HAIRLINE_MM)]
    : []),
];

const LIGHT_GREY: Colour = { space: 'cmyk', c: 0, m: 0, y: 0, k: 0.25 };

const SWATCH_MM = 3;

/** Order and article, then a line for each die in stamping order, each beside a patch of its plate. */
const listNodes = (
  area: SceneArea,
  dies: readonly Die[],
  { title, label, settings }: Work<HotStampSettings>,
  { lettering }: MakeContext,
): readonly SceneNode[] => {
  const scale = scaleOf(area);
  const rowMm = ROW_MM * scale;
  const swatchMm = SWATCH_MM * scale;
  const top = area.heightMm + FIRST_MM * scale + 6;
  const left = (-SIDE_MM / 2) * scale;
  const write = (text: string, x: number, y: number): readonly SceneNode[] =>
    lettering(text, WIDEST_TEXT_MM * scale, TEXT_MM * scale).map((node) => transformNode(node, translation(x, y)));
  const head = [label, title].filter((part) => part !== '').join('   ');
  const about = `${area.productId}, ${area.placementId}, ${mm(area.widthMm)} x ${mm(area.heightMm)} mm, ${settings.material}, ${
    settings.mirror ? 'die files mirrored' : 'die files right-reading'
  }`;
  return [
    ...write(head, left, top),
    ...write(about, left, top + rowMm),
    ...dies.flatMap((die, i) => {
      const y = top + (i + 2) * rowMm + scale;
      const patch = rectPath(rectOf(left, y, swatchMm, swatchMm));
      return [
        { ...lined(patch, BLACK, HAIRLINE_MM / 2), fill: { kind: 'solid' as const, colour: die.colour } },
        ...write(describe(die, i, settings), left + swatchMm + 2, y),
      ];
    }),
  ];
};

const describe = (die: Die, index: number, settings: HotStampSettings): string => {
  const { x, y, width, height } = die.box;
  const { depthMm } = limitsOf(settings, die.impression);
  const code = die.foil?.code ? ` (${die.foil.code})` : '';
  const kind = die.foil ? `${die.name} foil${code}` : die.name;
  return `${index + 1}  ${kind}: die ${mm(width)} x ${mm(height)} mm, ${mm(x)} from the left, ${mm(y)} from the top, ${mm(depthMm)} mm deep`;
};

const mm = (value: number): string => String(Math.round(value * 100) / 100);
