import { inflate, type Rect, rectOf } from '../../geometry/point.ts';
import type { Book, BookFrame, BookMaster, BookSection } from '../../model/book.ts';
import type { SceneArea, SceneNode } from '../scene.ts';

export type Side = 'left' | 'right';

/** A page while the text still flows. */
export type PageDraft = {
  /** From 1. */
  readonly number: number;
  readonly side: Side;
  /** Index of the section it belongs to; null for a blank page. */
  readonly section: number | null;
  readonly master: string | undefined;
  /** Whether it shows the layers of its section: alone, or as a half of a spread. */
  readonly opening: 'none' | 'page' | Side;
  readonly text: SceneNode[];
  /** The last heading on it or before it. */
  chapter: string;
};

/** The default of sections that name no master. */
const USUAL_MASTER = 'page';

export const masterOf = (book: Book, name: string | undefined): { readonly id: string; readonly master: BookMaster } | null => {
  const id = name ?? USUAL_MASTER;
  const master = Object.hasOwn(book.masters, id) ? book.masters[id] : undefined;
  return master ? { id, master } : null;
};

/** The side of a page: the first of a book lies on the side away from its spine. */
export const sideOfPage = (number: number, binding: Book['binding']): Side =>
  (number % 2 === 1) === (binding === 'left') ? 'right' : 'left';

/** Page after page in reading order. */
export class PageDrafts {
  readonly pages: PageDraft[] = [];
  readonly #book: Book;

  constructor(book: Book) {
    this.#book = book;
  }

  add(section: number | null, master: string | undefined, opening: PageDraft['opening']): PageDraft {
    const number = this.pages.length + 1;
    const side = sideOfPage(number, this.#book.binding);
    const page: PageDraft = { number, side, section, master, opening, text: [], chapter: this.pages.at(-1)?.chapter ?? '' };
    this.pages.push(page);
    return page;
  }

  blank(): void {
    this.add(null, this.#book.blank, 'none');
  }

  /** The first pages of a section, on the side that it begins on. */
  open(index: number, { start, spread, master }: BookSection): readonly PageDraft[] {
    const next = (): Side => sideOfPage(this.pages.length + 1, this.#book.binding);
    // Facing pages are an even page and the odd one after it.
    if (spread) {
      if (this.pages.length % 2 === 0) this.blank();
      return [this.add(index, master, next()), this.add(index, master, next())];
    }
    if (start !== 'next' && next() !== start) this.blank();
    return [this.add(index, master, 'page')];
  }
}

/** A frame of a page in its millimetres. */
const boxOf = ({ top, bottom, inner, outer }: BookFrame, { widthMm, heightMm }: SceneArea, side: Side): Rect =>
  rectOf(side === 'left' ? outer : inner, top, Math.max(1, widthMm - inner - outer), Math.max(1, heightMm - top - bottom));

/** The frames of a page in reading order; without any of its own, what lies inside the safe margin. */
export const framesOf = (frames: readonly BookFrame[] | undefined, area: SceneArea, side: Side): readonly Rect[] => {
  if (!frames) return [inflate(rectOf(0, 0, area.widthMm, area.heightMm), -area.safeMm)];
  return frames.filter(({ page }) => page === undefined || page === side).map((frame) => boxOf(frame, area, side));
};
