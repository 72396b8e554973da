export { appearanceRequestFor } from './appearance-request.ts';
export type { MockupLayer } from './art-texture.ts';
export { artboardOf } from './artboard.ts';
export { type CompiledView, compileView, MAX_WIDTH_PX } from './compile-view.ts';
export { flatProof } from './flat-proof.ts';
export { paintMockup, renderMockup } from './render-mockup.ts';
export type { MockupChoices } from './zone-colours.ts';
