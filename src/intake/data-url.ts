import { Problem } from '../model/problem.ts';

export type DataUrl = { readonly mediaType: string; readonly bytes: Uint8Array };

const bad = (why: string): Problem => new Problem('data-url.syntax', `expected a data: URL like data:image/png;base64,..., got one ${why}`);

/** The bytes of a data: URL (RFC 2397). Its media type is what the sender claims. Throws Problem 'data-url.syntax'. */
export const readDataUrl = (url: string): DataUrl => {
  const comma = url.indexOf(',');
  if (!/^data:/i.test(url) || comma < 0 || comma > 1000) throw bad('without a comma after a short header');
  const [mediaType = '', ...parameters] = url.slice(5, comma).split(';');
  const body = url.slice(comma + 1);
  if (parameters.some((parameter) => parameter.trim().toLowerCase() === 'base64')) {
    const compact = body.includes('%') ? percentDecoded(body).toString('latin1') : body;
    if (!/^[A-Za-z0-9+/_\-\s]*={0,2}\s*$/.test(compact)) throw bad('with characters that are not base64');
    return { mediaType: mediaType.trim().toLowerCase(), bytes: new Uint8Array(Buffer.from(compact, 'base64')) };
  }
  return { mediaType: mediaType.trim().toLowerCase(), bytes: new Uint8Array(percentDecoded(body)) };
};

const percentDecoded = (text: string): Buffer => {
  const raw = Buffer.from(text, 'utf8');
  const out = Buffer.alloc(raw.length);
  let to = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const escaped = raw[at] === 0x25 ? Number.parseInt(raw.toString('latin1', at + 1, at + 3), 16) : Number.NaN;
    if (Number.isNaN(escaped)) out[to] = raw[at] ?? 0;
    else {
      out[to] = escaped;
      at += 2;
    }
    to += 1;
  }
  return out.subarray(0, to);
};
