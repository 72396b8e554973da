const ICC_PROFILE = 1039;
const SIGNATURE = 0x3842494d;
/** A profile names itself within its first kilobytes. */
const NAME_WITHIN = 4096;

/**
 * Whether a layered picture carries a colour profile that does not call itself sRGB. Walks the image resources (Photoshop File Formats
 * Specification, "Image Resources Section"); a damaged one says false.
 */
export const hasForeignProfile = (bytes: Uint8Array): boolean => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    let at = 26 + 4 + view.getUint32(26);
    const end = Math.min(bytes.length, at + 4 + view.getUint32(at));
    at += 4;
    while (at + 12 <= end && view.getUint32(at) === SIGNATURE) {
      const id = view.getUint16(at + 4);
      const name = view.getUint8(at + 6) + 1;
      const start = at + 6 + name + (name % 2);
      const size = view.getUint32(start);
      if (id === ICC_PROFILE) return !namesSrgb(bytes.subarray(start + 4, start + 4 + Math.min(size, NAME_WITHIN)));
      at = start + 4 + size + (size % 2);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return false;
};

/** Profiles spell their name in 8 or 16 bits a letter. */
const namesSrgb = (bytes: Uint8Array): boolean =>
  String.fromCharCode(...bytes)
    .replaceAll('\0', '')
    .includes('sRGB');
