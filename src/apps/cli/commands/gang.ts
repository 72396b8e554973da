import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { openFolderSink } from '../../../drivers/store/folder-sink.ts';
import { openMemorySink } from '../../../drivers/store/memory-sink.ts';
import { parseDesignSpec } from '../../../model/design-spec.ts';
import { sha256 } from '../../../model/digest.ts';
import { type Artifact, type Manifest, manifestSchema } from '../../../model/manifest.ts';
import { parseWith } from '../../../model/parse.ts';
import { plural } from '../../../model/plural.ts';
import { Problem } from '../../../model/problem.ts';
import type { GangFile, GangJob } from '../../../produce/gang/gang-job.ts';
import type { GangReport } from '../../../produce/gang/gang-report.ts';
import { gangSettings } from '../../../produce/gang/gang-settings.ts';
import { makeGang } from '../../../produce/gang/make-gang.ts';
import { FIXED_DATE, produce } from '../../../produce/produce.ts';
import { EXIT } from '../exit-codes.ts';
import { jsonOf } from '../json-of.ts';
import { packageVersion } from '../package-version.ts';
import { type Environment, type OutputFlags, runCommand } from '../run-command.ts';
import { assetsFolder, libraryFolders, openLibrary } from '../session.ts';
import type { Terminal } from '../terminal.ts';

export type GangFlags = OutputFlags & {
  readonly out: string;
  readonly assets?: string;
  readonly width?: number;
  readonly gap?: number;
  readonly margin?: number;
  readonly length?: number;
  readonly dpi?: number;
  readonly rotate: boolean;
  readonly labels: boolean;
  readonly codes?: boolean;
  readonly marks: boolean;
};

/** Methods whose files are printed on film that many jobs share. */
const ON_FILM: readonly string[] = ['dtf'];

/** `platen gang`: pictures of finished jobs, or of specs, onto sheets of film. */
export const gangCommand = (environment: Environment, paths: readonly string[], flags: GangFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const settings = parseWith(gangSettings, settingsOf(flags), 'gang');
    const jobs: GangJob[] = [];
    for (const path of paths) jobs.push(...(await jobsAt(resolve(environment.cwd, path), environment, flags, terminal)));
    const resources = await openLibrary(libraryFolders(environment.env), environment.cwd);
    try {
      const folder = resolve(environment.cwd, flags.out);
      const report = await makeGang(unique(jobs), settings, resources, openFolderSink(folder), {
        signal: environment.signal,
        date: FIXED_DATE,
        onProgress: ({ step, name }) => {
          terminal.status(`${step} ${name}`);
          terminal.event({ event: 'progress', step, name });
        },
      });
      tell(report, folder, terminal);
      return EXIT.done;
    } finally {
      await resources.close();
    }
  });

const settingsOf = ({ width, gap, margin, length, dpi, rotate, labels, codes, marks }: GangFlags) => ({
  ...(width === undefined ? {} : { widthMm: width }),
  ...(gap === undefined ? {} : { gapMm: gap }),
  ...(margin === undefined ? {} : { marginMm: margin }),
  ...(length === undefined ? {} : { maxLengthMm: length }),
  ...(dpi === undefined ? {} : { dpi }),
  rotate,
  labels,
  codes: codes === true,
  cutMarks: marks,
});

/** The same job given twice is two jobs. */
const unique = (jobs: readonly GangJob[]): readonly GangJob[] => {
  const seen = new Map<string, number>();
  return jobs.map((job) => {
    const times = (seen.get(job.id) ?? 0) + 1;
    seen.set(job.id, times);
    return times === 1 ? job : { ...job, id: `${job.id} (${times})` };
  });
};

const jobsAt = async (path: string, environment: Environment, flags: GangFlags, terminal: Terminal): Promise<readonly GangJob[]> => {
  const found = await stat(path).catch(() => null);
  if (!found) throw new Problem('file.unreadable', `expected a job folder or a file of specs, got nothing at ${path}`);
  if (found.isDirectory()) return jobsOfFolder(path);
  return jobsOfSpecs(path, environment, flags, terminal);
};

const jobsOfFolder = async (folder: string): Promise<readonly GangJob[]> => {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => null);
  if (text === null) throw new Problem('file.unreadable', `expected a finished job with a manifest.json in ${folder}, got none`);
  const manifest = parseWith(manifestSchema, JSON.parse(text), `manifest of ${folder}`);
  return jobsOf(manifest, basename(folder), (name) => readFile(join(folder, name)));
};

/** Specs are rendered here, one JSON object a line (or a file of one). */
const jobsOfSpecs = async (path: string, environment: Environment, flags: GangFlags, terminal: Terminal): Promise<readonly GangJob[]> => {
  const folder = dirname(path);
  const assets = assetsFolder(folder, flags.assets ?? environment.env.PLATEN_ASSETS_DIR);
  const resources = await openLibrary(libraryFolders(environment.env), folder, assets);
  try {
    const jobs: GangJob[] = [];
    for await (const { text, name } of specTexts(path)) {
      terminal.status(`render ${name}`);
      const sink = openMemorySink();
      const options = { signal: environment.signal, version: packageVersion(), only: 'production' } as const;
      const manifest = await produce(parseDesignSpec(jsonOf(text, name)), resources, sink, options);
      const files = sink.files() ?? new Map<string, Uint8Array>();
      requireMade(manifest, name);
      jobs.push(...jobsOf(manifest, name, async (file) => files.get(file) ?? new Uint8Array()));
    }
    return jobs;
  } finally {
    await resources.close();
  }
};

async function* specTexts(path: string): AsyncGenerator<{ readonly text: string; readonly name: string }> {
  if (!path.endsWith('.ndjson')) {
    yield { text: await readFile(path, 'utf8'), name: basename(path) };
    return;
  }
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() !== '') yield { text: line, name: `${basename(path)}:${number}` };
  }
}

const requireMade = ({ status, findings }: Manifest, name: string): void => {
  if (status === 'made') return;
  const [first] = findings;
  throw new Problem(
    'gang.refused',
    `expected specs that can be made for a gang, got ${name}: ${first?.code ?? 'refused'} ${first?.message ?? ''}`,
  );
};

/** One job for each picture on film that a manifest lists. */
const jobsOf = (manifest: Manifest, id: string, read: (name: string) => Promise<Uint8Array>): readonly GangJob[] => {
  const onFilm = manifest.artifacts.filter(
    ({ role, method, mediaType }) => role === 'production' && mediaType === 'image/png' && method !== undefined && ON_FILM.includes(method),
  );
  const pictures = onFilm.filter(({ name }) => !name.endsWith('-white.png'));
  if (pictures.length === 0) {
    throw new Problem('gang.empty', `expected PNG pictures on film (${ON_FILM.join(', ')}) in the job ${id}, got none`);
  }
  return pictures.map((art) => {
    const white = onFilm.find(({ name }) => name === art.name.replace(/\.png$/, '-white.png'));
    return {
      id: `${id}/${art.name}`,
      reference: manifest.order?.reference ?? null,
      line: manifest.order?.line ?? null,
      placement: art.placement ?? null,
      quantity: manifest.order?.quantity ?? 1,
      art: fileOf(art, id, read),
      white: white ? fileOf(white, id, read) : null,
    };
  });
};

const fileOf = ({ name, dpi, mirrored, sha256: digest }: Artifact, id: string, read: (name: string) => Promise<Uint8Array>): GangFile => {
  if (dpi === undefined) throw new Problem('gang.picture', `expected the resolution of ${id}/${name} in its manifest, got none`);
  return {
    name: `${id}/${name}`,
    dpi,
    mirrored: mirrored === true,
    read: async () => {
      const bytes = await read(name);
      if (sha256(bytes) === digest) return bytes;
      throw new Problem('gang.changed', `expected ${id}/${name} as its manifest lists it, got other bytes`, {
        hint: 'Render the job again.',
      });
    },
  };
};

const tell = (report: GangReport, folder: string, terminal: Terminal): void => {
  const { sheets, pieces, lengthMm, utilisation } = report;
  for (const { art, widthMm, heightMm, widthPx, heightPx, utilisation: share, places } of sheets) {
    terminal.say(
      `  ${art} ${widthMm}x${Math.round(heightMm)} mm ${widthPx}x${heightPx} px ${plural(places.length, 'piece')} ${per100(share)} used`,
    );
  }
  terminal.say(`  ${plural(pieces, 'piece')} on ${Math.round(lengthMm)} mm of film, ${per100(utilisation)} used`);
  terminal.event({ event: 'done', folder, sheets: sheets.length, pieces, lengthMm, utilisation });
  if (!terminal.json && !terminal.quiet) terminal.print(folder);
};

const per100 = (share: number): string => `${(share * 100).toFixed(1)} %`;
