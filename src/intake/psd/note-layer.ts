import type { Layer } from 'ag-psd';
import { blendOf } from './blend-modes.ts';
import type { PsdNote, SmartObject } from './psd-document.ts';

type Facts = { readonly layer: string; readonly smart: SmartObject | null; readonly drawable: boolean };
type Say = (severity: PsdNote['severity'], code: string, message: string) => void;

const MARKS = [
  'dropShadow',
  'innerShadow',
  'outerGlow',
  'innerGlow',
  'bevel',
  'solidFill',
  'satin',
  'stroke',
  'gradientOverlay',
  'patternOverlay',
];

const effectsOf = ({ effects }: Layer): readonly string[] => {
  if (!effects || effects.disabled) return [];
  return MARKS.filter((name) => {
    const found: unknown = Reflect.get(effects, name);
    const all: readonly unknown[] = Array.isArray(found) ? found : found === undefined ? [] : [found];
    return all.some((one) => Reflect.get(Object(one), 'enabled') !== false);
  });
};

const noteSmart = (layer: Layer, { smart }: Facts, say: Say): void => {
  const placed = layer.placedLayer;
  if (!placed) return;
  if (!smart) say('warning', 'psd.smart-quad', 'its smart object has no usable corners: drawn as a picture, not as a print area');
  const style = placed.warp?.style ?? 'none';
  if (smart && style !== 'none' && !smart.mesh)
    say('warning', 'psd.warp', `its warp "${style}" is not carried over: print follows the four corners only`);
  if (placed.filter?.enabled && placed.filter.list.length > 0)
    say('warning', 'psd.smart-filter', `its smart filters are not carried over: ${placed.filter.list.map(({ name }) => name).join(', ')}`);
  if (placed.nonAffineTransform)
    say('info', 'psd.transform', 'its distorted corners are used, not the undistorted ones that are also there');
};

/** A shape's own pixels are already cut by its outline. */
const noteMasks = (layer: Layer, { drawable }: Facts, say: Say): void => {
  const { mask, realMask, vectorMask } = layer;
  const cut = mask?.fromVectorData || realMask || (layer.vectorFill && drawable && layer.right !== layer.left);
  if (vectorMask && !vectorMask.disable && !cut) say('warning', 'psd.vector-mask', 'its vector mask has no pixels and is not carried over');
  if ((mask?.userMaskFeather ?? 0) > 0 || (mask?.vectorMaskFeather ?? 0) > 0)
    say('warning', 'psd.mask-feather', 'the feather of its mask is not carried over: the mask is sharp');
  if (realMask) say('info', 'psd.two-masks', 'has a drawn and a vector mask: their joint pixels are used');
};

const PLAIN_RANGE = [0, 0, 255, 255];

const isPlainRange = (range: readonly number[]): boolean => PLAIN_RANGE.every((v, i) => range[i] === v);

const noteBlending = (layer: Layer, say: Say): void => {
  const ranges = layer.blendingRanges;
  const plain =
    !ranges || [ranges.compositeGrayBlendSource, ranges.compositeGraphBlendDestinationRange].every((range) => isPlainRange(range));
  if (!plain) say('warning', 'psd.blend-if', 'its blending ranges ("blend if") are not carried over');
  if (layer.knockout) say('warning', 'psd.knockout', 'its knockout is not carried over');
  if (layer.channelBlendingRestrictions?.length) say('warning', 'psd.channels', 'is meant for some channels only: it is drawn in all');
};

/**
 * Notes what of a layer is not carried over, and says whether the rest of it is drawn at all.
 * A smart object is drawn without its present content, a group always.
 */
export const noteLayer = (layer: Layer, facts: Facts, notes: PsdNote[]): boolean => {
  const say: Say = (severity, code, message) => {
    notes.push({ severity, code, layer: facts.layer, message });
  };
  if (layer.hidden) {
    say('info', 'psd.hidden', layer.children ? 'hidden: left out with all it holds' : 'hidden: left out');
    return false;
  }
  const blend = layer.blendMode ?? 'normal';
  if (blend !== 'pass through' && !blendOf(blend)) {
    say('warning', 'psd.blend-mode', `left out: its blend mode "${blend}" is not known here`);
    return false;
  }
  const effects = effectsOf(layer);
  if (effects.length > 0) say('warning', 'psd.effects', `its effects are not carried over: ${effects.join(', ')}`);
  noteMasks(layer, facts, say);
  noteBlending(layer, say);
  noteSmart(layer, facts, say);
  if (layer.children || facts.smart) return true;
  if (layer.adjustment) {
    say('warning', 'psd.adjustment', `left out: adjustment layer "${layer.adjustment.type}"`);
    return false;
  }
  if (!facts.drawable) {
    const kind = layer.vectorFill ? `a fill of type "${layer.vectorFill.type}" without pixels` : 'no pixels';
    say(layer.vectorFill ? 'warning' : 'info', 'psd.empty', `left out: it has ${kind}`);
    return false;
  }
  if (layer.text) say('info', 'psd.text', 'text: kept as the picture it has in the file');
  return true;
};
