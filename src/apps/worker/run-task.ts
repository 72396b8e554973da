import type { RenderWork } from '../../jobs/render.ts';
import { parseDesignSpec } from '../../model/design-spec.ts';
import { check } from '../../produce/check.ts';
import { preview } from '../../produce/preview.ts';
import type { RenderCache } from '../../produce/render-cache.ts';
import type { ChildParts } from './child-parts.ts';
import { renderJob } from './render-job.ts';
import type { Picture, Task, TaskKind, TaskOf, TaskResults } from './task.ts';

/** Does what a rendering process was asked for. @throws Problem as the core and the store do */
export const runTask = (task: Task, parts: ChildParts, cache: RenderCache, work: RenderWork): Promise<TaskResults[TaskKind]> => {
  switch (task.kind) {
    case 'render':
      return renderJob(task.job, task.uploads, parts, cache, work);
    case 'preview':
      return pictureOf(task, parts, cache, work.signal);
    case 'check':
      return check(parseDesignSpec(task.spec), parts.resourcesFor(task.tenant, task.uploads), work.signal);
  }
};

const pictureOf = async (task: TaskOf<'preview'>, parts: ChildParts, cache: RenderCache, signal: AbortSignal): Promise<Picture> => {
  const resources = parts.resourcesFor(task.tenant, task.uploads);
  const { file, findings } = await preview(parseDesignSpec(task.spec), resources, { ...task.request, signal, cache });
  return { bytes: file.data, mediaType: file.mediaType, widthPx: file.widthPx, heightPx: file.heightPx, findings };
};
