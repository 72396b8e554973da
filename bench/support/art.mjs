import { z } from 'zod';
import { PathBuilder } from '../../dist/geometry/path.js';
import { textLayerFields } from '../../dist/model/text-layer.js';
import { layoutText } from '../../dist/scene/text/layout-text.js';
import { seeded } from './seeded.mjs';

const textLayer = z.strictObject(textLayerFields);

export const parseTextLayer = (input) => textLayer.parse(input);

const WORDS =
  'forever always my brother captain seventeen harbour oak summer Giulia Matteo promise river nineteen eighty four kitchen garden wolf lantern voyage Æsa Łukasz fifteen coffee quiet'.split(
    ' ',
  );

/** Lines of plain prose, the same each time. */
export const proseLines = (count, words) => {
  const random = seeded(11);
  return Array.from({ length: count }, () =>
    Array.from({ length: words }, () => WORDS[Math.floor(random() * WORDS.length)] ?? '').join(' '),
  );
};

/** Scene nodes of lines one below the other, set by the text engine in a box at (x, y), all in millimetres. */
export const textNodes = (lines, { x, y, widthMm, heightMm, sizeMm, fill }, fonts) => {
  const layer = parseTextLayer({
    text: lines.join('\n'),
    font: { family: 'Open Sans' },
    size: sizeMm,
    fit: { mode: 'shrink', minSize: sizeMm / 4 },
    fill,
  });
  const { nodes, findings } = layoutText(layer, { widthMm, heightMm }, fonts, '/layers/0');
  if (findings.length > 0) throw new Error(`expected text without findings, got ${findings.map(({ message }) => message).join('; ')}`);
  return nodes.map((node) => ({ ...node, glyphs: node.glyphs.map((glyph) => ({ ...glyph, at: moved(glyph.at, x, y) })) }));
};

const moved = ([a, b, c, d, e, f], x, y) => [a, b, c, d, e + x, f + y];

const srgb = (r, g, b) => ({ kind: 'solid', colour: { space: 'srgb', r, g, b } });

const filled = (path, fill) => ({ kind: 'path', pointer: '/layers/1', path, fillRule: 'nonzero', fill, stroke: null });

const petal = (cx, cy, radius, angle, width) => {
  const at = (distance, turn) => [cx + distance * Math.cos(angle + turn), cy + distance * Math.sin(angle + turn)];
  return new PathBuilder()
    .moveTo(...at(radius * 0.2, 0))
    .cubicTo(...at(radius * 0.5, -width), ...at(radius * 0.85, -width), ...at(radius, 0))
    .cubicTo(...at(radius * 0.85, width), ...at(radius * 0.5, width), ...at(radius * 0.2, 0))
    .close()
    .finish();
};

const disc = (cx, cy, radius) => {
  const k = 0.5523 * radius;
  return new PathBuilder()
    .moveTo(cx + radius, cy)
    .cubicTo(cx + radius, cy + k, cx + k, cy + radius, cx, cy + radius)
    .cubicTo(cx - k, cy + radius, cx - radius, cy + k, cx - radius, cy)
    .cubicTo(cx - radius, cy - k, cx - k, cy - radius, cx, cy - radius)
    .cubicTo(cx + k, cy - radius, cx + radius, cy - k, cx + radius, cy)
    .close()
    .finish();
};

/** A round emblem of 50 filled outlines that fits a square of `sizeMm` at (x, y). */
export const emblemNodes = (x, y, sizeMm) => {
  const radius = sizeMm / 2;
  const [cx, cy] = [x + radius, y + radius];
  const ring = (count, size, width, offset, paint) =>
    Array.from({ length: count }, (_, i) => filled(petal(cx, cy, size, ((i + offset) / count) * 2 * Math.PI, width), paint));
  return [
    ...ring(24, radius, 0.16, 0, srgb(0.78, 0.2, 0.25)),
    ...ring(24, radius * 0.8, 0.12, 0.5, srgb(0.96, 0.72, 0.25)),
    filled(disc(cx, cy, radius * 0.4), srgb(0.12, 0.23, 0.37)),
    filled(disc(cx, cy, radius * 0.25), srgb(1, 0.96, 0.86)),
  ];
};
