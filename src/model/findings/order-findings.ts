import type { FindingSection } from './finding-entry.ts';

export const ORDER_FINDINGS: FindingSection = {
  title: 'Mockups and choices',
  about: 'About the pictures that an order asks for and the parts of the article that it chooses.',
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
      code: 'autofix.applied',
      severities: ['info'],
      when: 'a finding was mended, as the spec allows',
      mend: 'nothing: look at the preview',
      by: ['autofix'],
    },
  ],
};
