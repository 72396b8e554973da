/** Licences that ask for nothing but a notice, or (MPL) only about changes to their own files. */
const ALLOWED = new Set([
  'MIT',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'ISC',
  'Zlib',
  'MPL-2.0',
  '0BSD',
  'BSL-1.0',
  'BlueOak-1.0.0',
  'Unlicense',
]);

/** sharp loads libvips as a shared library of its own package, which is the use the LGPL leaves free. */
const mayBeLgpl = (name: string): boolean => name.startsWith('@img/sharp-');

/** Whether a package under this SPDX expression may ship with Platen; unknown words are refused. */
export const mayShip = (name: string, expression: string): boolean => {
  const plain = expression.replaceAll(/[()]/g, '').trim();
  if (/\sWITH\s/.test(plain) || (plain.includes(' OR ') && plain.includes(' AND '))) return false;
  const one = (licence: string): boolean => ALLOWED.has(licence) || (licence === 'LGPL-3.0-or-later' && mayBeLgpl(name));
  return plain.includes(' OR ') ? plain.split(' OR ').some(one) : plain.split(' AND ').every(one);
};
