import type { FinderPicture, FoundFaces, FoundSubject, PhotoFinder, PictureBox } from '../../model/photo-finder.ts';
import { Problem } from '../../model/problem.ts';
import { ByteCache } from '../resources/byte-cache.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import type { FinderAnswer, FinderQuestion } from './ask.ts';
import { shrunkPart } from './rgb-image.ts';

export type PhotoFinderOptions = {
  /** An ONNX model of the shop's own for subjects: as `openSubjectNet`. */
  readonly modelPath?: string | undefined;
  /** Runs the networks; without it, one is opened at the first question. */
  readonly sandbox?: Pick<Sandbox, 'findInPhoto'>;
};

export type OpenPhotoFinder = PhotoFinder & { close(): void };

/** The runtime takes some 450 MB and a second to start, so its process is kept. */
const FINDER_SANDBOX = { deadlineMs: 60_000, maxMemoryBytes: 2_500_000_000, children: 1, keepBelowBytes: 1_200_000_000 } as const;
const CACHE_BYTES = 32_000_000;
/** Faces are looked for in a picture of this size at most, subjects in one of this. */
const FACES_PX = 1280;
const SUBJECT_PX = 960;

/**
 * Finds subjects and faces with trained networks, in a process of its own. Nothing is loaded before the first question; what is missing then is
 * told with the command that installs it. Answers are kept by the digest of the picture.
 */
export const openPhotoFinder = ({ modelPath, sandbox }: PhotoFinderOptions = {}): OpenPhotoFinder => {
  let own: Sandbox | null = null;
  const asked = (): Pick<Sandbox, 'findInPhoto'> => {
    if (sandbox) return sandbox;
    own ??= openSandbox(FINDER_SANDBOX);
    return own;
  };
  const subjects = new ByteCache<FoundSubject>(CACHE_BYTES, ({ matte }) => matte.alpha.length + 200);
  const faces = new ByteCache<FoundFaces>(1_000_000, (found) => 200 + 100 * found.faces.length);
  const ask = (
    image: FinderPicture,
    part: PictureBox,
    mostPx: number,
    find: FinderQuestion['find'],
    signal: AbortSignal,
  ): Promise<FinderAnswer> => {
    const { width, height, rgb } = shrunkPart(image, part, mostPx);
    return asked().findInPhoto(rgb, { find, width, height, modelPath: modelPath ?? null }, signal);
  };
  return {
    subject: (image, part, signal) =>
      subjects.get(`${image.digest} ${part.x} ${part.y} ${part.width} ${part.height}`, async () => {
        const { matte, model } = await ask(image, part, SUBJECT_PX, 'subject', signal);
        if (!matte) throw new Problem('cut-out.model', 'expected a matte from the cut-out model, got none');
        return { matte, model };
      }),
    faces: (image, signal) =>
      faces.get(image.digest, async () => {
        const { faces: guesses = [], model } = await ask(
          image,
          { x: 0, y: 0, width: image.widthPx, height: image.heightPx },
          FACES_PX,
          'faces',
          signal,
        );
        const found = guesses.map(({ box, score }) => ({
          score,
          box: {
            x: box.x * image.widthPx,
            y: box.y * image.heightPx,
            width: box.width * image.widthPx,
            height: box.height * image.heightPx,
          },
        }));
        return { model, faces: found.sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height) };
      }),
    close: () => own?.close(),
  };
};
