import { z } from 'zod';
import { sha256 } from '../../model/digest.ts';
import type { FinderModel } from '../../model/photo-finder.ts';
import { Problem } from '../../model/problem.ts';
import type { Weights } from './face-net.ts';
import { FACE_MODEL, packageFile } from './packages.ts';

/** Weights come as bytes, each list with its own scale and start. */
const listSchema = z.array(
  z.object({
    weights: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.int().positive()),
        quantization: z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }),
      }),
    ),
  }),
);

/** @throws Problem `cut-out.unavailable`, `cut-out.model` */
export const openFaceModel = async (): Promise<{ readonly weights: Weights; readonly model: FinderModel }> => {
  const [bytes, list] = await Promise.all([packageFile(FACE_MODEL, FACE_MODEL.file), packageFile(FACE_MODEL, FACE_MODEL.list)]);
  const known = new Map<string, Float32Array>();
  let at = 0;
  for (const { name, shape, quantization } of listSchema
    .parse(JSON.parse(new TextDecoder().decode(list)))
    .flatMap((group) => group.weights)) {
    const count = shape.reduce((product, one) => product * one, 1);
    known.set(
      name,
      Float32Array.from(bytes.subarray(at, at + count), (v) => v * quantization.scale + quantization.min),
    );
    at += count;
  }
  return {
    model: { name: `${FACE_MODEL.name} ${FACE_MODEL.file}`, digest: sha256(bytes) },
    weights: (name) => {
      const found = known.get(name);
      if (!found) throw new Problem('cut-out.model', `expected "${name}" in the face model, got none`);
      return found;
    },
  };
};
