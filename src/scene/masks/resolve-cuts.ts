import type { Finding } from '../../model/finding.ts';
import { isPixelMask, type PixelMask } from '../../model/image-mask.ts';
import type { ImageLayer, Layer } from '../../model/layers.ts';
import { isProblem, Problem } from '../../model/problem.ts';
import type { DecodedImage, Resources } from '../../model/resources.ts';
import { layersOfSpec, type ManifestInput, type ResolvedDesign, Unresolved } from '../resolve.ts';
import { cutFindings } from './cut-findings.ts';
import { CutMemory, type MadeCut } from './cut-memory.ts';
import type { CutPicture } from './cut-picture.ts';
import { makeCut, recipeOf } from './make-cut.ts';

export type ResolvedCuts = {
  /** The cut that an image layer asks for; undefined when it asks for none, null when nothing is left. */
  readonly cutFor: (layer: ImageLayer) => CutPicture | null | undefined;
  readonly inputs: readonly ManifestInput[];
  readonly findings: readonly Finding[];
};

type Asked = { readonly mask: PixelMask; readonly photo: DecodedImage; readonly pointer: string };

/**
 * Works out every mask of a spec that needs pixels or a finder: the second half of resolving, which waits on the outside too.
 * @throws Unresolved with everything that could not be cut at once
 */
export const resolveCuts = async (
  { spec, images }: Pick<ResolvedDesign, 'spec' | 'images'>,
  { photoFinder }: Resources,
  signal: AbortSignal,
  memory: CutMemory = new CutMemory(),
): Promise<ResolvedCuts> => {
  const imageOf = (source: string): DecodedImage => images.get(source) ?? missing(source);
  const asked = layersOfSpec(spec).flatMap(({ layer, pointer }) => askedBy(layer, pointer, imageOf));
  const cuts = new Map<string, MadeCut>();
  const problems: Problem[] = [];
  const findings: Finding[] = [];
  for (const { mask, photo, pointer } of asked) {
    signal.throwIfAborted();
    const recipe = recipeOf(mask, imageOf);
    try {
      const cut = await memory.get(photo, recipe, () => makeCut(photo, mask, { finder: photoFinder, alphaOf: imageOf, signal }));
      cuts.set(`${photo.digest} ${recipe}`, cut);
      findings.push(...cutFindings(mask, cut, pointer, mask.by === 'alpha' ? imageOf(mask.source) : null));
    } catch (error) {
      if (!isProblem(error)) throw error;
      // What is not installed is missing for every layer alike.
      if (problems.some(({ message }) => message === error.message)) continue;
      problems.push(
        new Problem(error.code, error.message, { pointer: `${pointer}/mask`, hint: error.hint, retry: error.retry, cause: error }),
      );
    }
  }
  if (problems.length > 0) throw new Unresolved(problems);
  return {
    cutFor: ({ mask, source }) =>
      mask && isPixelMask(mask) ? (cuts.get(`${imageOf(source).digest} ${recipeOf(mask, imageOf)}`)?.picture ?? null) : undefined,
    inputs: modelInputs([...cuts.values()]),
    findings,
  };
};

const missing = (source: string): never => {
  throw new Problem('resource.missing', `expected a loaded picture for "${source.slice(0, 100)}", got none`);
};

const askedBy = (layer: Layer, pointer: string, imageOf: (source: string) => DecodedImage): readonly Asked[] =>
  layer.type === 'image' && layer.mask && isPixelMask(layer.mask) ? [{ mask: layer.mask, photo: imageOf(layer.source), pointer }] : [];

const modelInputs = (cuts: readonly MadeCut[]): readonly ManifestInput[] =>
  [
    ...new Map(
      cuts.flatMap(({ models }) => models.map(({ name, digest }) => [name, { kind: 'model', name, sha256: digest }] as const)),
    ).values(),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
