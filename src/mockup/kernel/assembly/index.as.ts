// Entry of the mockup kernel: what the host may call. Memory from heapBase() on belongs to the host; nothing here allocates.
import { initCurve } from './light.as';
import { initLinear } from './texture.as';

export { addPrint, addZone, lightRichRow, lightRow } from './light.as';
export { surfaceZone } from './surface.as';
export { halve, lineariseRow } from './texture.as';
export { warpRow } from './warp.as';
export { layZone, printZone, startZone } from './zone.as';

/** Fills the constant tables: once for each knee. */
export function init(knee: f64): void {
  initLinear();
  initCurve(knee);
}

/** First byte the kernel does not use itself. */
export function heapBase(): usize {
  return __heap_base;
}
