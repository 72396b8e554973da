/** What a picture's own header says, read without decoding, plus the file freed of everything that is not picture. */
export type ImageHeader = {
  readonly format: 'png' | 'jpeg' | 'webp' | 'tiff';
  /** As stored, before orientation. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly frames: number;
  /** EXIF orientation 1..8; 1 when absent or nonsense. */
  readonly orientation: number;
  /** The embedded profile as found, not yet checked; null when there is none. */
  readonly icc: Uint8Array | null;
  /** The colour model that the pixels are stored in. */
  readonly model: 'grey' | 'rgb' | 'cmyk' | 'lab' | 'palette';
  /** A file with the same pixels and no metadata, animation or trailing bytes; the profile is in it only when asked for. */
  readonly clean: (keepIcc: boolean) => Uint8Array;
};

export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
};
