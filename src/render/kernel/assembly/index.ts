// Entry of the WebAssembly kernel: what the host may call. Memory from heapBase() on belongs to the host; nothing here allocates.
import { adlerHigh, adlerLow } from './adler';
import { initDeflate } from './deflate';
import { initSampling } from './sample';
import { initUnpremultiply } from './unpremultiply';

export { coverageBytes, useCoverage } from './coverage';
export { usePaintRow } from './paint';
export { beginPng, encodeStrip, filterStrip, pngBytes, pngOutput } from './png-strip';
export { premultiply, repeatEdges, shrinkAcross, shrinkDown } from './resample';
export { blendGroup, clearStrip, clipToPath, fillPath, maskByPicture } from './strip';
export { unpremultiply } from './unpremultiply';

/** Fills the constant tables; once after instantiation. */
export function init(): void {
  initSampling();
  initUnpremultiply();
  initDeflate();
}

export function adlerLowHalf(): u32 {
  return adlerLow;
}

export function adlerHighHalf(): u32 {
  return adlerHigh;
}

/** First byte the kernel does not use itself. */
export function heapBase(): usize {
  return __heap_base;
}
