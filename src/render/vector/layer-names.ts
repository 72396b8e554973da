/** The names with `_2`, `_3` after those that came before; `longest` cuts them to a length that keeps the number. */
export const uniqueNames = (names: readonly string[], longest = 255): readonly string[] => {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name.slice(0, longest);
    for (let n = 2; taken.has(unique); n += 1) unique = `${name.slice(0, longest - `_${n}`.length)}_${n}`;
    taken.add(unique);
    return unique;
  });
};
