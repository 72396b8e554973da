import sharp from 'sharp';
import { pathToSvg } from '../../src/geometry/path-text.ts';
import type { Drawing, DrawingNode, DrawingPaint } from '../../src/model/resources.ts';

/** Writes a drawing back as plain SVG, so that an independent renderer can compare it with the original. */
export const drawingToSvg = async (drawing: Drawing): Promise<string> => {
  const defs: string[] = [];
  let count = 0;
  const name = (): string => {
    count += 1;
    return `d${count}`;
  };
  const paint = (of: DrawingPaint | null, as: 'fill' | 'stroke'): string => {
    if (!of) return `${as}="none"`;
    if (of.kind === 'solid') return `${as}="${of.colour}" ${as}-opacity="${of.opacity}"`;
    const id = name();
    const [a, b, c, d, e] = of.geometry;
    const stops = of.stops.map((s) => `<stop offset="${s.offset}" stop-color="${s.colour}" stop-opacity="${s.opacity}"/>`).join('');
    const where = of.kind === 'linear' ? `x1="${a}" y1="${b}" x2="${c}" y2="${d}"` : `cx="${a}" cy="${b}" r="${c}" fx="${d}" fy="${e}"`;
    defs.push(
      `<${of.kind}Gradient id="${id}" gradientUnits="userSpaceOnUse" ${where} gradientTransform="matrix(${of.transform.join(' ')})">${stops}</${of.kind}Gradient>`,
    );
    return `${as}="url(#${id})"`;
  };
  const write = async (node: DrawingNode): Promise<string> => {
    if (node.kind === 'path') {
      const s = node.stroke;
      const pen = s
        ? `stroke-width="${s.width}" stroke-linecap="${s.cap}" stroke-linejoin="${s.join}" stroke-miterlimit="${s.miterLimit}" ${paint(s.paint, 'stroke')}`
        : '';
      return `<path d="${pathToSvg(node.path)}" fill-rule="${node.fillRule}" ${paint(node.fill, 'fill')} ${pen}/>`;
    }
    if (node.kind === 'image') {
      const { widthPx: width, heightPx: height, rgba } = node.image;
      const png = await sharp(rgba, { raw: { width, height, channels: 4 } })
        .png()
        .toBuffer();
      const href = `data:image/png;base64,${png.toString('base64')}`;
      return `<image width="1" height="1" preserveAspectRatio="none" transform="matrix(${node.at.join(' ')})" xlink:href="${href}"/>`;
    }
    const children = (await Promise.all(node.children.map(write))).join('');
    if (!node.clip) return `<g opacity="${node.opacity}">${children}</g>`;
    const id = name();
    defs.push(`<clipPath id="${id}"><path d="${pathToSvg(node.clip.path)}" clip-rule="${node.clip.fillRule}"/></clipPath>`);
    return `<g opacity="${node.opacity}" clip-path="url(#${id})">${children}</g>`;
  };
  const body = (await Promise.all(drawing.nodes.map(write))).join('\n');
  const { width, height } = drawing;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs>${defs.join('')}</defs>${body}</svg>`;
};
