import type { VinylSettings } from './settings.ts';

/** What a contour is for: cut to the carrier, cut through, guides for hands, a sewing machine, a pen. */
export type CutWork = 'kiss' | 'thru' | 'weed' | 'mark' | 'sew' | 'label';

const OTHERS = { weed: 'WEED', mark: 'REGMARK', sew: 'SEW', label: 'LABEL' } as const;

/** Layer names that programs of cutters act on. Customary names, to be set by each shop. */
const NAMES: Readonly<Record<VinylSettings['cutter'], Readonly<Record<CutWork, string>>>> = {
  plain: { ...OTHERS, kiss: 'CUT', thru: 'THRU' },
  cutcontour: { ...OTHERS, kiss: 'CutContour', thru: 'PerfCutContour' },
  'thru-kiss': { ...OTHERS, kiss: 'Kiss-cut', thru: 'Thru-cut' },
  'lowercase-reserved': { kiss: 'cutcontour', thru: 'cutpath', weed: 'cutoutline', mark: 'regmark', sew: 'sew', label: 'cutannotation' },
};

export const layerName = (work: CutWork, { cutter }: Pick<VinylSettings, 'cutter'>): string => NAMES[cutter][work];

/** Line colours of screens and cutter programs that sort by colour. */
export const LAYER_COLOURS: Readonly<Record<CutWork, string>> = {
  kiss: '#ff0000',
  thru: '#0000ff',
  weed: '#00ff00',
  mark: '#000000',
  sew: '#ff00ff',
  label: '#808080',
};
