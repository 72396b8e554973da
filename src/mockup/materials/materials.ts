import type { MaterialId } from '../../model/material.ts';
import { canvas } from './canvas.ts';
import { croc } from './croc.ts';
import { denim } from './denim.ts';
import { heather } from './heather.ts';
import { knit, mesh } from './knit.ts';
import { leather, patent, suede } from './leather.ts';
import { MATT, type Material, NEUTRAL_TINT } from './material.ts';
import { brushedMetal, polishedMetal } from './metal.ts';
import { ceramic, rubber } from './smooth.ts';
import { wood } from './wood.ts';

/** What the picture shows, unchanged. */
const plain: Material = { id: 'plain', tiles: () => [], tint: NEUTRAL_TINT, contrast: 0, finish: MATT };

/** Every material there is. */
export const MATERIALS: Readonly<Record<MaterialId, Material>> = {
  plain,
  heather,
  denim,
  canvas,
  knit,
  mesh,
  leather,
  suede,
  patent,
  croc,
  rubber,
  'brushed-metal': brushedMetal,
  'polished-metal': polishedMetal,
  wood,
  ceramic,
};
