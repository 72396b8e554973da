import type { SrgbColour } from '../../colour/colour.ts';
import { labOfSrgb } from '../../colour/lab.ts';
import type { InkShares } from './coded-scene.ts';

type Triple = readonly [number, number, number];

const linearOf = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const linearColour = ({ r, g, b }: SrgbColour): Triple => [linearOf(r), linearOf(g), linearOf(b)];

/** How far encoded values move for a step of light: errors then count as the eye sees them. Held where shadows would outweigh all else. */
const slopeAt = (light: number): number => Math.min(8, 1 / (2.4 * Math.max(light, 1e-4) ** 0.5833));

/** What using an ink unlike the colour costs. Without it, black and white would make greys that a grey ink makes better. */
const UNLIKE_COST = 0.012;
const FULL_DISTANCE = 50;

/** Shares below the first are dropped, from the second on they stay: dots that small do not hold, and flickering ones would show. */
const DROPPED_BELOW = 0.02;
const KEPT_FROM = 0.1;

/**
 * Splits colours into opaque inks side by side on an article: shares of the area that add up, with the bare article, to 1. Light of side by side
 * areas adds (Neugebauer 1937, no overlaps because the upper ink hides the lower). Least squares with a price on inks unlike the colour.
 */
export class Unmixer {
  readonly #lights: readonly Triple[];
  readonly #labs: readonly { readonly l: number; readonly a: number; readonly b: number }[];
  readonly #count: number;

  /** The article is the last of the colours that are mixed. */
  constructor(inks: readonly SrgbColour[], article: SrgbColour) {
    const all = [...inks, article];
    this.#lights = all.map(linearColour);
    this.#labs = all.map(labOfSrgb);
    this.#count = inks.length;
  }

  /** Shares of the inks, in their order. */
  shares(colour: SrgbColour): InkShares {
    const solved = this.#solve(colour).map((share) => share * keptPart(share));
    const sum = solved.reduce((total, share) => total + share, 0);
    return solved.slice(0, this.#count).map((share) => share / sum);
  }

  /** The colour that shares of the inks make, seen from afar. */
  mixed(shares: InkShares): SrgbColour {
    return mixLights(this.#lights, [...shares, 1 - shares.reduce((sum, share) => sum + share, 0)]);
  }

  /** Inks that came out negative are left out and the rest solved again, until none is. */
  #solve(colour: SrgbColour): readonly number[] {
    const target = linearColour(colour);
    const lab = labOfSrgb(colour);
    const slopes = target.map(slopeAt);
    const rows = this.#lights.map((light) => light.map((v, c) => (v - (target[c] ?? 0)) * (slopes[c] ?? 1)));
    const costs = this.#labs.map(({ l, a, b }) => UNLIKE_COST * (Math.hypot(l - lab.l, a - lab.a, b - lab.b) / FULL_DISTANCE) ** 2 + 1e-6);
    let active = rows.map((_, i) => i);
    for (;;) {
      const part = solveSum(active, rows, costs);
      const lowest = part.reduce((low, share, k) => (share < (part[low] ?? 0) ? k : low), 0);
      if ((part[lowest] ?? 0) >= -1e-9 || active.length === 1) {
        const out = rows.map(() => 0);
        active.forEach((i, k) => {
          out[i] = Math.max(0, part[k] ?? 0);
        });
        return out;
      }
      active = active.filter((_, k) => k !== lowest);
    }
  }
}

const keptPart = (share: number): number => {
  const t = Math.min(1, Math.max(0, (share - DROPPED_BELOW) / (KEPT_FROM - DROPPED_BELOW)));
  return t * t * (3 - 2 * t);
};

/** Weights that sum to 1 and make the squared length of the weighted rows, and their costs, least: M w = 1, scaled. */
const solveSum = (active: readonly number[], rows: readonly (readonly number[])[], costs: readonly number[]): readonly number[] => {
  const n = active.length;
  const m = active.map((i) => [
    ...active.map((j) => {
      const [a, b] = [rows[i] ?? [], rows[j] ?? []];
      return a.reduce((sum, v, c) => sum + v * (b[c] ?? 0), 0) + (i === j ? (costs[i] ?? 0) : 0);
    }),
    1,
  ]);
  for (let k = 0; k < n; k++) {
    const pivotRow = m[k] ?? [];
    const pivot = pivotRow[k] ?? 1;
    for (let r = 0; r < n; r++) {
      if (r === k) continue;
      const row = m[r] ?? [];
      const factor = (row[k] ?? 0) / pivot;
      for (let c = k; c <= n; c++) row[c] = (row[c] ?? 0) - factor * (pivotRow[c] ?? 0);
    }
  }
  const solved = m.map((row, k) => (row[n] ?? 0) / (row[k] ?? 1));
  const sum = solved.reduce((total, v) => total + v, 0);
  return solved.map((v) => v / sum);
};

const encodedOf = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

const mixLights = (lights: readonly Triple[], weights: readonly number[]): SrgbColour => {
  const channel = (c: 0 | 1 | 2): number => encodedOf(lights.reduce((sum, light, i) => sum + light[c] * (weights[i] ?? 0), 0));
  return { space: 'srgb', r: channel(0), g: channel(1), b: channel(2) };
};
