import type { FindingSection } from './finding-entry.ts';

export const STITCH_FINDINGS: FindingSection = {
  title: 'Stitches',
  about:
    'What thread, cloth and machine bear. Sizes and numbers are estimated from the art first; the finished stitches are measured again.',
  entries: [
    {
      code: 'hoop.too-small',
      severities: ['error'],
      when: 'the design is larger than the field of every hoop',
      measures: 'width and height of the design, and of the largest field (mm)',
      mend: 'make the art smaller or split it into two placements',
      by: ['embroidery'],
    },
    {
      code: 'stitch.too-many',
      severities: ['error', 'warning'],
      when: 'the design has more stitches than the price covers; an error when it is half as many again by estimate',
      measures: 'stitches',
      mend: 'make it smaller, let the cloth be its ground or use outlines in place of areas',
      by: ['embroidery'],
    },
    {
      code: 'stitch.dense',
      severities: ['warning'],
      when: 'so much thread lies in one place that it gets stiff and may break',
      measures: 'thread in the densest square mm (mm/mm2)',
      mend: 'lay fewer colours over one another or make small details larger',
      by: ['embroidery'],
    },
    {
      code: 'stitch.holes',
      severities: ['warning'],
      when: 'the needle goes in so often in one place that it may cut the cloth',
      measures: 'needle holes in a square mm',
      mend: 'make small details larger, or sew small letters with finer thread',
      by: ['embroidery'],
    },
    {
      code: 'stitch.bare',
      severities: ['warning'],
      when: 'thread leaves much of a colour uncovered',
      measures: 'cover of the barest colour (%)',
      mend: 'thicken fine lines or give small details another form',
      by: ['embroidery'],
    },
    {
      code: 'stitch.float',
      severities: ['warning'],
      when: 'thread is carried over open cloth without being cut',
      measures: 'places',
      mend: 'have it cut by hand',
      by: ['embroidery'],
    },
    {
      code: 'stitch.skipped',
      severities: ['warning'],
      when: 'a part is too small or too thin for a stitch, or hidden, and stays away',
      measures: 'its size (mm)',
      mend: 'make it larger, join it to its neighbour or leave it out',
      by: ['embroidery'],
    },
    {
      code: 'stitch.too-complex',
      severities: ['warning'],
      when: 'a part has more detail than a needle can follow and stays away',
      measures: 'points of its outline',
      mend: 'use a simpler drawing',
      by: ['embroidery'],
    },
  ],
};
