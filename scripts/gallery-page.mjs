const PICTURE = /\.(?:png|jpe?g|webp|avif|gif|svg)$/i;
/** A print canvas has tens of megabytes: browsers get it as a link. */
const LARGEST_SHOWN_BYTES = 4_000_000;

const escaped = (value) => String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const href = (path) => escaped(path.split(/[\\/]/).map(encodeURIComponent).join('/'));
const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

/** The demo's results as one self-contained page: pictures, file lists, findings and what went wrong. */
export const galleryPage = (results) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Platen: orders</title>
<style>
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
  body { margin: 0 auto; max-width: 100rem; padding: 1.5rem }
  nav a { margin-right: .8rem }
  section { border-top: 1px solid #8886; padding: 1rem 0 1.5rem }
  h2 { margin: 0 0 .3rem; font-size: 1.2rem }
  .pictures { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start }
  figure { margin: 0; max-width: 22rem }
  figcaption { font-size: .85rem; overflow-wrap: anywhere }
  img { max-width: 100%; max-height: 22rem; background: repeating-conic-gradient(#ddd 0 25%, #fff 0 50%) 0 0 / 20px 20px }
  td { padding: .1rem 1rem .1rem 0; overflow-wrap: anywhere }
  td:nth-child(2) { text-align: right; white-space: nowrap }
  .problem { color: #c22; font-weight: 600 }
  code { font-size: .9em }
</style>
<h1>Platen: ${results.length} ${results.length === 1 ? 'order' : 'orders'}</h1>
<nav>${results.map(({ name }) => `<a href="#${escaped(name)}">${escaped(name)}</a>`).join(' ')}</nav>
${results.map(section).join('\n')}
</html>
`;

const section = ({ name, seconds, problem, about, findings, files }) => `<section id="${escaped(name)}">
<h2>${escaped(name)}</h2>
${about === '' ? '' : `<p>${escaped(about)}</p>`}
${problem === null ? '' : `<p class="problem">${escaped(problem)}</p>`}
<div class="pictures">${files.filter(isShown).sort(order).map(figure).join('')}</div>
${files
  .filter((file) => file.artifact && !isShown(file))
  .map(link)
  .join('')}
${findings.length === 0 ? '' : `<ul>${findings.map(finding).join('')}</ul>`}
<details><summary>${files.length} files in ${seconds.toFixed(1)} s</summary><table>${files.map(row).join('')}</table></details>
</section>`;

const isShown = (file) => PICTURE.test(file.name) && file.bytes <= LARGEST_SHOWN_BYTES;

const figure = (file) =>
  `<figure><a href="${href(file.href)}"><img loading="lazy" src="${href(file.href)}" alt="${escaped(file.name)}"></a><figcaption>${caption(file)}</figcaption></figure>`;

const link = (file) => `<p><a href="${href(file.href)}">${escaped(file.name)}</a> ${facts(file)}</p>`;

const caption = (file) => `${escaped(file.name)}<br>${facts(file)}`;

/** What the manifest says of a file: "production, 304.8 x 406.4 mm, 300 dpi". */
const facts = ({ artifact, bytes }) => {
  if (!artifact) return size(bytes);
  const { role, method, widthMm, heightMm, dpi } = artifact;
  const extent = widthMm && heightMm ? `${widthMm} x ${heightMm} mm` : null;
  const words = [role, role === 'production' ? method : null, extent, dpi ? `${Math.round(dpi)} dpi` : null, size(bytes)];
  return escaped(words.filter(Boolean).join(', '));
};

/** What the shopper sees comes first. */
const order = (a, b) => Number(b.artifact?.role !== 'production') - Number(a.artifact?.role !== 'production');

const finding = ({ severity, code, message }) => `<li>${escaped(severity)} <code>${escaped(code)}</code> ${escaped(message)}</li>`;

const row = (file) => `<tr><td><a href="${href(file.href)}">${escaped(file.name)}</a></td><td>${size(file.bytes)}</td></tr>`;
