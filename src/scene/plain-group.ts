import type { GroupNode } from './scene.ts';

/** A group that changes nothing about its children, to be given some. */
export const plainGroup = (pointer: string): Omit<GroupNode, 'children'> => ({
  kind: 'group',
  pointer,
  clip: null,
  mask: null,
  opacity: 1,
  blend: 'normal',
});
