import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder in which the test files of this run note which goldens they read. */
    goldenNotes: string;
  }
}

/** Gives the whole run one folder for its notes and takes the report of an earlier run away. Called once per vitest project, before any test. */
export default function setup(project: TestProject): () => void {
  const notes = join(tmpdir(), `platen-goldens-${process.pid}`);
  rmSync(notes, { recursive: true, force: true });
  mkdirSync(notes);
  rmSync(join(project.config.root, 'out/golden-report'), { recursive: true, force: true });
  project.provide('goldenNotes', notes);
  return () => rmSync(notes, { recursive: true, force: true });
}
