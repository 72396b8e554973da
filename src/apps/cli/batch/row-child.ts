import { openFolderSink } from '../../../drivers/store/folder-sink.ts';
import { failureOf } from '../../../jobs/job-problem.ts';
import { parseDesignSpec } from '../../../model/design-spec.ts';
import { produce } from '../../../produce/produce.ts';
import { RenderCache } from '../../../produce/render-cache.ts';
import { type OpenResources, openLibrary } from '../session.ts';
import type { FromRowChild, RowConfig, RowMade, RowTask, ToRowChild } from './row-messages.ts';

/** The process that makes rows of a batch: told what to make over IPC, one row at a time. Its parent kills it when it must. */
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

const make = async ({ spec, folder, only, force }: RowTask): Promise<RowMade> => {
  if (!opening) throw new Error('expected a start before a row');
  const { resources, version } = await opening;
  const { status, artifacts, findings } = await produce(parseDesignSpec(spec), resources, openFolderSink(folder), {
    signal: new AbortController().signal,
    version,
    cache,
    force: force === true,
    ...(only === undefined ? {} : { only }),
  });
  const errors = findings.filter(({ severity }) => severity === 'error').map(({ code, message, pointer }) => ({ code, message, pointer }));
  return { status, files: artifacts.length, errors };
};

const run = async (task: RowTask): Promise<void> => {
  try {
    tell({ type: 'done', made: await make(task) });
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
      void run(order.task);
  }
});
process.on('disconnect', () => process.exit(0));
// A terminal sends these to the whole group: the parent decides when we end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
