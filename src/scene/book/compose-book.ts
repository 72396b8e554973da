import { translation } from '../../geometry/affine.ts';
import { rectPath } from '../../geometry/path.ts';
import { containsRect, inflate, intersectionOf, rectOf } from '../../geometry/point.ts';
import type { Book } from '../../model/book.ts';
import type { PlacementSpec } from '../../model/design-spec.ts';
import { type Finding, sortFindings } from '../../model/finding.ts';
import type { PageRule } from '../../model/product.ts';
import type { PlacementArea } from '../area.ts';
import { boundsOfNode } from '../bounds.ts';
import { type ComposedScene, compose } from '../compose.ts';
import type { GroupNode, Scene, SceneArea, SceneNode } from '../scene.ts';
import { quantizeNode, transformNode } from '../transform.ts';
import { nodesOf } from '../walk.ts';
import { styleOf } from './book-style.ts';
import { type BookResources, flowBook } from './flow-book.ts';
import { lacksPatterns } from './hyphenation.ts';
import { masterOf, type PageDraft, type Side } from './page-draft.ts';
import { runningLines } from './running-lines.ts';

export type ComposedPage = { readonly scene: Scene; readonly number: number; readonly side: Side };
export type ComposedBook = { readonly pages: readonly ComposedPage[]; readonly findings: readonly Finding[] };

/** A placement of a spec that holds a book. */
export type BookSpec = PlacementSpec & { readonly book: Book };

/**
 * The pages of a book as scenes, in reading order: pure. Text flows first, then every page is composed from its master, the layers of its
 * section, its text and its running lines. What pages of a master have in common are the same nodes in all of them.
 * @param wanted - page count of the order; left out: what the text needs, made legal by the rule
 */
export const composeBook = (
  spec: BookSpec,
  place: PlacementArea,
  rule: PageRule,
  wanted: number | undefined,
  resources: BookResources,
  pointer: string,
): ComposedBook => {
  const composer = new PageComposer(spec, place, resources, pointer);
  const { pages, findings } = flowBook(spec.book, place.area, rule, wanted, resources, `${pointer}/book`);
  const composed = pages.map((page): ComposedPage => ({ scene: composer.page(page), number: page.number, side: page.side }));
  const blank = isBlank(spec, pages, composed) ? [blankBook(pointer)] : [];
  const told = blank.length === 0 ? findings : findings.filter(({ code }) => code !== 'book.pages-added');
  const crowded = composed.flatMap(({ scene, side }) => gutterFindings(scene, side, rule.gutter));
  return { pages: composed, findings: sortFindings([...blank, ...undivided(spec, pointer), ...told, ...composer.findings, ...crowded]) };
};

/** Said once for a book with running text in a language without patterns, unless its own styles divide nothing. */
const undivided = ({ book }: BookSpec, pointer: string): readonly Finding[] => {
  const isDivided = book.sections.some(({ text }) => text.some((one) => one.type === 'paragraph' && styleOf(book, one.style).hyphens));
  if (!isDivided || !lacksPatterns(book.language)) return [];
  return [
    {
      severity: 'info',
      code: 'book.not-hyphenated',
      pointer: `${pointer}/book/language`,
      message: `Words in the language "${book.language}" are not divided: there are no patterns for it. Justified lines may be loose.`,
      hint: 'Put soft hyphens into long words, or align the text at its start.',
    },
  ];
};

const hasArt = ({ layers }: Pick<PlacementSpec, 'layers'>): boolean => layers.length > 0;

/** Nothing on any page, or paper in the colours of its masters and the numbers of its pages alone. */
const isBlank = ({ book, ...spec }: BookSpec, drafts: readonly PageDraft[], pages: readonly ComposedPage[]): boolean => {
  if (pages.every(({ scene }) => scene.nodes.length === 0)) return true;
  const isDrawn = book.sections.some((one) => hasArt(one) || one.background !== undefined) || hasArt(spec) || spec.background !== undefined;
  const isRuled = Object.values(book.masters).some((one) => hasArt(one) || one.left.length > 0 || one.right.length > 0);
  return !isDrawn && !isRuled && drafts.every(({ text }) => text.length === 0);
};

const blankBook = (pointer: string): Finding => ({
  severity: 'error',
  code: 'art.blank',
  pointer: `${pointer}/book`,
  message: 'No page of this book has a text or a picture.',
  hint: 'Check that answers and pictures arrived; empty pages that are meant so take a layer or a background of their own.',
});

/** Two facing pages as one area, with a panel for each. */
const spreadOf = ({ area }: PlacementArea): PlacementArea => {
  const { widthMm, heightMm } = area;
  const trim = rectPath(rectOf(0, 0, 2 * widthMm, heightMm));
  return {
    area: { ...area, widthMm: 2 * widthMm, trim, keepOuts: [], folds: [] },
    panels: new Map([
      ['left', rectOf(0, 0, widthMm, heightMm)],
      ['right', rectOf(widthMm, 0, widthMm, heightMm)],
    ]),
  };
};

const bleedOf = ({ widthMm, heightMm, bleedMm }: SceneArea) => inflate(rectOf(0, 0, widthMm, heightMm), bleedMm);

/** What of a spread is seen on one of its pages: nodes of the other are left out, those that cross the fold are cut at the bleed. */
const halfOf = (nodes: readonly SceneNode[], area: SceneArea, side: Side): readonly SceneNode[] => {
  const bleed = bleedOf(area);
  return nodes.flatMap((node): readonly SceneNode[] => {
    const moved = side === 'left' ? node : transformNode(node, translation(-area.widthMm, 0));
    const box = boundsOfNode(moved);
    if (!box || !intersectionOf(box, bleed)) return [];
    if (containsRect(bleed, box, 0.01)) return [moved];
    const clip = { path: rectPath(bleed), fillRule: 'nonzero' } as const;
    return [{ kind: 'group', pointer: moved.pointer, clip, mask: null, opacity: 1, blend: 'normal', children: [moved] }];
  });
};

class PageComposer {
  readonly findings: Finding[] = [];
  readonly #spec: BookSpec;
  readonly #place: PlacementArea;
  readonly #resources: BookResources;
  readonly #pointer: string;
  /** Composed once for all pages that show it. */
  readonly #made = new Map<string, readonly SceneNode[]>();

  constructor(spec: BookSpec, place: PlacementArea, resources: BookResources, pointer: string) {
    this.#spec = spec;
    this.#place = place;
    this.#resources = resources;
    this.#pointer = pointer;
  }

  page(page: PageDraft): Scene {
    const { area } = this.#place;
    const text = page.text.map(quantizeNode);
    const nodes = [...this.#common(page), ...this.#own(page), ...text, ...this.#running(page).map(quantizeNode)];
    return { version: 1, area, nodes };
  }

  #once(key: string, make: () => ComposedScene, after: (nodes: readonly SceneNode[]) => readonly SceneNode[] = (nodes) => nodes) {
    const known = this.#made.get(key);
    if (known) return known;
    const { scene, findings } = make();
    this.findings.push(...findings);
    const nodes = after(scene.nodes);
    this.#made.set(key, nodes);
    return nodes;
  }

  #layers(source: Pick<PlacementSpec, 'background' | 'layers'>, place: PlacementArea, pointer: string): ComposedScene {
    const { background, layers } = source;
    const { book: _book, ...rest } = this.#spec;
    return compose({ ...rest, background, layers }, place, this.#resources, pointer);
  }

  /** What stands on every page of a master. */
  #common({ master: name, side, section }: PageDraft): readonly SceneNode[] {
    const every = this.#once('every', () => this.#layers(this.#spec, this.#place, this.#pointer), asOne);
    const found = masterOf(this.#spec.book, name);
    if (!found || (section === null && name === undefined)) return every;
    const { id, master } = found;
    const pointer = `${this.#pointer}/book/masters/${id.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const both = this.#once(`master ${id}`, () => this.#layers(master, this.#place, pointer), asOne);
    const facing = { background: undefined, layers: master[side] };
    const own = this.#once(`master ${id} ${side}`, () => this.#layers(facing, this.#place, `${pointer}/${side}`), asOne);
    return [...every, ...both, ...own];
  }

  #own({ section: index, opening }: PageDraft): readonly SceneNode[] {
    const section = index === null ? undefined : this.#spec.book.sections[index];
    if (!section || opening === 'none') return [];
    const pointer = `${this.#pointer}/book/sections/${index}`;
    const place = opening === 'page' ? this.#place : spreadOf(this.#place);
    const nodes = this.#once(`section ${index}`, () => this.#layers(section, place, pointer));
    return opening === 'page' ? nodes : halfOf(nodes, this.#place.area, opening).map(quantizeNode);
  }

  #running(page: PageDraft): readonly SceneNode[] {
    const { book } = this.#spec;
    const section = page.section === null ? undefined : book.sections[page.section];
    const found = masterOf(book, page.master);
    if (!section?.numbered || !found) return [];
    const pointer = `${this.#pointer}/book/masters/${found.id}`;
    return runningLines(book, found.master, page, this.#place.area, this.#resources.fonts, pointer);
  }
}

/** Nodes as one object that writers can store once, however many pages show it. */
const asOne = (nodes: readonly SceneNode[]): readonly SceneNode[] => {
  const [first] = nodes;
  if (!first) return [];
  const group: GroupNode = { kind: 'group', pointer: first.pointer, clip: null, mask: null, opacity: 1, blend: 'normal', children: nodes };
  return [group];
};

/** Lettering too near the spine, where open pages curve away. */
const gutterFindings = ({ nodes, area }: Scene, side: Side, gutterMm: number): readonly Finding[] => {
  if (gutterMm <= area.safeMm) return [];
  const nearest = new Map<string, number>();
  for (const node of nodesOf(nodes)) {
    const box = node.kind === 'glyphs' ? boundsOfNode(node) : null;
    if (!box) continue;
    const clear = side === 'right' ? box.x : area.widthMm - box.x - box.width;
    // Lettering of the other half of a spread is judged there.
    if (clear >= gutterMm - 0.01 || clear < -box.width / 2) continue;
    nearest.set(node.pointer, Math.min(clear, nearest.get(node.pointer) ?? clear));
  }
  return [...nearest].map(([pointer, clear]) => ({
    severity: 'warning',
    code: 'book.gutter',
    pointer,
    message: `This lettering is ${Math.round(clear * 10) / 10} mm from the spine; it needs ${gutterMm} mm to be read in the open book.`,
    hint: 'Move it outwards: a larger inner margin.',
    measured: Math.round(clear * 10) / 10,
    required: gutterMm,
    unit: 'mm',
  }));
};
