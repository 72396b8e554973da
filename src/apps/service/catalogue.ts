import { join } from 'node:path';
import { openFontLibrary } from '../../drivers/resources/font-library.ts';
import { isProblem } from '../../model/problem.ts';
import { productIdsIn } from '../cli/product-folder.ts';
import { recordIdsIn } from '../cli/record-folder.ts';
import { type OpenResources, openLibrary } from '../cli/session.ts';
import type { DesignShelf, FontFamily, Library, Palette } from '../server/server-parts.ts';
import type { ChildConfig } from '../worker/child-parts.ts';
import { openDesignShelf } from './design-shelf.ts';

export type OpenCatalogue = Library & { readonly designs: DesignShelf; close(): Promise<void> };

type LibraryConfig = Pick<ChildConfig, 'templatesDir' | 'fontsDir' | 'profilesDir'>;

/** What the API shows of the library of products, fonts and palettes. */
export const openCatalogue = async ({ templatesDir, fontsDir, profilesDir }: LibraryConfig): Promise<OpenCatalogue> => {
  const folders = { templates: templatesDir, fonts: fontsDir, profiles: profilesDir };
  const resources: OpenResources = await openLibrary(folders, templatesDir);
  const fonts = familiesOf((await openFontLibrary(fontsDir)).list());
  return {
    resources,
    productIds: () => productIdsIn(join(templatesDir, 'products')),
    fonts: async () => fonts,
    palettes: () => palettesOf(templatesDir, resources),
    designs: openDesignShelf({ resources, templatesDir, now: Date.now }),
    close: () => resources.close(),
  };
};

/** Palettes that can be read; a broken one must not hide the others. */
const palettesOf = async (templatesDir: string, resources: OpenResources): Promise<readonly Palette[]> => {
  const ids = await recordIdsIn(templatesDir, 'palettes');
  const palettes = await Promise.all(ids.map((id) => readablePalette(id, resources)));
  return palettes.flatMap((one) => one ?? []);
};

const readablePalette = async (id: string, resources: OpenResources): Promise<Palette | null> => {
  try {
    const { name, kind, swatches } = await resources.palette(id);
    return { id, name, kind, colours: swatches.map((one) => ({ id: one.id, name: one.name, colour: one.colour })) };
  } catch (error) {
    if (!isProblem(error)) throw error;
    return null;
  }
};

type Face = ReturnType<Awaited<ReturnType<typeof openFontLibrary>>['list']>[number];

const familiesOf = (faces: readonly Face[]): readonly FontFamily[] => {
  const families = new Map<string, Face[]>();
  for (const face of faces) families.set(face.family, [...(families.get(face.family) ?? []), face]);
  return [...families]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([family, all]) => ({
      family,
      faces: all.map(({ weight, italic, axes }) => {
        const range = axes.find(({ tag }) => tag === 'wght');
        return { weight: range ? ([range.min, range.max] as const) : weight, italic };
      }),
      licence: all[0]?.licence,
      scripts: [...new Set(all.flatMap(({ scripts }) => scripts))].sort(),
    }));
};
