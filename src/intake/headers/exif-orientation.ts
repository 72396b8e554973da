import { ByteView } from '../byte-view.ts';

const ORIENTATION = 0x0112;

/** Orientation 1..8 out of an EXIF block (a TIFF header and one directory); 1 for anything else. Never throws, never follows a second directory. */
export const exifOrientation = (exif: Uint8Array): number => {
  try {
    const order = new ByteView(exif).u16(0);
    if (order !== 0x4949 && order !== 0x4d4d) return 1;
    const view = new ByteView(exif, order === 0x4949 ? 'little' : 'big');
    const directory = view.u32(4);
    const count = view.u16(directory);
    for (let i = 0; i < count; i += 1) {
      const at = directory + 2 + i * 12;
      if (view.u16(at) === ORIENTATION) return normalOrientation(view.u16(at + 8));
    }
    return 1;
  } catch {
    return 1;
  }
};

export const normalOrientation = (value: number): number => (Number.isInteger(value) && value >= 1 && value <= 8 ? value : 1);
