import type { FontFacts } from '../../intake/inspect-font.ts';
import type { PsdImport } from '../../intake/psd/import-psd.ts';
import type { DecodedImage, Drawing, StitchFile } from '../../model/resources.ts';
import type { FinderAnswer } from '../cut-out/ask.ts';

/** What the child process can be asked, with what comes back. */
export type Tasks = {
  readonly 'decode-image': DecodedImage;
  readonly 'read-svg': Drawing;
  readonly 'read-stitches': StitchFile;
  readonly 'inspect-font': FontFacts;
  readonly 'import-psd': SentImport;
  readonly 'find-in-photo': FinderAnswer;
};

/** Maps do not travel between processes: the files as a list. */
export type SentImport = Omit<PsdImport, 'files'> & { readonly files: readonly (readonly [string, Uint8Array])[] };

export type TaskName = keyof Tasks;

/** `limits` are those of the task's reader, for `import-psd` all its options; null takes its defaults. */
export type Request = { readonly task: TaskName; readonly bytes: Uint8Array; readonly limits: object | null };

export type Reply =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly hint: string | undefined;
      readonly retry: 'never' | 'later';
    };
