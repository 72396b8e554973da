import type { Colour } from '../../colour/colour.ts';
import type { ColourTransform } from '../../colour/icc.ts';
import { stretch } from '../../geometry/affine.ts';
import type { Rect } from '../../geometry/point.ts';
import { mmToPx } from '../../geometry/units.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { Paint, RasterNode, Scene, SceneNode } from '../../scene/scene.ts';
import { adjustedPicture, adjustedSize } from '../adjust/adjusted-picture.ts';
import type { PixelImage } from '../adjust/pixel-image.ts';
import { renderPixels } from '../raster/render-pixels.ts';
import type { PdfColour } from './document.ts';
import { Inks, type InkUse } from './inks.ts';
import { openColour } from './open-colour.ts';
import { PdfFile } from './pdf-file.ts';

/** Sum of the four process inks of every pixel, row-major: 255 is one ink in full, 1020 all four. */
export type InkSums = { readonly widthPx: number; readonly heightPx: number; readonly data: Uint16Array };

export type InkWindow = { readonly region: Rect; readonly widthPx: number; readonly heightPx: number; readonly dpi: number };

type CmykColourMode = Extract<PdfColour, { mode: 'cmyk' }>;

/**
 * How much ink the press lays down, from the inks that the PDF of a scene has: the scene is painted twice, with cyan, magenta and yellow standing
 * for the complements of red, green and blue, and with black as grey. Spot inks do not count, but knock the others out. Fades between sRGB
 * colours are taken as straight in ink.
 */
export const inkSums = async (
  scene: Scene,
  colour: CmykColourMode,
  window: InkWindow,
  pixelsOf: (digest: string) => DecodedImage,
  signal: AbortSignal,
): Promise<InkSums> => {
  const toPress = await openColour(colour, 'to press');
  const toScreen = colour.greys === 'k' ? await openColour(colour, 'to screen') : null;
  // Pictures that stay RGB are converted by the press, which knows no limit.
  const toPicture = colour.images === 'cmyk' ? toPress : await openColour({ ...colour, maxInk: 4 }, 'to press');
  try {
    const inks = new Inks(new PdfFile(), colour, toPress, toScreen);
    const pictures = new Map<string, DecodedImage>();
    const painter = new InkScene(inks, toPicture, pictures, pixelsOf, window.dpi, signal);
    const parts = await painter.nodes(scene.nodes);
    const look = (digest: string): DecodedImage => pictures.get(digest) ?? pixelsOf(digest);
    const request = { ...window, background: '#ffffff', mirror: false };
    const colours = await renderPixels({ ...scene, nodes: parts.map(({ colours: node }) => node) }, request, look, signal);
    const blacks = await renderPixels({ ...scene, nodes: parts.map(({ black }) => black) }, request, look, signal);
    const data = new Uint16Array(window.widthPx * window.heightPx);
    for (let i = 0, at = 0; i < data.length; i += 1, at += 4) {
      data[i] = 1020 - (colours.rgba[at] ?? 0) - (colours.rgba[at + 1] ?? 0) - (colours.rgba[at + 2] ?? 0) - (blacks.rgba[at] ?? 0);
    }
    return { widthPx: window.widthPx, heightPx: window.heightPx, data };
  } finally {
    if (toPicture !== toPress) toPicture?.dispose();
    toPress?.dispose();
    toScreen?.dispose();
  }
};

/** A node as it is painted in the two passes. */
type Passes<T> = { readonly colours: T; readonly black: T };

class InkScene {
  readonly #inks: Inks;
  readonly #toPicture: ColourTransform | null;
  readonly #pictures: Map<string, DecodedImage>;
  readonly #pixelsOf: (digest: string) => DecodedImage;
  readonly #dpi: number;
  readonly #signal: AbortSignal;

  constructor(
    inks: Inks,
    toPicture: ColourTransform | null,
    pictures: Map<string, DecodedImage>,
    pixelsOf: (digest: string) => DecodedImage,
    dpi: number,
    signal: AbortSignal,
  ) {
    this.#inks = inks;
    this.#toPicture = toPicture;
    this.#pictures = pictures;
    this.#pixelsOf = pixelsOf;
    this.#dpi = dpi;
    this.#signal = signal;
  }

  async nodes(nodes: readonly SceneNode[]): Promise<readonly Passes<SceneNode>[]> {
    const out: Passes<SceneNode>[] = [];
    for (const node of nodes) out.push(await this.#node(node));
    return out;
  }

  async #node(node: SceneNode): Promise<Passes<SceneNode>> {
    switch (node.kind) {
      case 'raster':
        return this.#raster(node);
      case 'glyphs': {
        const fill = this.#paint(node.fill);
        return { colours: { ...node, fill: fill.colours }, black: { ...node, fill: fill.black } };
      }
      case 'path': {
        const fill = node.fill && this.#paint(node.fill);
        const line = node.stroke && this.#paint(node.stroke.paint);
        const pass = (which: 'colours' | 'black'): SceneNode => ({
          ...node,
          fill: fill ? fill[which] : null,
          stroke: node.stroke && line && { ...node.stroke, paint: line[which] },
        });
        return { colours: pass('colours'), black: pass('black') };
      }
      case 'group': {
        const children = await this.nodes(node.children);
        return {
          colours: { ...node, children: children.map(({ colours }) => colours) },
          black: { ...node, children: children.map(({ black }) => black) },
        };
      }
    }
  }

  #paint(paint: Paint): Passes<Paint> {
    if (paint.kind === 'solid') {
      const { colours, black } = this.#colour(paint.colour, 'line');
      return { colours: { kind: 'solid', colour: colours }, black: { kind: 'solid', colour: black } };
    }
    const stops = paint.stops.map((stop) => ({ stop, ink: this.#colour(stop.colour, 'tone') }));
    const pass = (which: 'colours' | 'black'): Paint => ({
      ...paint,
      stops: stops.map(({ stop, ink }) => ({ ...stop, colour: ink[which] })),
    });
    return { colours: pass('colours'), black: pass('black') };
  }

  #colour(colour: Colour, use: InkUse): Passes<Colour> {
    const [c = 0, m = 0, y = 0, k = 0] = colour.space === 'spot' ? [] : this.#inks.process(colour, use);
    return { colours: { space: 'srgb', r: 1 - c, g: 1 - m, b: 1 - y }, black: { space: 'srgb', r: 1 - k, g: 1 - k, b: 1 - k } };
  }

  /** The picture at the size it is seen, in inks. */
  async #raster(node: RasterNode): Promise<Passes<RasterNode>> {
    const { x, y } = stretch(node.at);
    const size = adjustedSize(node, { width: mmToPx(x, this.#dpi), height: mmToPx(y, this.#dpi) });
    const small = await adjustedPicture(this.#pixelsOf(node.image.digest), node.adjust, size, this.#signal);
    const inks = this.#toPicture?.rgba(small.rgba) ?? new Uint8Array(small.rgba.length);
    const [sx, sy] = [small.widthPx / node.image.widthPx, small.heightPx / node.image.heightPx];
    const source = {
      x: node.source.x * sx,
      y: node.source.y * sy,
      width: node.source.width * sx,
      height: node.source.height * sy,
    };
    const pass = (pixels: Uint8Array): RasterNode => ({ ...node, source, adjust: [], image: this.#keep(small, pixels) });
    return { colours: pass(complement(small.rgba, inks, 0, 1, 2)), black: pass(complement(small.rgba, inks, 3, 3, 3)) };
  }

  #keep({ widthPx, heightPx }: PixelImage, rgba: Uint8Array): RasterNode['image'] {
    const digest = `inks ${this.#pictures.size}`;
    this.#pictures.set(digest, { digest, widthPx, heightPx, hasAlpha: true, rgba, jpeg: null, warnings: [] });
    return { digest, widthPx, heightPx, hasAlpha: true };
  }
}

/** Pixels whose red, green and blue are the complements of three of the four inks; alpha stays. */
const complement = (rgba: Uint8Array, inks: Uint8Array, r: number, g: number, b: number): Uint8Array => {
  const out = Uint8Array.from(rgba);
  for (let at = 0; at + 3 < out.length; at += 4) {
    out[at] = 255 - (inks[at + r] ?? 0);
    out[at + 1] = 255 - (inks[at + g] ?? 0);
    out[at + 2] = 255 - (inks[at + b] ?? 0);
  }
  return out;
};
