import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { spotUses } from '../checks/spots.ts';
import type { PaperPrintSettings } from './settings.ts';

/**
 * Art in the spot of a knife or of white that neither `finishing` nor `spots` lists: it would stand on that plate as a printed area, and the cutter takes every
 * object there for a way (`spot.is-tool`). One finding for each name.
 */
export const checkToolSpots = ({ nodes }: Scene, settings: PaperPrintSettings): readonly Finding[] => {
  const { cutName, kissName, whiteName, finishing } = settings;
  const tools = new Map([
    [cutName, 'cut'],
    [kissName, 'kiss-cut'],
    [whiteName, 'white'],
  ]);
  // Inks that the floor lists are inks.
  const told = new Set([...settings.spots, ...finishing.map(({ spot }) => spot)]);
  return spotUses(nodes).flatMap(({ spot: { name }, pointer }): readonly Finding[] => {
    const step = tools.get(name);
    if (step === undefined || told.has(name)) return [];
    told.add(name);
    const work = { spot: name, step };
    return [
      {
        severity: 'error',
        code: 'spot.is-tool',
        pointer,
        message: `"${name}" is the plate of ${step === 'white' ? 'the white' : 'a knife'}, and this art would be printed on it as an area.`,
        hint: `Say what it is: "finishing": [${JSON.stringify(work)}], or give the art another spot colour.`,
        measured: name,
        autofix: {
          title: `Take art in "${name}" for the step "${step}".`,
          set: [{ pointer: `${/^\/placements\/\d+/.exec(pointer)?.[0] ?? ''}/settings/finishing`, value: [...finishing, work] }],
        },
      },
    ];
  });
};
