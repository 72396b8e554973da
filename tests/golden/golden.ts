import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, inject } from 'vitest';
import { type GoldenChecker, goldenChecker } from './golden-checker.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

const note = (kind: 'ran' | 'used', what: string): void =>
  appendFileSync(join(inject('goldenNotes'), `${process.pid}.txt`), `${kind}\t${what}\n`);

/** Every test file that imports this module says that it ran: only then do unread goldens mean something. */
beforeAll(() => note('ran', expect.getState().testPath ?? ''));

/**
 * Compares with the committed file tests/golden/`name`: bytes are a PNG, compared by its pixels; a string is text (`.txt`, or the
 * extension the name carries); anything else is laid out as JSON. Throws when it differs or is missing and adds it to
 * out/golden-report/index.html. `PLATEN_UPDATE_GOLDENS=1` writes the file instead.
 */
export const expectGolden: GoldenChecker = goldenChecker({
  goldens: HERE,
  report: join(HERE, '../../out/golden-report'),
  update: process.env.PLATEN_UPDATE_GOLDENS === '1',
  noteUse: (file) => note('used', file),
});
