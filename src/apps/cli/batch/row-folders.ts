import { sha256 } from '../../../model/digest.ts';

const MOST = 80;
/** Names that some system keeps for itself, with whatever ending. */
const KEPT = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Files of the batch itself. */
const OWN = /^(?:batch|summary|pick-list|proof)(?:[.-]|$)/i;

/** A folder name that every system takes: letters, digits, `.`, `_` and `-`. Too long a one ends in a digest of the whole. */
const safeName = (text: string): string => {
  const name = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  if (name === '' || KEPT.test(name) || OWN.test(name)) return '';
  return name.length <= MOST ? name : `${name.slice(0, MOST - 13)}-${sha256(text).slice(0, 12)}`;
};

type Named = { readonly row: number; readonly reference?: string | undefined; readonly line?: string | undefined };

/** Gives every row of a batch a folder of its own: reference and line, as far as there are any, else the number of the row. */
export class RowFolders {
  readonly #taken = new Map<string, number>();

  /** `sharedWith` is the earlier row that has the name this one would have had. File systems may take `A` and `a` for one. */
  folderOf({ row, reference, line }: Named): { readonly folder: string; readonly sharedWith: number | null } {
    const wanted = safeName([reference, line].filter((part) => part !== undefined).join('-'));
    const name = wanted === '' ? `row-${row}` : wanted;
    const sharedWith = this.#taken.get(name.toLowerCase()) ?? null;
    if (sharedWith === null) return { folder: this.#take(name, row), sharedWith };
    for (let again = 1; ; again += 1) {
      const other = again === 1 ? `${name}-row-${row}` : `${name}-row-${row}-${again}`;
      if (!this.#taken.has(other.toLowerCase())) return { folder: this.#take(other, row), sharedWith };
    }
  }

  #take(name: string, row: number): string {
    this.#taken.set(name.toLowerCase(), row);
    return name;
  }
}
