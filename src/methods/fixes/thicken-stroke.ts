import type { Autofix, Finding } from '../../model/finding.ts';
import { type FixContext, layerAt } from './fix-context.ts';

/** The line of a shape as wide as it has to be. Letters and drawings are designed as they are: nothing is thickened there. */
export const thickenStroke = ({ pointer, required }: Finding, context: FixContext): Autofix | null => {
  const layer = layerAt(context, pointer);
  if (layer?.type !== 'shape' || !layer.stroke || typeof required !== 'number' || layer.stroke.width >= required) return null;
  return { title: `Make the line ${required} mm thick.`, set: [{ pointer: `${pointer}/stroke/width`, value: required }] };
};
