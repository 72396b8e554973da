import type { Design } from '../model/design.ts';
import type { Answers, Data } from './filled-design.ts';

/** Answers and data with what is missing taken from the first example and from the samples of the data: for pictures, never for orders. */
export const withSample = (design: Design, answers: Answers, data: Data): readonly [Answers, Data] => {
  const [example] = design.examples;
  const samples = design.data.reduce<Data>(
    (all, { path, sample }) => (sample === undefined ? all : withValue(all, path.split('.'), sample)),
    {},
  );
  return [{ ...example?.answers, ...answers }, merged(merged(samples, example?.data ?? {}), data)];
};

const isRecord = (value: unknown): value is Data => value !== null && typeof value === 'object' && !Array.isArray(value);

const withValue = (data: Data, [head = '', ...rest]: readonly string[], value: unknown): Data => {
  const below = Object.hasOwn(data, head) ? data[head] : undefined;
  return { ...data, [head]: rest.length === 0 ? value : withValue(isRecord(below) ? below : {}, rest, value) };
};

/** Deeply, the second before the first. */
const merged = (under: Data, over: Data): Data =>
  Object.fromEntries(
    [...new Set([...Object.keys(under), ...Object.keys(over)])].map((key) => {
      const [low, high] = [Object.hasOwn(under, key) ? under[key] : undefined, Object.hasOwn(over, key) ? over[key] : undefined];
      return [key, isRecord(low) && isRecord(high) ? merged(low, high) : (high ?? low)] as const;
    }),
  );
