import { ref } from './syntax.ts';

const PREFIX = { XObject: 'X', Pattern: 'P', ExtGState: 'G', ColorSpace: 'C', Shading: 'S', Properties: 'L' } as const;
export type ResourceKind = keyof typeof PREFIX;

type State = { fill: string; stroke: string; pen: string };

/**
 * Operators of one page or form, with the resources they name. Resource names are derived from object ids, so equal text means equal
 * content anywhere in the file. Remembers the current colours and pen and leaves out operators that would change nothing.
 */
export class ContentStream {
  readonly #parts: string[] = [];
  readonly #resources = new Map<ResourceKind, Set<number>>();
  readonly #saved: State[] = [];
  #state: State = { fill: '', stroke: '', pen: '' };

  add(operators: string): this {
    this.#parts.push(operators);
    return this;
  }

  save(): this {
    this.#saved.push({ ...this.#state });
    return this.add('q');
  }

  restore(): this {
    this.#state = this.#saved.pop() ?? this.#state;
    return this.add('Q');
  }

  setFill(operators: string): void {
    if (this.#state.fill === operators) return;
    this.#state.fill = operators;
    this.add(operators);
  }

  setStroke(operators: string): void {
    if (this.#state.stroke === operators) return;
    this.#state.stroke = operators;
    this.add(operators);
  }

  setPen(operators: string): void {
    if (this.#state.pen === operators) return;
    this.#state.pen = operators;
    this.add(operators);
  }

  /** The name under which this stream refers to an object; the object joins its resources. */
  use(kind: ResourceKind, id: number): string {
    const known = this.#resources.get(kind);
    if (known) known.add(id);
    else this.#resources.set(kind, new Set([id]));
    return `/${PREFIX[kind]}${id}`;
  }

  resources(): string {
    const kinds = [...this.#resources].map(
      ([kind, ids]) => `/${kind} << ${[...ids].map((id) => `/${PREFIX[kind]}${id} ${ref(id)}`).join(' ')} >>`,
    );
    return `<< ${kinds.join(' ')} >>`;
  }

  text(): string {
    return this.#parts.join('\n');
  }
}
