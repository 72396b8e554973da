import type { RenderFailure } from '../../../jobs/job-problem.ts';
import type { Finding } from '../../../model/finding.ts';
import type { RecordPins } from '../rerender/kept-records.ts';
import type { LibraryFolders } from '../session.ts';

/** What a process that makes rows must know, as plain data. */
export type RowConfig = {
  readonly library: LibraryFolders;
  /** Where relative sources are. */
  readonly baseDir: string;
  readonly assetsDir?: string;
  readonly version: string;
};

export type RowTask = {
  readonly spec: unknown;
  /** Absolute. */
  readonly folder: string;
  readonly only?: 'production' | 'preview' | 'mockup';
  readonly force?: boolean;
  /** Records that are to be as they were. */
  readonly pins?: RecordPins;
};

/** The end of a row that did not fail. `code` and `message` are those of the first error of a refused one. */
export type RowMade = {
  readonly status: 'made' | 'refused';
  readonly files: number;
  readonly errors: readonly { readonly code: string; readonly message: string; readonly pointer: string }[];
};

/** One finding of a row that was checked, without what only programs read. */
export type RowCheck = Pick<Finding, 'severity' | 'code' | 'pointer' | 'message' | 'hint'>;

export type ToRowChild =
  | { readonly type: 'start'; readonly config: RowConfig }
  | { readonly type: 'run'; readonly task: RowTask }
  | { readonly type: 'check'; readonly spec: unknown };

export type FromRowChild =
  | { readonly type: 'ready' }
  | { readonly type: 'broken'; readonly failure: RenderFailure }
  | { readonly type: 'done'; readonly made: RowMade }
  | { readonly type: 'checked'; readonly findings: readonly RowCheck[] }
  | { readonly type: 'failed'; readonly failure: RenderFailure };
