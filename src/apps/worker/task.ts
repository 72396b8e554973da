import type { Job } from '../../jobs/job.ts';
import type { Asset } from '../../jobs/ledger.ts';
import type { RenderOutcome } from '../../jobs/render.ts';
import type { Finding } from '../../model/finding.ts';

/** What a rendering process is told about a job. */
export type RenderJob = Pick<Job, 'id' | 'tenant' | 'spec' | 'specDigest' | 'options' | 'origin' | 'createdAtMs'>;

/** What the uploads are that a spec names, by id: rendering processes have no ledger to ask. */
export type Uploads = Readonly<Record<string, Pick<Asset, 'state' | 'key' | 'sha256' | 'bytes' | 'name'>>>;

export type PictureRequest = {
  readonly view?: string | undefined;
  readonly placement?: string | undefined;
  readonly widthPx: number;
  readonly heightPx?: number | undefined;
  readonly fit?: 'contain' | 'cover' | undefined;
  readonly format?: 'png' | 'jpeg' | 'webp' | 'avif' | undefined;
};

export type Picture = {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly widthPx?: number | undefined;
  readonly heightPx?: number | undefined;
  readonly findings: readonly Finding[];
};

/** What a rendering process can be asked for, as plain data. */
export type Task =
  | { readonly kind: 'render'; readonly job: RenderJob; readonly uploads: Uploads }
  | {
      readonly kind: 'preview';
      readonly tenant: string;
      readonly spec: unknown;
      readonly request: PictureRequest;
      readonly uploads: Uploads;
    }
  | { readonly kind: 'check'; readonly tenant: string; readonly spec: unknown; readonly uploads: Uploads };

/** What comes back, by kind of task. */
export type TaskResults = { readonly render: RenderOutcome; readonly preview: Picture; readonly check: readonly Finding[] };
export type TaskKind = Task['kind'];
export type TaskOf<Kind extends TaskKind> = Extract<Task, { readonly kind: Kind }>;

export const renderJobOf = ({ id, tenant, spec, specDigest, options, origin, createdAtMs }: Job): RenderJob => ({
  id,
  tenant,
  spec,
  specDigest,
  options,
  origin,
  createdAtMs,
});

const UPLOAD = /^upload:(ast_[0-9a-z]{1,60})$/;
const MAX_DEPTH = 64;

/** Ids of the uploads that a spec names anywhere. */
export const uploadsNamedIn = (spec: unknown): readonly string[] => {
  const found = new Set<string>();
  const walk = (value: unknown, depth: number): void => {
    if (typeof value === 'string') {
      const [, id] = UPLOAD.exec(value) ?? [];
      if (id !== undefined) found.add(id);
    } else if (value !== null && typeof value === 'object' && depth < MAX_DEPTH) {
      for (const member of Object.values(value)) walk(member, depth + 1);
    }
  };
  walk(spec, 0);
  return [...found].sort();
};
