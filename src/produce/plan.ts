import { type AnyMethod, findMethod, METHODS } from '../methods/index.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import type { Finding } from '../model/finding.ts';
import { didYouMean, InvalidInput, type Mistake, parseWith } from '../model/parse.ts';
import { Problem } from '../model/problem.ts';
import { measurePlacement } from '../scene/area.ts';
import { composeBook } from '../scene/book/compose-book.ts';
import { type ComposeResources, compose } from '../scene/compose.ts';
import type { ResolvedDesign, ResolvedPlacement } from '../scene/resolve.ts';
import type { Scene } from '../scene/scene.ts';

/** One placement, composed, with its method and the settings that hold for it. */
export type PlannedPlacement = {
  readonly placement: ResolvedPlacement;
  readonly scene: Scene;
  readonly method: AnyMethod;
  readonly settings: unknown;
  readonly findings: readonly Finding[];
  /** Of a book: which page it is. Its placement stands once for each. */
  readonly page?: { readonly number: number; readonly side: 'left' | 'right' };
};

/** Placements that go into one file together. */
export type WorkPiece = { readonly name: string; readonly placements: readonly PlannedPlacement[] };

export type Plan = { readonly placements: readonly PlannedPlacement[]; readonly pieces: readonly WorkPiece[] };

/**
 * Composes every placement and settles its method's settings: the method's own, then the product's, the shop's, the shop's for
 * this placement, the spec's.
 * @throws InvalidInput for settings that the method does not take, all at once
 */
export const planWork = (resolved: ResolvedDesign, resources: ComposeResources): Plan => {
  const mistakes: Mistake[] = [];
  const settled = resolved.areas.flatMap((placement, i): readonly Settled[] => {
    const spec = resolved.spec.placements[i];
    if (!spec) return [];
    const method = methodOf(spec.method, placement.pointer);
    const settings = settleSettings(method, resolved, placement, spec, mistakes);
    return [{ spec, method, settings, placement }];
  });
  const books = new Map(settled.map((one) => [one, pagesOf(one, resolved, resources)]));
  const count = Math.max(0, ...[...books.values()].map((pages) => pages?.length ?? 0));
  const placements = settled.flatMap((one): readonly PlannedPlacement[] => books.get(one) ?? [composed(one, count, resolved, resources)]);
  if (mistakes.length > 0) throw new InvalidInput('design spec', mistakes);
  return { placements, pieces: pieceTogether(resolved, placements) };
};

type Settled = Pick<PlannedPlacement, 'placement' | 'method' | 'settings'> & { readonly spec: DesignSpec['placements'][number] };

/** Methods without bleed print up to the trim. */
const areaFor = ({ method, placement }: Pick<Settled, 'method' | 'placement'>): ResolvedPlacement =>
  method.bleeds ? placement : { ...placement, area: { ...placement.area, bleedMm: 0 } };

/** @param pages - of the book that the placement belongs to, whose spine follows from them; 0 for none */
const composed = (one: Settled, pages: number, { product, spec, shop }: ResolvedDesign, resources: ComposeResources): PlannedPlacement => {
  const { placement, method, settings } = one;
  const bound = pages === 0 ? placement : { ...placement, ...measurePlacement(product, placement.product, { ...spec, pages }, shop) };
  const area = areaFor({ method, placement: bound });
  return { placement: area, method, settings, ...compose(one.spec, area, resources, placement.pointer) };
};

/** The pages of a placement that holds a book; null for one that does not. */
const pagesOf = (one: Settled, { spec, hyphenation }: ResolvedDesign, resources: ComposeResources): readonly PlannedPlacement[] | null => {
  const { method, settings, spec: own } = one;
  const { pages: rule, label } = one.placement.product;
  const { book } = own;
  if (!book && !rule) return null;
  if (!book || !rule)
    throw new Problem(
      'book.misplaced',
      rule ? `expected a book for ${label}, which is a page of one, got none` : `expected no book for ${label}, which is no page of one`,
      { pointer: `${one.placement.pointer}/book`, hint: 'a placement of the product with "pages" takes a book: docs/books.md' },
    );
  const placement = areaFor(one);
  const divide = hyphenation.get(book.language);
  const { pages, findings } = composeBook(
    { ...own, book },
    placement,
    rule,
    spec.pages,
    { ...resources, hyphenation: divide ?? ((text) => text) },
    placement.pointer,
  );
  return pages.map(
    ({ scene, number, side }, i): PlannedPlacement => ({
      placement,
      scene,
      method,
      settings,
      findings: i === 0 ? findings : [],
      page: { number, side },
    }),
  );
};

const methodOf = (id: string, pointer: string): AnyMethod => {
  const method = findMethod(id);
  if (method) return method;
  const ids = METHODS.map((one) => one.id);
  throw new Problem('method.unknown', `expected a decoration method (${ids.join(', ')}), got "${id}"`, {
    pointer: `${pointer}/method`,
    hint: didYouMean(id, ids),
  });
};

const settleSettings = (
  method: AnyMethod,
  { product, shop }: ResolvedDesign,
  placement: ResolvedPlacement,
  spec: DesignSpec['placements'][number],
  mistakes: Mistake[],
): unknown => {
  const layers = [
    placement.product.methods[method.id],
    shop.methods[method.id],
    shop.products[product.id]?.[placement.product.id]?.settings[method.id],
    spec.settings,
  ];
  try {
    return parseWith(method.settings, Object.assign({}, ...layers), `${method.id} settings`);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    mistakes.push(...error.mistakes.map((mistake) => ({ ...mistake, pointer: `${placement.pointer}/settings${mistake.pointer}` })));
    return undefined;
  }
};

/** Placements that the product keeps in one document and that share a method and settings become one piece. */
const pieceTogether = ({ product }: ResolvedDesign, placements: readonly PlannedPlacement[]): readonly WorkPiece[] => {
  const taken = new Set<PlannedPlacement>();
  return placements.flatMap((planned): readonly WorkPiece[] => {
    if (taken.has(planned)) return [];
    const document = product.documents.find((one) => one.placements.includes(planned.placement.product.id));
    const together = (document?.placements ?? [planned.placement.product.id]).flatMap((id) =>
      placements.filter((one) => one.placement.product.id === id && sameWork(one, planned)),
    );
    for (const one of together) taken.add(one);
    const stem = document && together.length > 1 ? document.id : planned.placement.product.id;
    return [{ name: `${stem}-${planned.method.id}`, placements: together }];
  });
};

const sameWork = (one: PlannedPlacement, other: PlannedPlacement): boolean =>
  one === other || (one.method.id === other.method.id && JSON.stringify(one.settings) === JSON.stringify(other.settings));
