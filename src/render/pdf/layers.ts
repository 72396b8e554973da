import { Problem } from '../../model/problem.ts';
import type { PdfLayer } from './document.ts';
import type { PdfFile } from './pdf-file.ts';
import { name, ref, text } from './syntax.ts';

const metadata = ({ processingStep }: PdfLayer): string => {
  if (!processingStep) return '';
  const type = processingStep.type === null ? '' : ` /GTS_ProcStepsType ${name(processingStep.type)}`;
  return ` /GTS_Metadata << /GTS_ProcStepsGroup ${name(processingStep.group)}${type} >>`;
};

/** Optional content groups by layer name, and the catalog entry that lists them (all visible, none locked to a viewer's state). */
export class Layers {
  readonly #ids = new Map<string, number>();

  constructor(file: PdfFile, layers: readonly PdfLayer[]) {
    for (const layer of layers) this.#ids.set(layer.name, file.add(`<< /Type /OCG /Name ${text(layer.name)}${metadata(layer)} >>`));
  }

  /** Throws Problem 'pdf.layer' for a name the document does not list. */
  idOf(layer: string): number {
    const id = this.#ids.get(layer);
    if (id === undefined) throw new Problem('pdf.layer', `expected one of the layers of the document for a page, got "${layer}"`);
    return id;
  }

  catalogEntry(): string {
    if (this.#ids.size === 0) return '';
    const all = [...this.#ids.values()].map(ref).join(' ');
    return ` /OCProperties << /OCGs [${all}] /D << /Name (Default) /BaseState /ON /ON [${all}] /Order [${all}] >> >>`;
  }
}
