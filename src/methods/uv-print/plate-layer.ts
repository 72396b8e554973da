import type { CmykColour } from '../../colour/colour.ts';
import { isEmptyPath, type Path } from '../../geometry/path.ts';
import type { PageLayer } from '../../render/pdf/document.ts';
import type { PathNode } from '../../scene/scene.ts';
import type { PlateParts } from './parts.ts';

/** What programs without the ink show: faint, since it lies in the same picture as the art, and yet to be seen on its own. */
export const WHITE_LOOK: CmykColour = { space: 'cmyk', c: 0.12, m: 0, y: 0, k: 0 };
export const VARNISH_LOOK: CmykColour = { space: 'cmyk', c: 0, m: 0, y: 0.2, k: 0 };

/** A plate as a layer of the page, in its ink. */
export const pageLayer = ({ plate, nodes }: PlateParts, name: string, alternate: CmykColour): PageLayer => ({
  layer: name,
  plates: plate ? plate.pictures.map((picture) => ({ ...picture, spot: { name, alternate } })) : [],
  nodes: [...(plate && !isEmptyPath(plate.path) ? [filled(plate.path, name, alternate)] : []), ...nodes],
});

const filled = (path: Path, name: string, alternate: CmykColour): PathNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule: 'nonzero',
  fill: { kind: 'solid', colour: { space: 'spot', name, tint: 1, alternate } },
  stroke: null,
});
