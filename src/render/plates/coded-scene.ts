import type { Colour } from '../../colour/colour.ts';
import { intersectionOf, type Rect } from '../../geometry/point.ts';
import { outerBoundsOfNodes } from '../../scene/bounds.ts';
import type { GradientStop, ImageFacts, Paint, RasterNode, Scene, SceneNode } from '../../scene/scene.ts';

/**
 * Shares of the article that each ink covers visibly, 0 to 1, in the order of the inks; together at most 1. None at all is a hole: the article
 * shows.
 */
export type InkShares = readonly number[];

/** `solid`: even areas with edges to cut sharply. `tone`: shares to break into dots. They stay apart so that edges never get dots. */
export type ChannelKind = 'solid' | 'tone';
export type Channel = { readonly ink: number; readonly kind: ChannelKind };

/** How a picture turns into inks. */
export type PictureInks = {
  readonly kind: ChannelKind;
  /** Inks that it needs. */
  readonly inks: readonly number[];
  /** Size of the pictures of shares that stand for it. */
  readonly size: Pick<ImageFacts, 'widthPx' | 'heightPx'>;
};

/** How art turns into inks. */
export type ArtInks = {
  readonly sharesOf: (colour: Colour) => InkShares;
  readonly pictureOf: (node: RasterNode) => PictureInks;
  /** Stops to add between two of a gradient, for inks that do not follow colours in a straight line. */
  readonly stopsBetween: number;
};

/** What a picture of three channels of another is called. */
export const codedDigest = (node: RasterNode, channels: readonly Channel[]): string =>
  `${pictureKey(node)} ${channels.map(({ ink, kind }) => `${kind} ${ink}`).join(' ')}`;

/** Equal for uses of a picture that look alike. */
export const pictureKey = ({ image, adjust }: Pick<RasterNode, 'image' | 'adjust'>): string => `${image.digest} ${JSON.stringify(adjust)}`;

const isSolid = (paint: Paint, inks: ArtInks): boolean =>
  paint.kind === 'solid' && inks.sharesOf(paint.colour).every((share) => share <= 0 || share >= 1);

type Leaf = Exclude<SceneNode, { kind: 'group' }>;
type Found = { readonly leaf: Leaf; readonly faded: boolean };

const leavesOf = (nodes: readonly SceneNode[], faded: boolean): readonly Found[] =>
  nodes.flatMap((node) =>
    node.kind === 'group' ? leavesOf(node.children, faded || node.opacity < 1 || node.mask !== null) : [{ leaf: node, faded }],
  );

/**
 * The parts of a scene that are tones: fades, tints and photographs, and whatever they lie upon, because it can show through them and must
 * make way for them.
 */
export const tonesOf = (scene: Scene, inks: ArtInks): ReadonlySet<SceneNode> => {
  const tones = new Set<SceneNode>();
  const covered: Rect[] = [];
  for (const { leaf, faded } of [...leavesOf(scene.nodes, false)].reverse()) {
    const box = outerBoundsOfNodes([leaf]);
    const own = faded || !isEven(leaf, inks);
    const under = box !== null && covered.some((one) => intersectionOf(one, box) !== null);
    if (!own && !under) continue;
    tones.add(leaf);
    if (box) covered.push(box);
  }
  return tones;
};

const isEven = (leaf: Leaf, inks: ArtInks): boolean => {
  if (leaf.kind === 'raster') return inks.pictureOf(leaf).kind === 'solid';
  const paints = leaf.kind === 'glyphs' ? [leaf.fill] : [leaf.fill, leaf.stroke?.paint ?? null];
  return paints.every((paint) => paint === null || isSolid(paint, inks));
};

/** The channels that a scene paints into, ascending by ink. */
export const channelsOf = (scene: Scene, inks: ArtInks, tones: ReadonlySet<SceneNode>): readonly Channel[] => {
  const found = new Map<string, Channel>();
  for (const { leaf } of leavesOf(scene.nodes, false)) {
    const kind = tones.has(leaf) ? 'tone' : 'solid';
    for (const ink of inksOf(leaf, inks)) found.set(`${ink} ${kind}`, { ink, kind });
  }
  return [...found.values()].sort((a, b) => a.ink - b.ink || (a.kind < b.kind ? -1 : 1));
};

const inksOf = (leaf: Leaf, inks: ArtInks): readonly number[] => {
  if (leaf.kind === 'raster') return inks.pictureOf(leaf).inks;
  const paints = leaf.kind === 'glyphs' ? [leaf.fill] : [leaf.fill, leaf.stroke?.paint ?? null];
  const colours = paints.flatMap((paint) => {
    if (!paint) return [];
    return paint.kind === 'solid' ? [paint.colour] : between(paint.stops, inks.stopsBetween).map((stop) => stop.colour);
  });
  return colours.flatMap((colour) => inks.sharesOf(colour).flatMap((share, ink) => (share > 0 ? [ink] : [])));
};

/** Three at a time: a coded scene has three colours. */
export const CHANNELS_PER_SCENE = 3;

/**
 * A scene whose red, green and blue are the shares of up to three channels: painted, overlapped, faded and smoothed by the renderer of all
 * pictures, so that no smoothed edge can turn into an ink of its own. Pictures are named by `codedDigest`.
 */
export const codedScene = (scene: Scene, channels: readonly Channel[], inks: ArtInks, tones: ReadonlySet<SceneNode>): Scene => {
  const colourOf = (shares: InkShares, kind: ChannelKind): Colour => {
    const share = (at: number): number => {
      const channel = channels[at];
      return channel?.kind === kind ? (shares[channel.ink] ?? 0) : 0;
    };
    return { space: 'srgb', r: share(0), g: share(1), b: share(2) };
  };
  const paintOf = (paint: Paint, kind: ChannelKind): Paint => {
    if (paint.kind === 'solid') return { kind: 'solid', colour: colourOf(inks.sharesOf(paint.colour), kind) };
    const stops = between(paint.stops, inks.stopsBetween).map((stop) => ({ ...stop, colour: colourOf(inks.sharesOf(stop.colour), kind) }));
    return { ...paint, stops };
  };
  const nodeOf = (node: SceneNode): SceneNode => {
    const kind = tones.has(node) ? 'tone' : 'solid';
    switch (node.kind) {
      case 'group':
        return { ...node, blend: 'normal', children: node.children.map(nodeOf) };
      case 'glyphs':
        return { ...node, fill: paintOf(node.fill, kind) };
      case 'path': {
        const { fill, stroke } = node;
        return { ...node, fill: fill && paintOf(fill, kind), stroke: stroke && { ...stroke, paint: paintOf(stroke.paint, kind) } };
      }
      case 'raster':
        return codedPicture(node, channels, inks, kind);
    }
  };
  return { ...scene, nodes: scene.nodes.map(nodeOf) };
};

const codedPicture = (node: RasterNode, channels: readonly Channel[], inks: ArtInks, kind: ChannelKind): RasterNode => {
  const { size } = inks.pictureOf(node);
  const [sx, sy] = [size.widthPx / node.image.widthPx, size.heightPx / node.image.heightPx];
  const { x, y, width, height } = node.source;
  const own = channels.map((channel) => (channel.kind === kind ? channel : { ink: -1, kind }));
  return {
    ...node,
    image: { ...size, digest: codedDigest(node, own), hasAlpha: true },
    source: { x: x * sx, y: y * sy, width: width * sx, height: height * sy },
    adjust: [],
  };
};

const between = (stops: readonly GradientStop[], count: number): readonly GradientStop[] =>
  stops.flatMap((stop, i) => {
    const next = stops[i + 1];
    if (!next || count === 0 || stop.colour.space !== 'srgb' || next.colour.space !== 'srgb') return [stop];
    const [a, b] = [stop.colour, next.colour];
    return Array.from({ length: count + 1 }, (_, k): GradientStop => {
      const mix = (from: number, to: number): number => from + ((to - from) * k) / (count + 1);
      return {
        offset: mix(stop.offset, next.offset),
        colour: { space: 'srgb', r: mix(a.r, b.r), g: mix(a.g, b.g), b: mix(a.b, b.b) },
        opacity: mix(stop.opacity, next.opacity),
      };
    });
  });
