import type { Colour, SrgbColour } from '../../colour/colour.ts';
import { intersectionOf } from '../../geometry/point.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { applyAdjustments, type PixelImage } from '../../render/adjust/apply-adjustments.ts';
import { shrinkSteps } from '../../render/adjust/shrink.ts';
import { pictureKey } from '../../render/plates/coded-scene.ts';
import { flatColours } from '../../render/plates/flat-picture.ts';
import { boundsOfNode } from '../../scene/bounds.ts';
import type { Paint, RasterNode, Scene, SceneNode } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import { trimRegion } from '../region.ts';

/** One colour of the art and where it is used. */
export type ColourUse = { readonly colour: Colour; readonly pointers: readonly string[] };
export type FadeUse = { readonly pointer: string; readonly stops: readonly Colour[] };

/** A picture of the art: its colours if it is flat, else some of its pixels (straight RGBA). */
export type PictureUse = {
  readonly pointer: string;
  readonly key: string;
  readonly flat: readonly SrgbColour[] | null;
  readonly samples: Uint8Array;
};

export type ArtFacts = {
  readonly colours: readonly ColourUse[];
  readonly fades: readonly FadeUse[];
  /** Groups that let what is below show through. */
  readonly faded: readonly string[];
  readonly blends: readonly string[];
  readonly pictures: readonly PictureUse[];
};

/** Pictures are judged at this size. */
const JUDGED_PX = 700;

/** What the part of a scene within the print area asks of inks. */
export const artFacts = (scene: Scene, picture: (digest: string) => DecodedImage): ArtFacts => {
  const trim = trimRegion(scene.area);
  const nodes = nodesOf(scene.nodes).filter((node) => {
    const box = boundsOfNode(node);
    return box !== null && intersectionOf(box, trim) !== null;
  });
  const paints = nodes.flatMap((node) => paintsOf(node).map((paint) => ({ paint, pointer: node.pointer })));
  const groups = nodes.flatMap((node) => (node.kind === 'group' ? [node] : []));
  return {
    colours: coloursOf(paints),
    fades: paints.flatMap(({ paint, pointer }) =>
      paint.kind === 'solid' ? [] : [{ pointer, stops: paint.stops.map((stop) => stop.colour) }],
    ),
    faded: groups.filter(({ opacity, mask }) => opacity < 1 || mask !== null).map(({ pointer }) => pointer),
    blends: groups.filter(({ blend }) => blend !== 'normal').map(({ pointer }) => pointer),
    pictures: picturesOf(
      nodes.flatMap((node) => (node.kind === 'raster' ? [node] : [])),
      picture,
    ),
  };
};

const paintsOf = (node: SceneNode): readonly Paint[] => {
  if (node.kind === 'glyphs') return [node.fill];
  if (node.kind !== 'path') return [];
  return [node.fill, node.stroke?.paint ?? null].flatMap((paint) => (paint ? [paint] : []));
};

const coloursOf = (paints: readonly { readonly paint: Paint; readonly pointer: string }[]): readonly ColourUse[] => {
  const found = new Map<string, { readonly colour: Colour; readonly pointers: Set<string> }>();
  for (const { paint, pointer } of paints) {
    const colours = paint.kind === 'solid' ? [paint.colour] : paint.stops.map((stop) => stop.colour);
    for (const colour of colours) {
      const key = JSON.stringify(colour);
      const use = found.get(key) ?? { colour, pointers: new Set<string>() };
      found.set(key, use);
      use.pointers.add(pointer);
    }
  }
  return [...found.values()].map(({ colour, pointers }) => ({ colour, pointers: [...pointers] }));
};

const picturesOf = (nodes: readonly RasterNode[], picture: (digest: string) => DecodedImage): readonly PictureUse[] => {
  const found = new Map<string, PictureUse>();
  for (const node of nodes) {
    const key = pictureKey(node);
    if (found.has(key)) continue;
    const judged = judgedPicture(node, picture(node.image.digest));
    found.set(key, { pointer: node.pointer, key, flat: flatColours(judged), samples: samplesOf(judged) });
  }
  return [...found.values()];
};

/** Small enough to look at in no time, adjusted; its edges are smoothed as those of the large one. */
const judgedPicture = (node: RasterNode, image: DecodedImage): PixelImage => {
  const scale = Math.min(1, JUDGED_PX / Math.max(image.widthPx, image.heightPx));
  const size = { widthPx: Math.max(1, Math.round(image.widthPx * scale)), heightPx: Math.max(1, Math.round(image.heightPx * scale)) };
  const steps = shrinkSteps(image, size);
  for (;;) {
    const step = steps.next();
    if (step.done) return applyAdjustments(step.value, node.adjust);
  }
};

const SAMPLES_ACROSS = 12;

const samplesOf = ({ widthPx, heightPx, rgba }: PixelImage): Uint8Array => {
  const out = new Uint8Array(SAMPLES_ACROSS ** 2 * 4);
  for (let i = 0; i < SAMPLES_ACROSS ** 2; i++) {
    const x = Math.floor((((i % SAMPLES_ACROSS) + 0.5) * widthPx) / SAMPLES_ACROSS);
    const y = Math.floor(((Math.floor(i / SAMPLES_ACROSS) + 0.5) * heightPx) / SAMPLES_ACROSS);
    out.set(rgba.subarray((y * widthPx + x) * 4, (y * widthPx + x) * 4 + 4), i * 4);
  }
  return out;
};
