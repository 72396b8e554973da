import type { MaterialId } from '../../model/material.ts';
import type { Finish } from '../../render/appearance.ts';

/**
 * One repeat of a pattern, without a seam, in millimetres on the surface: u to the right, v down. Planes are row-major, widthPx * heightPx.
 */
export type Tile = {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** How much lighter or darker than the colour: a ratio, brought to mean 1. Left out: 1 everywhere. */
  readonly shade?: Float32Array;
  /** Share of fibres in the second shade, 0..1. Left out: none. */
  readonly second?: Float32Array;
  /**
   * Shifts each repeat along one direction by some of these steps (mm), so that repeats do not stand in line: `u` shifts rows of repeats,
   * `v` columns. For patterns in which neighbours across the line are independent. Left out: none.
   */
  readonly stagger?: { readonly along: 'u' | 'v'; readonly stepMm: number };
  /** Mm above the surface. Left out: flat. */
  readonly height?: Float32Array;
};

/** A material as a pure description: patterns in real millimetres, and how it sends light back. */
export type Material = {
  readonly id: MaterialId;
  /** Repeats of different sizes that multiply, so that none of them is seen to repeat. */
  readonly tiles: () => readonly Tile[];
  /** Exponents of `shade` for red, green and blue: wood gets redder where it gets darker. */
  readonly tint: readonly [number, number, number];
  /** How far the second shade lies from the colour towards white, 0..1: heather, the weft of denim. */
  readonly contrast: number;
  /** `diffuse`, `mirror`, `tinted`, `roughness` and `gloss` are used. */
  readonly finish: Finish;
};

/** Matt cloth with the pictured gloss: what finishes are written as a change of. */
export const MATT: Finish = { diffuse: 1, mirror: 0, tinted: false, roughness: 1, grain: 0, gloss: 1, shadow: 0, sheen: 0 };

export const NEUTRAL_TINT = [1, 1, 1] as const;
