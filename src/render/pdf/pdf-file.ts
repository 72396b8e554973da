import { createHash } from 'node:crypto';
import { ref } from './syntax.ts';

type Indirect = { readonly head: string; readonly body: Uint8Array | null };

const HEADER = '%PDF-1.6\n%\xE2\xE3\xCF\xD3\n';
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/**
 * The objects of one PDF in the making. Ids count up from 1 in the order of `reserve`, so equal calls give equal files.
 * Nothing is written before `finish`, which lays out bodies and a classic cross-reference table.
 */
export class PdfFile {
  readonly #objects: (Indirect | null)[] = [null];
  readonly #shared = new Map<string, number>();

  reserve(): number {
    return this.#objects.push(null) - 1;
  }

  /** Fills an object with a dictionary, array or other plain value, given as PDF text. */
  set(id: number, value: string): number {
    this.#objects[id] = { head: value, body: null };
    return id;
  }

  add(value: string): number {
    return this.set(this.reserve(), value);
  }

  /** Fills an object with a stream; `entries` are its dictionary entries without the length. */
  setStream(id: number, entries: string, body: Uint8Array): number {
    this.#objects[id] = { head: `<< ${entries} /Length ${body.length} >>`, body };
    return id;
  }

  addStream(entries: string, body: Uint8Array): number {
    return this.setStream(this.reserve(), entries, body);
  }

  /** The object made for `key`; the first call makes it. Equal content therefore stands in the file once. */
  once(key: string, make: () => number): number {
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const id = make();
    this.#shared.set(key, id);
    return id;
  }

  /** A plain value that stands in the file once however often it is asked for. */
  value(content: string): number {
    return this.once(content, () => this.add(content));
  }

  /** Lower-case hex sha256 over every object so far: what identifiers are derived from. */
  digest(): string {
    const hash = createHash('sha256');
    for (const object of this.#objects) {
      if (!object) continue;
      hash.update(`${object.head.length} `).update(object.head, 'latin1');
      if (object.body) hash.update(object.body);
    }
    return hash.digest('hex');
  }

  finish(rootId: number, infoId: number, fileId: string): Uint8Array {
    const chunks: Uint8Array[] = [latin1(HEADER)];
    let at = HEADER.length;
    const put = (chunk: Uint8Array): void => {
      chunks.push(chunk);
      at += chunk.length;
    };
    const offsets = this.#objects.map((object, id) => {
      if (!object) return 0;
      const start = at;
      const end = object.body ? '\nendstream\nendobj\n' : '\nendobj\n';
      put(latin1(`${id} 0 obj\n${object.head}${object.body ? '\nstream\n' : ''}`));
      if (object.body) put(object.body);
      put(latin1(end));
      return start;
    });
    const rows = offsets.map((offset, id) => (id === 0 ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`));
    const trailer = `trailer\n<< /Size ${offsets.length} /Root ${ref(rootId)} /Info ${ref(infoId)} /ID [<${fileId}> <${fileId}>] >>`;
    const start = at;
    put(latin1(`xref\n0 ${offsets.length}\n${rows.join('')}${trailer}\nstartxref\n${start}\n%%EOF\n`));
    const whole = new Uint8Array(at);
    let to = 0;
    for (const chunk of chunks) {
      whole.set(chunk, to);
      to += chunk.length;
    }
    return whole;
  }
}
