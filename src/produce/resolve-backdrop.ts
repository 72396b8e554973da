import type { Backdrop } from '../mockup/backdrop.ts';
import { BACKDROPS } from '../model/backdrops.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import { digestOf } from '../model/digest.ts';
import type { Finding } from '../model/finding.ts';
import { isProblem, Problem } from '../model/problem.ts';
import type { Resources } from '../model/resources.ts';
import { sourceName } from '../model/source-name.ts';
import type { ManifestInput } from '../scene/resolve.ts';

/** The scene behind the product in all mockups of a spec. */
export type ResolvedBackdrop = {
  /** null: a colour, or as each view has it. */
  readonly backdrop: Backdrop | null;
  /** Equal for equal backdrops. */
  readonly name: string;
  readonly inputs: readonly ManifestInput[];
  readonly findings: readonly Finding[];
};

const POINTER = '/mockups/background/image';

const plain = (backdrop: Backdrop | null, name: string): ResolvedBackdrop => ({ backdrop, name, inputs: [], findings: [] });

const pictured = async (source: string, blur: number, resources: Resources, signal: AbortSignal): Promise<ResolvedBackdrop> => {
  try {
    const image = await resources.image(source, signal);
    return {
      backdrop: { kind: 'picture', picture: image, blurShare: blur / 100 },
      name: `${image.digest} ${blur}`,
      inputs: [{ kind: 'image', name: sourceName(source), sha256: image.digest }],
      findings: image.warnings.map((message) => ({ severity: 'warning', code: 'image.repaired', pointer: POINTER, message })),
    };
  } catch (error) {
    if (!isProblem(error)) throw error;
    const { code, message, hint, retry } = error;
    throw new Problem(code, message, { pointer: POINTER, hint, retry, cause: error });
  }
};

/**
 * Loads what a spec wants behind its product.
 * @throws Problem with a pointer to the background for a picture that is missing or cannot be read
 */
export const resolveBackdrop = async ({ mockups }: DesignSpec, resources: Resources, signal: AbortSignal): Promise<ResolvedBackdrop> => {
  const { background } = mockups;
  if (background === undefined || typeof background === 'string') return plain(null, '');
  if ('image' in background) return pictured(background.image, background.blur, resources, signal);
  const paint = 'backdrop' in background ? BACKDROPS[background.backdrop] : background;
  return plain({ kind: 'paint', paint }, digestOf(paint));
};
