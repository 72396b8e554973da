import type { DecodedImage } from '../../model/resources.ts';
import type { CutFacts, CutPicture } from './cut-picture.ts';

/** A cut with what was found out on the way; `picture` is null when nothing is left. */
export type MadeCut = {
  readonly picture: CutPicture | null;
  readonly facts: CutFacts;
  /** Faces that were found, when faces were looked for. */
  readonly faces: number | null;
  /** How much of the picture's edge is background, when background was looked for. */
  readonly edgeShare: number | null;
  readonly models: readonly { readonly name: string; readonly digest: string }[];
};

/** Cuts of one photo that are kept: each is as large as the photo, and a slider in a shop asks for many. */
const MOST_CUTS = 2;

/** Cuts by photo and recipe, the last two of each, for as long as the decoded photo is kept by someone else; a service keeps one for its life. */
export class CutMemory {
  #cuts = new WeakMap<DecodedImage, Map<string, Promise<MadeCut>>>();

  /** The cut, made when it is not there; failures are not kept. */
  get(photo: DecodedImage, recipe: string, make: () => Promise<MadeCut>): Promise<MadeCut> {
    const known = this.#cuts.get(photo) ?? new Map<string, Promise<MadeCut>>();
    this.#cuts.set(photo, known);
    const kept = known.get(recipe);
    if (kept) {
      known.delete(recipe);
      known.set(recipe, kept);
      return kept;
    }
    const made = make();
    known.set(recipe, made);
    for (const oldest of known.keys()) if (known.size > MOST_CUTS) known.delete(oldest);
    made.catch(() => known.delete(recipe));
    return made;
  }

  clear(): void {
    this.#cuts = new WeakMap();
  }
}
