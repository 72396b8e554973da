import type { StitchPlan } from '../plan.ts';
import { readPlanJson, writePlanJson } from './plan-json.ts';
import { readDst } from './read-dst.ts';
import { readExp } from './read-exp.ts';
import { readJef } from './read-jef.ts';
import { readPes } from './read-pes.ts';
import type { StitchReading } from './read-result.ts';
import { readVp3 } from './read-vp3.ts';
import { readXxx } from './read-xxx.ts';
import { writeDst } from './write-dst.ts';
import { writeExp } from './write-exp.ts';
import { writeJef } from './write-jef.ts';
import type { WriteOptions } from './write-options.ts';
import { writePes } from './write-pes.ts';
import { writeVp3 } from './write-vp3.ts';
import { writeXxx } from './write-xxx.ts';

export type StitchFormat = {
  readonly id: 'dst' | 'pes' | 'pes1' | 'jef' | 'exp' | 'vp3' | 'xxx' | 'json';
  /** Without a dot; `pes` and `pes1` share one. */
  readonly extension: string;
  readonly mediaType: string;
  readonly write: (plan: StitchPlan, options: WriteOptions) => Uint8Array;
  readonly read: (bytes: Uint8Array) => StitchReading;
  /** 'nearest': from a fixed table of the format. 'none': tell the operator, or write the file beside it that has them (EXP: `writeInf`). */
  readonly carriesColours: 'exact' | 'nearest' | 'none';
  /** Longest single move per axis; longer ones are divided. Stitches are at most `MAX_MOVE_MM` in all formats; null: no limit. */
  readonly maxMoveMm: number | null;
  /** Changes and stops together. */
  readonly maxChanges: number | null;
  /** Of a design, across or down, that starts at its middle; null: far more than any hoop. */
  readonly maxSizeMm: number | null;
};

const BINARY = 'application/octet-stream';

/** Every machine format, the plainest first. */
export const STITCH_FORMATS: readonly StitchFormat[] = [
  {
    id: 'dst',
    extension: 'dst',
    mediaType: BINARY,
    write: writeDst,
    read: readDst,
    carriesColours: 'none',
    maxMoveMm: 12.1,
    maxChanges: 255,
    maxSizeMm: null,
  },
  {
    id: 'pes',
    extension: 'pes',
    mediaType: BINARY,
    write: writePes,
    read: readPes,
    carriesColours: 'exact',
    maxMoveMm: 204.7,
    maxChanges: 254,
    maxSizeMm: 409.4,
  },
  {
    id: 'pes1',
    extension: 'pes',
    mediaType: BINARY,
    write: (plan, options) => writePes(plan, { ...options, version: 1 }),
    read: readPes,
    carriesColours: 'nearest',
    maxMoveMm: 204.7,
    maxChanges: 254,
    maxSizeMm: 409.4,
  },
  {
    id: 'jef',
    extension: 'jef',
    mediaType: BINARY,
    write: writeJef,
    read: readJef,
    carriesColours: 'nearest',
    maxMoveMm: 12.7,
    maxChanges: 255,
    maxSizeMm: null,
  },
  {
    id: 'exp',
    extension: 'exp',
    mediaType: BINARY,
    write: writeExp,
    read: readExp,
    carriesColours: 'none',
    maxMoveMm: 12.7,
    maxChanges: 255,
    maxSizeMm: null,
  },
  {
    id: 'vp3',
    extension: 'vp3',
    mediaType: BINARY,
    write: writeVp3,
    read: readVp3,
    carriesColours: 'exact',
    maxMoveMm: null,
    maxChanges: 254,
    maxSizeMm: null,
  },
  {
    id: 'xxx',
    extension: 'xxx',
    mediaType: BINARY,
    write: writeXxx,
    read: readXxx,
    carriesColours: 'exact',
    maxMoveMm: 12.3,
    maxChanges: 20,
    maxSizeMm: null,
  },
  {
    id: 'json',
    extension: 'json',
    mediaType: 'application/json',
    write: writePlanJson,
    read: readPlanJson,
    carriesColours: 'exact',
    maxMoveMm: null,
    maxChanges: null,
    maxSizeMm: null,
  },
];

/** The format of a file name, or of an id; null for none of ours. */
export const stitchFormatOf = (name: string): StitchFormat | null => {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return STITCH_FORMATS.find(({ id, extension }) => id === ending || extension === ending) ?? null;
};
