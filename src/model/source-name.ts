/**
 * A source as it may be kept and shown: the data of a `data:` URL, and what of an address may be a secret (query, fragment, name and
 * password), are left out. Which bytes it stood for, the digest beside it says.
 */
export const sourceName = (source: string): string => {
  if (/^data:/i.test(source)) return 'data:';
  if (!/^https?:/i.test(source)) return source;
  return source.replace(/[?#].*$/s, '').replace(/^([a-z]+:\/*)[^/]*@/i, '$1');
};
