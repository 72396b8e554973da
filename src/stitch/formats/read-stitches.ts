import { looksLikeJef, looksLikeXxx } from '../../model/machine-file-shape.ts';
import { Problem } from '../../model/problem.ts';
import { latinText } from './byte-source.ts';
import { readPlanJson } from './plan-json.ts';
import { readDst } from './read-dst.ts';
import { readExp } from './read-exp.ts';
import { readJef } from './read-jef.ts';
import { readPes } from './read-pes.ts';
import type { StitchFormatId, StitchReading } from './read-result.ts';
import { readVp3 } from './read-vp3.ts';
import { readXxx } from './read-xxx.ts';

/** A million stitches are 3 MB: more than any machine loads. */
export const MAX_STITCH_FILE_BYTES = 16 * 1024 * 1024;

type Reader = (bytes: Uint8Array) => StitchReading;

const READERS: Readonly<Record<StitchFormatId, Reader>> = {
  dst: readDst,
  pes: readPes,
  pec: readPes,
  jef: readJef,
  exp: readExp,
  vp3: readVp3,
  xxx: readXxx,
  json: readPlanJson,
};

/** By what the bytes say, which a wrong file name cannot change. EXP says nothing. */
const formatOfBytes = (bytes: Uint8Array): StitchFormatId | null => {
  const start = latinText(bytes.subarray(0, 8));
  if (start.startsWith('#PES')) return 'pes';
  if (start === '#PEC0001') return 'pec';
  if (start.startsWith('%vsm%')) return 'vp3';
  if (start.startsWith('LA:')) return 'dst';
  if (start.trimStart().startsWith('{')) return 'json';
  if (looksLikeJef(bytes)) return 'jef';
  return looksLikeXxx(bytes) ? 'xxx' : null;
};

const formatOfName = (fileName: string): StitchFormatId | null => {
  const ending = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return (Object.keys(READERS) as StitchFormatId[]).find((id) => id === ending) ?? null;
};

/**
 * A machine file as a plan: DST, PES of any version, PEC, JEF, EXP, VP3, XXX, or the JSON of a plan. `fileName` decides only where the bytes
 * do not (EXP has no mark). Lengths are mm from where the machine starts, y down. Memory is a few times the size of the file. Throws
 * Problem `stitches.unknown-format`, `stitches.truncated`, `stitches.broken`, `stitches.empty`, `stitches.too-large` (16 MB),
 * `stitches.too-many` (2,000,000 stitches) or `stitches.too-many-colours`.
 */
export const readStitches = (bytes: Uint8Array, fileName = ''): StitchReading => {
  if (bytes.length > MAX_STITCH_FILE_BYTES) {
    throw new Problem('stitches.too-large', `expected at most ${MAX_STITCH_FILE_BYTES} bytes for a stitch file, got ${bytes.length}`);
  }
  const format = formatOfBytes(bytes) ?? formatOfName(fileName);
  if (!format) {
    throw new Problem(
      'stitches.unknown-format',
      `expected a DST, PES, PEC, JEF, EXP, VP3 or XXX file, got ${bytes.length} bytes of something else`,
      {
        hint: 'EXP files are known by their name only: keep the ending .exp, or say "format": "exp" in the layer.',
      },
    );
  }
  return READERS[format](bytes);
};
