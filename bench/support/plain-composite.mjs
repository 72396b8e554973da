// A mockup composite in plain JavaScript, typed arrays throughout: the art as premultiplied linear floats, four bilinear taps a pixel through
// the same position map, zone colours by coverage, light, highlights rolled off, sRGB by table. It knows one level of art and no materials.
const LEVELS = 4096;

const toLinear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const linearOf = Float32Array.from({ length: 256 }, (_, i) => toLinear(i / 255));

/** Byte of each light from 0 to 4, highlights rolled off above the knee. */
const displayTable = (knee) =>
  Uint8Array.from({ length: LEVELS * 4 + 1 }, (_, i) => {
    const light = i / LEVELS;
    const held = light <= knee ? light : knee + (1 - knee) * (1 - Math.exp(-(light - knee) / (1 - knee)));
    return Math.round(255 * Math.min(1, held <= 0.0031308 ? held * 12.92 : 1.055 * held ** (1 / 2.4) - 0.055));
  });

const linearArt = ({ rgba, widthPx, heightPx }) => {
  const art = new Float32Array(widthPx * heightPx * 4);
  for (let i = 0; i < art.length; i += 4) {
    const alpha = rgba[i + 3] / 255;
    if (alpha === 0) continue;
    art[i] = linearOf[rgba[i]] * alpha;
    art[i + 1] = linearOf[rgba[i + 1]] * alpha;
    art[i + 2] = linearOf[rgba[i + 2]] * alpha;
    art[i + 3] = alpha;
  }
  return art;
};

const OFFSETS = [
  [-3, 1],
  [-1, -3],
  [1, 3],
  [3, -1],
].map(([across, down]) => [(across / 8) * 1.5, (down / 8) * 1.5]);

/** Prepared once for a view: what does not depend on the art. */
export const openPlainComposite = (view, zoneLight) => ({ view, zoneLight, display: displayTable(view.record.knee) });

/** One picture: `appearance` on the view's first placement, painted into `out`, RGBA. */
export const plainComposite = ({ view, zoneLight, display }, appearance, out) => {
  const { widthPx, heightPx, print, record, shade, gloss, shadeScale, glossScale, zones } = view;
  const [shown] = record.placements;
  const white = record.white;
  const art = linearArt(appearance);
  const { widthPx: artWidth, heightPx: artHeight, region } = appearance;
  const across = artWidth / region.width;
  const down = artHeight / region.height;
  const left = (-shown.x - region.x) * across - 0.5;
  const top = (-shown.y - region.y) * down - 0.5;
  const printed = zones.find(({ id }) => id === shown.zone).cover;
  const colours = new Float32Array(widthPx * 3);
  const { mm, stride } = print;
  for (let y = 0; y < heightPx; y++) {
    colours.fill(0);
    for (let z = 0; z < zones.length; z++) {
      const { cover, spans } = zones[z];
      const [r, g, b] = zoneLight[z];
      for (let x = spans[y * 2]; x < spans[y * 2 + 1]; x++) {
        const share = cover[y * widthPx + x] / 255;
        colours[x * 3] += share * r;
        colours[x * 3 + 1] += share * g;
        colours[x * 3 + 2] += share * b;
      }
    }
    if (y >= print.y && y < print.y + print.height) {
      const row = (y - print.y) * stride;
      for (let x = print.x; x < Math.min(widthPx, print.x + print.width); x++) {
        const share = printed[y * widthPx + x] / 255;
        if (share === 0) continue;
        const at = (row + x - print.x) * 2;
        const u = mm[at] * across + left;
        const v = mm[at + 1] * down + top;
        if (!(u > -2 && v > -2 && u < artWidth + 1 && v < artHeight + 1)) continue;
        const ux = mm[at + 2] * across + left - u;
        const vx = mm[at + 3] * down + top - v;
        const uy = mm[at + stride * 2] * across + left - u;
        const vy = mm[at + stride * 2 + 1] * down + top - v;
        let r = 0;
        let g = 0;
        let b = 0;
        let alpha = 0;
        for (let tap = 0; tap < 4; tap++) {
          const offset = OFFSETS[tap];
          const tu = u + ux * offset[0] + uy * offset[1];
          const tv = v + vx * offset[0] + vy * offset[1];
          const column = Math.floor(tu);
          const line = Math.floor(tv);
          if (column < 0 || line < 0 || column + 1 >= artWidth || line + 1 >= artHeight) continue;
          const fx = tu - column;
          const fy = tv - line;
          const a = (line * artWidth + column) * 4;
          const c = a + artWidth * 4;
          const wa = (1 - fx) * (1 - fy);
          const wb = fx * (1 - fy);
          const wc = (1 - fx) * fy;
          const wd = fx * fy;
          r += art[a] * wa + art[a + 4] * wb + art[c] * wc + art[c + 4] * wd;
          g += art[a + 1] * wa + art[a + 5] * wb + art[c + 1] * wc + art[c + 5] * wd;
          b += art[a + 2] * wa + art[a + 6] * wb + art[c + 2] * wc + art[c + 6] * wd;
          alpha += art[a + 3] * wa + art[a + 7] * wb + art[c + 3] * wc + art[c + 7] * wd;
        }
        if (alpha === 0) continue;
        const ground = zoneLight.printed;
        const quarter = share / 4;
        colours[x * 3] += (r * white - ground[0] * alpha) * quarter;
        colours[x * 3 + 1] += (g * white - ground[1] * alpha) * quarter;
        colours[x * 3 + 2] += (b * white - ground[2] * alpha) * quarter;
      }
    }
    for (let x = 0; x < widthPx; x++) {
      const at = y * widthPx + x;
      const light = shade[at] * shadeScale * LEVELS;
      const shine = gloss[at] * glossScale * LEVELS + 0.5;
      out[at * 4] = display[Math.min(LEVELS * 4, (colours[x * 3] * light + shine) | 0)];
      out[at * 4 + 1] = display[Math.min(LEVELS * 4, (colours[x * 3 + 1] * light + shine) | 0)];
      out[at * 4 + 2] = display[Math.min(LEVELS * 4, (colours[x * 3 + 2] * light + shine) | 0)];
      out[at * 4 + 3] = 255;
    }
  }
  return out;
};

/** Whether a pixel can be judged, and its linear art from 64 samples over one and a half pixels; null where one of them leaves the art. */
const exactArt = ({ print, record }, { widthPx, heightPx, region }, art, x, y) => {
  const [shown] = record.placements;
  const sum = [0, 0, 0, 0];
  const { mm, stride } = print;
  for (let tap = 0; tap < 64; tap++) {
    const px = x - print.x + (((tap % 8) + 0.5) / 8 - 0.5) * 1.5;
    const py = y - print.y + ((Math.floor(tap / 8) + 0.5) / 8 - 0.5) * 1.5;
    const [column, row] = [Math.floor(px), Math.floor(py)];
    const [fx, fy] = [px - column, py - row];
    const at = (row * stride + column) * 2;
    const below = at + stride * 2;
    const between = (axis) =>
      (mm[at + axis] * (1 - fx) + mm[at + 2 + axis] * fx) * (1 - fy) + (mm[below + axis] * (1 - fx) + mm[below + 2 + axis] * fx) * fy;
    const u = ((between(0) - shown.x - region.x) / region.width) * widthPx - 0.5;
    const v = ((between(1) - shown.y - region.y) / region.height) * heightPx - 0.5;
    const [left, top] = [Math.floor(u), Math.floor(v)];
    if (!(left >= 0 && top >= 0 && left + 1 < widthPx && top + 1 < heightPx)) return null;
    const [gx, gy] = [u - left, v - top];
    const first = (top * widthPx + left) * 4;
    const under = first + widthPx * 4;
    for (let c = 0; c < 4; c++)
      sum[c] +=
        (art[first + c] * (1 - gx) + art[first + 4 + c] * gx) * (1 - gy) + (art[under + c] * (1 - gx) + art[under + 4 + c] * gx) * gy;
  }
  return sum.map((value) => value / 64);
};

/** Peak signal to noise, dB, of a picture against 64 samples a pixel, over every `step`-th printed pixel each way. */
export const psnrAgainstExact = ({ view, zoneLight, display }, appearance, rgba, step) => {
  const { widthPx, print, record, shade, gloss, shadeScale, glossScale, zones } = view;
  const art = linearArt(appearance);
  const cover = zones.find(({ id }) => id === record.placements[0].zone).cover;
  let sum = 0;
  let count = 0;
  for (let y = print.y + 2; y < print.y + print.height - 2; y += step) {
    for (let x = print.x + 2; x < print.x + print.width - 2; x += step) {
      const at = y * widthPx + x;
      if (cover[at] !== 255) continue;
      const exact = exactArt(view, appearance, art, x, y);
      if (!exact || exact[3] === 0) continue;
      for (let c = 0; c < 3; c++) {
        const colour = exact[c] * record.white + zoneLight.printed[c] * (1 - exact[3]);
        const light = Math.round((colour * shade[at] * shadeScale + gloss[at] * glossScale) * LEVELS);
        sum += (display[Math.min(LEVELS * 4, light)] - rgba[at * 4 + c]) ** 2;
        count++;
      }
    }
  }
  return { dB: 10 * Math.log10((255 * 255 * count) / Math.max(sum, 1e-9)), pixels: count / 3 };
};
