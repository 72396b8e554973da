import { boundsOfPath } from '../../geometry/path.ts';
import type { Finding } from '../../model/finding.ts';
import { lettersOf } from '../../render/solid/letters.ts';
import type { GlyphsNode, Scene } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import { type MmLimits, missedLimit, roundMm } from './limits.ts';

export type LetteringLimits = {
  /** Height of capitals and figures. */
  readonly capital: MmLimits;
  /** Height of small letters without the strokes that rise above them or hang below. */
  readonly small: MmLimits;
};

/**
 * Lettering that is too low to be read or made (`text.small`), measured on the outlines as they are placed: the lowest letter of each layer and
 * kind. Letters that no kind is known of (other scripts, marks) count as small ones with their full height.
 */
export const checkLetteringSize = (scene: Scene, limits: LetteringLimits): readonly Finding[] => {
  const lowest = new Map<string, Measured>();
  for (const node of nodesOf(scene.nodes)) {
    if (node.kind !== 'glyphs') continue;
    for (const one of lettersMeasured(node)) {
      const key = `${node.pointer} ${one.kind}`;
      const known = lowest.get(key);
      if (!known || one.heightMm < known.heightMm) lowest.set(key, one);
    }
  }
  const worst = new Map<string, Finding>();
  for (const one of lowest.values()) {
    const finding = sizeFinding(one, one.kind === 'capital' ? limits.capital : limits.small);
    const known = finding && worst.get(finding.pointer);
    if (finding && (!known || (known.severity === 'warning' && finding.severity === 'error'))) worst.set(finding.pointer, finding);
  }
  return [...worst.values()];
};

type Measured = { readonly kind: 'capital' | 'small'; readonly letter: string | null; readonly heightMm: number; readonly pointer: string };

/** Letters flat at the top and bottom of their kind, or nearly: others (b, g, j, Q) say nothing about the height. */
const SMALL = /^[acemnorsuvwxzаеосхвгдзиклмнпртчшэюя]$/u;
const CAPITAL = /^[A-Z0-9А-Я]$/u;

const lettersMeasured = (node: GlyphsNode): readonly Measured[] => {
  const letters = lettersOf(node);
  const all = node.glyphs.map(({ outline, at }, i) => {
    // Upright in its own frame, so that turned text measures the same.
    const box = boundsOfPath(outline);
    const heightMm = (box?.height ?? 0) * Math.hypot(at[2], at[3]);
    return { letter: letters[i] ?? null, heightMm, pointer: node.pointer };
  });
  const known = all.flatMap((one): readonly Measured[] => {
    if (one.letter === null) return [];
    if (CAPITAL.test(one.letter)) return [{ ...one, kind: 'capital' }];
    return SMALL.test(one.letter) ? [{ ...one, kind: 'small' }] : [];
  });
  if (known.length > 0) return known;
  // A full stop in a style of its own is read with its neighbours.
  if (/^[\p{P}\s]+$/u.test(node.text)) return [];
  // The tallest glyph of the run stands for it: marks and points would measure too little.
  const tallest = all.reduce<Measured | null>(
    (best, one) => (best && best.heightMm >= one.heightMm ? best : { ...one, letter: null, kind: 'small' }),
    null,
  );
  return tallest ? [tallest] : [];
};

const sizeFinding = ({ kind, letter, heightMm, pointer }: Measured, limits: MmLimits): Finding | null => {
  const missed = missedLimit(heightMm, limits);
  if (!missed) return null;
  const height = roundMm(heightMm);
  const what = letter === null ? 'The lettering' : kind === 'capital' ? `The capital '${letter}'` : `The small letter '${letter}'`;
  return {
    severity: missed.severity,
    code: 'text.small',
    pointer,
    message: `${what} is ${height} mm high; it needs ${roundMm(missed.requiredMm)} mm.`,
    hint: `Set the text at least ${Math.ceil((missed.requiredMm / Math.max(heightMm, 0.01) - 1) * 100)} % larger${kind === 'small' && letter !== null ? ', in capitals' : ''}, or use fewer words.`,
    measured: height,
    required: roundMm(missed.requiredMm),
    unit: 'mm',
  };
};
