/** The tables of the first face in a TrueType, OpenType or collection file, by tag; null when the bytes are no such file. */
export const fontTables = (bytes: Uint8Array): ReadonlyMap<string, Uint8Array> | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 16) return null;
  const start = view.getUint32(0) === COLLECTION ? view.getUint32(12) : 0;
  if (start + 12 > bytes.length || !FACE_KINDS.has(view.getUint32(start))) return null;
  const count = view.getUint16(start + 4);
  const tables = new Map<string, Uint8Array>();
  for (let i = 0; i < count; i++) {
    const record = start + 12 + 16 * i;
    if (record + 16 > bytes.length) return null;
    const [offset, length] = [view.getUint32(record + 8), view.getUint32(record + 12)];
    if (offset + length <= bytes.length)
      tables.set(String.fromCharCode(...bytes.subarray(record, record + 4)), bytes.subarray(offset, offset + length));
  }
  return tables;
};

const COLLECTION = 0x74746366;
/** TrueType (two spellings) and OpenType with PostScript outlines. */
const FACE_KINDS = new Set([0x00010000, 0x74727565, 0x4f54544f]);
