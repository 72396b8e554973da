import type { Path } from '../../geometry/path.ts';

/** One closed way of a knife. */
export type Ring = { readonly path: Path; readonly pointer: string };
