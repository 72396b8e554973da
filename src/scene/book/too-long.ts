import type { Book, BookSection } from '../../model/book.ts';
import { plural } from '../../model/plural.ts';
import { Problem } from '../../model/problem.ts';
import type { PageRule } from '../../model/product.ts';
import type { SceneArea } from '../scene.ts';
import { styleOf } from './book-style.ts';
import { plainText } from './inline-text.ts';
import { framesOf, masterOf } from './page-draft.ts';

/** Less room than any text face takes for a letter on average, in sizes of type: the narrowest of them need a quarter. */
const LEAST_ADVANCE = 0.2;

const LETTER = /[\p{L}\p{N}]/gu;

/** Room on paper that the text of a section takes at the very least, mm²: told without setting a line. */
const leastRoom = (book: Book, { text }: BookSection): number =>
  text.reduce((sum, block) => {
    if (block.type !== 'paragraph' && block.type !== 'heading') return sum;
    const { size, leading, tracking } = styleOf(book, block.style);
    const advance = Math.max(0, LEAST_ADVANCE + Math.min(0, tracking) / 1000);
    return sum + (plainText(block.text).match(LETTER)?.length ?? 0) * advance * size * size * leading;
  }, 0);

/** How many pages a book may have, and whose limit that is. */
export type PageLimit = { readonly most: number; readonly ordered: boolean; readonly bindingMost: number };

export const pageLimit = ({ max }: Pick<PageRule, 'max'>, wanted: number | undefined): PageLimit => ({
  most: Math.min(wanted ?? max, max),
  ordered: wanted !== undefined && wanted <= max,
  bindingMost: max,
});

/** Text for a quarter more pages than can be bound is not set to the end: how many it would be is of no use to anybody. */
export const worthSetting = ({ bindingMost }: PageLimit): number => Math.ceil(1.25 * bindingMost);

export const pagesHint = ({ ordered }: PageLimit): string =>
  ordered ? 'Order more pages, or shorten the text.' : 'Shorten the text, or set it smaller.';

export const pagesNeeded = (need: string, { most, ordered }: PageLimit): string =>
  `The book needs ${need}; ${ordered ? 'the order has' : 'its binding takes at most'} ${most}.`;

export const farTooLong = (pages: number, limit: PageLimit, pointer: string): Problem =>
  new Problem('book.too-many-pages', pagesNeeded(`more than ${plural(pages, 'page')}`, limit), { pointer, hint: pagesHint(limit) });

const roomOf = (frames: ReturnType<typeof framesOf>): number => frames.reduce((sum, { width, height }) => sum + width * height, 0);

/**
 * Refuses text that cannot have room by far, before a line of it is set.
 * @param before - pages that there are already
 * @throws Problem `book.too-many-pages` or, where it may not go on over more pages, `book.overflow`
 */
export const requireRoom = (
  { book, area, limit }: { readonly book: Book; readonly area: SceneArea; readonly limit: PageLimit },
  section: BookSection,
  before: number,
  pointer: string,
): void => {
  const need = leastRoom(book, section);
  const pageRoom = (master: string | undefined, own?: BookSection['frames']): number =>
    Math.max(...(['left', 'right'] as const).map((side) => roomOf(framesOf(own ?? masterOf(book, master)?.master.frames, area, side))));
  const first = pageRoom(section.master, section.frames) * (section.spread ? 2 : 1);
  if (section.overflow === 'pages') {
    const later = pageRoom(section.nextMaster ?? section.master);
    const pages = later > 0 ? before + Math.floor((need - first) / later) : 0;
    if (pages > worthSetting(limit)) throw farTooLong(pages, limit, pointer);
    return;
  }
  const share = (need * section.shrinkTo ** 2) / first;
  if (share <= 2) return;
  const times = Math.floor(share);
  throw new Problem(
    'book.overflow',
    `The text needs more than ${times} times the room of its frames${section.shrinkTo < 1 ? ' at its smallest size' : ''}.`,
    {
      pointer: `${pointer}/text`,
      hint: 'Shorten it, enlarge the frames, or let it go on over more pages.',
    },
  );
};
