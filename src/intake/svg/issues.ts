import { Problem } from '../../model/problem.ts';

/** Where in the file, both counted from 1. */
export type Spot = { readonly line: number; readonly column: number };

const SHOWN_PLACES = 3;
const SHOWN_KINDS = 20;

/** Collects everything in a drawing that we do not draw, so that its maker hears of all of it at once. */
export class Issues {
  readonly #places = new Map<string, Set<string>>();
  readonly #hints = new Set<string>();
  readonly #warnings = new Set<string>();

  unsupported(what: string, { line, column }: Spot, hint: string): void {
    const places = this.#places.get(what) ?? new Set();
    places.add(`${line}:${column}`);
    this.#places.set(what, places);
    this.#hints.add(hint);
  }

  /** For what may be left out without changing the picture much; each text is kept once. */
  warn(text: string): void {
    if (this.#warnings.size < 50) this.#warnings.add(text);
  }

  get warnings(): readonly string[] {
    return [...this.#warnings];
  }

  /** Throws Problem 'svg.unsupported' that lists every kind with its places (line:column), when there is any. */
  check(): void {
    if (this.#places.size === 0) return;
    const kinds = [...this.#places].slice(0, SHOWN_KINDS).map(([what, places]) => {
      const shown = [...places].slice(0, SHOWN_PLACES).join(', ');
      return `${what} at ${shown}${places.size > SHOWN_PLACES ? ` and ${places.size - SHOWN_PLACES} more places` : ''}`;
    });
    const more = this.#places.size > SHOWN_KINDS ? ` and ${this.#places.size - SHOWN_KINDS} more kinds` : '';
    throw new Problem(
      'svg.unsupported',
      `expected shapes, gradients, clips and embedded pictures in an SVG drawing, got ${kinds.join('; ')}${more}`,
      {
        hint: [...this.#hints].join(' '),
      },
    );
  }
}

export const tooComplex = (what: string, limit: number): Problem =>
  new Problem('svg.too-complex', `expected at most ${limit} ${what} in an SVG drawing, got more`, {
    hint: 'Simplify the drawing, or send it as a picture.',
  });

export const badValue = (what: string, { line, column }: Spot): Problem =>
  new Problem('svg.value', `${what} at line ${line}, column ${column} of the SVG drawing`);
