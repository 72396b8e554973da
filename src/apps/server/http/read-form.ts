import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { HttpProblem } from '../problems/http-problem.ts';

export type FormFile<T> = { readonly file: T; readonly fileName: string | null; readonly fields: Readonly<Record<string, string>> };

const LIMITS = { files: 1, fields: 4, parts: 5, fieldNameSize: 60, fieldSize: 1000, headerPairs: 20, headerSize: 4096 } as const;

/**
 * Reads a multipart form with one file in the field `file`. `take` gets its bytes as they arrive.
 * @throws HttpProblem `upload.form` for any other form; what reading the request or `take` throws
 */
export const readForm = async <T>(
  contentType: string,
  chunks: AsyncIterable<Uint8Array>,
  take: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<FormFile<T>> => {
  const form = openForm(contentType);
  const fields: Record<string, string> = {};
  let taken: Promise<T> | undefined;
  let name: string | null = null;
  const ended = new Promise<void>((done, fail) => {
    const refuse = (what: string): void => fail(formProblem(what));
    form.on('file', (field: string, stream: BusboyFileStream, fileName: string) => {
      if (field !== 'file' || taken) {
        stream.resume();
        refuse(`a file in the field "${field.slice(0, 60)}"`);
        return;
      }
      name = fileName || null;
      taken = take(stream);
      taken.catch(fail);
    });
    form.on('field', (field: string, value: string) => {
      if (field === 'name') fields.name = value;
      else refuse(`a field "${field.slice(0, 60)}"`);
    });
    form.on('filesLimit', () => refuse('more than one file'));
    form.on('partsLimit', () => refuse('too many parts'));
    form.on('fieldsLimit', () => refuse('too many fields'));
    form.on('error', (error: unknown) => fail(error instanceof HttpProblem ? error : formProblem('one that cannot be read', error)));
    form.on('finish', done);
  });
  await Promise.all([feed(form, chunks, ended), ended]);
  if (!taken) throw formProblem('no file');
  return { file: await taken, fileName: name, fields };
};

const openForm = (contentType: string): BusboyInstance => {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS });
  } catch (cause) {
    throw formProblem('one without a boundary', cause);
  }
};

/** Passes the request on at the speed at which it is taken; its failure is the form's. */
const feed = async (form: BusboyInstance, chunks: AsyncIterable<Uint8Array>, ended: Promise<void>): Promise<void> => {
  try {
    // A form that was refused drains no more: its end is waited for as well.
    for await (const chunk of chunks)
      if (!form.write(chunk)) await Promise.race([new Promise<void>((done) => form.once('drain', done)), ended]);
    form.end();
  } catch (error) {
    form.destroy(error instanceof Error ? error : undefined);
    throw error;
  }
};

const formProblem = (got: string, cause?: unknown): HttpProblem =>
  new HttpProblem('upload.form', `expected a form with one file in the field "file", got ${got}`, { cause });
