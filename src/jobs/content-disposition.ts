/**
 * The header that makes a browser save a file under its name. Names beyond plain letters are written twice: cleaned for old readers,
 * and in full by RFC 8187 (UTF-8, every byte outside attr-char as %XX), so that no name can end the header or begin another.
 */
export const contentDisposition = (fileName: string): string => {
  const whole = wellFormed(fileName).replaceAll(CONTROL, '').slice(0, 200) || 'file';
  const plain = whole.replaceAll(/[^A-Za-z0-9 ._+=-]/g, '_');
  return plain === whole
    ? `attachment; filename="${plain}"`
    : `attachment; filename="${plain}"; filename*=UTF-8''${extended(wellFormed(whole))}`;
};

/** Control and format characters: nothing a file name needs, and direction overrides among them hide the true ending. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const extended = (text: string): string =>
  encodeURIComponent(text).replaceAll(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** Half a surrogate pair has no bytes; it becomes U+FFFD. */
export const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
