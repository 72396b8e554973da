import { deflateSync } from 'node:zlib';

/** Content operators ready for a stream: deflated, unless they are so short that it would not pay. */
export const compressed = (operators: string): { readonly bytes: Uint8Array; readonly filter: string } => {
  const plain = Buffer.from(operators, 'latin1');
  if (plain.length < 128) return { bytes: plain, filter: '' };
  return { bytes: deflateSync(plain, { level: 6 }), filter: ' /Filter /FlateDecode' };
};
