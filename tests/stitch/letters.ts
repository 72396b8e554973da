import { fileURLToPath } from 'node:url';
import * as fontkit from 'fontkit';
import { type Path, PathBuilder } from '../../src/geometry/path.ts';
import { unionPaths } from '../../src/geometry/polygons.ts';

type Glyph = { readonly path: { readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[] } };
type Font = {
  readonly capHeight: number;
  readonly layout: (text: string) => { readonly glyphs: readonly Glyph[]; readonly positions: readonly { readonly xAdvance: number }[] };
};

/** The letters of a word in one of the bundled fonts, capitals `capMm` high, from the left on a line at `capMm` below zero. */
export const letters = (file: string, text: string, capMm: number): readonly Path[] => {
  const font = fontkit.openSync(fileURLToPath(new URL(`../../fonts/${file}`, import.meta.url))) as unknown as Font;
  const { glyphs, positions } = font.layout(text);
  const scale = capMm / font.capHeight;
  let x = 0;
  return glyphs.flatMap(({ path }, i) => {
    const outline = outlineOf(path.commands, x, capMm, scale);
    x += (positions[i]?.xAdvance ?? 0) * scale;
    return outline.coords.length > 0 ? [unionPaths([outline])] : [];
  });
};

const outlineOf = (commands: Glyph['path']['commands'], x: number, y: number, scale: number): Path => {
  const builder = new PathBuilder();
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args.map((v, k) => (k % 2 === 0 ? x + v * scale : y - v * scale));
    if (command === 'moveTo') builder.moveTo(a, b);
    else if (command === 'lineTo') builder.lineTo(a, b);
    else if (command === 'quadraticCurveTo') builder.quadraticTo(a, b, c, d);
    else if (command === 'bezierCurveTo') builder.cubicTo(a, b, c, d, e, f);
    else builder.close();
  }
  return builder.finish();
};
