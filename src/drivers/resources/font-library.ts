import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../model/problem.ts';
import type { FontFile, FontRequest } from '../../model/resources.ts';
import { closestFamilies, faceFor, familyKey } from './font-match.ts';

const axis = z.strictObject({ tag: z.string().length(4), min: z.number(), default: z.number(), max: z.number() });

const fontFace = z.strictObject({
  family: z.string().min(1),
  style: z.string(),
  weight: z.number().int().min(1).max(1000),
  italic: z.boolean(),
  /** Relative to the library's folder; one folder deep, so that an index cannot point outside. */
  file: z.string().regex(/^[\w-]+\/[\w-][\w.-]*\.[ot]tf$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
  licence: z.string(),
  licenceFile: z.string(),
  reservedNames: z.array(z.string()),
  category: z.string(),
  /** ISO 15924 codes whose sample letters are all in the face. */
  scripts: z.array(z.string()),
  /** What names it can spell: basic, western, central, turkish, vietnamese. */
  latin: z.array(z.string()),
  axes: z.array(axis),
  unitsPerEm: z.number().int().positive(),
  embedding: z.enum(['installable', 'editable', 'preview-print', 'restricted']),
  colour: z.enum(['none', 'colr-v0', 'colr-v1', 'png']),
});

const fontIndex = z.strictObject({ version: z.literal(1), faces: z.array(fontFace) });

/** One font file of a library as its index describes it; a variable font is one face with axes. */
export type FontFace = Readonly<z.infer<typeof fontFace>>;

export type FontLibrary = {
  /** Every face, in the order of the index. */
  list(): readonly FontFace[];
  /**
   * The file for a request: the family must match (case, spaces and hyphens aside), the slant must exist, the weight may be the
   * nearest one. Throws `font.unknown`, `font.style-missing`, or `font.corrupt` when the file is not the one that was indexed.
   */
  find(request: FontRequest): Promise<FontFile>;
};

const readIndex = async (path: string): Promise<readonly FontFace[]> => {
  try {
    return fontIndex.parse(JSON.parse(await readFile(path, 'utf8'))).faces;
  } catch (cause) {
    throw new Problem('font.index-unreadable', `expected a font index for the library, got no usable ${path}`, {
      cause,
      hint: 'write it with: node scripts/index-fonts.mjs',
    });
  }
};

const readFace = async (dir: string, face: FontFace): Promise<FontFile> => {
  const stored = await readFile(join(dir, face.file)).catch((cause: unknown) => {
    throw new Problem('font.corrupt', `expected the file ${face.file} for the font "${face.family}", got none that can be read`, { cause });
  });
  const digest = createHash('sha256').update(stored).digest('hex');
  if (digest !== face.sha256)
    throw new Problem('font.corrupt', `expected sha256 ${face.sha256} for the font file ${face.file}, got ${digest}`, {
      hint: 'restore the file, or write the index again if the change was meant: node scripts/index-fonts.mjs',
    });
  const axis = face.axes.find(({ tag }) => tag === 'wght');
  const weights = { min: axis?.min ?? face.weight, max: axis?.max ?? face.weight };
  return { family: face.family, digest, bytes: new Uint8Array(stored), weights };
};

const groupByFamily = (faces: readonly FontFace[]): ReadonlyMap<string, readonly FontFace[]> => {
  const groups = new Map<string, FontFace[]>();
  for (const face of faces) {
    const key = familyKey(face.family);
    groups.set(key, [...(groups.get(key) ?? []), face]);
  }
  return groups;
};

const unknownFamily = (family: string, names: readonly string[]): Problem => {
  const close = closestFamilies(family, names).map((name) => `"${name}"`);
  const guess = close.length === 0 ? '' : `did you mean ${close.join(' or ')}? `;
  return new Problem('font.unknown', `expected a font family of this library for the text, got "${family}"`, {
    hint: `${guess}families: ${names.join(', ')}`,
  });
};

/**
 * Opens a folder of fonts with its `index.json`; files are read when first asked for and kept for the life of the library.
 * Throws `font.index-unreadable` when the folder has no valid index.
 */
export const openFontLibrary = async (dir: string): Promise<FontLibrary> => {
  const faces = await readIndex(join(dir, 'index.json'));
  const families = groupByFamily(faces);
  const names = [...new Set(faces.map((face) => face.family))].sort();
  const opened = new Map<string, Promise<FontFile>>();

  const open = (face: FontFace): Promise<FontFile> => {
    const known = opened.get(face.file);
    if (known !== undefined) return known;
    const reading = readFace(dir, face);
    opened.set(face.file, reading);
    // A failed read is forgotten, so that a restored file is seen without a restart.
    reading.catch(() => opened.delete(face.file));
    return reading;
  };

  return {
    list: () => faces,
    find: async (request) => {
      const styles = families.get(familyKey(request.family));
      if (styles === undefined) throw unknownFamily(request.family, names);
      return open(faceFor(request, styles));
    },
  };
};
