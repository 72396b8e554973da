import { join } from 'node:path';
import { openFontLibrary } from '../../drivers/resources/font-library.ts';
import { productIdsIn } from '../cli/product-folder.ts';
import { type OpenResources, openLibrary } from '../cli/session.ts';
import type { FontFamily, Library } from '../server/server-parts.ts';
import type { ChildConfig } from '../worker/child-parts.ts';

export type OpenCatalogue = Library & { close(): Promise<void> };

/** What the API shows of the library of products and fonts. */
export const openCatalogue = async ({ templatesDir, fontsDir, profilesDir }: ChildConfig): Promise<OpenCatalogue> => {
  const folders = { templates: templatesDir, fonts: fontsDir, profiles: profilesDir };
  const resources: OpenResources = await openLibrary(folders, templatesDir);
  const fonts = familiesOf((await openFontLibrary(fontsDir)).list());
  return {
    resources,
    productIds: () => productIdsIn(join(templatesDir, 'products')),
    fonts: async () => fonts,
    palettes: async () => [],
    close: () => resources.close(),
  };
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
