import { createHash } from 'node:crypto';
import { Problem } from '../../model/problem.ts';

export type PageDifference = {
  readonly before: number;
  readonly after: number;
  /** Pages that both have and that are not the same, counted from 1. */
  readonly changed: readonly number[];
};

type Stored = { readonly head: string; readonly body: Uint8Array | null };

const broken = (what: string): Problem => new Problem('compare.pages', `expected a PDF as this program writes it, got one ${what}`);

/** Objects by id, of a file with one classic cross-reference table, as `PdfFile` writes it. */
const objectsOf = (bytes: Uint8Array): ReadonlyMap<number, Stored> => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.toString('latin1', Math.max(0, file.length - 64)))?.[1] ?? Number.NaN);
  const table = Number.isNaN(start) ? '' : file.toString('latin1', start);
  const [, size = ''] = /^xref\n0 (\d+)\n/.exec(table) ?? [];
  if (size === '') throw broken('without a plain cross-reference table');
  const objects = new Map<number, Stored>();
  for (const [id, [, offset = '', use]] of [...table.matchAll(/(\d{10}) \d{5} ([nf]) \n/g)].entries())
    if (use === 'n') objects.set(id, objectAt(file, Number(offset)));
  if (objects.size === 0) throw broken('without objects');
  return objects;
};

const objectAt = (file: Buffer, offset: number): Stored => {
  const from = file.indexOf(' obj\n', offset, 'latin1') + 5;
  const end = file.indexOf('\nendobj', from, 'latin1');
  const stream = file.indexOf('\nstream\n', from, 'latin1');
  if (end < 0) throw broken('with an object that does not end');
  if (stream < 0 || stream > end) return { head: file.toString('latin1', from, end), body: null };
  const head = file.toString('latin1', from, stream);
  const length = Number(/\/Length (\d+) >>$/.exec(head)?.[1] ?? Number.NaN);
  if (Number.isNaN(length)) throw broken('with a stream of unknown length');
  return { head, body: file.subarray(stream + 8, stream + 8 + length) };
};

const REFERENCE = /\b(\d+) 0 R\b/g;
const PARENT = /\/Parent \d+ 0 R/g;

/** Digest of an object with all that it refers to, whatever the numbers of its objects are; what leads back up is left out. */
const digestOf = (id: number, objects: ReadonlyMap<number, Stored>, known: Map<number, string>): string => {
  const found = known.get(id);
  if (found !== undefined) return found;
  known.set(id, 'around');
  const { head, body } = objects.get(id) ?? { head: 'null', body: null };
  const hash = createHash('sha256');
  hash.update(
    head.replace(PARENT, '').replace(REFERENCE, (_, target: string) => digestOf(Number(target), objects, known)),
    'latin1',
  );
  if (body) hash.update(body);
  const digest = hash.digest('hex');
  known.set(id, digest);
  return digest;
};

/** Digests of the pages of a PDF of ours in their order: equal for pages that print the same marks from the same bytes. @throws Problem `compare.pages` */
const pageDigests = (bytes: Uint8Array): readonly string[] => {
  const objects = objectsOf(bytes);
  const known = new Map<number, string>();
  const pagesBelow = (id: number): readonly number[] => {
    const head = objects.get(id)?.head ?? '';
    const [, kids] = /\/Kids \[([^\]]*)\]/.exec(head) ?? [];
    if (kids === undefined) return /\/Type \/Page\b/.test(head) ? [id] : [];
    return [...kids.matchAll(REFERENCE)].flatMap(([, kid = '']) => pagesBelow(Number(kid)));
  };
  const [root] = [...objects.values()].filter(({ head }) => /\/Type \/Catalog\b/.test(head));
  const [, top] = /\/Pages (\d+) 0 R/.exec(root?.head ?? '') ?? [];
  if (top === undefined) throw broken('without pages');
  return pagesBelow(Number(top)).map((id) => digestOf(id, objects, known));
};

/** Which pages of two PDF files of this program are not the same. @throws Problem `compare.pages` for a file that another program wrote */
export const comparePages = (before: Uint8Array, after: Uint8Array): PageDifference => {
  const [old, now] = [pageDigests(before), pageDigests(after)];
  const both = Math.min(old.length, now.length);
  const changed = Array.from({ length: both }, (_, i) => i + 1).filter((page) => old[page - 1] !== now[page - 1]);
  return { before: old.length, after: now.length, changed };
};
