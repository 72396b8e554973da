import type { FindingSection } from './finding-entry.ts';

export const ORDER_FINDINGS: FindingSection = {
  title: 'Mockups, choices and conflicts',
  about:
    'About the pictures that an order asks for, the parts of the article that it chooses, and what does not go together on one article.',
  entries: [
    {
      code: 'component.unknown',
      severities: ['error'],
      when: 'the spec chooses something for a part that the product has not',
      mend: 'use a part of the product',
      by: ['mockups'],
    },
    {
      code: 'component.colour',
      severities: ['error'],
      when: 'the part does not come in that colour',
      mend: 'use one of its colours',
      by: ['mockups'],
    },
    {
      code: 'component.material',
      severities: ['error'],
      when: 'the part does not come in that material',
      mend: 'use one of its materials',
      by: ['mockups'],
    },
    {
      code: 'mockup.shows-nothing',
      severities: ['warning'],
      when: 'a view is asked for by name that shows none of the ordered placements',
      mend: 'ask for a view that shows them, or leave views out',
      by: ['mockups'],
    },
    {
      code: 'mockup.no-sheet',
      severities: ['warning'],
      when: 'a contact sheet is asked for and there is no view to put on it',
      mend: 'ask for views, or leave the sheet out',
      by: ['mockups'],
    },
    {
      code: 'placements.exclude',
      severities: ['error'],
      when: 'two placements are ordered that the product does not take together',
      measures: 'the two placements',
      mend: 'leave one of them out',
      by: ['conflicts'],
    },
    {
      code: 'placements.overlap',
      severities: ['error'],
      when: 'art of two placements meets on the article',
      measures: 'narrow side of what is covered twice (mm)',
      mend: 'move or shrink one of them, or put both into one placement',
      by: ['conflicts'],
    },
    {
      code: 'methods.exclude',
      severities: ['error', 'warning'],
      when: 'two methods are ordered that one article does not bear, or only with care',
      measures: 'the two methods',
      mend: 'use one of them for all placements, or take the care that the hint names',
      by: ['conflicts'],
    },
    {
      code: 'work.order',
      severities: ['info'],
      when: 'an article is decorated by several methods',
      measures: 'the placements, first to last',
      mend: 'nothing: make them in this order',
      by: ['conflicts'],
    },
    {
      code: 'autofix.applied',
      severities: ['info'],
      when: 'a finding was mended, as the spec allows',
      mend: 'nothing: look at the preview',
      by: ['autofix'],
    },
  ],
};
