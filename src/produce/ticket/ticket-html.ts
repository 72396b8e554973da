import { pathToSvg } from '../../geometry/path-text.ts';
import type { MadeFile } from '../../methods/method.ts';
import { escapeHtml } from '../../model/html.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { encodePixels } from '../../render/raster/encode-pixels.ts';
import { encodeCode } from '../../scene/code-matrix.ts';
import type { TicketFacts, TicketRow } from './ticket-facts.ts';

const STYLE = `body{font:15px/1.45 system-ui,sans-serif;color:#111;max-width:58rem;margin:1.5rem auto;padding:0 1rem}
header{display:flex;gap:1.5rem;align-items:flex-start;border-bottom:2px solid;padding-bottom:.8rem}header div{flex:1}
h1{font-size:1.7rem;margin:0}h2{font-size:1.05rem;margin:1.4rem 0 .2rem}p{margin:.2rem 0}.many{font-size:2rem}
header svg{width:7rem;height:7rem}figure{display:flex;gap:1rem;margin:1rem 0}figure img{max-width:50%;max-height:26rem;object-fit:contain}
table{width:100%;border-collapse:collapse}td,th{border-top:1px solid #ccc;padding:.25rem .6rem .25rem 0;text-align:left;vertical-align:top;font-weight:normal}
th{color:#555;width:22%}td+td{color:#555;width:36%}i{display:inline-block;width:1.4em;height:.9em;border:1px solid #777;margin-right:.5em;vertical-align:baseline}
code{display:block;font-size:11px;overflow-wrap:anywhere}footer{margin:1.5rem 0;color:#555;font-size:12px}@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}`;

/**
 * The job ticket as one page of HTML for screens at the benches: no script, nothing loaded from anywhere, every word of the order escaped. Same
 * facts and pictures, same bytes.
 */
export const ticketHtml = async (facts: TicketFacts, pictures: readonly DecodedImage[]): Promise<MadeFile> => {
  const images = await Promise.all(pictures.map(pictureUrl));
  const order = [facts.reference, facts.line && `line ${facts.line}`].filter((part) => part !== '').join(', ');
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(order === '' ? facts.title : order)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<div><h1>${escapeHtml(order === '' ? facts.title : order)}</h1><p>${escapeHtml(facts.title)}${facts.title === facts.product ? '' : `, ${escapeHtml(facts.product)}`}</p><p>${escapeHtml(facts.date)}</p></div>
<p class="many">${facts.quantity} x</p>${facts.scan === '' ? '' : codeSvg(facts.scan)}
</header>
${images.length === 0 ? '' : `<figure>${images.map((url) => `<img src="${url}" alt="">`).join('')}</figure>\n`}${facts.sections
  .map(({ title, rows }) => `<h2>${escapeHtml(title)}</h2>\n<table>\n${rows.map(rowHtml).join('\n')}\n</table>`)
  .join('\n')}
<footer>${escapeHtml(facts.foot)}</footer>
</body>
</html>
`;
  return { name: 'job-ticket.html', role: 'ticket', mediaType: 'text/html', data: new TextEncoder().encode(page) };
};

const rowHtml = ({ name, value, note, swatch, digest }: TicketRow): string => {
  const patch = swatch === null ? '' : `<i style="background:${escapeHtml(swatch)}"></i>`;
  const code = digest === undefined ? '' : `<code>${escapeHtml(digest)}</code>`;
  return `<tr><th>${escapeHtml(name)}</th><td>${patch}${escapeHtml(value)}${code}</td><td>${escapeHtml(note)}</td></tr>`;
};

const codeSvg = (value: string): string => {
  const { path, width, quiet } = encodeCode({ symbology: 'qr', value, level: 'M' }, '');
  const [clear] = quiet;
  const side = width + 2 * clear;
  return `<svg viewBox="${-clear} ${-clear} ${side} ${side}" role="img" aria-label="${escapeHtml(value)}"><path fill-rule="evenodd" d="${pathToSvg(path)}"/></svg>`;
};

const CHUNK = 8192;

const pictureUrl = async (picture: DecodedImage): Promise<string> => {
  const data = await encodePixels(picture, { format: 'jpeg', background: '#ffffff' });
  // Arguments of a call are limited: a chunk at a time.
  const chunks = Array.from({ length: Math.ceil(data.length / CHUNK) }, (_, i) => data.subarray(i * CHUNK, (i + 1) * CHUNK));
  return `data:image/jpeg;base64,${btoa(chunks.map((chunk) => String.fromCharCode(...chunk)).join(''))}`;
};
