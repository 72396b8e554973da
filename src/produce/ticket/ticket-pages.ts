import { colourFromHex } from '../../colour/colour.ts';
import { rectPath, transformPath } from '../../geometry/path.ts';
import { rectOf } from '../../geometry/point.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { Lettering } from '../../render/lettering.ts';
import { type Pen, SHEET_GREY, SHEET_INK, sheetPen, sheetRule, sheetShape } from '../../render/sheets/sheet-pen.ts';
import { encodeCode } from '../../scene/code-matrix.ts';
import type { RasterNode, SceneNode } from '../../scene/scene.ts';
import type { TicketFacts, TicketRow } from './ticket-facts.ts';

/** A4, mm. */
export const TICKET_PAGE = { widthMm: 210, heightMm: 297 } as const;
/** Of a picture's longer side, mm. */
export const TICKET_PICTURE_MM = 84;

const MARGIN = 14;
const INNER = TICKET_PAGE.widthMm - 2 * MARGIN;
const HEAD = 42;
const FOOT = TICKET_PAGE.heightMm - 12;
const CODE = 26;
const ROW = 5.6;
const SECTION = 9;
const TEXT = 3.4;
const SMALL = 2.7;
const COLUMN = { value: 46, note: 138 } as const;
const SWATCH = 5;

/**
 * Pages of a job ticket as nodes in mm: the head with a code to scan, pictures of the article, then the sections, over as many pages as they
 * take; every page has the head.
 */
export const ticketPages = (
  facts: TicketFacts,
  pictures: readonly DecodedImage[],
  lettering: Lettering,
): readonly (readonly SceneNode[])[] => {
  const pen = sheetPen(lettering, { size: TEXT, width: INNER });
  const pages: SceneNode[][] = [];
  let page: SceneNode[] = [];
  let y = 0;
  const turn = (): void => {
    page = [...headNodes(facts, pen)];
    pages.push(page);
    y = HEAD;
  };
  turn();
  if (pictures.length > 0) {
    page.push(...pictureNodes(pictures, y));
    y += TICKET_PICTURE_MM + 6;
  }
  for (const { title, rows } of facts.sections) {
    // A title is not left alone at the foot.
    if (y + SECTION + ROW > FOOT) turn();
    page.push(...titleNodes(title, y, pen));
    y += SECTION;
    for (const row of rows) {
      if (y + ROW > FOOT) turn();
      page.push(...rowNodes(row, y, pen));
      y += ROW;
    }
    y += 2;
  }
  return pages.map((nodes, i) => [...nodes, ...footNodes(facts, i + 1, pages.length, pen)]);
};

const headNodes = (facts: TicketFacts, pen: Pen): readonly SceneNode[] => {
  const coded = facts.scan === '' ? 0 : CODE + 5;
  const right = MARGIN + INNER - coded;
  const order = [facts.reference, facts.line && `line ${facts.line}`].filter((part) => part !== '').join(', ');
  return [
    ...pen(order === '' ? facts.title : order, MARGIN, 12, { size: 7, width: INNER - coded - 42 }),
    ...pen(`${facts.quantity} x`, right, 11, { size: 11, align: 'right', width: 40 }),
    ...pen(order === '' ? facts.product : `${facts.title}${facts.title === facts.product ? '' : `, ${facts.product}`}`, MARGIN, 22, {
      size: 4.2,
      width: INNER - coded - 42,
    }),
    ...pen(facts.date, MARGIN, 29, { colour: SHEET_GREY }),
    ...(facts.scan === '' ? [] : codeNodes(facts.scan, MARGIN + INNER - CODE, 9)),
    sheetRule(MARGIN, HEAD - 4, INNER, 0.4, SHEET_INK),
  ];
};

const codeNodes = (value: string, x: number, y: number): readonly SceneNode[] => {
  const { path, width } = encodeCode({ symbology: 'qr', value, level: 'M' }, '');
  const module = CODE / width;
  return [{ ...sheetShape(transformPath(path, [module, 0, 0, module, x, y]), SHEET_INK, null), fillRule: 'evenodd' }];
};

/** Side by side, in the middle of their places. */
const pictureNodes = (pictures: readonly DecodedImage[], top: number): readonly SceneNode[] =>
  pictures.map((picture, i): RasterNode => {
    const place = INNER / pictures.length;
    const scale = Math.min(TICKET_PICTURE_MM / picture.heightPx, Math.min(TICKET_PICTURE_MM, place - 4) / picture.widthPx);
    const [width, height] = [picture.widthPx * scale, picture.heightPx * scale];
    const { rgba: _rgba, jpeg: _jpeg, warnings: _warnings, ...image } = picture;
    return {
      kind: 'raster',
      pointer: '',
      image,
      source: { x: 0, y: 0, width: picture.widthPx, height: picture.heightPx },
      at: [width, 0, 0, height, MARGIN + (i + 0.5) * place - width / 2, top + (TICKET_PICTURE_MM - height) / 2],
      adjust: [],
      interpolation: 'smooth',
    };
  });

const titleNodes = (title: string, y: number, pen: Pen): readonly SceneNode[] => [
  ...pen(title, MARGIN, y + 2, { size: 4.2 }),
  sheetRule(MARGIN, y + SECTION - 1.2, INNER),
];

const rowNodes = ({ name, value, note, swatch }: TicketRow, y: number, pen: Pen): readonly SceneNode[] => {
  const colour = swatch === null ? null : colourFromHex(swatch);
  const indent = colour ? SWATCH + 2 : 0;
  const room = note === '' ? INNER - COLUMN.value : COLUMN.note - COLUMN.value;
  return [
    ...pen(name, MARGIN, y + 0.9, { colour: SHEET_GREY, width: COLUMN.value - 3 }),
    ...(colour ? [sheetShape(rectPath(rectOf(MARGIN + COLUMN.value, y + 0.8, SWATCH, ROW - 2.2)), colour, SHEET_GREY, 0.15)] : []),
    ...pen(value, MARGIN + COLUMN.value + indent, y + 0.9, { width: room - indent - 3 }),
    ...pen(note, MARGIN + COLUMN.note, y + 1.3, { size: SMALL, colour: SHEET_GREY, width: INNER - COLUMN.note }),
  ];
};

const footNodes = ({ foot }: TicketFacts, page: number, pages: number, pen: Pen): readonly SceneNode[] => [
  ...pen(foot, MARGIN, FOOT + 4, { size: SMALL, colour: SHEET_GREY, width: INNER - 30 }),
  ...pen(`${page} of ${pages}`, MARGIN + INNER, FOOT + 4, { size: SMALL, colour: SHEET_GREY, align: 'right', width: 28 }),
];
