import type { ArtifactStore } from '../../jobs/artifact-store.ts';
import { Problem } from '../../model/problem.ts';
import type { Resources } from '../../model/resources.ts';
import { openSandbox } from '../sandbox/sandbox.ts';
import { DecodedSources } from './decoded-sources.ts';
import { type FsResourcesOptions, openFsResources, readWordList } from './fs-resources.ts';
import { type HttpSources, type HttpSourcesOptions, openHttpSources } from './http-sources.ts';
import { dataSource, parseSource, type Source } from './source.ts';
import type { LocateSource, SourceBytes } from './source-bytes.ts';
import { type FindAsset, storeSource, uploadSource } from './upload-sources.ts';

export type ServiceResourcesOptions = Pick<
  FsResourcesOptions,
  'templatesDir' | 'fontsDir' | 'profilesDir' | 'sandbox' | 'cacheBytes' | 'maxFileBytes' | 'cutOutModel'
> & {
  /** Without it, or with no allowed hosts, no address is fetched. */
  readonly http?: HttpSourcesOptions;
  /** Without it `upload:` and `store:` are not read. */
  readonly stored?: { readonly findAsset: FindAsset; readonly store: Pick<ArtifactStore, 'get' | 'stat'> };
};

export type ServiceResources = {
  /** What specs of a tenant may name. Everything decoded is shared, by content, with the others. */
  forTenant(tenant: string): Resources;
  close(): Promise<void>;
};

const MAX_FILE_BYTES = 200_000_000;

/** Nothing of this machine's disk is named by a spec that came from outside. */
const localRefused = (what: string, takes: readonly string[]): Problem =>
  new Problem('source.local', `expected ${takes.join(' or ')}, got ${what}`, {
    hint: 'The service reads no local files: upload the file and name it upload:ast_…',
  });

/** @throws Problem `source.local`, `source.host-refused`, or that of the kind of source */
const locateFor = (tenant: string, options: ServiceResourcesOptions, http: HttpSources | null): LocateSource => {
  const stored = options.stored && { ...options.stored, maxBytes: options.maxFileBytes ?? MAX_FILE_BYTES };
  const takes = [...(http ? ['an https: address'] : []), ...(stored ? ['an upload: id'] : []), 'a data: URL'];
  const unknown = (scheme: string): Problem =>
    new Problem(
      'source.scheme',
      `expected ${takes.join(' or ')}, got ${scheme === '' ? 'another kind of source' : `a ${scheme}: source`}`,
      {
        hint: scheme.startsWith('http') ? 'The operator names the hosts that pictures may come from in PLATEN_ALLOWED_SOURCES.' : undefined,
      },
    );
  const parse = (source: string): Source => {
    try {
      return parseSource(source);
    } catch (error) {
      throw error instanceof Problem ? unknown('') : error;
    }
  };
  return (source): SourceBytes => {
    const parsed = parse(source);
    switch (parsed.kind) {
      case 'data':
        return dataSource(parsed.url);
      case 'file':
        throw localRefused('a file path', takes);
      case 'asset':
        throw localRefused('an asset: name', takes);
      case 'url':
        if (!http) throw unknown(parsed.scheme);
        return http.locate(tenant, parsed.url);
      case 'upload':
        if (!stored) throw unknown(parsed.scheme);
        return uploadSource(stored, tenant, parsed.id);
      case 'store':
        if (!stored) throw unknown(parsed.scheme);
        return storeSource(stored, tenant, parsed.key);
    }
  };
};

/** A spec may name a profile, too: by its name in the library only. */
const checkProfileName = (name: string): string => {
  if (/^[\w.-]{1,100}$/.test(name) && !/\.ic[cm]$/i.test(name)) return name;
  throw new Problem('source.local', `expected the name of an output profile, got "${name.slice(0, 100)}"`, {
    hint: 'The service reads no local files: ask the operator to add the profile to the library.',
  });
};

/**
 * Resources for specs that came from outside: pictures by address, upload, store key or data: URL, and nothing else of this machine
 * than the library of products, fonts and profiles. Close it when done.
 */
export const openServiceResources = async (options: ServiceResourcesOptions): Promise<ServiceResources> => {
  const { templatesDir, fontsDir, profilesDir, cutOutModel } = options;
  const http = options.http && options.http.allowedHosts.length > 0 ? await openHttpSources(options.http) : null;
  const sandbox = options.sandbox ?? openSandbox();
  // Its own sources are never asked for: every picture goes through `decoded`.
  const library = await openFsResources({ templatesDir, fontsDir, profilesDir, baseDir: profilesDir, sandbox, cacheBytes: 0, cutOutModel });
  const decoded = new DecodedSources(sandbox, options.cacheBytes);
  return {
    forTenant: (tenant) => {
      const locate = locateFor(tenant, options, http);
      return {
        product: (id) => library.product(id),
        shop: (id) => library.shop(id),
        font: (request) => library.font(request),
        palette: (id) => library.palette(id),
        design: (id) => library.design(id),
        optionSet: (id) => library.optionSet(id),
        wordList: async (id) => readWordList(templatesDir, id),
        views: (productId) => library.views(productId),
        view: (productId, viewId) => library.view(productId, viewId),
        profile: async (name) => library.profile(checkProfileName(name)),
        image: (source, signal) => decoded.image(source, locate, signal),
        drawing: (source, signal) => decoded.drawing(source, locate, signal),
        ...(library.photoFinder ? { photoFinder: library.photoFinder } : {}),
        stitches: (source, format, signal) => decoded.stitches(source, format, locate, signal),
      };
    },
    close: async () => {
      await library.close();
      if (options.sandbox === undefined) sandbox.close();
      decoded.clear();
      await http?.close();
    },
  };
};
