import { defaultOptions } from '../../stitch/digitize.ts';
import { FABRICS, type Fabric } from '../../stitch/fabric.ts';
import type { DigitizeOptions } from '../../stitch/region.ts';
import { threadShare } from '../../stitch/thread-options.ts';
import type { EmbroiderySettings } from './settings.ts';
import { WEIGHT_NUMBERS } from './threads.ts';

const PLAIN: Fabric = {
  id: 'woven',
  pullMm: 0.15,
  pushMm: 0.15,
  fillPitchMm: 0.35,
  satinPitchMm: 0.4,
  underlay: 'normal',
  trapMm: 0.4,
};

/** The strokes of a word are of about one width: what can be satin by 40 weight thread is, or letters of one word would be sewn in two ways. */
const SATIN_FROM_MM = 0.7;

/** The digitiser draws spacing in for finer thread: what is asked for in so many words has to come out as asked. */
const shareOf = ({ weight }: EmbroiderySettings): number => threadShare({ weight: WEIGHT_NUMBERS[weight] });

const fabricOf = (settings: EmbroiderySettings): Fabric => {
  const found = FABRICS.find(({ id }) => id === settings.fabric) ?? PLAIN;
  const { fillPitchMm, satinPitchMm, pullMm, underlay } = settings;
  const share = shareOf(settings);
  return {
    ...found,
    pullMm: pullMm ?? found.pullMm,
    fillPitchMm: fillPitchMm === undefined ? found.fillPitchMm : fillPitchMm / share,
    satinPitchMm: satinPitchMm === undefined ? found.satinPitchMm : satinPitchMm / share,
    underlay: underlay === 'auto' ? found.underlay : underlay,
  };
};

/** What the settings ask of the digitiser, as for 40 weight thread. */
export const digitizeOptions = (settings: EmbroiderySettings, signal?: AbortSignal): DigitizeOptions => {
  const fabric = fabricOf(settings);
  const usual = defaultOptions(fabric);
  return {
    ...usual,
    satinFromMm: SATIN_FROM_MM,
    fillStitchMm: settings.fillStitchMm,
    runStitchMm: settings.runStitchMm,
    order: settings.order === 'auto' ? usual.order : settings.order,
    puff: settings.puff,
    ...(signal ? { signal } : {}),
  };
};
