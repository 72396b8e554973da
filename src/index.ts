/** Platen as a library: parse a spec, open resources and a sink, produce. See docs/architecture.md. */
export { openFontLibrary } from './drivers/resources/font-library.ts';
export { openFsResources } from './drivers/resources/fs-resources.ts';
export { openMemoryResources } from './drivers/resources/memory-resources.ts';
export { openFolderSink } from './drivers/store/folder-sink.ts';
export { openMemorySink } from './drivers/store/memory-sink.ts';
export { METHODS } from './methods/index.ts';
export { type DesignSpec, parseDesignSpec } from './model/design-spec.ts';
export { type Finding, hasErrors } from './model/finding.ts';
export type { Artifact, Manifest } from './model/manifest.ts';
export { InvalidInput, type Mistake } from './model/parse.ts';
export { Problem } from './model/problem.ts';
export { type Product, parseProduct } from './model/product.ts';
export type { Resources } from './model/resources.ts';
export { parseShop, type Shop } from './model/shop.ts';
export type { Sink } from './model/sink.ts';
export { check } from './produce/check.ts';
export { type PreviewOptions, preview } from './produce/preview.ts';
export { type ProduceOptions, type Progress, produce } from './produce/produce.ts';
