const CONTEXT = 3;

type Step = { readonly mark: ' ' | '-' | '+'; readonly text: string };

/** Both texts as one listing: a space before common lines, - before expected ones, + before actual ones; far common lines left out. */
export const lineDiff = (expected: string, actual: string): string => {
  const steps = stepsBetween(expected.split('\n'), actual.split('\n'));
  const near = steps.map((_, at) => steps.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some((step) => step.mark !== ' '));
  const lines: string[] = [];
  let line = 1;
  steps.forEach((step, at) => {
    if (near[at] && !near[at - 1]) lines.push(`@@ line ${line} @@`);
    if (near[at]) lines.push(`${step.mark}${step.text}`);
    if (step.mark !== '+') line++;
  });
  return lines.join('\n');
};

/** A shortest edit script (Myers, "An O(ND) Difference Algorithm", 1986) after taking off what both ends share. */
const stepsBetween = (a: readonly string[], b: readonly string[]): readonly Step[] => {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const same = (lines: readonly string[]): Step[] => lines.map((text) => ({ mark: ' ', text }));
  const middle = shortestEdit(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [...same(a.slice(0, head)), ...middle, ...same(a.slice(a.length - tail))];
};

/** Past this many edits the two middles are shown one after the other: nobody reads such a diff line by line. */
const MOST_EDITS = 1500;

const shortestEdit = (a: readonly string[], b: readonly string[]): Step[] => {
  const trace: Map<number, number>[] = [];
  const reach = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= Math.min(MOST_EDITS, a.length + b.length); edits++) {
    trace.push(new Map(reach));
    for (let k = -edits; k <= edits; k += 2) {
      let x = goesDown(reach, k, edits) ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trace);
    }
  }
  return [...a.map((text) => ({ mark: '-' as const, text })), ...b.map((text) => ({ mark: '+' as const, text }))];
};

const goesDown = (reach: ReadonlyMap<number, number>, k: number, edits: number): boolean =>
  k === -edits || (k !== edits && (reach.get(k - 1) ?? 0) < (reach.get(k + 1) ?? 0));

const walkBack = (a: readonly string[], b: readonly string[], trace: readonly ReadonlyMap<number, number>[]): Step[] => {
  const steps: Step[] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reach = trace[edits] ?? new Map<number, number>();
    const k = x - y;
    const from = goesDown(reach, k, edits) ? k + 1 : k - 1;
    const fromX = reach.get(from) ?? 0;
    const fromY = fromX - from;
    while (x > Math.max(0, fromX) && y > Math.max(0, fromY)) {
      x--;
      y--;
      steps.push({ mark: ' ', text: a[x] ?? '' });
    }
    if (edits === 0) break;
    steps.push(x === fromX ? { mark: '+', text: b[y - 1] ?? '' } : { mark: '-', text: a[x - 1] ?? '' });
    [x, y] = [fromX, fromY];
  }
  return steps.reverse();
};
