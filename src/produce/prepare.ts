import type { MakeContext } from '../methods/method.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import { Problem } from '../model/problem.ts';
import type { IccProfile, Resources } from '../model/resources.ts';
import { CAPTION_FONT } from '../scene/layers/code-caption.ts';
import { lineOfText } from '../scene/layers/line-of-text.ts';
import { type ManifestInput, picturesOf, type ResolvedDesign, resolve } from '../scene/resolve.ts';
import { FontLibrary } from '../scene/text/font-library.ts';
import { FontSet } from '../scene/text/font-set.ts';
import { type Plan, planWork } from './plan.ts';

/** A spec resolved, composed and ready to be checked, made or previewed. `close` frees the fonts. */
export type Prepared = {
  readonly resolved: ResolvedDesign;
  readonly plan: Plan;
  readonly context: MakeContext;
  readonly inputs: readonly ManifestInput[];
  readonly close: () => void;
};

const sourceMissing = (source: string): Problem => new Problem('resource.missing', `expected a loaded resource for "${source}", got none`);

/**
 * Steps 5 and 6: everything from outside is loaded here, and every placement composed.
 * @param library - opened fonts to share between runs; without one the run opens its own and `close` frees it
 */
export const prepare = async (spec: DesignSpec, resources: Resources, signal: AbortSignal, library?: FontLibrary): Promise<Prepared> => {
  const resolved = await resolve(spec, resources, signal);
  const opened = library ?? new FontLibrary();
  const close = (): void => {
    if (!library) opened.dispose();
  };
  try {
    const plan = planWork(resolved, {
      fonts: await FontSet.open(resolved.fonts, opened),
      image: (source) => resolved.images.get(source) ?? fail(source),
      drawing: (source) => resolved.drawings.get(source) ?? fail(source),
    });
    const needs = plan.placements.map(({ method, settings }) => method.needs(settings));
    const profiles = await loadProfiles(new Set(needs.flatMap((need) => need.profiles)), resources);
    const lettering =
      spec.proofs || needs.some((need) => need.lettering)
        ? await FontSet.open([{ request: CAPTION_FONT, file: await resources.font(CAPTION_FONT) }], opened)
        : null;
    const pictures = picturesOf(resolved);
    return {
      resolved,
      plan,
      inputs: [
        ...resolved.inputs,
        ...[...profiles].map(([name, { digest }]): ManifestInput => ({ kind: 'profile', name, sha256: digest })),
      ],
      close,
      context: {
        picture: (digest) => pictures.get(digest) ?? fail(digest),
        profile: (name) => profiles.get(name) ?? fail(name),
        lettering: (text, widthMm, heightMm) => (lettering ? lineOfText(text, { widthMm, heightMm }, lettering) : fail('lettering')),
        signal,
      },
    };
  } catch (error) {
    close();
    throw error;
  }
};

const fail = (source: string): never => {
  throw sourceMissing(source);
};

const loadProfiles = async (names: ReadonlySet<string>, resources: Resources): Promise<ReadonlyMap<string, IccProfile>> =>
  new Map(await Promise.all([...names].sort().map(async (name) => [name, await resources.profile(name)] as const)));
