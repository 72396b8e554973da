import type { CmykColour, SrgbColour } from '../../colour/colour.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';
import type { Plate } from '../art-plates.ts';
import type { FinishingStep } from './finishing-steps.ts';
import type { ToolLine } from './tool-lines.ts';

/** Everything of one spot that is no process ink. */
export type Finish = {
  readonly name: string;
  readonly step: FinishingStep;
  readonly alternate: SrgbColour | CmykColour;
  /** Ways of a tool, for steps that follow lines. */
  readonly lines: readonly ToolLine[];
  /** Painted areas, for the others. */
  readonly nodes: readonly SceneNode[];
  /** A ground made for the art. */
  readonly plate: Plate | null;
};

/** A page taken apart: what presses print, and what else is done to the sheet, from the sheet up. */
export type FinishedPage = { readonly scene: Scene; readonly finishes: readonly Finish[] };
