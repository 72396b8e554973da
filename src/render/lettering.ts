import type { SceneNode } from '../scene/scene.ts';

/** Sets a plain line of text as outlines in a box at 0,0 (mm), left aligned. */
export type Lettering = (text: string, widthMm: number, heightMm: number) => readonly SceneNode[];
