import { z } from 'zod';
import type { FinderModel, FoundSubject } from '../../model/photo-finder.ts';
import { openFaceModel } from './face-model.ts';
import { distinctFaces, type FaceGuess, guessFaces } from './face-net.ts';
import { openSubjectNet, type SubjectNet } from './subject-net.ts';

/** A question to the process that runs the networks; the pixels travel beside it. */
export type FinderQuestion = {
  readonly find: 'subject' | 'faces';
  readonly width: number;
  readonly height: number;
  /** A model of the shop's own in place of that of the package. */
  readonly modelPath: string | null;
};

/** Boxes are fractions of the picture. */
export type FinderAnswer = Partial<FoundSubject> & { readonly model: FinderModel; readonly faces?: readonly FaceGuess[] };

const questionSchema = z.object({
  find: z.enum(['subject', 'faces']),
  width: z.int().positive(),
  height: z.int().positive(),
  modelPath: z.string().nullable(),
});

/** Guesses below this are no faces. The coarse look sees portraits, the fine one groups. */
const LEAST_SCORE = 0.5;
const LOOKS_PX = [416, 608] as const;

const nets = new Map<string, Promise<SubjectNet>>();

/** Opened once a process and model; a failure is not kept. */
const netFor = (modelPath: string | null): Promise<SubjectNet> => {
  const key = modelPath ?? '';
  const net = nets.get(key) ?? openSubjectNet(modelPath);
  nets.set(key, net);
  net.catch(() => nets.delete(key));
  return net;
};

/** Answers a question in this process: the sandbox calls it in one of its own. */
export const answerQuestion = async (bytes: Uint8Array, asked: unknown): Promise<FinderAnswer> => {
  const { find, width, height, modelPath } = questionSchema.parse(asked);
  const image = { width, height, rgb: bytes };
  if (find === 'subject') return (await netFor(modelPath)).mark(image);
  const { weights, model } = await openFaceModel();
  return { model, faces: distinctFaces(LOOKS_PX.flatMap((inputPx) => guessFaces(image, weights, inputPx, LEAST_SCORE))) };
};
