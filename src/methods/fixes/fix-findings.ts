import type { Autofix, Finding } from '../../model/finding.ts';
import type { FixContext } from './fix-context.ts';
import { layerAt } from './fix-context.ts';
import { moveInside } from './move-inside.ts';
import { renameTwin, renameUnknownSpot } from './rename-spot.ts';
import { thickenStroke } from './thicken-stroke.ts';

type Fixer = (finding: Finding, context: FixContext) => Autofix | null;

/** Fades into dots: what the film can print. */
const dotsForFades: Fixer = ({ severity }, { method, pointer }) =>
  method === 'dtf' && severity === 'error'
    ? { title: 'Print fades as dots.', set: [{ pointer: `${pointer}/settings/fades`, value: 'halftone' }] }
    : null;

/** Black ink alone, where the whole layer or the run of text has one colour. */
const blackInk: Fixer = ({ pointer }, context) => {
  const owner = pointer.replace(/\/runs\/\d+$/, '');
  const layer = layerAt(context, owner);
  return layer?.type === 'text' && (layer.runs === undefined || owner !== pointer)
    ? { title: 'Print the lettering in black ink alone.', set: [{ pointer: `${pointer}/fill`, value: '#000000' }] }
    : null;
};

const FIXERS: ReadonlyMap<string, Fixer> = new Map([
  ['stroke.thin', thickenStroke],
  ['art.unsafe', moveInside],
  ['spot.unknown', renameUnknownSpot],
  ['spot.twins', renameTwin],
  ['alpha.soft', dotsForFades],
  ['text.rich-black', blackInk],
]);

/**
 * Findings of a placement with the changes of the spec that mend them, where that is safe: no picture is changed, no art leaves its layer, and
 * what the customer wrote stays as it is. Findings that know their own fix keep it, as far as the spec has the places it sets.
 */
export const fixFindings = (findings: readonly Finding[], context: FixContext): readonly Finding[] =>
  findings.map((finding) => {
    const autofix = finding.autofix ? sound(finding.autofix, context) : (FIXERS.get(finding.code)?.(finding, context) ?? null);
    const { autofix: _, ...plain } = finding;
    return autofix ? { ...plain, autofix } : plain;
  });

/** A colour can be set where a layer of its own has one: drawings, patterns and runs of text bring theirs. */
const sound = (autofix: Autofix, context: FixContext): Autofix | null => {
  const fits = autofix.set.every(({ pointer }) => {
    const owner = /^(.*\/layers\/.*)\/fill$/.exec(pointer)?.[1];
    const layer = owner === undefined ? undefined : layerAt(context, owner);
    if (owner === undefined) return true;
    if (layer?.type === 'text') return layer.runs === undefined;
    return layer?.type === 'shape' && layer.fill !== undefined && layer.stroke === undefined;
  });
  return fits ? autofix : null;
};
