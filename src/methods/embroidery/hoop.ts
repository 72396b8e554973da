import { type Hoop, largestHoop, smallestHoop } from '../../render/stitches/hoops.ts';
import type { EmbroiderySettings } from './settings.ts';

const fieldOf = (size: string, name = `${size.replace('x', ' x ')} mm`): Hoop => {
  const [widthMm = 0, heightMm = 0] = size.split('x').map(Number);
  return { name, widthMm, heightMm };
};

/** What the job can be held in: the hoop that is asked for, the cap frame for caps, else the hoops of the shop. */
export const hoopsOf = ({ hoop, hoops, fabric, capFrame }: EmbroiderySettings): readonly Hoop[] => {
  if (hoop !== 'auto') return [fieldOf(hoop)];
  return fabric === 'cap' ? [fieldOf(capFrame, 'Cap frame')] : hoops.map((size) => fieldOf(size));
};

/** The hoop for a design, null when none holds it. */
export const hoopFor = (widthMm: number, heightMm: number, settings: EmbroiderySettings): Hoop | null =>
  smallestHoop(widthMm, heightMm, hoopsOf(settings));

/** The largest field there is, for people: "400 x 500". */
export const largestField = (settings: EmbroiderySettings): string => {
  const largest = largestHoop(hoopsOf(settings));
  return `${largest.widthMm} x ${largest.heightMm}`;
};
