import { type AnyMethod, findMethod, METHODS } from '../methods/index.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import type { Finding } from '../model/finding.ts';
import { didYouMean, InvalidInput, type Mistake, parseWith } from '../model/parse.ts';
import { Problem } from '../model/problem.ts';
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
  const placements = resolved.areas.flatMap((placement, i): readonly PlannedPlacement[] => {
    const spec = resolved.spec.placements[i];
    if (!spec) return [];
    const method = methodOf(spec.method, placement.pointer);
    const settings = settleSettings(method, resolved, placement, spec, mistakes);
    const area = method.bleeds ? placement : { ...placement, area: { ...placement.area, bleedMm: 0 } };
    return [{ placement: area, method, settings, ...compose(spec, area, resources, placement.pointer) }];
  });
  if (mistakes.length > 0) throw new InvalidInput('design spec', mistakes);
  return { placements, pieces: pieceTogether(resolved, placements) };
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
