import type { MakeContext } from '../methods/method.ts';
import type { Finding } from '../model/finding.ts';
import type { ManifestInput, ResolvedDesign } from '../scene/resolve.ts';
import type { Plan } from './plan.ts';
import type { ProductLook } from './product-look.ts';
import type { RenderCache } from './render-cache.ts';
import type { ResolvedBackdrop } from './resolve-backdrop.ts';

/** A spec resolved, composed and ready to be checked, made or previewed. `close` frees the fonts. */
export type Prepared = {
  readonly resolved: ResolvedDesign;
  readonly plan: Plan;
  readonly look: ProductLook;
  readonly backdrop: ResolvedBackdrop;
  readonly context: MakeContext;
  readonly inputs: readonly ManifestInput[];
  readonly cache: RenderCache;
  /** Findings that the spec let be mended: what is here is the mended order. */
  readonly mended: readonly Finding[];
  readonly close: () => void;
};
