import type { Book, BookFrame, BookMaster } from '../../model/book.ts';
import type { SceneArea, SceneNode } from '../scene.ts';
import type { FontSet } from '../text/font-set.ts';
import { fontsIn, styleOf, type TextStyle } from './book-style.ts';
import type { PageDraft, Side } from './page-draft.ts';
import { setParagraph } from './set-paragraph.ts';

type LineStyle = Pick<NonNullable<BookMaster['folio']>, 'font' | 'size' | 'fill' | 'align' | 'margin'>;

const ASIDE_MM = 15;
/** Of the body. */
const RUNNING_SIZE = 0.75;

const marginsOf = (frame: BookFrame | undefined, margin: number | undefined, side: Side): { left: number; right: number } => {
  const [inner, outer] = [margin ?? frame?.inner ?? ASIDE_MM, margin ?? frame?.outer ?? ASIDE_MM];
  return side === 'left' ? { left: outer, right: inner } : { left: inner, right: outer };
};

const alignOf = (align: LineStyle['align'], side: Side): TextStyle['align'] =>
  align === 'center' ? 'center' : (align === 'outer') === (side === 'left') ? 'left' : 'right';

/** The page number and the running head of a page: mirrored on facing pages. */
export const runningLines = (
  book: Book,
  { folio, head, frames }: BookMaster,
  { number, side, chapter }: Pick<PageDraft, 'number' | 'side' | 'chapter'>,
  area: SceneArea,
  fonts: FontSet,
  pointer: string,
): readonly SceneNode[] => {
  const body = styleOf(book, 'body');
  const set = (text: string, line: LineStyle, baseline: number, at: string): readonly SceneNode[] => {
    if (text === '') return [];
    const style: TextStyle = {
      ...body,
      ...(line.font ? { font: fontsIn(line.font) } : {}),
      size: line.size ?? RUNNING_SIZE * body.size,
      ...(line.fill === undefined ? {} : { fill: line.fill }),
      align: alignOf(line.align, side),
      hyphens: false,
      dropCap: undefined,
    };
    const { left, right } = marginsOf(frames?.[0], line.margin, side);
    const widths = [{ from: 0, widthMm: Math.max(1, area.widthMm - left - right) }];
    const common = { language: book.language, divide: (one: string) => one, fonts, pointer: at, indented: false, dropCap: false, widths };
    const [item] = setParagraph({ text, style, ...common }).items;
    return item ? item.draw(left, baseline - (item.baselineMm ?? 0)) : [];
  };
  const own = head && (head.chapter === 'both' || head.chapter === side) ? chapter : '';
  return [
    ...(head ? set(own || head[side], head, head.top, `${pointer}/head`) : []),
    ...(folio ? set(`${folio.before}${number}${folio.after}`, folio, area.heightMm - folio.bottom, `${pointer}/folio`) : []),
  ];
};
