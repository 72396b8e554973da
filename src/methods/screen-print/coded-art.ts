import type { Colour } from '../../colour/colour.ts';
import { stretch } from '../../geometry/affine.ts';
import { mmToPx } from '../../geometry/units.ts';
import { Problem } from '../../model/problem.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { adjustedPicture, adjustedSize } from '../../render/adjust/adjusted-picture.ts';
import type { PixelImage } from '../../render/adjust/pixel-image.ts';
import {
  type ArtInks,
  type Channel,
  channelsOf,
  codedDigest,
  type InkShares,
  type PictureInks,
  pictureKey,
  tonesOf,
} from '../../render/plates/coded-scene.ts';
import { type FlatShares, flatShares } from '../../render/plates/flat-picture.ts';
import type { CodedArt } from '../../render/plates/separate.ts';
import { ShareTable } from '../../render/plates/share-table.ts';
import { Unmixer } from '../../render/plates/unmix.ts';
import type { RasterNode, Scene } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import type { InkPlan, Mapping } from './ink-plan.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** Finer than this no screen shows a picture. */
const PICTURE_DPI = 300;
const STOPS_BETWEEN = 6;

type Pictures = { readonly picture: (digest: string) => DecodedImage; readonly signal: AbortSignal };

/** A picture at the size it is separated at, and what it was told to be. */
type Separable = { readonly pixels: PixelImage; readonly inks: PictureInks; readonly flat: FlatPicture | null };
type FlatPicture = { readonly shares: FlatShares; readonly inkOf: readonly (number | null)[] };

/** The art of a scene in the terms of the inks of a plan, ready to be painted. */
export const codedArt = async (
  scene: Scene,
  plan: InkPlan,
  settings: ScreenPrintSettings,
  { picture, signal }: Pictures,
): Promise<CodedArt> => {
  const sharesOf = sharesBy(plan, settings);
  const separable = new Map<string, Separable>();
  const nodes = nodesIn(scene);
  for (const node of nodes) {
    const key = pictureKey(node);
    if (!separable.has(key)) separable.set(key, await separableOf(node, picture(node.image.digest), plan, signal));
  }
  const found = (node: RasterNode): Separable => separable.get(pictureKey(node)) ?? lost(node.image.digest);
  const inks: ArtInks = {
    sharesOf,
    pictureOf: (node) => found(node).inks,
    stopsBetween: settings.process === 'simulated' ? STOPS_BETWEEN : 0,
  };
  const tones = tonesOf(scene, inks);
  const channels = channelsOf(scene, inks, tones);
  const pixelsOf = codedPictures(nodes, separable, channels, plan, picture);
  return { scene, inks, tones, channels, pixelsOf };
};

/** Pictures that paint; those of masks only fade others. */
const nodesIn = ({ nodes }: Scene): readonly RasterNode[] => nodesOf(nodes).flatMap((node) => (node.kind === 'raster' ? [node] : []));

const lost = (digest: string): never => {
  throw new Problem('raster-picture', `expected a separated picture, got none for "${digest}"`);
};

/** Flat colours: one ink, solid or as the tint that a plate's name comes with; in simulated process other colours are mixed. */
const sharesBy = (plan: InkPlan, { process, matchWithin }: ScreenPrintSettings): ((colour: Colour) => InkShares) => {
  const unmixer = unmixerOf(plan);
  const known = new Map<string, InkShares>();
  const one = ({ ink }: Mapping, tint: number): InkShares => plan.inks.map((other) => (other.swatch.id === ink?.swatch.id ? tint : 0));
  const solve = (colour: Colour): InkShares => {
    const mapped = plan.mapOf(colour);
    const close = process === 'spot' || mapped.distance <= matchWithin || mapped.ink === null;
    const printed = mapped.ink === null || plan.inks.some(({ swatch }) => swatch.id === mapped.ink?.swatch.id);
    return close && printed ? one(mapped, colour.space === 'spot' ? colour.tint : 1) : unmixer.shares(mapped.colour);
  };
  return (colour) => {
    const key = JSON.stringify(colour);
    const shares = known.get(key) ?? solve(colour);
    known.set(key, shares);
    return shares;
  };
};

const unmixerOf = ({ inks, article }: InkPlan): Unmixer =>
  new Unmixer(
    inks.map(({ colour }) => colour),
    article.colour,
  );

const separableOf = async (node: RasterNode, image: DecodedImage, plan: InkPlan, signal: AbortSignal): Promise<Separable> => {
  const { x, y } = stretch(node.at);
  const size = adjustedSize(node, { width: mmToPx(x, PICTURE_DPI), height: mmToPx(y, PICTURE_DPI) });
  const pixels = await adjustedPicture(image, node.adjust, size, signal);
  const use = plan.facts.pictures.find(({ key }) => key === pictureKey(node));
  const colours = use?.flat ?? null;
  const inkOf = (colours ?? []).map((colour) => {
    const at = plan.inks.findIndex(({ swatch }) => swatch.id === plan.mapOf(colour).ink?.swatch.id);
    return at < 0 ? null : at;
  });
  const flat = colours ? { shares: flatShares(pixels, colours), inkOf } : null;
  const inks = flat ? [...new Set(inkOf.flatMap((ink) => (ink === null ? [] : [ink])))] : plan.inks.map((_, i) => i);
  return { pixels, inks: { kind: flat ? 'solid' : 'tone', inks, size }, flat };
};

/** Pictures of three channels, made when the renderer asks for them: they are large, and each is asked for once. */
const codedPictures = (
  nodes: readonly RasterNode[],
  separable: ReadonlyMap<string, Separable>,
  channels: readonly Channel[],
  plan: InkPlan,
  picture: (digest: string) => DecodedImage,
): CodedArt['pixelsOf'] => {
  const table = nodes.some((node) => separable.get(pictureKey(node))?.flat === null)
    ? new ShareTable(plan.inks.length, mixing(plan))
    : null;
  const triples = (kind: Channel['kind']) =>
    Array.from({ length: Math.ceil(channels.length / 3) }, (_, i) =>
      channels.slice(3 * i, 3 * i + 3).map((channel) => (channel.kind === kind ? channel : { ink: -1, kind })),
    );
  return (digest) => {
    for (const node of nodes) {
      for (const kind of ['solid', 'tone'] as const) {
        const asked = triples(kind).find((triple) => codedDigest(node, triple) === digest);
        const found = separable.get(pictureKey(node));
        if (asked && found) return codedPicture(digest, found, asked, table);
      }
    }
    return picture(digest);
  };
};

const mixing = (plan: InkPlan): ((colour: Colour) => InkShares) => {
  const unmixer = unmixerOf(plan);
  return (colour) => (colour.space === 'srgb' ? unmixer.shares(colour) : []);
};

const codedPicture = (
  digest: string,
  { pixels, flat }: Separable,
  channels: readonly Channel[],
  table: ShareTable | null,
): DecodedImage => {
  const { widthPx, heightPx, rgba } = pixels;
  const coded = new Uint8Array(rgba.length);
  for (let p = 3; p < rgba.length; p += 4) coded[p] = rgba[p] ?? 0;
  const inks = channels.map(({ ink }) => ink);
  if (flat) fillFlat(flat, inks, coded);
  else if (inks.some((ink) => ink >= 0)) table?.fill(inks, rgba, coded);
  return { digest, widthPx, heightPx, hasAlpha: true, rgba: coded, jpeg: null, warnings: [] };
};

const fillFlat = ({ shares: { first, second, part }, inkOf }: FlatPicture, inks: readonly number[], into: Uint8Array): void => {
  for (const [offset, ink] of inks.entries()) {
    if (ink < 0) continue;
    for (let i = 0; i < first.length; i++) {
      const second255 = part[i] ?? 0;
      const own = (inkOf[first[i] ?? 0] === ink ? 255 - second255 : 0) + (inkOf[second[i] ?? 0] === ink ? second255 : 0);
      into[4 * i + offset] = own;
    }
  }
};
