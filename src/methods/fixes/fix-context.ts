import type { Finding } from '../../model/finding.ts';
import type { Layer } from '../../model/layers.ts';
import type { Scene } from '../../scene/scene.ts';
import { layersOf, type Visited } from '../../scene/walk.ts';

/** What a fix may look at beside the finding: the placement as the spec has it, and as it is painted. */
export type FixContext = {
  readonly method: string;
  /** JSON pointer of the placement in the spec. */
  readonly pointer: string;
  readonly layers: readonly Layer[];
  readonly scene: Scene;
  /** What composing said: text that is to shrink must not be moved as well. */
  readonly composed: readonly Finding[];
};

/** Every layer of the placement with its pointer, those of groups included. */
export const layersIn = ({ layers, pointer }: FixContext): readonly Visited[] => layersOf(layers, `${pointer}/layers`);

export const layerAt = (context: FixContext, pointer: string): Layer | undefined =>
  layersIn(context).find((one) => one.pointer === pointer)?.layer;
