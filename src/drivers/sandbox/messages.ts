import type { FontFacts } from '../../intake/inspect-font.ts';
import type { DecodedImage, Drawing } from '../../model/resources.ts';

/** What the child process can be asked, with what comes back. */
export type Tasks = {
  readonly 'decode-image': DecodedImage;
  readonly 'read-svg': Drawing;
  readonly 'inspect-font': FontFacts;
};

export type TaskName = keyof Tasks;

/** `limits` are those of the task's reader; null takes its defaults. */
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
