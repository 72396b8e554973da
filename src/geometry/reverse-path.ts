import { CLOSE, CUBIC, forEachStep, MOVE, type Path, PathBuilder } from './path.ts';

type Step = { readonly verb: number; readonly coords: readonly number[] };

/** The same outlines walked the other way round; each sub-path begins where it ended. */
export const reversePath = (path: Path): Path => {
  const builder = new PathBuilder();
  for (const steps of subPathsOf(path)) reverseInto(builder, steps);
  return builder.finish();
};

const subPathsOf = (path: Path): readonly (readonly Step[])[] => {
  const subPaths: Step[][] = [];
  forEachStep(path, (verb, at) => {
    const count = verb === CLOSE ? 0 : verb === CUBIC ? 6 : 2;
    const step = { verb, coords: [...path.coords.subarray(at, at + count)] };
    if (verb === MOVE) subPaths.push([step]);
    else subPaths.at(-1)?.push(step);
  });
  return subPaths;
};

const reverseInto = (builder: PathBuilder, steps: readonly Step[]): void => {
  const closed = steps.at(-1)?.verb === CLOSE;
  const drawn = closed ? steps.slice(0, -1) : steps;
  const ends = drawn.map(({ coords }) => [coords.at(-2) ?? 0, coords.at(-1) ?? 0] as const);
  const [lastX, lastY] = ends.at(-1) ?? [0, 0];
  builder.moveTo(lastX, lastY);
  for (let i = drawn.length - 1; i > 0; i -= 1) {
    const [x, y] = ends[i - 1] ?? [0, 0];
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = drawn[i]?.coords ?? [];
    if (drawn[i]?.verb === CUBIC) builder.cubicTo(x2, y2, x1, y1, x, y);
    else builder.lineTo(x, y);
  }
  if (closed) builder.close();
};
