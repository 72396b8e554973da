import { PNG } from 'pngjs';
import { type Colour, hexOf } from '../../../src/colour/colour.ts';
import { CLOSE, COORDS_PER_VERB, CUBIC, MOVE, type Path } from '../../../src/geometry/path.ts';
import type { DecodedImage } from '../../../src/model/resources.ts';
import type { Paint, RasterNode, Scene, SceneNode } from '../../../src/scene/scene.ts';

// A scene as SVG 1.1, for rendering it with rasterisers that have nothing in common with ours.

const dataOf = ({ verbs, coords }: Path): string => {
  let at = 0;
  return [...verbs]
    .map((verb) => {
      const count = COORDS_PER_VERB[verb] ?? 0;
      const numbers = [...coords.subarray(at, at + count)].join(' ');
      at += count;
      return verb === CLOSE ? 'Z' : `${verb === MOVE ? 'M' : verb === CUBIC ? 'C' : 'L'}${numbers}`;
    })
    .join('');
};

const hex = (colour: Colour): string => {
  if (colour.space !== 'srgb') throw new Error(`expected an sRGB colour in a comparison scene, got ${colour.space}`);
  return hexOf(colour);
};

class SvgWriter {
  readonly #defs: string[] = [];
  readonly #images: readonly DecodedImage[];

  constructor(images: readonly DecodedImage[]) {
    this.#images = images;
  }

  write({ area, nodes }: Scene, widthPx: number, heightPx: number): string {
    const body = nodes.map((node) => this.#node(node)).join('');
    return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${area.widthMm} ${area.heightMm}" preserveAspectRatio="none"><defs>${this.#defs.join('')}</defs>${body}</svg>`;
  }

  #define(element: (id: string) => string): string {
    const id = `d${this.#defs.length}`;
    this.#defs.push(element(id));
    return `url(#${id})`;
  }

  #paint(paint: Paint): string {
    if (paint.kind === 'solid') return hex(paint.colour);
    const stops = paint.stops
      .map((stop) => `<stop offset="${stop.offset}" stop-color="${hex(stop.colour)}" stop-opacity="${stop.opacity}"/>`)
      .join('');
    const shared = `gradientUnits="userSpaceOnUse" gradientTransform="matrix(${paint.transform.join(' ')})"`;
    return this.#define((id) =>
      paint.kind === 'linear'
        ? `<linearGradient id="${id}" ${shared} x1="${paint.from.x}" y1="${paint.from.y}" x2="${paint.to.x}" y2="${paint.to.y}">${stops}</linearGradient>`
        : `<radialGradient id="${id}" ${shared} cx="${paint.centre.x}" cy="${paint.centre.y}" r="${paint.radius}" fx="${paint.focus.x}" fy="${paint.focus.y}">${stops}</radialGradient>`,
    );
  }

  #node(node: SceneNode): string {
    switch (node.kind) {
      case 'path': {
        const fill = node.fill ? this.#paint(node.fill) : 'none';
        const pen = node.stroke;
        const stroke = pen
          ? ` stroke="${this.#paint(pen.paint)}" stroke-width="${pen.widthMm}" stroke-linecap="${pen.cap}" stroke-linejoin="${pen.join}" stroke-miterlimit="${pen.miterLimit}"`
          : '';
        return `<path d="${dataOf(node.path)}" fill="${fill}" fill-rule="${node.fillRule}"${stroke}/>`;
      }
      case 'glyphs':
        return node.glyphs
          .map(({ outline, at }) => `<path transform="matrix(${at.join(' ')})" d="${dataOf(outline)}" fill="${this.#paint(node.fill)}"/>`)
          .join('');
      case 'raster':
        return this.#raster(node);
      case 'group': {
        const { clip, mask } = node;
        const clipUrl = clip
          ? this.#define((id) => `<clipPath id="${id}"><path d="${dataOf(clip.path)}" clip-rule="${clip.fillRule}"/></clipPath>`)
          : 'none';
        const maskUrl = mask
          ? this.#define(
              (id) =>
                `<mask id="${id}" maskUnits="userSpaceOnUse" x="-999" y="-999" width="9999" height="9999">${this.#raster(mask)}</mask>`,
            )
          : 'none';
        const style = `isolation:isolate;mix-blend-mode:${node.blend}`;
        const inner = node.children.map((child) => this.#node(child)).join('');
        return `<g style="${style}" opacity="${node.opacity}"><g clip-path="${clipUrl}"><g mask="${maskUrl}">${inner}</g></g></g>`;
      }
    }
  }

  #raster(node: RasterNode): string {
    const image = this.#images.find(({ digest }) => digest === node.image.digest);
    if (!image) throw new Error(`expected a picture ${node.image.digest}, got none`);
    const png = new PNG({ width: image.widthPx, height: image.heightPx });
    png.data.set(image.rgba);
    const url = `data:image/png;base64,${PNG.sync.write(png).toString('base64')}`;
    const [a, b, c, d, e, f] = node.at;
    const matrix = [a / image.widthPx, b / image.widthPx, c / image.heightPx, d / image.heightPx, e, f].join(' ');
    return `<image transform="matrix(${matrix})" width="${image.widthPx}" height="${image.heightPx}" xlink:href="${url}"/>`;
  }
}

export const svgOfScene = (scene: Scene, widthPx: number, heightPx: number, images: readonly DecodedImage[] = []): string =>
  new SvgWriter(images).write(scene, widthPx, heightPx);
