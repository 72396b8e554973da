import type { Autofix, Finding } from '../../model/finding.ts';
import { nearestWord } from '../../model/parse.ts';
import { type FixContext, layersIn } from './fix-context.ts';

/** The ink that the floor knows by nearly that name. */
export const renameUnknownSpot = ({ measured, required }: Finding, context: FixContext): Autofix | null => {
  const known = typeof required === 'string' ? required.split(', ') : [];
  const name = typeof measured === 'string' ? nearestWord(measured, known) : undefined;
  return name === undefined || typeof measured !== 'string' ? null : renamed(measured, name, context);
};

/** One spelling for both. */
export const renameTwin = ({ measured, required }: Finding, context: FixContext): Autofix | null =>
  typeof measured === 'string' && typeof required === 'string' ? renamed(measured, required, context) : null;

/** Wherever layers paint with the name; none where a drawing brings it, which no spec can change. */
const renamed = (from: string, to: string, context: FixContext): Autofix | null => {
  const places = layersIn(context).flatMap(({ layer, pointer }) => {
    if (layer.type !== 'shape' && layer.type !== 'text') return [];
    const stroke = layer.type === 'shape' ? layer.stroke?.paint : undefined;
    return [
      ...(isSpot(layer.fill, from) ? [`${pointer}/fill/spot`] : []),
      ...(isSpot(stroke, from) ? [`${pointer}/stroke/paint/spot`] : []),
    ];
  });
  if (places.length === 0) return null;
  return { title: `Call the spot colour "${to}".`, set: places.map((pointer) => ({ pointer, value: to })) };
};

const isSpot = (paint: unknown, name: string): boolean =>
  typeof paint === 'object' && paint !== null && 'spot' in paint && paint.spot === name;
