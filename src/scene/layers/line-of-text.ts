import { z } from 'zod';
import { textLayerFields } from '../../model/text-layer.ts';
import type { SceneNode } from '../scene.ts';
import type { FontSet } from '../text/font-set.ts';
import { layoutText } from '../text/layout-text.ts';
import { CAPTION_FONT } from './code-caption.ts';

const fields = z.object(textLayerFields);

type LineSize = { readonly widthMm: number; readonly heightMm: number };

const setLine = (text: string, size: LineSize, fonts: FontSet) =>
  layoutText(
    fields.parse({
      text,
      font: CAPTION_FONT,
      emoji: false,
      size: size.heightMm,
      fit: { mode: 'shrink', minSize: size.heightMm * 0.1 },
      align: 'left',
    }),
    size,
    fonts,
    '',
  );

/**
 * A plain line of black text in a box at 0,0, left aligned and shrunk to fit: slug lines and labels. Characters the label font lacks
 * stand as question marks, so that nobody takes the line for complete.
 */
export const lineOfText = (text: string, size: LineSize, fonts: FontSet): readonly SceneNode[] => {
  const whole = setLine(text, size, fonts);
  if (!whole.findings.some(({ code }) => code === 'text.glyph-missing')) return whole.nodes;
  return setLine(replaceForeign(text), size, fonts).nodes;
};

/** Beyond Latin, Greek and Cyrillic the label font has nothing. */
const replaceForeign = (text: string): string => text.replace(/[^\u0020-\u024f\u0370-\u04ff]+/gu, '?');
