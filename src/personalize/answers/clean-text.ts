export type CleanText = {
  readonly text: string /** Whether something that cannot be printed was left out. */;
  readonly isChanged: boolean;
};

/** All but controls, lone surrogates, bidi embeddings and overrides, byte order marks and what Unicode keeps for no use. */
const PLAIN = /^[\n -~\u00a0-\u2029\u202f-\ud7ff\ue000-\ufefe\uff00-\uffef]*$/;

/** Bidi embeddings and overrides can make a text read otherwise than it was approved. Isolates, joiners and soft hyphens stay. */
const isUnprintable = (point: number): boolean =>
  (point < 0x20 && point !== 0x0a) ||
  (point >= 0x7f && point < 0xa0) ||
  (point >= 0x202a && point <= 0x202e) ||
  (point >= 0xd800 && point <= 0xdfff) ||
  point === 0xfeff ||
  (point >= 0xfff9 && point <= 0xfffb) ||
  (point & 0xfffe) === 0xfffe;

/** CJK compatibility ideographs, which composition would exchange for others: in names they are told apart. */
const KEPT_AS_TYPED = /([\uf900-\ufaff\u{2f800}-\u{2fa1f}]+)/u;

const composed = (text: string): string =>
  KEPT_AS_TYPED.test(text)
    ? text
        .split(KEPT_AS_TYPED)
        .map((part, i) => (i % 2 === 1 ? part : part.normalize('NFC')))
        .join('')
    : text.normalize('NFC');

/** Line ends as \n, tabs as spaces, composed (NFC), without what cannot be printed. */
export const cleanText = (raw: string): CleanText => {
  const text = raw.replace(/\r\n?|\u2028|\u2029|\u0085/g, '\n').replace(/\t/g, ' ');
  if (PLAIN.test(text)) return { text: composed(text), isChanged: false };
  const kept = [...text].filter((letter) => !isUnprintable(letter.codePointAt(0) ?? 0)).join('');
  return { text: composed(kept), isChanged: kept.length < text.length };
};
