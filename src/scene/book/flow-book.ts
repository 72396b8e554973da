import { translation } from '../../geometry/affine.ts';
import { rectOf } from '../../geometry/point.ts';
import type { Book, BookBlock, BookSection } from '../../model/book.ts';
import type { Finding } from '../../model/finding.ts';
import { plural } from '../../model/plural.ts';
import type { PageRule } from '../../model/product.ts';
import { type ComposeResources, composeLayers } from '../compose.ts';
import type { SceneArea } from '../scene.ts';
import { transformNode } from '../transform.ts';
import { scaledStyle, styleOf } from './book-style.ts';
import { type Flowed, type FlowFrame, flowSection } from './flow-section.ts';
import type { Hyphenation } from './hyphenation.ts';
import { plainText } from './inline-text.ts';
import { framesOf, masterOf, type PageDraft, PageDrafts } from './page-draft.ts';
import { setParagraph } from './set-paragraph.ts';
import { farTooLong, type PageLimit, pageLimit, pagesHint, pagesNeeded, requireRoom, worthSetting } from './too-long.ts';

export type BookResources = ComposeResources & { readonly hyphenation: Hyphenation };

type FlowedBook = { readonly pages: readonly PageDraft[]; readonly findings: readonly Finding[] };

/** Steps in which type shrinks to fit. */
const SHRINK_STEP = 0.02;
/** How far above its room a rough estimate must be for text to be sure not to fit. */
const SURE = 1.25;

/**
 * Lets all text flow, and leaves as many pages as there must be. `wanted` pages are made whatever the text needs, if they suffice.
 * @throws Problem for text that is far too long, as soon as that is sure
 */
export const flowBook = (
  book: Book,
  area: SceneArea,
  rule: PageRule,
  wanted: number | undefined,
  resources: BookResources,
  pointer: string,
): FlowedBook => {
  const drafts = new PageDrafts(book);
  const findings: Finding[] = [];
  const limit = pageLimit(rule, wanted);
  for (const [index, section] of book.sections.entries()) {
    requireRoom({ book, area, limit }, section, drafts.pages.length, `${pointer}/sections/${index}`);
    findings.push(...flowOne(book, section, index, drafts, area, limit, resources, `${pointer}/sections/${index}`));
  }
  findings.push(...fillUp(drafts, rule, wanted, pointer));
  return { pages: drafts.pages, findings };
};

type Text = Extract<BookBlock, { type: 'paragraph' | 'heading' }>;

const flowOne = (
  book: Book,
  section: BookSection,
  index: number,
  drafts: PageDrafts,
  area: SceneArea,
  limit: PageLimit,
  resources: BookResources,
  pointer: string,
): readonly Finding[] => {
  const opened = drafts.open(index, section);
  if (section.text.length === 0) return [];
  const master = masterOf(book, section.master)?.master;
  const own = opened.flatMap((page): readonly FlowFrame[] =>
    framesOf(section.frames ?? master?.frames, area, page.side).map((box) => ({ page: page.number - 1, box })),
  );
  const run = (factor: number): Flowed => {
    const queue = [...own];
    const nextFrame = (): FlowFrame | null => {
      const next = queue.shift();
      if (next || section.overflow === 'report') return next ?? null;
      if (drafts.pages.length >= worthSetting(limit)) throw farTooLong(drafts.pages.length, limit, pointer);
      const following = section.nextMaster ?? section.master;
      const page = drafts.add(index, following, 'none');
      const frames = framesOf(masterOf(book, following)?.master.frames, area, page.side);
      queue.push(...frames.map((box) => ({ page: page.number - 1, box })));
      return queue.shift() ?? null;
    };
    return flowSection(section.text, { ...settingOf(book, section, factor, resources, pointer), nextFrame });
  };
  const roomMm = own.reduce((sum, { box }) => sum + box.height, 0);
  const flowed = fitted(run, section, roomMm);
  for (const { frame, nodes, chapter } of flowed.placed) {
    const page = drafts.pages[frame.page];
    page?.text.push(...nodes);
    if (page && chapter !== undefined) for (const later of drafts.pages.slice(frame.page)) later.chapter = chapter;
  }
  return [...flowed.findings, ...overflowFindings(flowed, section, pointer)];
};

/** With room that cannot grow, type shrinks as far as the section lets it. */
const fitted = (run: (factor: number) => Flowed, { overflow, shrinkTo }: BookSection, roomMm: number): Flowed => {
  let flowed = run(1);
  const last = overflow === 'pages' ? 0 : Math.floor((1 - shrinkTo) / SHRINK_STEP + 1e-9);
  for (let step = 1; flowed.overMm > 0 && step <= last; step++) {
    // Text of a size takes room by its square at most, but for its ends of lines: steps that are sure not to do are passed over.
    const shrunk = (factor: number): number => (roomMm + flowed.overMm) * (factor / (1 - (step - 1) * SHRINK_STEP)) ** 2;
    let next = step;
    while (next < last && shrunk(1 - next * SHRINK_STEP) > roomMm * SURE) next++;
    step = next;
    flowed = run(1 - step * SHRINK_STEP);
  }
  return flowed;
};

const overflowFindings = ({ overMm }: Flowed, { shrinkTo }: BookSection, pointer: string): readonly Finding[] =>
  overMm <= 0.01
    ? []
    : [
        {
          severity: 'error',
          code: 'book.overflow',
          pointer: `${pointer}/text`,
          message: `The text is ${Math.ceil(overMm * 10) / 10} mm too long for its frames.`,
          hint:
            shrinkTo > 0.8
              ? 'Shorten it, enlarge the frames, or let it shrink with a smaller shrinkTo.'
              : 'Shorten it, enlarge the frames, or let it go on over more pages.',
          measured: Math.ceil(overMm * 10) / 10,
          required: 0,
          unit: 'mm',
        },
      ];

const settingOf = (book: Book, section: BookSection, factor: number, resources: BookResources, pointer: string) => {
  const style = (block: Text) => scaledStyle(styleOf(book, block.style), factor);
  return {
    orphans: book.orphans,
    widows: book.widows,
    valign: section.valign,
    spaceAround: (block: Text) => style(block),
    setText: (block: Text, index: number, widths: { from: number; widthMm: number }[], opens: boolean) => {
      const set = setParagraph({
        text: block.text,
        style: style(block),
        language: book.language,
        divide: resources.hyphenation,
        fonts: resources.fonts,
        pointer: `${pointer}/text/${index}`,
        indented: block.type === 'paragraph' && (block.indent ?? !opens),
        dropCap: block.type === 'paragraph' && block.dropCap,
        widths,
      });
      if (block.type === 'paragraph') return set;
      const chapter = block.running ?? plainText(block.text).replace(/\s+/gu, ' ');
      return { ...set, items: set.items.map((item, i) => ({ ...item, keepNext: true, ...(i === 0 ? { chapter } : {}) })) };
    },
    setPicture: (block: Extract<BookBlock, { type: 'picture' }>, index: number, widthMm: number) => {
      const { nodes, findings } = composeLayers(block.layers, rectOf(0, 0, widthMm, block.height), `${pointer}/text/${index}`, resources);
      const draw = (x: number, y: number) => nodes.map((node) => transformNode(node, translation(x, y)));
      return { items: [{ kind: 'picture' as const, heightMm: block.height, keepNext: false, draw }], findings };
    },
  };
};

/** Blank pages at the end up to a count that the binding takes. */
const fillUp = (drafts: PageDrafts, { min, max, multiple }: PageRule, wanted: number | undefined, pointer: string): readonly Finding[] => {
  const made = drafts.pages.length;
  const legal = Math.max(min, Math.ceil(made / multiple) * multiple);
  const count = wanted ?? legal;
  const limit = pageLimit({ max }, wanted);
  if (made > limit.most) return [tooMany(made, limit, pointer)];
  while (drafts.pages.length < count) drafts.blank();
  const illegal = count % multiple !== 0 || count < min || count > max;
  return [...(illegal ? [notBound(count, { min, max, multiple })] : []), ...(count > made ? [added(made, count, pointer)] : [])];
};

const tooMany = (made: number, limit: PageLimit, pointer: string): Finding => ({
  severity: 'error',
  code: 'book.too-many-pages',
  pointer,
  message: pagesNeeded(plural(made, 'page'), limit),
  hint: pagesHint(limit),
  measured: made,
  required: limit.most,
  unit: 'pages',
});

const notBound = (count: number, { min, max, multiple }: Pick<PageRule, 'min' | 'max' | 'multiple'>): Finding => ({
  severity: 'error',
  code: 'book.page-count',
  pointer: '/pages',
  message: `This binding takes ${min} to ${max} pages in steps of ${multiple}, not ${count}.`,
  hint: 'Order another number of pages, or leave it out to have what the text needs.',
  measured: count,
  required: Math.min(max, Math.max(min, Math.ceil(count / multiple) * multiple)),
  unit: 'pages',
});

const added = (made: number, count: number, pointer: string): Finding => ({
  severity: 'info',
  code: 'book.pages-added',
  pointer,
  message: `The book has ${made} page${made === 1 ? '' : 's'}; ${count - made} blank ${count - made === 1 ? 'one is' : 'ones are'} put in at its end to make ${count}.`,
  measured: made,
  required: count,
  unit: 'pages',
});
