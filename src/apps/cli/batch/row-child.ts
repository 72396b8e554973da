import { openFolderSink } from '../../../drivers/store/folder-sink.ts';
import { failureOf } from '../../../jobs/job-problem.ts';
import { parseDesignSpec } from '../../../model/design-spec.ts';
import { check } from '../../../produce/check.ts';
import { produce } from '../../../produce/produce.ts';
import { RenderCache } from '../../../produce/render-cache.ts';
import { withPins } from '../rerender/kept-records.ts';
import { type OpenResources, openLibrary } from '../session.ts';
import type { FromRowChild, RowCheck, RowConfig, RowMade, RowTask, ToRowChild } from './row-messages.ts';

/** The process that makes rows of a batch: told what to make over IPC, one row at a time. Its parent kills it when it must. */
const MOST_FINDINGS = 100;
const cache = new RenderCache();
let opening: Promise<{ readonly resources: OpenResources; readonly version: string }> | undefined;

const tell = (message: FromRowChild): void => {
  // The parent may be gone: then this process ends too.
  process.send?.(message, undefined, {}, () => undefined);
};

const start = async ({ library, baseDir, assetsDir, version }: RowConfig): Promise<void> => {
  opening = openLibrary(library, baseDir, assetsDir).then((resources) => ({ resources, version }));
  try {
    await opening;
    tell({ type: 'ready' });
  } catch (error) {
    tell({ type: 'broken', failure: failureOf(error) });
  }
};

const make = async ({ spec, folder, only, force, pins }: RowTask): Promise<RowMade> => {
  if (!opening) throw new Error('expected a start before a row');
  const { resources, version } = await opening;
  const { status, artifacts, findings } = await produce(
    parseDesignSpec(spec),
    pins ? withPins(resources, pins) : resources,
    openFolderSink(folder),
    {
      signal: new AbortController().signal,
      version,
      cache,
      force: force === true,
      ...(only === undefined ? {} : { only }),
    },
  );
  const errors = findings.filter(({ severity }) => severity === 'error').map(({ code, message, pointer }) => ({ code, message, pointer }));
  return { status, files: artifacts.length, errors };
};

/** Preflight of a row; more findings than anybody mends at once are left out, errors come first. */
const look = async (spec: unknown): Promise<readonly RowCheck[]> => {
  if (!opening) throw new Error('expected a start before a row');
  const { resources } = await opening;
  const findings = await check(parseDesignSpec(spec), resources, new AbortController().signal, cache);
  return findings
    .slice(0, MOST_FINDINGS)
    .map(({ severity, code, pointer, message, hint }) => ({ severity, code, pointer, message, ...(hint === undefined ? {} : { hint }) }));
};

const answer = async (work: () => Promise<FromRowChild>): Promise<void> => {
  try {
    tell(await work());
  } catch (error) {
    tell({ type: 'failed', failure: failureOf(error) });
  }
};

process.on('message', (message) => {
  // Only our own parent writes here, and it is the same version of this program.
  const order = message as ToRowChild;
  switch (order.type) {
    case 'start':
      void start(order.config);
      return;
    case 'run':
      void answer(async () => ({ type: 'done', made: await make(order.task) }));
      return;
    case 'check':
      void answer(async () => ({ type: 'checked', findings: await look(order.spec) }));
  }
});
process.on('disconnect', () => process.exit(0));
// A terminal sends these to the whole group: the parent decides when we end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
