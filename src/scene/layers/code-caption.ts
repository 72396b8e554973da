import { z } from 'zod';
import type { CodeLayer } from '../../model/layers.ts';
import { type TextFields, textLayerFields } from '../../model/text-layer.ts';

/** The family every caption is set in. */
export const CAPTION_FONT = { family: 'Open Sans', weight: 400, italic: false } as const;

const fields = z.object(textLayerFields);

/** The text below a linear code: its value, as large as its line, shrunk to the width of the bars. */
export const captionText = (layer: CodeLayer, heightMm: number): TextFields =>
  fields.parse({
    text: layer.value,
    font: CAPTION_FONT,
    emoji: false,
    size: heightMm * 0.8,
    fit: { mode: 'shrink', minSize: heightMm * 0.1 },
    tracking: 100,
    fill: layer.colour,
  });
