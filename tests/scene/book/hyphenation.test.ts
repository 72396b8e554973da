import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { lacksPatterns, openHyphenation } from '../../../src/scene/book/hyphenation.ts';

const divided = async (language: string, text: string): Promise<string> =>
  (await openHyphenation(language))(text).replaceAll('\u00AD', '-');

describe('words are divided by the rules of their language', () => {
  it.each([
    ['en', 'extraordinary lighthouse', 'ex-tra-or-di-nary light-house'],
    ['de', 'Leuchtturm Donaudampfschiff', 'Leucht-turm Do-nau-dampf-schiff'],
    ['fr', 'extraordinaire', 'ex-tra-or-di-naire'],
    ['es', 'extraordinario', 'ex-tra-or-di-na-rio'],
    ['nl', 'geheimzinnige vuurtoren', 'ge-heim-zin-nige vuur-to-ren'],
    ['it', 'straordinario', 'straor-di-na-rio'],
    ['pl', 'nadzwyczajny', 'nad-zwy-czajny'],
    ['pt', 'maravilhoso', 'ma-ra-vi-lhoso'],
    ['da', 'sommerfugl', 'som-mer-fugl'],
    ['nb', 'vidunderlige', 'vid-un-der-lige'],
    ['fi', 'merkillinen', 'mer-kil-li-nen'],
  ])('%s: %s', async (language, text, expected) => {
    expect(await divided(language, text)).toBe(expected);
  });

  it('with patterns of free licences alone', async () => {
    const source = await readFile(new URL('../../../src/scene/book/hyphenation.ts', import.meta.url), 'utf8');
    const loaded = [...source.matchAll(/hyphen\/patterns\/([\w-]+)\.js/g)].map(([, name]) => name);
    const page = await readFile(new URL('../../../docs/decisions/dependencies.md', import.meta.url), 'utf8');
    const rows = page
      .slice(page.indexOf('## Patterns of hyphenation'))
      .matchAll(/^\| [^|]+ \| `([\w-]+)`[^|]* \| (MIT|BSD|all-permissive)/gm);
    expect(loaded.toSorted()).toEqual([...rows].map(([, name]) => name).toSorted());
    expect(await divided('sv', 'underbara')).toBe('underbara');
    expect(['sv', 'cs-CZ', 'hu', 'de', 'ja', 'ar'].filter(lacksPatterns)).toEqual(['sv', 'cs-CZ', 'hu']);
  });

  it('in no way where there are no patterns, and as written where there is a soft hyphen', async () => {
    expect(await divided('ja', 'extraordinary')).toBe('extraordinary');
    expect(await divided('ar', 'استثنائي')).toBe('استثنائي');
    expect(await divided('en', 'extra\u00ADordinary')).toBe('extra-ordinary');
  });

  it('leaving names whole, but in German, where every noun has a capital', async () => {
    expect(await divided('en', 'Alexandria wondered')).toBe('Alexandria won-dered');
    expect(await divided('de-AT', 'Alexandria')).toContain('-');
  });

  it('changing no letter', async () => {
    const text = 'Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich, 3½ Stunden lang!';
    expect((await divided('de', text)).replaceAll('-', '')).toBe(text);
  });
});
