import { centreOf } from '../../geometry/point.ts';
import { needleBox } from '../../render/stitches/needle-box.ts';
import type { Patch } from './patches.ts';
import type { SewnPage } from './sewn-page.ts';
import { needleOf } from './thread-limits.ts';

/** Rules of thumb of the trade for each fabric: what goes beneath, and on top of pile. */
const BACKINGS: Readonly<Record<string, string>> = {
  woven: 'tear-away backing, one layer',
  'light-woven': 'light cut-away backing',
  knit: 'cut-away backing, one layer',
  pique: 'cut-away backing, one layer',
  performance: 'no-show cut-away backing, fused',
  fleece: 'cut-away backing, and water-soluble topping',
  towel: 'tear-away backing, and water-soluble topping',
  cap: 'tear-away cap backing, two layers',
  leather: 'cut-away backing, held without hoop marks',
};

const mm = (value: number): string => (Math.round(value * 10) / 10).toFixed(1);

/** Lines below the table of colours: what to lay beneath, which needle, where the middle of the design goes. */
export const runSheetNotes = ({ plan, patches, scene, stem, work }: SewnPage): readonly string[] => {
  const { settings } = work;
  const box = needleBox(plan);
  const middle = box && centreOf(box);
  const backing = settings.backing ?? BACKINGS[settings.fabric] ?? '';
  return [
    backing === '' ? '' : `Backing: ${backing}.`,
    settings.puff ? 'Lay foam of 3 mm in the colour of the thread at the stop; tear it off along the satin afterwards.' : '',
    ...patchNotes(patches, stem),
    `Thread ${settings.weight} weight, needle ${needleOf(settings)}${settings.order === 'cap' || settings.fabric === 'cap' ? ', sewn from the middle outwards' : ''}.`,
    middle
      ? `Middle of the design: ${mm(middle.x)} mm from the left and ${mm(middle.y)} mm from the top of the ${scene.area.placementId} area.`
      : '',
    ...settings.notes,
  ].filter((line) => line !== '');
};

const patchNotes = (patches: readonly Patch[], stem: string): readonly string[] => {
  if (patches.length === 0) return [];
  const cloths = [...new Set(patches.map(({ thread }) => thread.name))].join(', ');
  const isTrimmed = patches.some(({ work }) => work.trimStop);
  return [
    `Appliqué: ${patches.length} ${patches.length === 1 ? 'patch' : 'patches'} of cloth (${cloths}), shapes in ${stem}-patches.svg and .dxf.`,
    isTrimmed
      ? 'Lay the patch over its line at the first stop, trim the cloth close to the tack-down at the next.'
      : 'Lay the cut patch on its line at the stop.',
  ];
};
