/** What the double answers instead of a result: the code and status that S3 documents for it. */
export class S3Error extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message = code) {
    super(message);
    this.name = 'S3Error';
    this.code = code;
    this.status = status;
  }
}

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\r', '&#13;');

export const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const errorXml = ({ code, message }: S3Error): string =>
  `${XML}<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message><RequestId>double</RequestId></Error>`;

/** The text inside each `<name>` of a small document; these requests nest no element in another of its name. */
export const elements = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map((found) => unescapeXml(found[1] ?? ''));

const unescapeXml = (text: string): string =>
  text
    .replaceAll(/&#x([0-9a-fA-F]+);/g, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 16)))
    .replaceAll(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
