import type { SceneNode } from '../scene.ts';

/** What stands in a frame, one below the other: lines of type, pictures, clear space. */
export type FlowItem = {
  readonly kind: 'line' | 'gap' | 'picture';
  readonly heightMm: number;
  /** Never the last thing in a frame. */
  readonly keepNext: boolean;
  /** Nodes in page mm, for an item whose top left corner stands there. */
  readonly draw: (x: number, y: number) => readonly SceneNode[];
  /** Of a line: from its head to where its letters stand. */
  readonly baselineMm?: number;
  /** What running heads say from here on. */
  readonly chapter?: string;
};

/** Clear space; it vanishes at the head of a frame. */
export const gap = (heightMm: number, keepNext: boolean): FlowItem => ({ kind: 'gap', heightMm, keepNext, draw: () => [] });
