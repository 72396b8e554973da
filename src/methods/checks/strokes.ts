import { type Narrow, narrowParts } from '../../geometry/narrow-parts.ts';
import type { Finding } from '../../model/finding.ts';
import type { SolidArt } from '../../render/solid/solid-art.ts';
import { type MmLimits, roundMm } from './limits.ts';
import { endPlaces, type NarrowPlace, narrowFinding, narrowPlaces, pointerOf } from './narrow-findings.ts';

/**
 * Parts thinner than the machine makes (`stroke.thin`): one finding for a layer, about its thinnest place. Serifs and tips below the error limit
 * come out blunt, which is a warning; so are thin joins of wider strokes with `joins` `warn`, for machines that nothing breaks on.
 */
export const checkStrokes = (art: SolidArt, limits: MmLimits, joins: 'refuse' | 'warn' = 'refuse'): readonly Finding[] => {
  const isRefused = ({ lengthMm }: Narrow): boolean => joins === 'refuse' || lengthMm >= JOIN_LENGTH * limits.errorMm;
  const thin = narrowPlaces(art, narrowParts, limits, isRefused);
  const told = new Set(thin.map(pointerOf));
  const ends = endPlaces(art, narrowParts, limits.errorMm).filter((place) => !told.has(pointerOf(place)));
  return [...thin.map(strokeFinding), ...ends.map(endFinding)];
};

/** Thin parts shorter than this many error limits join wider ones. */
const JOIN_LENGTH = 2;

const strokeFinding = (place: NarrowPlace): Finding => {
  const { narrow, name, others, requiredMm } = place;
  return narrowFinding(place, {
    code: 'stroke.thin',
    message: `${name('The stroke', 'A line')} is ${roundMm(narrow.widthMm)} mm thin${others}; it needs ${requiredMm} mm.`,
    hint: place.piece?.letter
      ? `Use a bolder cut of the font, or make it ${growth(requiredMm / narrow.widthMm)}.`
      : `Thicken the lines, or make the art ${growth(requiredMm / narrow.widthMm)}.`,
  });
};

const endFinding = (place: NarrowPlace): Finding => {
  const { narrow, name, others, requiredMm } = place;
  return narrowFinding(place, {
    code: 'stroke.thin',
    message: `${name('An end', 'An end')} is ${roundMm(narrow.widthMm)} mm thin${others}; below ${requiredMm} mm it comes out blunt.`,
    hint: place.piece?.letter
      ? 'Fine for most art. For crisp ends use a font with sturdier serifs.'
      : 'Fine for most art. For crisp ends draw them blunt.',
  });
};

const growth = (factor: number): string =>
  Number.isFinite(factor) && factor < 4 ? `${Math.ceil((factor - 1) * 100)} % larger` : 'much larger';
