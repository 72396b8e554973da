/*
 * Modified data: a subset of confusables.txt of Unicode Technical Standard 39, version 13.0.0, written by scripts/write-look-alikes.mjs.
 * Its licence is in templates/word-lists/LICENSE-UNICODE.txt.
 */

/** Letters that look like one of ASCII, by that letter. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  A: 'ΑАᎪꓮ',
  B: 'ΒВᏴꓐꞴ',
  C: 'СᏟⲤꓚ',
  D: 'Ꭰꓓ',
  E: 'ΕЕᎬꓰ',
  F: 'ϜꓝꞘ',
  G: 'ԌᏀᏳꓖ',
  H: 'ΗНᎻⲎꓧ',
  J: 'ͿЈᎫꓙꞲ',
  K: 'ΚКᏦⲔꓗ',
  L: 'ᏞⳐꓡ',
  M: 'ΜϺМᎷⲘꓟ',
  N: 'ΝⲚꓠ',
  O: 'ΟОՕⲞꓳ',
  P: 'ΡРᏢⲢꓑ',
  R: 'ƦᎡᏒꓣ',
  S: 'ЅՏᏕᏚꓢ',
  T: 'ΤТᎢⲦꓔ',
  U: 'Սꓴ',
  V: 'ѴᏙꓦ',
  W: 'ԜᎳᏔꓪ',
  X: 'ΧХⲬꓫꞳ',
  Y: 'ΥУҮᎩᎽⲨꓬ',
  Z: 'ΖᏃꓜ',
  a: 'ɑαа',
  b: 'ƄЬᏏ',
  c: 'сᴄⲥꮯ',
  d: 'ԁᏧꓒ',
  e: 'еҽꬲ',
  f: 'քẝꞙꬵ',
  g: 'ƍɡցᶃ',
  h: 'һհᏂ',
  i: 'ɩɪιіӏᎥꙇꭵ',
  j: 'ϳј',
  l: 'ƖǀΙІӀⲒꓲ',
  n: 'ոռ',
  o: 'οσоօᴏᴑⲟꬽ',
  p: 'ρрⲣ',
  q: 'ԛգզ',
  r: 'гᴦⲅꭇꭈꮁ',
  s: 'ƽѕꜱꮪ',
  u: 'ʋυսᴜꞟꭎꭒ',
  v: 'νѵᴠꮩ',
  w: 'ɯѡԝաᴡꮃ',
  x: 'х',
  y: 'ɣʏγуүᶌỿꭚ',
  z: 'ᴢꮓ',
};

/** The letter of ASCII that a letter of another alphabet, or an unusual Latin one, is easily taken for. */
export const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOKS_LIKE).flatMap(([letter, alike]) => [...alike].map((one) => [one, letter] as const)),
);
