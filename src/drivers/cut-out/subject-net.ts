import { readFile } from 'node:fs/promises';
import { sha256 } from '../../model/digest.ts';
import type { FoundSubject } from '../../model/photo-finder.ts';
import { Problem } from '../../model/problem.ts';
import { loadRuntime, packageFile, RUNTIME, SUBJECT_MODEL } from './packages.ts';
import type { RgbImage } from './rgb-image.ts';

/** Side of the square that the network sees. */
const INPUT_PX = 320;
/** What it was trained with: mean and spread of red, green and blue. */
const MEAN = [0.485, 0.456, 0.406] as const;
const SPREAD = [0.229, 0.224, 0.225] as const;

type Runtime = Awaited<ReturnType<typeof loadRuntime>>;
type Session = Awaited<ReturnType<Runtime['InferenceSession']['create']>>;

/** A network that marks what catches the eye, ready to be asked. */
export type SubjectNet = { mark(image: RgbImage): Promise<FoundSubject> };

/**
 * Opens the network of the package, or one from a file: any ONNX model that takes 1 x 3 x 320 x 320 numbers the way U-2-Net does and answers
 * with one number a pixel. One thread, so that every machine adds up in the same order.
 * @throws Problem `cut-out.unavailable`, `cut-out.model`
 */
export const openSubjectNet = async (modelPath: string | null): Promise<SubjectNet> => {
  const runtime = await loadRuntime();
  runtime.env.wasm.numThreads = 1;
  const bytes = modelPath === null ? await packageFile(SUBJECT_MODEL, SUBJECT_MODEL.file) : await modelFile(modelPath);
  const session = await create(runtime, bytes);
  const name = `${modelPath === null ? `${SUBJECT_MODEL.name} ${SUBJECT_MODEL.file}` : 'own model'} on ${RUNTIME.name}`;
  const model = { name, digest: sha256(bytes) };
  return {
    mark: async (image) => {
      const input = new runtime.Tensor('float32', networkInput(image), [1, 3, INPUT_PX, INPUT_PX]);
      const answers = await session.run({ [session.inputNames[0] ?? 'input']: input });
      const { data } = answers[session.outputNames[0] ?? ''] ?? { data: null };
      if (!(data instanceof Float32Array) || data.length !== INPUT_PX * INPUT_PX)
        throw new Problem('cut-out.model', `expected ${INPUT_PX} x ${INPUT_PX} numbers from the cut-out model, got something else`);
      return { model, matte: { widthPx: INPUT_PX, heightPx: INPUT_PX, alpha: stretched(data) } };
    },
  };
};

const create = async (runtime: Runtime, bytes: Uint8Array): Promise<Session> => {
  try {
    return await runtime.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  } catch (cause) {
    throw new Problem('cut-out.model', 'expected a cut-out model that the runtime can open, got one that it cannot', { cause });
  }
};

const modelFile = async (path: string): Promise<Uint8Array> => {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Problem('cut-out.model', 'expected a readable cut-out model where PLATEN_CUTOUT_MODEL says, got none', { cause });
  }
};

/** Planes of red, green and blue, stretched onto the square and set to the scale of the training pictures. */
const networkInput = ({ width, height, rgb }: RgbImage): Float32Array => {
  const out = new Float32Array(3 * INPUT_PX * INPUT_PX);
  for (let y = 0; y < INPUT_PX; y += 1) {
    const rows = span(y, height);
    for (let x = 0; x < INPUT_PX; x += 1) {
      const columns = span(x, width);
      for (let c = 0; c < 3; c += 1)
        out[(c * INPUT_PX + y) * INPUT_PX + x] = (mean(rgb, width, columns, rows, c) / 255 - (MEAN[c] ?? 0)) / (SPREAD[c] ?? 1);
    }
  }
  return out;
};

type Span = { readonly from: number; readonly to: number };
const span = (i: number, length: number): Span => {
  const from = Math.min(length - 1, Math.floor((i * length) / INPUT_PX));
  return { from, to: Math.max(from + 1, Math.floor(((i + 1) * length) / INPUT_PX)) };
};

const mean = (rgb: Uint8Array, width: number, columns: Span, rows: Span, c: number): number => {
  let sum = 0;
  for (let y = rows.from; y < rows.to; y += 1) for (let x = columns.from; x < columns.to; x += 1) sum += rgb[(y * width + x) * 3 + c] ?? 0;
  return sum / ((columns.to - columns.from) * (rows.to - rows.from));
};

/** Its least certain answer becomes 0, its most certain one 255, unless it saw nothing at all. */
const stretched = (data: Float32Array): Uint8Array => {
  const [low, high] = [data.reduce((a, b) => Math.min(a, b), 1), data.reduce((a, b) => Math.max(a, b), 0)];
  if (high < 0.3) return new Uint8Array(data.length);
  return Uint8Array.from(data, (v) => Math.round((255 * (v - low)) / Math.max(1e-6, high - low)));
};
