import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openFolderSink, openFsResources, openMemorySink, parseDesignSpec, produce, RenderCache } from '../../dist/index.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const exampleNames = () =>
  readdirSync(`${root}examples`)
    .filter((name) => existsSync(`${root}examples/${name}/spec.json`))
    .sort();

/** An example's spec and its resources, opened as the command opens them. Close the resources when done. */
export const openExample = async (name) => {
  const baseDir = `${root}examples/${name}`;
  const resources = await openFsResources({
    templatesDir: `${root}templates`,
    fontsDir: `${root}fonts`,
    profilesDir: `${root}profiles`,
    baseDir,
    assetsDir: `${root}examples/assets`,
  });
  return { spec: JSON.parse(readFileSync(`${baseDir}/spec.json`, 'utf8')), resources };
};

/** As a service keeps it: fonts and views stay warm from order to order. */
const cache = new RenderCache();

/** One order from JSON to files in memory: the files by name, manifest included. */
export const produceOrder = async (json, resources) => {
  const sink = openMemorySink();
  const manifest = await produce(parseDesignSpec(json), resources, sink, { signal: new AbortController().signal, version: 'bench', cache });
  if (manifest.status !== 'made')
    throw new Error(`expected files, got findings: ${manifest.findings.map(({ message }) => message).join('; ')}`);
  return sink.files();
};

/** One order from JSON to files on disk, durable, as `platen render` leaves them. */
export const produceInto = (folder, json, resources) =>
  produce(parseDesignSpec(json), resources, openFolderSink(folder), { signal: new AbortController().signal, version: 'bench', cache });

/** Resources that ask `library` for a thing once; `aliases` gives sources of pictures other names. */
export const keptByName = (library, aliases = {}) => {
  const kept = new Map();
  const keep =
    (kind) =>
    (...about) => {
      const key = JSON.stringify([kind, ...about]);
      if (!kept.has(key)) kept.set(key, library[kind](...about));
      return kept.get(key);
    };
  const picture = (kind) => (source, signal) => {
    if (!kept.has(source)) kept.set(source, library[kind](aliases[source] ?? source, signal));
    return kept.get(source);
  };
  const [product, shop, font, views, view, profile] = ['product', 'shop', 'font', 'views', 'view', 'profile'].map(keep);
  return { product, shop, font, views, view, profile, image: picture('image'), drawing: picture('drawing') };
};
