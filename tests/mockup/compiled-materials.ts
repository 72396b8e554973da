import { type CompiledMaterial, compileMaterial, dependsOnColour } from '../../src/mockup/materials/material-texture.ts';
import type { Reflectance } from '../../src/mockup/zone-colours.ts';
import type { MaterialId } from '../../src/model/material.ts';

const compiled = new Map<string, CompiledMaterial>();

/** Compiled once for each material and, where it matters, colour. */
export const compiledOf = (id: MaterialId, colour: Reflectance): CompiledMaterial => {
  const key = JSON.stringify([id, dependsOnColour(id) ? colour : null]);
  const known = compiled.get(key) ?? compileMaterial(id, colour);
  compiled.set(key, known);
  return known;
};

/** Reflectances, and how they are written. */
export const COLOURS = {
  white: { hex: '#fbfbf9', colour: [0.78, 0.78, 0.76] },
  red: { hex: '#b3202c', colour: [0.36, 0.012, 0.02] },
  black: { hex: '#17171a', colour: [0.008, 0.008, 0.009] },
} as const;
