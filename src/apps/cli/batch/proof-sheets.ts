import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../../model/manifest.ts';
import { isProblem } from '../../../model/problem.ts';
import { contactSheet, type SheetPicture, sheetLayout, sheetPicture } from '../../../produce/contact-sheet.ts';
import { CAPTION_FONT } from '../../../scene/layers/code-caption.ts';
import { lineOfText } from '../../../scene/layers/line-of-text.ts';
import { FontSet } from '../../../scene/text/font-set.ts';
import type { OpenResources } from '../session.ts';

/** Pictures on one page, and the most pages: the proof of a large batch shows its first rows. */
const PER_PAGE = 20;
const MOST_PAGES = 25;

export type ProofRow = { readonly label: string; readonly folder: string; readonly manifest: Manifest };

const PICTURES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/avif'];

/** What shows a row best: its first mockup, else its first flat preview. */
const pictureOf = ({ manifest }: ProofRow): string | null => {
  const shown = manifest.artifacts.filter(({ mediaType }) => PICTURES.includes(mediaType));
  return (shown.find(({ role }) => role === 'mockup') ?? shown.find(({ role }) => role === 'preview'))?.name ?? null;
};

/** Pages of pictures of the rows, `proof-1.png` and on, for a person to look over. `resources` reads relative sources from `out`. */
export const writeProofs = async (
  out: string,
  rows: readonly ProofRow[],
  resources: OpenResources,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const shown = rows.flatMap((row) => {
    const name = pictureOf(row);
    return name === null ? [] : [{ label: row.label, source: `${row.folder}/${name}` }];
  });
  const pages = Array.from({ length: Math.min(MOST_PAGES, Math.ceil(shown.length / PER_PAGE)) }, (_, i) =>
    shown.slice(i * PER_PAGE, (i + 1) * PER_PAGE),
  );
  if (pages.length === 0) return [];
  const fonts = await FontSet.open([{ request: CAPTION_FONT, file: await resources.font(CAPTION_FONT) }]);
  const names: string[] = [];
  try {
    for (const page of pages) {
      const layout = sheetLayout(page.length);
      const pictures: SheetPicture[] = [];
      for (const { label, source } of page) {
        const picture = await resources.image(source, signal).catch((error: unknown) => {
          // Taken away while we looked: the proof shows the others.
          if (isProblem(error)) return null;
          throw error;
        });
        if (picture) pictures.push(await sheetPicture(label, picture, layout, signal));
      }
      const lettering = (text: string, widthMm: number, heightMm: number) => lineOfText(text, { widthMm, heightMm }, fonts);
      const { data } = await contactSheet(pictures, layout, 'png', { lettering, signal });
      const name = `proof-${names.length + 1}.png`;
      await writeFile(join(out, name), data);
      names.push(name);
    }
  } finally {
    fonts.dispose();
  }
  return names;
};
