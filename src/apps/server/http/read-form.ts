import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { HttpProblem } from '../problems/http-problem.ts';

export type FormFile<T> = { readonly file: T; readonly fileName: string | null; readonly fields: Readonly<Record<string, string>> };

/** Takes the bytes of a file as they arrive; `fileName` is what its sender calls it. */
export type TakeFile<T> = (bytes: AsyncIterable<Uint8Array>, fileName: string | null) => Promise<T>;

const LIMITS = { files: 1, fields: 4, parts: 5, fieldNameSize: 60, fieldSize: 1000, headerPairs: 20, headerSize: 4096 } as const;

/**
 * Reads a multipart form with one file in the field `file`. `take` gets its bytes as they arrive.
 * @throws HttpProblem `upload.form` for any other form; what reading the request or `take` throws
 */
export const readForm = async <T>(contentType: string, chunks: AsyncIterable<Uint8Array>, take: TakeFile<T>): Promise<FormFile<T>> => {
  const form = openForm(contentType);
  const fields: Record<string, string> = {};
  let found: { readonly stream: BusboyFileStream; readonly fileName: string; readonly taken: Promise<T> } | undefined;
  const ended = new Promise<void>((done, fail) => {
    const refuse = (what: string): void => fail(formProblem(what));
    form.on('file', (field: string, stream: BusboyFileStream, fileName: string) => {
      if (field !== 'file' || found) {
        stream.resume();
        refuse(`a file in the field "${field.slice(0, 60)}"`);
        return;
      }
      found = { stream, fileName, taken: take(stream, fileName || null) };
      found.taken.catch(fail);
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
  try {
    await Promise.all([feed(form, chunks, ended), ended]);
    if (!found) throw formProblem('no file');
    return { file: await found.taken, fileName: found.fileName || null, fields };
  } catch (error) {
    // Whoever takes the file must not go on waiting for the rest of it, nor finish after we have answered.
    found?.stream.destroy(error instanceof Error ? error : undefined);
    await found?.taken.catch(() => undefined);
    throw error;
  }
};

const openForm = (contentType: string): BusboyInstance => {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS });
  } catch (cause) {
    throw formProblem('one without a boundary', cause);
  }
};

/** Passes the request on at the speed at which it is taken, until the form is over or refused; its failure is the form's. */
const feed = async (form: BusboyInstance, chunks: AsyncIterable<Uint8Array>, ended: Promise<void>): Promise<void> => {
  let isOver = false;
  const stop = (): void => {
    isOver = true;
  };
  ended.then(stop, stop);
  try {
    for await (const chunk of chunks) {
      if (isOver) return;
      if (!form.write(chunk)) await Promise.race([new Promise<void>((done) => form.once('drain', done)), ended]);
    }
    form.end();
  } catch (error) {
    form.destroy(error instanceof Error ? error : undefined);
    throw error;
  }
};

const formProblem = (got: string, cause?: unknown): HttpProblem =>
  new HttpProblem('upload.form', `expected a form with one file in the field "file", got ${got}`, { cause });
