import type { Finding } from '../model/finding.ts';
import type { NotSolid } from '../render/solid/solid-art.ts';

/**
 * Layers that a method of even areas cannot make and that its files therefore lack (`art.left-out`), one finding for each: told where the
 * check's error was overruled, so that nobody takes the files for all of the art. `medium` is what the files are made for: "Foil".
 */
export const leftOut = ({ refused }: { readonly refused: readonly Pick<NotSolid, 'pointer'>[] }, medium: string): readonly Finding[] =>
  [...new Set(refused.map(({ pointer }) => pointer))].map((pointer) => ({
    severity: 'warning',
    code: 'art.left-out',
    pointer,
    message: `This layer is not in the files: ${medium} cannot show it.`,
    hint: 'Make the layer of even colours, or take it out of the order.',
  }));
