import { z } from 'zod';

/** How film is filled: lengths in mm. docs/gang.md names the sources. */
export const gangSettings = z.strictObject({
  widthMm: z.number().min(50).max(2000).default(560).describe('Of the film, margins included; 600 is the other usual one'),
  gapMm: z.number().min(0).max(50).default(8).describe('Between neighbours: room for scissors or a cutter'),
  marginMm: z.number().min(0).max(50).default(5).describe('Clear film at all four edges'),
  maxLengthMm: z.number().min(100).max(5000).default(3000).describe('Longest sheet; what does not fit begins another'),
  dpi: z.number().min(72).max(1200).default(300).describe('Of the sheets'),
  rotate: z.boolean().default(true).describe('Whether pieces may stand a quarter turn round'),
  labels: z.boolean().default(true).describe('Order, line and copy under every piece'),
  codes: z.boolean().default(false).describe('A QR code of the order before each label'),
  cutMarks: z.boolean().default(true).describe('Corners to cut along'),
});
export type GangSettings = z.output<typeof gangSettings>;
