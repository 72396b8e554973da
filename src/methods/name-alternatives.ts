import type { Finding } from '../model/finding.ts';
import { METHODS } from './index.ts';

/** Art that is not of even areas, with the methods that its own placement takes and that print it, in the order lists show them. */
export const nameAlternatives = (findings: readonly Finding[], taken: readonly string[]): readonly Finding[] => {
  const able = METHODS.filter(({ id, takes }) => taken.includes(id) && takes !== 'solid');
  if (able.length === 0) return findings;
  const names = able.map(({ id, title }) => `${title} ("${id}")`).join(', ');
  return findings.map((finding) =>
    finding.code === 'art.not-solid' ? { ...finding, hint: `${finding.hint ?? ''} Made here as it is: ${names}.`.trim() } : finding,
  );
};
