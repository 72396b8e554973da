import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** One golden that did not match, as the report shows it. */
export type ReportEntry = {
  /** "area/case.png" */
  readonly file: string;
  readonly problem: string;
  /** Unified lines for text, null for pictures. */
  readonly diff: string | null;
  readonly pictures: readonly { readonly caption: 'expected' | 'actual' | 'difference'; readonly bytes: Uint8Array }[];
};

const ENTRY = '.entry.html';

/** Adds one entry and writes `index.html` again from all entries, so that test files in other processes may do the same. */
export const addToReport = (folder: string, entry: ReportEntry): string => {
  const stem = join(folder, entry.file.replace(/\.[^./]+$/, ''));
  mkdirSync(dirname(stem), { recursive: true });
  const pictures = entry.pictures.map(({ caption, bytes }) => {
    writeFileSync(`${stem}.${caption}.png`, bytes);
    return { caption, href: relative(folder, `${stem}.${caption}.png`) };
  });
  writeFileSync(`${stem}${ENTRY}`, section(entry, pictures));
  const index = join(folder, 'index.html');
  const draft = join(folder, `.index-${process.pid}.html`);
  writeFileSync(draft, page(readEntries(folder)));
  renameSync(draft, index);
  return index;
};

const readEntries = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ENTRY))
    .sort()
    .map((path) => readFileSync(join(folder, path), 'utf8'));

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const section = (entry: ReportEntry, pictures: readonly { readonly caption: string; readonly href: string }[]): string => {
  const figures = pictures.map(
    ({ caption, href }) =>
      `<figure><figcaption>${caption}</figcaption><a href="${escaped(href)}"><img src="${escaped(href)}" alt="${caption}"></a></figure>`,
  );
  const lines = (entry.diff ?? '').split('\n').map((line) => `<span class="${classOf(line)}">${escaped(line)}</span>`);
  return `<section id="${escaped(entry.file)}"><h2>${escaped(entry.file)}</h2><p>${escaped(entry.problem)}</p>
<div class="row">${figures.join('')}</div>${entry.diff === null ? '' : `<pre>${lines.join('\n')}</pre>`}</section>`;
};

const classOf = (line: string): string => ({ '+': 'actual', '-': 'expected', '@': 'place' })[line[0] ?? ''] ?? 'same';

const page = (sections: readonly string[]): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Goldens that differ</title>
<style>
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
  body { margin: 2rem auto; max-width: 110rem; padding: 0 1.5rem }
  section { border-top: 1px solid #8886; padding: 1rem 0 }
  h2 { font-size: 1.1rem; margin: 0 }
  .row { display: flex; flex-wrap: wrap; gap: 1rem }
  figure { margin: 0; flex: 1 1 20rem }
  img { max-width: 100%; min-width: min(12rem, 100%); image-rendering: pixelated; border: 1px solid #8886;
        background: repeating-conic-gradient(#ccc 0 25%, #fff 0 50%) 0 0 / 16px 16px }
  pre { overflow: auto; padding: .8rem; background: #8881; font-size: 13px; line-height: 1.4 }
  pre span { display: inline-block; min-width: 100% }
  .expected { background: #f003 } .actual { background: #0a03 } .place { opacity: .6 }
</style>
<h1>${sections.length} ${sections.length === 1 ? 'golden differs' : 'goldens differ'}</h1>
<p>Red lines and “expected” are what the repository holds, green lines and “actual” what this run made. When the new one is right:
<code>PLATEN_UPDATE_GOLDENS=1 npx vitest run &lt;the test&gt;</code>.</p>
${sections.join('\n')}
</html>
`;
