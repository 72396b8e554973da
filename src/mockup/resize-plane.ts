import sharp from 'sharp';

export type PlaneSize = { readonly widthPx: number; readonly heightPx: number };

const sameSize = (a: PlaneSize, b: PlaneSize): boolean => a.widthPx === b.widthPx && a.heightPx === b.heightPx;

/** Coverage (one byte a pixel) at another size, by straight lines, which never leave 0..255. */
export const resizeCoverage = async (plane: Uint8Array, from: PlaneSize, to: PlaneSize): Promise<Uint8Array> => {
  if (sameSize(from, to)) return plane;
  return sharp(plane, { raw: { width: from.widthPx, height: from.heightPx, channels: 1 } })
    .resize(to.widthPx, to.heightPx, { fit: 'fill', kernel: 'linear' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
};

/** RGB bytes at another size. */
export const resizeGrain = async (plane: Uint8Array, from: PlaneSize, to: PlaneSize): Promise<Uint8Array> => {
  if (sameSize(from, to)) return plane;
  return sharp(plane, { raw: { width: from.widthPx, height: from.heightPx, channels: 3 } })
    .resize(to.widthPx, to.heightPx, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
};

/** The u16 that stands for the most light a map can hold: the square of a byte. */
export const FULL_LIGHT = 255 * 255;

/** A map of light as stored (255 * sqrt) at another size, as linear u16 where FULL_LIGHT is the map's maximum. */
export const resizeLight = async (plane: Uint8Array, from: PlaneSize, to: PlaneSize): Promise<Uint16Array> => {
  // A plain loop: the mapping form of `from` is forty times slower.
  const linear = new Uint16Array(plane.length);
  for (let i = 0; i < plane.length; i += 1) linear[i] = (plane[i] ?? 0) ** 2;
  if (sameSize(from, to)) return linear;
  const bytes = await sharp(linear, { raw: { width: from.widthPx, height: from.heightPx, channels: 1 } })
    .resize(to.widthPx, to.heightPx, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer();
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
};
