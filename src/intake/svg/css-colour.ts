/** An sRGB colour as `#rrggbb` with an opacity of 0..1. */
export type CssColour = { readonly hex: string; readonly opacity: number };

/** The named colours of CSS Color 4 (section 6.1), as `name hex` pairs. */
const NAME_LIST =
  `aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 black 000000 blanchedalmond ffebcd
blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed
cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9
darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f
darkslateblue 483d8b darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff
dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc
ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080 green 008000 greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4
indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6
lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1
lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899 lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0
lime 00ff00 limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3
mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585
midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 olive 808000 olivedrab 6b8e23
orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip ffefd5
peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f
royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb
slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8
tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32`.split(/\s+/);

const NAMES: ReadonlyMap<string, string> = new Map(
  Array.from({ length: NAME_LIST.length / 2 }, (_, i) => [NAME_LIST[2 * i] ?? '', `#${NAME_LIST[2 * i + 1] ?? ''}`]),
);

const HEX = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const FUNCTION = /^(rgba?|hsla?)\(([^()]{1,100})\)$/i;

const clamp01 = (v: number): number => Math.min(1, Math.max(0, v));
// Half a step rounds up, whatever the last bit of the division says.
const byteHex = (v: number): string =>
  Math.round(clamp01(v) * 255 + 1e-9)
    .toString(16)
    .padStart(2, '0');

const fromHex = (text: string): CssColour => {
  const digits = text.length <= 5 ? text.slice(1).replace(/./g, '$&$&') : text.slice(1);
  const alpha = digits.length === 8 ? Number.parseInt(digits.slice(6), 16) / 255 : 1;
  return { hex: `#${digits.slice(0, 6).toLowerCase()}`, opacity: alpha };
};

/** A number, or a percentage of `whole`; null for anything else. */
export const numberOrPercent = (text: string, whole: number): number | null => {
  const match = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(%?)$/i.exec(text.trim());
  if (!match) return null;
  const value = Number(match[1]) * (match[2] ? whole / 100 : 1);
  return Number.isFinite(value) ? value : null;
};

/** Hue in degrees, saturation and lightness 0..1, by the formula of CSS Color 4 (section 7.1). */
const hslToHex = (hue: number, s: number, l: number): string => {
  const channel = (n: number): number => {
    const k = (((n + hue / 30) % 12) + 12) % 12;
    return l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return `#${byteHex(channel(0))}${byteHex(channel(8))}${byteHex(channel(4))}`;
};

const fromFunction = (name: string, body: string): CssColour | null => {
  const [a, b, c, alpha] = body.trim().split(/\s*[,/]\s*|\s+/);
  const opacity = alpha === undefined ? 1 : numberOrPercent(alpha, 1);
  if (a === undefined || b === undefined || c === undefined || opacity === null) return null;
  if (name.toLowerCase().startsWith('hsl')) {
    const [h, s, l] = [numberOrPercent(a.replace(/deg$/i, ''), 360), numberOrPercent(b, 1), numberOrPercent(c, 1)];
    if (h === null || s === null || l === null) return null;
    return { hex: hslToHex(h, clamp01(s), clamp01(l)), opacity: clamp01(opacity) };
  }
  const channels = [a, b, c].map((text) => numberOrPercent(text, 255));
  if (channels.some((channel) => channel === null)) return null;
  return { hex: `#${channels.map((channel) => byteHex((channel ?? 0) / 255)).join('')}`, opacity: clamp01(opacity) };
};

/** A CSS colour (names, hex of 3, 4, 6 or 8 digits, rgb(), hsl(), transparent), or null when it is none of these. */
export const parseCssColour = (text: string): CssColour | null => {
  if (text.length > 200) return null;
  const plain = text
    .trim()
    .replace(/\s+icc-color\([^)]*\)$/i, '')
    .toLowerCase();
  if (plain === 'transparent') return { hex: '#000000', opacity: 0 };
  const named = NAMES.get(plain);
  if (named) return { hex: named, opacity: 1 };
  if (HEX.test(plain)) return fromHex(plain);
  const match = FUNCTION.exec(plain);
  return match ? fromFunction(match[1] ?? '', match[2] ?? '') : null;
};
