import type { Artifact, Manifest } from '../../src/model/manifest.ts';

/** The manifest of a run that made these files, and nothing else to tell. */
export const manifestOf = (artifacts: readonly Artifact[] = []): Manifest => ({
  version: 1,
  platen: '0.0.0',
  status: 'made',
  specDigest: 'a'.repeat(64),
  product: 'card',
  shop: 'standard',
  inputs: [],
  artifacts: [...artifacts],
  findings: [],
});
