import type { FindingSection } from './finding-entry.ts';

export const PICTURE_FINDINGS: FindingSection = {
  title: 'Pictures and drawings',
  about: 'Resolution counts at the size of print. The limits are settings of each method.',
  entries: [
    {
      code: 'image.low-resolution',
      severities: ['error', 'warning'],
      when: 'a picture has too few pixels for the size it is printed at; enlarging it would add none',
      measures: 'dots an inch at the printed size (dpi)',
      mend: 'print it smaller or send a larger original',
      by: ['dtg', 'dtf', 'sublimation', 'uv-print', 'paper-print', 'screen-print', 'engraving'],
    },
    {
      code: 'image.jagged',
      severities: ['error', 'warning'],
      when: 'line art in two colours, sent as pixels, has too few of them for smooth edges',
      measures: 'dots an inch at the printed size (dpi)',
      mend: 'send a drawing (SVG), 1200 dpi, or smooth edges',
      by: ['paper-print'],
    },
    {
      code: 'image.stretched',
      severities: ['warning'],
      when: 'a picture with `"fit": "stretch"` is pulled more than 5 % out of its proportions',
      measures: 'how much wider or higher than it is (%)',
      mend: 'fill the box with `cover`, show all with `contain`, or give the box the shape of the picture',
      by: ['layers'],
    },
    {
      code: 'image.repaired',
      severities: ['warning'],
      when: 'the decoder had to assume something, such as a broken colour profile',
      mend: 'compare the preview with the original, or export the picture again',
      by: ['layers', 'mockups'],
    },
    {
      code: 'svg.colour',
      severities: ['error'],
      when: 'a colour of the drawing cannot be read',
      mend: 'write colours as #rrggbb',
      by: ['layers'],
    },
    {
      code: 'svg.recolour-unused',
      severities: ['warning'],
      when: 'a colour to replace does not occur in the drawing',
      mend: 'use a colour that the drawing has, letter for letter',
      by: ['layers'],
    },
    {
      code: 'collage.photos-left-over',
      severities: ['error'],
      when: 'there are more photos than frames',
      measures: 'photos, and frames for them',
      mend: 'use a layout with more frames or fewer photos',
      by: ['layers'],
    },
    {
      code: 'collage.frames-empty',
      severities: ['warning'],
      when: 'there are more frames than photos',
      measures: 'photos, and frames for them',
      mend: 'add photos or use a layout with fewer frames',
      by: ['layers'],
    },
  ],
};
