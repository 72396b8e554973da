import { sha256 } from '../../model/digest.ts';

/**
 * Where a value falls between 0 and 1 for a rule: the first 52 bits of the SHA-256 of the rule's id and the value. The same person always
 * falls on the same side, here and on every other machine; another rule shuffles anew.
 */
export const stableShare = (ruleId: string, value: string): number =>
  Number.parseInt(sha256(`${ruleId}\n${value}`).slice(0, 13), 16) / 2 ** 52;

/** The share that a point between 0 and 1 falls into, by their relative sizes. */
export const shareAt = <T extends { readonly share: number }>(shares: readonly T[], point: number): T | undefined => {
  const total = shares.reduce((sum, { share }) => sum + share, 0);
  let reached = 0;
  for (const one of shares) {
    reached += one.share / total;
    if (point < reached) return one;
  }
  return shares.at(-1);
};
