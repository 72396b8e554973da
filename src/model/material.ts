import { z } from 'zod';

/**
 * What a component or an article can be made of. `plain` is what the pictures show, with nothing laid on it. How each one looks is
 * described in src/mockup/materials.
 */
export const MATERIAL_IDS = [
  'plain',
  'heather',
  'denim',
  'canvas',
  'knit',
  'mesh',
  'leather',
  'suede',
  'patent',
  'croc',
  'rubber',
  'brushed-metal',
  'polished-metal',
  'wood',
  'ceramic',
] as const;

export type MaterialId = (typeof MATERIAL_IDS)[number];

export const materialId = z.enum(MATERIAL_IDS).meta({ id: 'Material', description: 'What a part is made of: "leather", "denim"' });
