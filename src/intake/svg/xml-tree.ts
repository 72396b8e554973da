import { SaxesParser, type SaxesTagNS } from 'saxes';
import { Problem } from '../../model/problem.ts';
import { type Spot, tooComplex } from './issues.ts';
import type { SvgLimits } from './svg-limits.ts';

const SVG_NS = 'http://www.w3.org/2000/svg';
const XLINK_NS = 'http://www.w3.org/1999/xlink';
const XINCLUDE_NS = 'http://www.w3.org/2001/XInclude';

/** One SVG element. Elements and attributes of other namespaces (editors' notes) are left out, except xlink:href, which is `href` here. */
export type SvgElement = Spot & {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly SvgElement[];
  /** Character data directly in this element. */
  readonly text: string;
};

type Open = SvgElement & { readonly attributes: Map<string, string>; readonly children: SvgElement[]; text: string };

const scriptProblem = (what: string, { line, column }: Spot): Problem =>
  new Problem('svg.script', `expected an SVG drawing without active content, got ${what} at line ${line}, column ${column}`, {
    hint: 'Remove scripts and links from the drawing.',
  });

/** `javascript:` hides behind blanks, control characters and capitals; entities are already resolved here. */
const isScriptUrl = (value: string): boolean =>
  [...value.slice(0, 200)]
    .filter((char) => char > ' ' && char !== '\u007f' && char !== '\u00a0')
    .join('')
    .toLowerCase()
    .startsWith('javascript:');

const refuseScripts = (tag: SaxesTagNS, spot: Spot): void => {
  if (tag.local.toLowerCase() === 'script') throw scriptProblem('a script element', spot);
  for (const { local, value } of Object.values(tag.attributes)) {
    if (/^on[a-z]/i.test(local)) throw scriptProblem(`an event attribute (${local.slice(0, 40)})`, spot);
    if (isScriptUrl(value)) throw scriptProblem(`a script link (${local.slice(0, 40)})`, spot);
  }
};

const attributesOf = (tag: SaxesTagNS): Map<string, string> => {
  const attributes = new Map<string, string>();
  for (const { uri, local, value } of Object.values(tag.attributes)) {
    if (uri === '') attributes.set(local, value);
    else if (uri === XLINK_NS && local === 'href' && !attributes.has('href')) attributes.set('href', value);
  }
  return attributes;
};

/** Builds the tree while the parser runs; `skipping` counts the depth inside an element of a foreign namespace. */
class TreeBuilder {
  readonly #stack: Open[] = [];
  readonly #limits: SvgLimits;
  #nodes = 0;
  #depth = 0;
  #skipping = 0;
  root: SvgElement | null = null;

  constructor(limits: SvgLimits) {
    this.#limits = limits;
  }

  open(tag: SaxesTagNS, spot: Spot): void {
    this.#nodes += 1;
    this.#depth += 1;
    if (this.#nodes > this.#limits.maxNodes) throw tooComplex('elements', this.#limits.maxNodes);
    if (this.#depth > this.#limits.maxDepth) throw tooComplex('levels of nested elements', this.#limits.maxDepth);
    refuseScripts(tag, spot);
    if (tag.uri === XINCLUDE_NS)
      throw new Problem('svg.doctype', `expected a self-contained SVG drawing, got an XInclude at line ${spot.line}`);
    if (this.#skipping > 0 || (tag.uri !== SVG_NS && tag.uri !== '')) {
      this.#skipping += 1;
      return;
    }
    const element: Open = { name: tag.local, attributes: attributesOf(tag), children: [], text: '', ...spot };
    this.#stack.at(-1)?.children.push(element);
    this.root ??= element;
    this.#stack.push(element);
  }

  close(): void {
    this.#depth -= 1;
    if (this.#skipping > 0) this.#skipping -= 1;
    else this.#stack.pop();
  }

  text(text: string): void {
    const top = this.#stack.at(-1);
    if (top && this.#skipping === 0 && (top.name === 'style' || text.trim() !== '')) top.text += text;
  }
}

/**
 * Reads SVG text into a tree, in one pass. Document types with declarations, entities beyond XML's own five, scripts, event attributes and
 * script links are refused wherever they stand. Throws Problem 'svg.syntax' (with line and column), 'svg.doctype', 'svg.script' or
 * 'svg.too-complex'.
 */
export const readXmlTree = (text: string, limits: SvgLimits): SvgElement => {
  const parser = new SaxesParser({ xmlns: true, position: true, additionalNamespaces: { xlink: XLINK_NS } });
  const builder = new TreeBuilder(limits);
  const here = (): Spot => ({ line: parser.line, column: parser.column + 1 });
  let start = here();
  parser.on('error', (error) => {
    const { line, column } = here();
    throw new Problem('svg.syntax', `expected well-formed SVG, got a mistake at line ${line}, column ${column}: ${saidBy(error)}`);
  });
  parser.on('doctype', (doctype) => {
    if (!/[[<]/.test(doctype)) return;
    throw new Problem(
      'svg.doctype',
      `expected an SVG drawing without DTD declarations, got a DOCTYPE with entities at line ${here().line}`,
      {
        hint: 'Save the drawing as plain SVG.',
      },
    );
  });
  parser.on('opentagstart', ({ name }) => {
    // The parser stands behind the name and the character after it.
    const { line, column } = here();
    start = { line, column: Math.max(1, column - name.length - 2) };
  });
  parser.on('opentag', (tag) => builder.open(tag, start));
  parser.on('closetag', () => builder.close());
  parser.on('text', (chars) => builder.text(chars));
  parser.on('cdata', (chars) => builder.text(chars));
  parser.write(text).close();
  if (builder.root?.name !== 'svg')
    throw new Problem('svg.syntax', `expected an svg element at the root, got ${builder.root?.name ?? 'none'}`);
  return builder.root;
};

const saidBy = (error: Error): string => error.message.replace(/^\d+:\d+: /, '').slice(0, 120);
