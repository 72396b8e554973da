import { posix } from 'node:path';
import type { FolderRule } from './rank-table.ts';
import { type ImportSite, type ScannedSource, scanSource } from './scan-source.ts';

/** Ranks up to this one are the core. */
const LAST_CORE_RANK = 5;

/** What must not stand in the code of a core folder, and what it would bring in. */
const FORBIDDEN_IN_CORE: readonly (readonly [RegExp, string])[] = [
  [/\bDate\s*\.\s*now\b/, 'the clock'],
  [/\bnew\s+Date\b/, 'the clock'],
  [/\bperformance\s*\.\s*now\b/, 'the clock'],
  [/\bTemporal\s*\.\s*Now\b/, 'the clock'],
  [/\bsetInterval\b/, 'the clock'],
  [/\bMath\s*\.\s*random\b/, 'randomness'],
  [/\bcrypto\s*\.\s*(?:randomUUID|getRandomValues)\b/, 'randomness'],
  [/(?<![.\w$])process\s*[.[?]/, 'the environment'],
  [/\bglobalThis\b/, 'the environment'],
  [/\bimport\s*\.\s*meta\b/, 'the disk'],
  [/(?<![.\w$])console\s*[.[]/, 'the console'],
  [/(?<![.\w$])fetch\s*\(/, 'the network'],
  [/\bnew\s+(?:WebSocket|XMLHttpRequest|EventSource)\b/, 'the network'],
  [/\bIntl\s*\.\s*(?!Segmenter\b)\w+/, 'the locale'],
  // Naming a language is fine: only the language of the machine is out of reach.
  [/\btoLocale(?!(?:Upper|Lower)Case\(\s*\w)\w*/, 'the locale'],
  [/\blocaleCompare\b/, 'the locale'],
];

/** Node modules of which the core may use these names alone. */
const NAMES_IN_CORE: Readonly<Record<string, readonly string[]>> = {
  'node:crypto': ['createHash', 'hash', 'Hash'],
  'node:timers/promises': ['setImmediate'],
};

export type Source = ScannedSource & { /** Below src/, with forward slashes. */ readonly path: string };

export type Rules = ReadonlyMap<string, FolderRule>;

export const readSource = (path: string, text: string): Source => ({ path, ...scanSource(text) });

/** The folder right below src/ that a file belongs to, or the file itself when it lies in src/. */
const folderOf = (path: string): string => path.split('/')[0] ?? path;

/** The row of the file itself or of the innermost folder around it that has one. */
const ruleOf = (path: string, rules: Rules): FolderRule | undefined => {
  for (let place = path; place !== '.'; place = posix.dirname(place)) {
    const rule = rules.get(place);
    if (rule) return rule;
  }
  return undefined;
};

const targetOf = (from: string, specifier: string): string => posix.normalize(posix.join(posix.dirname(from), specifier));

const packageOf = (specifier: string): string =>
  specifier.startsWith('node:')
    ? specifier
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');

/** Every way in which the sources leave the table, as `file:line: sentence`. */
export const violationsIn = (sources: readonly Source[], rules: Rules): readonly string[] => [
  ...sources.flatMap((source) => fileViolations(source, rules)),
  ...cyclesIn(sources),
];

const fileViolations = (source: Source, rules: Rules): readonly string[] => {
  const rule = ruleOf(source.path, rules);
  if (!rule) return [`${source.path}:1: folder ${folderOf(source.path)} has no row in the rank table`];
  return [
    ...source.imports.flatMap((site) => importViolations(source, site, rules, rule).map((what) => `${source.path}:${site.line}: ${what}`)),
    ...codeViolations(source, rule),
  ];
};

const importViolations = (source: Source, site: ImportSite, rules: Rules, rule: FolderRule): readonly string[] => {
  const { specifier } = site;
  if (specifier === null) return ['imports a computed name, which no check can judge'];
  if (specifier.startsWith('.')) return ourViolations(source, specifier, rules, rule);
  const name = packageOf(specifier);
  if (!rule.npm.has(name) && !(name.startsWith('node:') && rule.npm.has('node:*'))) return [`${rule.folder} must not import ${name}`];
  const names = NAMES_IN_CORE[name];
  if (rule.rank > LAST_CORE_RANK || !names) return [];
  if (site.names.length === 0) return [`the core must import ${names.join(', ')} by name from ${name}`];
  return site.names.filter((word) => !names.includes(word)).map((word) => `the core must not import ${word} from ${name}`);
};

const ourViolations = (source: Source, specifier: string, rules: Rules, rule: FolderRule): readonly string[] => {
  const target = targetOf(source.path, specifier);
  if (target.startsWith('..'))
    return target === '../package.json' && rule.rank > LAST_CORE_RANK ? [] : [`imports ${specifier}, outside src`];
  const theirs = ruleOf(target, rules)?.folder ?? folderOf(target);
  const allowed = theirs === rule.folder || rule.ours.has(theirs) || rule.ours.has(folderOf(target)) || folderOf(target) === rule.folder;
  if (!allowed) return [`${rule.folder} must not import ${theirs} (${specifier})`];
  const [here, there] = [methodOf(source.path), methodOf(target)];
  const isSibling = theirs === 'methods' && here !== null && there !== null && here !== there;
  return isSibling ? [`method ${here} must not import method ${there} (${specifier})`] : [];
};

/** The folder below methods/ a file lies in, or null. */
const methodOf = (path: string): string | null => /^methods\/([^/]+)\//.exec(path)?.[1] ?? null;

const codeViolations = (source: Source, rule: FolderRule): readonly string[] => {
  const forbidden: readonly (readonly [RegExp, string])[] = [
    [/\bas\s+any\b/, 'casts to any'],
    ...(rule.rank <= LAST_CORE_RANK ? FORBIDDEN_IN_CORE : []).map(
      ([pattern, what]) => [pattern, `the core must not reach ${what}`] as const,
    ),
  ];
  return source.code.split('\n').flatMap((line, at) =>
    forbidden.flatMap(([pattern, what]) => {
      const found = pattern.exec(line);
      return found ? [`${source.path}:${at + 1}: ${what} (${found[0].trim()})`] : [];
    }),
  );
};

/** One line for each group of files that import each other in a ring. */
const cyclesIn = (sources: readonly Source[]): readonly string[] => {
  const paths = new Set(sources.map((source) => source.path));
  const edges = new Map(
    sources.map((source) => [
      source.path,
      source.imports.flatMap(({ specifier }) => {
        const target = specifier?.startsWith('.') ? targetOf(source.path, specifier) : '';
        return paths.has(target) ? [target] : [];
      }),
    ]),
  );
  const found: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const walk = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.push(`${path}:1: import cycle ${[...trail.slice(trail.indexOf(path)), path].join(' -> ')}`);
      return;
    }
    state.set(path, 'open');
    for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of paths) walk(path, []);
  return found;
};
