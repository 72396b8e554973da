import type { ByteView } from '../byte-view.ts';

/** Name ids of the OpenType name table. */
export const NAME = { family: 1, style: 2, full: 4, postScript: 6, typographicFamily: 16, typographicStyle: 17 } as const;

const MAX_RECORDS = 4096;
const MAX_NAME_BYTES = 512;
const WINDOWS = 3;
const ENGLISH_US = 0x0409;

const decode = (bytes: Uint8Array, platform: number): string => {
  const text = platform === 1 ? Buffer.from(bytes).toString('latin1') : new TextDecoder('utf-16be').decode(bytes);
  return [...text]
    .filter((char) => char >= ' ')
    .join('')
    .trim();
};

/** Names by id; English ones win, then Windows ones. Records that point outside the table are passed over. */
export const readNames = (table: ByteView): ReadonlyMap<number, string> => {
  const names = new Map<number, { readonly text: string; readonly rank: number }>();
  const count = Math.min(MAX_RECORDS, table.u16(2));
  const storage = table.u16(4);
  for (let i = 0; i < count; i += 1) {
    const at = 6 + i * 12;
    const [platform, language, id, length] = [table.u16(at), table.u16(at + 4), table.u16(at + 6), table.u16(at + 8)];
    const start = storage + table.u16(at + 10);
    if (length > MAX_NAME_BYTES || start + length > table.length) continue;
    const rank = (platform === WINDOWS ? 2 : 0) + (language === ENGLISH_US || (platform === 1 && language === 0) ? 1 : 0);
    const text = decode(table.slice(start, length), platform);
    if (text !== '' && rank > (names.get(id)?.rank ?? -1)) names.set(id, { text, rank });
  }
  return new Map([...names].map(([id, { text }]) => [id, text]));
};
