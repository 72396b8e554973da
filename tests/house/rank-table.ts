/** One row of the rank table in docs/architecture.md. */
export type FolderRule = {
  readonly folder: string;
  readonly rank: number;
  /** Other folders of ours it may import. */
  readonly ours: ReadonlySet<string>;
  /** Packages and Node modules; `node:*` stands for every Node module. */
  readonly npm: ReadonlySet<string>;
};

const HEADER = /^\|\s*rank\s*\|\s*folder\s*\|\s*of ours it may import\s*\|\s*of npm\s*\|/;

/** Reads the table by its header line; throws when the table is missing or a cell does not follow the page's own notation. */
export const readRankTable = (page: string): ReadonlyMap<string, FolderRule> => {
  const lines = page.split('\n');
  const header = lines.findIndex((line) => HEADER.test(line));
  if (header < 0) throw new Error('expected a table "| rank | folder | of ours it may import | of npm |", found none');
  const rows: (readonly string[])[] = [];
  for (const line of lines.slice(header + 2)) {
    if (!line.startsWith('|')) break;
    rows.push(
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  }
  const ranks = new Map(rows.map(([rank = '', folder = '']) => [nameIn(folder), rankIn(rank)]));
  return new Map(
    rows.map(([rank = '', folder = '', ours = '', npm = '']) => {
      const name = nameIn(folder);
      return [name, { folder: name, rank: rankIn(rank), ours: foldersIn(ours, name, ranks), npm: new Set(itemsOf(npm).map(nameIn)) }];
    }),
  );
};

const rankIn = (cell: string): number => {
  if (!/^\d+$/.test(cell)) throw new Error(`expected a whole number for a rank, got "${cell}"`);
  return Number(cell);
};

const nameIn = (cell: string): string => {
  const name = /^`([^`]+)`$/.exec(cell)?.[1];
  if (name === undefined) throw new Error(`expected a name in backticks for a table cell, got "${cell}"`);
  return name;
};

const itemsOf = (cell: string): string[] => (cell === '-' ? [] : cell.split(',').map((item) => item.trim()));

const foldersIn = (cell: string, self: string, ranks: ReadonlyMap<string, number>): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const item of itemsOf(cell)) {
    if (item.startsWith('`')) {
      if (!ranks.has(nameIn(item))) throw new Error(`expected a folder of the table for ${self}, got ${item}`);
      found.add(nameIn(item));
      continue;
    }
    const [low, high] = item === 'all' ? [0, Number.POSITIVE_INFINITY] : rangeIn(item);
    for (const [folder, rank] of ranks) if (rank >= low && rank <= high && folder !== self) found.add(folder);
  }
  return found;
};

const rangeIn = (item: string): [number, number] => {
  const match = /^(\d+)(?:-(\d+))?$/.exec(item);
  if (!match) throw new Error(`expected a rank, a range of ranks, a folder or "all", got "${item}"`);
  return [Number(match[1]), Number(match[2] ?? match[1])];
};
