import { z } from 'zod';
import { translation } from '../../geometry/affine.ts';
import type { Rect } from '../../geometry/point.ts';
import { MAX_LENGTH_MM } from '../../model/length.ts';
import { type TextFieldsInput, textLayerFields } from '../../model/text-layer.ts';
import type { Composed } from '../layers/context.ts';
import type { FontSet } from '../text/font-set.ts';
import { layoutText } from '../text/layout-text.ts';
import { transformNode } from '../transform.ts';

const fields = z.object(textLayerFields);

/** A size that comes of a division, held to what a length may be. */
const withinLengths = (mm: number): number => Math.max(1e-3, Math.min(MAX_LENGTH_MM, mm));

/** Composed text with its ink, in the mm of the box it was set in. */
export type SetText = Composed & { readonly ink: Rect | null; readonly sizeMm: number };

/** Text in a part of a layer's box, shrunk to fit unless the fields say otherwise. A box without an area takes none. */
export const setText = (text: TextFieldsInput, box: Rect, fonts: FontSet, pointer: string): SetText => {
  const size = withinLengths(typeof text.size === 'number' ? text.size : box.height);
  const fit = { mode: 'shrink', minSize: withinLengths(size * 0.15), ...text.fit } as const;
  // The engine itself tells of a text that is too long.
  const layer = { ...fields.parse({ edge: 'cap', ...text, text: '', size, fit }), text: text.text ?? '' };
  const laid = layoutText(layer, { widthMm: Math.max(box.width, 1e-3), heightMm: Math.max(box.height, 1e-3) }, fonts, pointer);
  const map = translation(box.x, box.y);
  return {
    nodes: laid.nodes.map((node) => transformNode(node, map)),
    findings: laid.findings,
    ink: laid.ink && { ...laid.ink, x: laid.ink.x + box.x, y: laid.ink.y + box.y },
    sizeMm: laid.sizeMm,
  };
};
