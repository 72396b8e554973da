import { join } from 'node:path';
import { type Html, html } from '../../../model/html.ts';
import { plural } from '../../../model/plural.ts';
import { writeWhole } from '../write-whole.ts';
import { type FileChange, weightOf } from './compare-row.ts';
import type { RowComparison } from './comparison.ts';

export const REPORT_NAME = 'report.html';

export type ComparisonSummary = {
  readonly rows: number;
  readonly same: number;
  readonly changed: number;
  /** Not made before. */
  readonly new: number;
  readonly refused: number;
  readonly failed: number;
  readonly files: { readonly same: number; readonly changed: number; readonly new: number; readonly gone: number };
};

export const comparisonSummary = (rows: readonly RowComparison[]): ComparisonSummary => {
  const count = (status: RowComparison['status']): number => rows.filter((row) => row.status === status).length;
  const files = rows.flatMap((row) => row.files);
  const kinds = (kind: FileChange['kind']): number => files.filter((file) => file.kind === kind).length;
  return {
    rows: rows.length,
    same: count('same'),
    changed: count('changed'),
    new: count('new'),
    refused: count('refused'),
    failed: count('failed'),
    files: {
      same: rows.reduce((sum, row) => sum + row.same, 0),
      changed: kinds('changed'),
      new: kinds('new'),
      gone: kinds('gone'),
    },
  };
};

const percent = (share: number): string => (share < 0.0001 ? 'less than 0.01 %' : `${(share * 100).toFixed(share < 0.01 ? 2 : 1)} %`);

/** What is another in one file, in a line. */
export const changeText = ({ kind, bytesBefore, bytesAfter, picture, pages, note }: FileChange): string => {
  if (kind !== 'changed') return kind === 'new' ? 'new file' : 'no longer made';
  if (note !== undefined) return `other bytes (${note})`;
  if (picture) return pictureText(picture);
  if (pages) return pagesText(pages);
  return bytesBefore === bytesAfter ? `other bytes, ${bytesAfter} as before` : `${bytesBefore} bytes before, ${bytesAfter} now`;
};

const pictureText = ({ before, after, pixels, share, most, box }: NonNullable<FileChange['picture']>): string => {
  if (pixels === 0) return 'other bytes, the same pixels';
  if (!box) return `${before.widthPx} x ${before.heightPx} px before, ${after.widthPx} x ${after.heightPx} px now`;
  return `${plural(pixels, 'pixel')} (${percent(share)}), by up to ${most} of 255, within ${box.width} x ${box.height} px at ${box.x}, ${box.y}`;
};

const pagesText = ({ before, after, changed }: NonNullable<FileChange['pages']>): string => {
  const which =
    changed.length === 0 ? 'other bytes, the same pages' : `page${changed.length === 1 ? '' : 's'} ${ranges(changed)} of ${after}`;
  return before === after ? which : `${which}; ${plural(before, 'page')} before, ${after} now`;
};

/** "1, 3-5, 9". */
const ranges = (pages: readonly number[]): string => {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
};

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1160px;padding:0 1rem;color:#222;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.05rem;margin:1.6rem 0 .2rem}table{border-collapse:collapse;margin:.6rem 0}td,th{padding:.2rem .9rem .2rem 0;text-align:left;vertical-align:top}
th{font-weight:600;border-bottom:1px solid #bbb}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}img{display:block;max-width:100%;margin:.3rem 0 1rem;border:1px solid #ccc}
.why{color:#666;margin:0}.bad{color:#a3121f}figure{margin:0}figcaption{color:#666;font-size:.85rem}section{border-top:1px solid #ddd}`;

const NONE: Html = { html: '' };

const fileTable = (files: readonly FileChange[]): Html =>
  files.length === 0
    ? NONE
    : html`<table><tr><th>File</th><th>For</th><th>Difference</th></tr>${files.map(
        (file) => html`<tr><td>${file.name}</td><td>${file.role}</td><td>${changeText(file)}</td></tr>`,
      )}</table>`;

const pictureOf = ({ name, shown, picture }: FileChange): Html =>
  shown === undefined
    ? NONE
    : html`<figure><figcaption>${name}: before, after${picture?.box ? ', where they differ (red)' : ''}</figcaption><img loading="lazy" src="${encodeURI(shown)}" alt="${name} before and after"></figure>`;

const rowSection = ({ name, folder, reasons, status, message, files }: RowComparison): Html => {
  const why = reasons.length === 0 ? null : html`<p class="why">${reasons.join(', ')}</p>`;
  const trouble =
    message === undefined ? null : html`<p class="bad">${status === 'refused' ? 'would be refused' : 'would fail'}: ${message}</p>`;
  return html`<section><h2>${name.includes(folder) ? name : `${name}: ${folder}`}</h2>${why}${trouble}${fileTable(files)}${files.map(pictureOf)}</section>\n`;
};

/** Rows that a page opens with ease; the JSON beside it has all. */
const MOST_SECTIONS = 1000;

const figure = (of: number | null): string => (of === null ? '' : of.toLocaleString('en'));

const counts = ({ rows, same, changed, new: fresh, refused, failed, files }: ComparisonSummary): Html => {
  const line = (label: string, of: number | null, more: number | null): Html =>
    html`<tr><td>${label}</td><td class="n">${figure(of)}</td><td class="n">${figure(more)}</td></tr>`;
  const lines = [
    line('the same to the byte', same, files.same),
    line('changed', changed, files.changed),
    line('new', fresh, files.new),
    line('no longer made', null, files.gone),
    line('would be refused', refused, null),
    line('would fail', failed, null),
    line('all', rows, files.same + files.changed + files.new + files.gone),
  ];
  return html`<table><tr><th></th><th class="n">Rows</th><th class="n">Files</th></tr>${lines}</table>`;
};

/** Files of each role that change, and by how much at most. */
const roles = (rows: readonly RowComparison[]): Html => {
  const files = rows.flatMap((row) => row.files).filter(({ kind }) => kind === 'changed');
  const names = [...new Set(files.map(({ role }) => role))].sort();
  const line = (role: string): Html => {
    const own = files.filter((file) => file.role === role);
    const most = own.reduce((found, { picture }) => Math.max(found, picture?.share ?? 0), 0);
    const pages = own.reduce((sum, file) => sum + (file.pages?.changed.length ?? 0), 0);
    return html`<tr><td>${role}</td><td class="n">${figure(own.length)}</td><td class="n">${most === 0 ? '' : percent(most)}</td><td class="n">${pages === 0 ? '' : pages}</td></tr>`;
  };
  if (names.length === 0) return NONE;
  return html`<table><tr><th>Changed files</th><th class="n">Files</th><th class="n">Of the pixels of one, at most</th><th class="n">Pages</th></tr>${names.map(line)}</table>`;
};

const pageOf = (rows: readonly RowComparison[], summary: ComparisonSummary): Html => {
  const heaviest = (row: RowComparison): number => (row.message === undefined ? Math.max(0, ...row.files.map(weightOf)) : 2);
  const shown = rows.filter(({ status }) => status !== 'same').sort((a, b) => heaviest(b) - heaviest(a) || a.row - b.row);
  const rest = shown.length - MOST_SECTIONS;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>What a new render changes</title><style>${{ html: STYLE }}</style></head><body>
<h1>What a new render changes</h1>
<p>${plural(summary.rows, 'row')} made beside the files of the batch and compared with them; nothing of the batch was replaced. The greatest change comes first.</p>
${counts(summary)}${roles(rows)}
${shown.slice(0, MOST_SECTIONS).map(rowSection)}${rest > 0 ? html`<p>${plural(rest, 'more row')} in report.json</p>` : null}
</body></html>
`;
};

/** Writes `report.html` for people and `report.json` for programs. Returns their paths. */
export const writeComparison = async (report: string, rows: readonly RowComparison[]): Promise<readonly string[]> => {
  const summary = comparisonSummary(rows);
  const paths = [join(report, REPORT_NAME), join(report, 'report.json')] as const;
  await writeWhole(paths[0], pageOf(rows, summary).html);
  await writeWhole(paths[1], `${JSON.stringify({ version: 1, summary, rows }, null, 2)}\n`);
  return paths;
};
