import { describe, expect, it } from 'vitest';
import { answerQuestion, type FinderAnswer, type FinderQuestion } from '../../../src/drivers/cut-out/ask.ts';
import { guessFaces } from '../../../src/drivers/cut-out/face-net.ts';
import { convolve3, mixChannels, poolMost, separable3 } from '../../../src/drivers/cut-out/feature-map.ts';
import { openPhotoFinder } from '../../../src/drivers/cut-out/photo-finder.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { painted } from '../../scene/masks/support.ts';

const signal = new AbortController().signal;
const PHOTO = painted(2000, 1000, (x) => (x < 1000 ? [255, 0, 0] : [0, 0, 255]));
const model = { name: 'm', digest: 'f'.repeat(64) };

const asking = (answer: (question: FinderQuestion) => Partial<FinderAnswer>) => {
  const questions: (FinderQuestion & { readonly rgb: Uint8Array })[] = [];
  const sandbox = {
    findInPhoto: async (rgb: Uint8Array, question: FinderQuestion): Promise<FinderAnswer> => {
      questions.push({ ...question, rgb });
      return { model, ...answer(question) };
    },
  };
  return { questions, finder: openPhotoFinder({ sandbox, modelPath: '/models/own.onnx' }) };
};

describe('openPhotoFinder', () => {
  it('sends a small copy of the part and keeps the answer', async () => {
    const matte = { widthPx: 2, heightPx: 2, alpha: Uint8Array.of(0, 1, 2, 3) };
    const { questions, finder } = asking(() => ({ matte }));
    const part = rectOf(1000, 0, 1000, 1000);
    const found = await finder.subject(PHOTO, part, signal);
    await finder.subject(PHOTO, part, signal);
    expect(found).toEqual({ matte, model });
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatchObject({ find: 'subject', width: 500, height: 500, modelPath: '/models/own.onnx' });
    expect([...(questions[0]?.rgb.subarray(0, 3) ?? [])]).toEqual([0, 0, 255]);
    await finder.subject(PHOTO, rectOf(0, 0, 1000, 1000), signal);
    expect(questions).toHaveLength(2);
  });

  it('gives faces in pixels of the photo, the largest first', async () => {
    const { finder } = asking(() => ({
      faces: [
        { box: rectOf(0.1, 0.2, 0.05, 0.1), score: 0.9 },
        { box: rectOf(0.5, 0.5, 0.1, 0.2), score: 0.6 },
      ],
    }));
    const { faces } = await finder.faces(PHOTO, signal);
    expect(faces.map(({ box }) => box)).toEqual([rectOf(1000, 500, 200, 200), rectOf(200, 200, 100, 100)]);
  });

  it('names the packages to install, in exact versions, when they are not there', async () => {
    const question = { width: 8, height: 8, modelPath: null };
    await expect(answerQuestion(new Uint8Array(192), { ...question, find: 'subject' })).rejects.toMatchObject({
      code: 'cut-out.unavailable',
      hint: expect.stringMatching(/npm i --save-exact \S+@\d+\.\d+\.\d+/),
    });
    await expect(answerQuestion(new Uint8Array(192), { ...question, find: 'faces' })).rejects.toMatchObject({
      code: 'cut-out.unavailable',
    });
  });
});

describe('the layers of the face network', () => {
  it('convolve, mix and pool as written down by hand', () => {
    const values = Float32Array.from({ length: 16 }, (_, i) => i);
    const input = { width: 4, height: 4, channels: 1, values };
    const middle = Float32Array.from({ length: 9 }, (_, i) => (i === 4 ? 1 : 0));
    expect([...convolve3(input, middle, Float32Array.of(0.5)).values]).toEqual([5.5, 6.5, 9.5, 10.5]);
    expect([...poolMost(input, 2).values]).toEqual([5, 7, 13, 15]);
    expect([...poolMost(input, 1).values]).toEqual([5, 6, 7, 7, 9, 10, 11, 11, 13, 14, 15, 15, 13, 14, 15, 15]);
    const mean = separable3(input, new Float32Array(9).fill(1), Float32Array.of(-1), Float32Array.of(0));
    // 0 + 1 + 4 + 5, below 0 a tenth of it.
    expect(mean.values[0]).toBeCloseTo(-1, 6);
    expect([
      ...mixChannels(
        { width: 1, height: 1, channels: 2, values: Float32Array.of(2, 3) },
        Float32Array.of(1, 10, 100, 1000),
        Float32Array.of(1, 2),
        (v) => v,
      ).values,
    ]).toEqual([303, 3022]);
  });

  it('turn an untrained network into no faces', () => {
    const sizes = new Map([
      ['conv0/filters', 432],
      ['conv0/bias', 16],
      ...[16, 32, 64, 128, 256].flatMap((n, i): [string, number][] => [
        [`conv${i + 1}/depthwise_filter`, 9 * n],
        [`conv${i + 1}/pointwise_filter`, 2 * n * n],
        [`conv${i + 1}/bias`, 2 * n],
      ]),
      ['conv8/filters', 12_800],
      ['conv8/bias', 25],
    ] as [string, number][]);
    const image = { width: 64, height: 48, rgb: new Uint8Array(64 * 48 * 3).fill(120) };
    expect(guessFaces(image, (name) => new Float32Array(sizes.get(name) ?? 0), 96, 0.6)).toEqual([]);
    // With nothing to go by every guess is half sure, and overlapping ones are one face.
    const guesses = guessFaces(image, (name) => new Float32Array(sizes.get(name) ?? 0), 96, 0.4);
    expect(guesses.length).toBeGreaterThan(0);
    expect(guesses.length).toBeLessThan(45);
  });
});
