type Level = { readonly widthPx: number; readonly heightPx: number; readonly value: Float32Array; readonly weight: Float32Array };

const halve = ({ widthPx, heightPx, value, weight }: Level): Level => {
  const [width, height] = [Math.ceil(widthPx / 2), Math.ceil(heightPx / 2)];
  const out = { widthPx: width, heightPx: height, value: new Float32Array(width * height), weight: new Float32Array(width * height) };
  for (let i = 0; i < value.length; i += 1) {
    const to = Math.floor(Math.floor(i / widthPx) / 2) * width + Math.floor((i % widthPx) / 2);
    out.value[to] = (out.value[to] ?? 0) + (value[i] ?? 0) * (weight[i] ?? 0);
    out.weight[to] = (out.weight[to] ?? 0) + (weight[i] ?? 0);
  }
  for (let i = 0; i < out.value.length; i += 1) {
    const sum = out.weight[i] ?? 0;
    if (sum > 0) out.value[i] = (out.value[i] ?? 0) / sum;
    out.weight[i] = Math.min(1, sum);
  }
  return out;
};

/** Straight lines between the four nearest of a plane of half the size. */
const between = ({ widthPx, heightPx, value }: Level, x: number, y: number): number => {
  const [cx, cy] = [Math.min(widthPx - 1, Math.max(0, x / 2 - 0.25)), Math.min(heightPx - 1, Math.max(0, y / 2 - 0.25))];
  const [left, top] = [Math.floor(cx), Math.floor(cy)];
  const [right, below] = [Math.min(widthPx - 1, left + 1), Math.min(heightPx - 1, top + 1)];
  const at = (column: number, row: number): number => value[row * widthPx + column] ?? 0;
  const upper = at(left, top) + (at(right, top) - at(left, top)) * (cx - left);
  const lower = at(left, below) + (at(right, below) - at(left, below)) * (cx - left);
  return upper + (lower - upper) * (cy - top);
};

/**
 * Continues a plane smoothly from where it is known to where it is not, so that it has no step at the border. Method: pull-push
 * interpolation (Gortler et al., The Lumigraph, 1996, section 3.4).
 * @param weight - 0 unknown to 1 known
 */
export const spreadKnown = (value: Float32Array, weight: Float32Array, widthPx: number, heightPx: number): Float32Array => {
  const finest: Level = { widthPx, heightPx, value: value.slice(), weight: weight.map((w) => Math.min(1, w)) };
  const levels = [finest];
  for (let last = finest; last.widthPx > 1 || last.heightPx > 1; ) {
    last = halve(last);
    levels.push(last);
  }
  for (let i = levels.length - 2; i >= 0; i -= 1) {
    const [level, coarser] = [levels[i], levels[i + 1]];
    if (!level || !coarser) continue;
    for (let j = 0; j < level.value.length; j += 1) {
      const w = level.weight[j] ?? 0;
      if (w >= 1) continue;
      level.value[j] = (level.value[j] ?? 0) * w + between(coarser, j % level.widthPx, Math.floor(j / level.widthPx)) * (1 - w);
    }
  }
  return finest.value;
};
