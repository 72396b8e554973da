import { applyFixes } from '../model/apply-fixes.ts';
import { type DesignSpec, parseDesignSpec } from '../model/design-spec.ts';
import { digestOf } from '../model/digest.ts';
import type { Finding } from '../model/finding.ts';
import type { Palette } from '../model/palette.ts';
import { Problem } from '../model/problem.ts';
import type { DecodedImage, IccProfile, Resources } from '../model/resources.ts';
import { CAPTION_FONT } from '../scene/layers/code-caption.ts';
import { lineOfText } from '../scene/layers/line-of-text.ts';
import { resolveCuts } from '../scene/masks/resolve-cuts.ts';
import { type ManifestInput, picturesOf, resolve } from '../scene/resolve.ts';
import { FontSet } from '../scene/text/font-set.ts';
import { articleColourOf } from './article-colour.ts';
import { checkPlan } from './check-plan.ts';
import { planWork } from './plan.ts';
import type { Prepared } from './prepared.ts';
import { resolveLook } from './product-look.ts';
import { RenderCache } from './render-cache.ts';
import { resolveBackdrop } from './resolve-backdrop.ts';
import { wantsTicket } from './ticket/wants-ticket.ts';

const sourceMissing = (source: string): Problem => new Problem('resource.missing', `expected a loaded resource for "${source}", got none`);

/**
 * Steps 5 and 6: everything from outside is loaded here, and every placement composed.
 * @param shared - caches to share between runs; without them the run has its own and `close` frees them
 */
export const prepare = async (spec: DesignSpec, resources: Resources, signal: AbortSignal, shared?: RenderCache): Promise<Prepared> => {
  let prepared = await prepareOnce(spec, resources, signal, shared);
  if (!spec.autofix) return prepared;
  const mended: Finding[] = [];
  let findings = checkPlan(prepared);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { spec: fixed, applied } = applyFixes(prepared.resolved.spec, findings, spec.autofix);
    if (applied.length === 0) break;
    const next = await prepareOnce(parseDesignSpec(fixed), resources, signal, shared);
    const left = checkPlan(next);
    // Mending must not make it worse: text that does not fit even when it shrinks is better seen as it was.
    const isWorse = errorsIn(left) > errorsIn(findings);
    (isWorse ? next : prepared).close();
    if (isWorse) break;
    mended.push(...applied);
    [prepared, findings] = [next, left];
  }
  return { ...prepared, mended };
};

const errorsIn = (findings: readonly Finding[]): number => findings.filter(({ severity }) => severity === 'error').length;

/** A fix may bring out what another finding hid; what is still wrong after so many is told. */
const MOST_ROUNDS = 3;

const prepareOnce = async (spec: DesignSpec, resources: Resources, signal: AbortSignal, shared?: RenderCache): Promise<Prepared> => {
  const loaded = await resolve(spec, resources, signal);
  const cache = shared ?? new RenderCache();
  const cuts = await resolveCuts(loaded, resources, signal, cache.cuts);
  const resolved = { ...loaded, inputs: [...loaded.inputs, ...cuts.inputs], findings: [...loaded.findings, ...cuts.findings] };
  const renders = shared?.renders.open();
  const close = (): void => {
    renders?.close();
    if (!shared) cache.dispose();
  };
  try {
    const pictures = new Map(picturesOf(resolved));
    const keep = (picture: DecodedImage): void => {
      pictures.set(picture.digest, picture);
    };
    const plan = planWork(resolved, {
      fonts: await FontSet.open(resolved.fonts, cache.fonts),
      image: (source) => resolved.images.get(source) ?? fail(source),
      drawing: (source) => resolved.drawings.get(source) ?? fail(source),
      cut: (layer) => {
        const cut = cuts.cutFor(layer);
        if (cut) keep(cut.image);
        return cut;
      },
      made: keep,
      stitches: (source) => resolved.stitches.get(source) ?? fail(source),
    });
    const needs = plan.placements.map(({ method, settings }) => method.needs(settings));
    const profiles = await loadProfiles(new Set(needs.flatMap((need) => need.profiles)), resources);
    const palettes = await loadPalettes(new Set(needs.flatMap((need) => need.palettes ?? [])), resolved.palettes, resources);
    const lettering =
      spec.proofs ||
      wantsTicket(resolved) ||
      spec.mockups.contactSheet ||
      plan.placements.some(({ page }) => page) ||
      needs.some((need) => need.lettering)
        ? await FontSet.open([{ request: CAPTION_FONT, file: await resources.font(CAPTION_FONT) }], cache.fonts)
        : null;
    const backdrop = await resolveBackdrop(resolved.spec, resources, signal);
    return {
      resolved,
      plan,
      look: await resolveLook(spec, resolved.product, resources),
      backdrop,
      cache,
      mended: [],
      inputs: [
        ...resolved.inputs,
        ...backdrop.inputs,
        ...[...profiles].map(([name, { digest }]): ManifestInput => ({ kind: 'profile', name, sha256: digest })),
        ...[...palettes]
          .filter(([id]) => !resolved.palettes.has(id))
          .map(([name, palette]): ManifestInput => ({ kind: 'palette', name, sha256: digestOf(palette) })),
      ],
      close,
      context: {
        articleColour: articleColourOf(resolved.product, spec.variant),
        picture: (digest) => pictures.get(digest) ?? fail(digest),
        profile: (name) => profiles.get(name) ?? fail(name),
        palette: (id) => palettes.get(id) ?? fail(id),
        lettering: (text, widthMm, heightMm) => (lettering ? lineOfText(text, { widthMm, heightMm }, lettering) : fail('lettering')),
        signal,
        // A run of its own would only fill them for nobody.
        ...(renders ? { renders } : {}),
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

/** Palettes the methods look up; those that the spec names too are loaded already, so that both see the same. */
const loadPalettes = async (
  ids: ReadonlySet<string>,
  loaded: ReadonlyMap<string, Palette>,
  resources: Resources,
): Promise<ReadonlyMap<string, Palette>> =>
  new Map(await Promise.all([...ids].sort().map(async (id) => [id, loaded.get(id) ?? (await resources.palette(id))] as const)));
