import { combine, type Plane, soften } from './plane.ts';
import type { SmallPicture } from './small-picture.ts';

/** Reaches of the blur, in pixels: what is near counts first, and what is farther where there is nothing near. */
const REACHES = [2, 8, 40] as const;

/**
 * The colours of what `core` (0 or 1) holds, carried outwards past its edge: what a pixel of the outline would look like without the
 * background that shines through it.
 */
export const foregroundColours = ({ channels }: SmallPicture, core: Plane): readonly [Plane, Plane, Plane] => {
  const weights = REACHES.map((reach) => soften(core, reach));
  const carried = (channel: Plane): Plane => {
    const held = combine(channel, core, (colour, weight) => colour * weight);
    const spread = REACHES.map((reach) => soften(held, reach));
    return {
      ...channel,
      values: channel.values.map((own, i) => {
        for (let k = 0; k < REACHES.length; k += 1) {
          const weight = weights[k]?.values[i] ?? 0;
          if (weight > 0.02) return (spread[k]?.values[i] ?? 0) / weight;
        }
        return own;
      }),
    };
  };
  return [carried(channels[0]), carried(channels[1]), carried(channels[2])];
};
