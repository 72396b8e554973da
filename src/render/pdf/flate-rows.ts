import { createDeflate } from 'node:zlib';
import { RowPredictor } from './png-predictor.ts';

/** Pixels converted and packed at a time: some 20 ms of work, so that an abort is heard soon. */
const BAND_PIXELS = 262_144;

/** Turns straight RGBA (or pixels of `bytesIn` bytes) into the samples of one image stream: `channels` bytes a pixel. Bands come from top to bottom. */
export type Samples = { readonly channels: number; readonly bytesIn?: number; readonly of: (pixels: Uint8Array) => Uint8Array };

/** A picture as predicted and deflated rows (PDF predictor 15). Rejects with the reason of the signal once it is aborted. */
export const flateRows = async (pixels: Uint8Array, widthPx: number, samples: Samples, signal: AbortSignal): Promise<Uint8Array> => {
  const predictor = new RowPredictor(widthPx, samples.channels);
  const deflate = createDeflate({ level: 6, chunkSize: 65_536 });
  const chunks: Uint8Array[] = [];
  deflate.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => deflate.on('end', resolve).on('error', reject));
  const bandBytes = Math.max(1, Math.floor(BAND_PIXELS / widthPx)) * widthPx * (samples.bytesIn ?? 4);
  try {
    for (let at = 0; at < pixels.length; at += bandBytes) {
      signal.throwIfAborted();
      const band = predictor.predict(samples.of(pixels.subarray(at, at + bandBytes)));
      await new Promise<void>((resolve, reject) => deflate.write(band, (problem) => (problem ? reject(problem) : resolve())));
    }
    deflate.end();
    await ended;
  } finally {
    deflate.destroy();
  }
  return Buffer.concat(chunks);
};
