import type { FindingSection } from './finding-entry.ts';

export const BOOK_FINDINGS: FindingSection = {
  title: 'Books',
  about: 'Text flows until every word stands somewhere; what does not fit is told with how much, and never left out.',
  entries: [
    {
      code: 'book.overflow',
      severities: ['error'],
      when: 'the text of a section does not fit its frames, at the smallest size that it may shrink to, or a line is higher than its frame',
      measures: 'height of the text that stands outside (mm)',
      mend: 'shorten the text, enlarge the frames, let it shrink or go on over more pages',
      by: ['layers'],
    },
    {
      code: 'book.too-many-pages',
      severities: ['error'],
      when: 'the text needs more pages than were ordered, or than the binding takes; far more, and the job is refused before it is set',
      measures: 'pages',
      mend: 'order more pages, shorten the text or set it smaller',
      by: ['layers'],
    },
    {
      code: 'book.page-count',
      severities: ['error'],
      when: 'the pages that were ordered are no count that the binding takes',
      measures: 'pages',
      mend: 'order another number of pages, or leave it out',
      by: ['layers'],
    },
    {
      code: 'book.pages-added',
      severities: ['info'],
      when: 'blank pages stand at the end, because the binding takes no fewer',
      measures: 'pages',
      mend: 'add pages, or give blank pages a master of their own',
      by: ['layers'],
    },
    {
      code: 'book.not-hyphenated',
      severities: ['info'],
      when: 'the words of the language of a book would be divided, and there are no patterns for it that may be used',
      mend: 'put soft hyphens into long words, or align the text at its start',
      by: ['layers'],
    },
    {
      code: 'book.gutter',
      severities: ['warning'],
      when: 'lettering is so near the spine that the open book hides it',
      measures: 'distance from the spine (mm)',
      mend: 'make the inner margin larger',
      by: ['layers'],
    },
  ],
};
