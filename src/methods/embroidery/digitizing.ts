import { defaultOptions } from '../../stitch/digitize.ts';
import { FABRICS, type Fabric } from '../../stitch/fabric.ts';
import type { DigitizeOptions } from '../../stitch/region.ts';
import type { EmbroiderySettings } from './settings.ts';
import { finenessOf, threadLimits } from './thread-limits.ts';

const PLAIN: Fabric = {
  id: 'woven',
  pullMm: 0.15,
  pushMm: 0.15,
  fillPitchMm: 0.35,
  satinPitchMm: 0.4,
  underlay: 'normal',
  trapMm: 0.4,
};

/** Hundredths of a mm are as fine as anybody sets them. */
const round = (mm: number): number => Math.round(mm * 100) / 100;

/** The cloth of a job, its spacing drawn in or out to the weight of the thread. */
const fabricOf = (settings: EmbroiderySettings): Fabric => {
  const found = FABRICS.find(({ id }) => id === settings.fabric) ?? PLAIN;
  const fine = finenessOf(settings);
  return {
    ...found,
    pullMm: settings.pullMm ?? found.pullMm,
    fillPitchMm: settings.fillPitchMm ?? round(found.fillPitchMm * fine),
    satinPitchMm: settings.satinPitchMm ?? round(found.satinPitchMm * fine),
    underlay: settings.underlay === 'auto' ? found.underlay : settings.underlay,
  };
};

/** What the settings ask of the digitiser. */
export const digitizeOptions = (settings: EmbroiderySettings, signal?: AbortSignal): DigitizeOptions => {
  const fabric = fabricOf(settings);
  const usual = defaultOptions(fabric);
  return {
    ...usual,
    // A word has strokes of about one width: what is fit to be sewn as satin is, down to the thinnest line that is not reported.
    satinFromMm: Math.min(usual.satinFromMm, threadLimits(settings).minLineMm),
    fillStitchMm: settings.fillStitchMm,
    runStitchMm: settings.runStitchMm,
    order: settings.order === 'auto' ? usual.order : settings.order,
    puff: settings.puff,
    ...(signal ? { signal } : {}),
  };
};
