import type { ByteRange } from '../../../jobs/artifact-store.ts';

/** `none`: answer with the whole file, as for a header that is not understood or asks for several parts. */
export type WantedRange =
  | { readonly kind: 'none' }
  | { readonly kind: 'unsatisfiable' }
  | { readonly kind: 'part'; readonly range: ByteRange };

/** One part of a file by RFC 9110 14.2. `ifRange`: the part is wanted only while the file has this tag. */
export const wantedRange = (header: string | undefined, bytes: number, etag: string, ifRange: string | undefined): WantedRange => {
  const [, from = '', to = ''] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/.exec(header ?? '') ?? [];
  if ((from === '' && to === '') || (ifRange !== undefined && ifRange !== etag)) return { kind: 'none' };
  if (from === '') {
    const count = Math.min(Number(to), bytes);
    return count === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', range: { first: bytes - count, last: bytes - 1 } };
  }
  const first = Number(from);
  const last = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (to !== '' && Number(to) < first) return { kind: 'none' };
  return first >= bytes ? { kind: 'unsatisfiable' } : { kind: 'part', range: { first, last } };
};
