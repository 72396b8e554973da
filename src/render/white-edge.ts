import type { Appearance, Finish } from './appearance.ts';
import { INK } from './finishes.ts';

/** Whether a pixel's alpha falls off to one of its neighbours. */
const isEdge = (rgba: Uint8Array, widthPx: number, at: number): boolean => {
  const own = rgba[at * 4 + 3] ?? 0;
  const falls = (other: number): boolean => (rgba[other * 4 + 3] ?? own) < own;
  return own > 0 && (falls(at - 1) || falls(at + 1) || falls(at - widthPx) || falls(at + widthPx));
};

/** Offsets around a pixel that a base which stands out by `reach` pixels covers, and how much of them. */
const discOf = (reach: number): readonly { readonly dx: number; readonly dy: number; readonly share: number }[] => {
  const side = Math.ceil(reach);
  return Array.from({ length: (2 * side + 1) ** 2 }, (_, i) => {
    const dx = (i % (2 * side + 1)) - side;
    const dy = Math.floor(i / (2 * side + 1)) - side;
    return { dx, dy, share: Math.max(0, Math.min(1, reach + 1 - Math.hypot(dx, dy))) };
  }).filter(({ dx, dy, share }) => share > 0 && (dx !== 0 || dy !== 0));
};

/**
 * Shows the white base that stands out a hair's breadth around ink on cloth and film: under DTG and DTF prints the floor spreads it by 0.1 to
 * 0.3 mm where it is not choked.
 * @param mm - how far it stands out; 0 changes nothing
 */
export const whiteEdge = (appearance: Appearance, mm: number): Appearance => {
  const { rgba, widthPx, heightPx, region } = appearance;
  const reach = (mm * widthPx) / region.width;
  if (reach <= 0) return appearance;
  const base = new Uint8Array(widthPx * heightPx);
  const disc = discOf(reach);
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, at += 1) {
      if (!isEdge(rgba, widthPx, at)) continue;
      const own = rgba[at * 4 + 3] ?? 0;
      for (const { dx, dy, share } of disc) {
        if (x + dx < 0 || x + dx >= widthPx || y + dy < 0 || y + dy >= heightPx) continue;
        const to = at + dy * widthPx + dx;
        base[to] = Math.max(base[to] ?? 0, Math.round(own * share));
      }
    }
  }
  return { ...appearance, rgba: overWhite(rgba, base) };
};

/** Straight-alpha source over a white base. */
const overWhite = (rgba: Uint8Array, base: Uint8Array): Uint8Array => {
  const out = Uint8Array.from(rgba);
  for (let i = 0, at = 0; i < base.length; i += 1, at += 4) {
    const white = base[i] ?? 0;
    const ink = (rgba[at + 3] ?? 0) / 255;
    if (white === 0 || ink === 1) continue;
    const rest = (white / 255) * (1 - ink);
    const alpha = ink + rest;
    for (let c = at; c < at + 3; c += 1) out[c] = Math.round(((rgba[c] ?? 0) * ink + 255 * rest) / alpha);
    out[at + 3] = Math.round(alpha * 255);
  }
  return out;
};

/**
 * Gives flat art the body of what it is printed with: as high as it covers.
 * @param mm - where it covers fully: 0.02 for cured ink, 0.05 to 0.1 for film and plastisol
 */
export const raisedInk = (appearance: Appearance, mm: number, finish: Finish = INK): Appearance => {
  const { rgba, widthPx, heightPx } = appearance;
  const height = new Float32Array(widthPx * heightPx);
  for (let i = 0; i < height.length; i += 1) height[i] = ((rgba[i * 4 + 3] ?? 0) / 255) * mm;
  return { ...appearance, surface: { finish, height } };
};
