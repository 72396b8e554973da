import { COORDS_PER_VERB, MOVE, type Path } from './path.ts';

/** The sub-paths of a path, each a path of its own, in order; they share its memory. */
export const contoursOf = ({ verbs, coords }: Path): readonly Path[] => {
  const out: Path[] = [];
  let [verbFrom, coordFrom, at] = [0, 0, 0];
  const cut = (verbTo: number): void => {
    if (verbTo > verbFrom) out.push({ verbs: verbs.subarray(verbFrom, verbTo), coords: coords.subarray(coordFrom, at) });
    [verbFrom, coordFrom] = [verbTo, at];
  };
  verbs.forEach((verb, i) => {
    if (verb === MOVE) cut(i);
    at += COORDS_PER_VERB[verb] ?? 0;
  });
  cut(verbs.length);
  return out;
};
