import type { DecodedImage } from '../../model/resources.ts';
import type { Issues } from './issues.ts';
import { tooComplex } from './issues.ts';
import { readStyleSheet, type StyleSheet } from './style-sheet.ts';
import type { SvgLimits } from './svg-limits.ts';
import type { SvgElement } from './xml-tree.ts';

export type GradientStop = { readonly offset: number; readonly colour: string; readonly opacity: number };

/** What one reading of a drawing shares: the document's names and rules, decoded pictures, and what has been spent so far. */
export class ReadContext {
  readonly limits: SvgLimits;
  readonly issues: Issues;
  readonly sheet: StyleSheet;
  /** Pictures by their href text. */
  readonly pictures: ReadonlyMap<string, DecodedImage>;
  readonly #ids = new Map<string, SvgElement>();
  readonly #stops = new Map<SvgElement, readonly GradientStop[]>();
  #nodes = 0;
  #segments = 0;

  constructor(elements: readonly SvgElement[], limits: SvgLimits, issues: Issues, pictures: ReadonlyMap<string, DecodedImage>) {
    this.limits = limits;
    this.issues = issues;
    this.pictures = pictures;
    for (const element of elements) {
      const id = element.attributes.get('id');
      // The first of equal ids wins, as in browsers.
      if (id !== undefined && !this.#ids.has(id)) this.#ids.set(id, element);
    }
    this.sheet = readStyleSheet(
      elements.filter(({ name }) => name === 'style'),
      limits.maxStyleRules,
      issues,
    );
  }

  byId(id: string): SvgElement | undefined {
    return this.#ids.get(id);
  }

  /** The stops of a gradient, worked out once. */
  stopsOnce(owner: SvgElement, read: () => readonly GradientStop[]): readonly GradientStop[] {
    const stops = this.#stops.get(owner) ?? read();
    this.#stops.set(owner, stops);
    return stops;
  }

  spendNode(): void {
    this.#nodes += 1;
    if (this.#nodes > this.limits.maxNodes) throw tooComplex('elements drawn', this.limits.maxNodes);
  }

  spendSegments(count: number): void {
    this.#segments += count;
    if (this.#segments > this.limits.maxSegments) throw tooComplex('path steps drawn', this.limits.maxSegments);
  }
}
