import type { FontRequest } from '../../model/resources.ts';
import type { AxisValues, LoadedFont } from './loaded-font.ts';

/** The fonts one layout may use, by the request that found their file. */
export type FontSet = {
  /** The font for a request at these axes, or null when the set holds no file for it. */
  font(request: FontRequest, axes: AxisValues): LoadedFont | null;
};

/** Equal for requests that mean the same font. */
export const fontRequestKey = ({ family, weight, italic }: FontRequest): string => `${family.toLowerCase()}|${weight}|${italic}`;
