/**
 * A name as old machine displays take it: Latin letters without accents, digits, and the signs that `extra` allows; everything else
 * becomes nothing. At most `length` characters, never empty.
 */
export const machineName = (name: string, length: number, extra = ''): string => {
  const plain = Array.from(name.normalize('NFKD')).filter((sign) => /^[A-Za-z0-9]$/.test(sign) || extra.includes(sign));
  const cut = plain.join('').trim().slice(0, length).trim();
  return cut === '' ? 'Design'.slice(0, length) : cut;
};
