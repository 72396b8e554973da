import { AREA_FINDINGS } from './area-findings.ts';
import { BOOK_FINDINGS } from './book-findings.ts';
import { COLOUR_FINDINGS } from './colour-findings.ts';
import { CUT_FINDINGS } from './cut-findings.ts';
import { ANSWER_FINDINGS, DESIGN_FINDINGS } from './design-findings.ts';
import type { FindingEntry, FindingSection } from './finding-entry.ts';
import { LAYER_FINDINGS } from './layer-findings.ts';
import { MACHINE_FILE_FINDINGS } from './machine-file-findings.ts';
import { ORDER_FINDINGS } from './order-findings.ts';
import { PICTURE_FINDINGS } from './picture-findings.ts';
import { PRODUCT_FINDINGS } from './product-findings.ts';
import { ROSTER_FINDINGS } from './roster-findings.ts';
import { SHAPE_FINDINGS } from './shape-findings.ts';
import { SPECIAL_FINDINGS } from './special-findings.ts';
import { STITCH_FINDINGS } from './stitch-findings.ts';
import { TEXT_FINDINGS } from './text-findings.ts';

/** Every finding that Platen raises, by what it is about. docs/findings.md is written from it, and a test holds it against the source. */
export const FINDING_CATALOGUE: readonly FindingSection[] = [
  LAYER_FINDINGS,
  TEXT_FINDINGS,
  SPECIAL_FINDINGS,
  BOOK_FINDINGS,
  PICTURE_FINDINGS,
  AREA_FINDINGS,
  COLOUR_FINDINGS,
  SHAPE_FINDINGS,
  CUT_FINDINGS,
  STITCH_FINDINGS,
  MACHINE_FILE_FINDINGS,
  ORDER_FINDINGS,
  ANSWER_FINDINGS,
  ROSTER_FINDINGS,
  DESIGN_FINDINGS,
  PRODUCT_FINDINGS,
];

export const FINDING_ENTRIES: readonly FindingEntry[] = FINDING_CATALOGUE.flatMap(({ entries }) => entries);
