import { z } from 'zod';
import { textLayerFields } from '../../model/text-layer.ts';
import type { SceneNode } from '../scene.ts';
import type { FontSet } from '../text/font-set.ts';
import { layoutText } from '../text/layout-text.ts';
import { CAPTION_FONT } from './code-caption.ts';

const fields = z.object(textLayerFields);

/** A plain line of black text in a box at 0,0, left aligned and shrunk to fit: slug lines and labels, never customers' text. */
export const lineOfText = (
  text: string,
  size: { readonly widthMm: number; readonly heightMm: number },
  fonts: FontSet,
): readonly SceneNode[] =>
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
  ).nodes;
