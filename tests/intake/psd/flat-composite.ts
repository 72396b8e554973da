import type { Paint } from './make-psd.ts';

/** What lies over what in a reference picture: textbook formulas on encoded values, written apart from the product. */
export type Step = { readonly mode: 'normal' | 'multiply' | 'screen' | 'add'; readonly at: Paint; readonly opacity?: number };

const mix = (mode: Step['mode'], below: number, above: number): number => {
  if (mode === 'multiply') return below * above;
  if (mode === 'screen') return 1 - (1 - below) * (1 - above);
  return mode === 'add' ? Math.min(1, below + above) : above;
};

/** RGB bytes; each pixel is the mean of `grid` x `grid` samples, so that edges are smooth. */
export const flatComposite = (width: number, height: number, steps: readonly Step[], grid = 3): Uint8Array => {
  const out = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const sum = [0, 0, 0];
      for (let k = 0; k < grid * grid; k += 1) {
        const [px, py] = [x + ((k % grid) + 0.5) / grid - 0.5, y + (Math.floor(k / grid) + 0.5) / grid - 0.5];
        let colour = [1, 1, 1];
        for (const { mode, at, opacity = 1 } of steps) {
          const source = at(px, py);
          const alpha = (source[3] / 255) * opacity;
          colour = colour.map((below, c) => below * (1 - alpha) + mix(mode, below, (source[c] ?? 0) / 255) * alpha);
        }
        colour.forEach((v, c) => {
          sum[c] = (sum[c] ?? 0) + v;
        });
      }
      sum.forEach((v, c) => {
        out[(y * width + x) * 3 + c] = Math.round((v / (grid * grid)) * 255);
      });
    }
  }
  return out;
};

/** Solves a square system by elimination. */
const solve = (rows: readonly (readonly number[])[]): readonly number[] => {
  const m = rows.map((row) => [...row]);
  m.forEach((_, i) => {
    const pivot = m.slice(i).reduce((best, row, k) => (Math.abs(row[i] ?? 0) > Math.abs(m[best]?.[i] ?? 0) ? i + k : best), i);
    [m[i], m[pivot]] = [m[pivot] ?? [], m[i] ?? []];
    const lead = m[i] ?? [];
    m.forEach((row, k) => {
      if (k === i) return;
      const factor = (row[i] ?? 0) / (lead[i] ?? 1);
      lead.forEach((v, c) => {
        row[c] = (row[c] ?? 0) - factor * v;
      });
    });
  });
  return m.map((row, i) => (row[m.length] ?? 0) / (row[i] ?? 1));
};

/** Content (columns and rows of its own pixels) seen on a quad of the picture; clear beyond it. */
export const onQuad = (quad: readonly number[], width: number, height: number, content: Paint): Paint => {
  const ends = [0, 0, width, 0, width, height, 0, height];
  const rows = [0, 2, 4, 6].flatMap((i) => {
    const [x = 0, y = 0, u = 0, v = 0] = [quad[i], quad[i + 1], ends[i], ends[i + 1]];
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = solve(rows);
  return (x, y) => {
    const [px, py] = [x + 0.5, y + 0.5];
    const w = g * px + h * py + 1;
    const [u, v] = [(a * px + b * py + c) / w, (d * px + e * py + f) / w];
    return u < 0 || v < 0 || u >= width || v >= height ? [0, 0, 0, 0] : content(u, v);
  };
};

/** dB between two byte pictures where `where` holds. */
export const psnr = (a: Uint8Array, b: Uint8Array, where: (pixel: number) => boolean = () => true): number => {
  let [sum, count] = [0, 0];
  a.forEach((v, i) => {
    if (!where(Math.floor(i / 3))) return;
    sum += (v - (b[i] ?? 0)) ** 2;
    count += 1;
  });
  return sum === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 * 255 * count) / sum);
};
