import type { FindingSection } from './finding-entry.ts';

export const MACHINE_FILE_FINDINGS: FindingSection = {
  title: 'Machine files',
  about: 'Finished stitches of a layer of type "stitches". They are sewn as they are, at true size.',
  entries: [
    {
      code: 'stitches.not-sewn',
      severities: ['error'],
      when: 'a machine file stands on a placement whose method does not sew',
      mend: 'use embroidery for the placement, or the art in place of the machine file',
      by: ['layers'],
    },
    {
      code: 'stitches.scaled',
      severities: ['warning'],
      when: 'stitches are drawn together or pulled apart by their scale',
      measures: 'scale and true size (%)',
      mend: 'use the file at its own size, or have the art digitised anew',
      by: ['layers'],
    },
    {
      code: 'stitches.box',
      severities: ['warning'],
      when: 'stitches reach out of the box of their layer, for they are never fitted',
      measures: 'their size and that of the box (mm)',
      mend: 'use a larger box or a file made for this size',
      by: ['layers'],
    },
    {
      code: 'stitches.colours',
      severities: ['warning'],
      when: 'the file does not say its colours and the layer names too few threads',
      measures: 'threads named and colours of the file',
      mend: 'name a thread for every colour, in the order of sewing',
      by: ['layers'],
    },
    {
      code: 'stitches.threads',
      severities: ['warning'],
      when: 'a layer names more threads than its file has colours',
      measures: 'threads named and colours of the file',
      mend: 'leave out the threads beyond',
      by: ['layers'],
    },
    {
      code: 'stitches.repaired',
      severities: ['warning'],
      when: 'the reader of a machine file had to assume or leave out something, or its head disagrees with its stitches',
      mend: 'look at the file, or save it again from the program that made it',
      by: ['layers'],
    },
  ],
};
