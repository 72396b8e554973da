import { type MockupChoices, type MockupLayer, paintMockup, type ZoneTexture } from '../mockup/index.ts';
import { artRows, differingRows, shownRows } from '../mockup/shown-rows.ts';
import { zoneColours } from '../mockup/zone-colours.ts';
import type { MaterialId } from '../model/material.ts';
import type { ProductView } from '../model/view.ts';
import type { RowRange } from '../render/raster/render-pixels.ts';
import { LentPicture } from './lent-picture.ts';
import type { PlannedPlacement } from './plan.ts';
import type { Prepared } from './prepared.ts';
import type { PaintedLayer, PaintedPicture, PictureSize, ReadyView } from './render-cache.ts';

/** What a picture of a view shows. */
export type PictureContent = {
  readonly placements: readonly PlannedPlacement[];
  readonly choices: MockupChoices;
  /** What zones are made of, where that is something else than the view pictures. */
  readonly materials: ReadonlyMap<string, MaterialId>;
};

const artOf = async ({ scene, method, settings, placement }: PlannedPlacement, { requestFor }: ReadyView, { context }: Prepared) => {
  const request = requestFor(placement.product.id, scene.area);
  const appearances = await method.appearance(scene, settings, request, context);
  return appearances.map((appearance): MockupLayer => ({ placement: placement.product.id, appearance }));
};

const union = (a: RowRange | null, b: RowRange | null): RowRange | null =>
  a && b ? { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) } : (a ?? b);

const sameFrame = ({ placement, appearance: a }: MockupLayer, other: MockupLayer): boolean => {
  const b = other.appearance;
  const sizes = a.widthPx === b.widthPx && a.heightPx === b.heightPx && a.process === b.process && placement === other.placement;
  return sizes && (['x', 'y', 'width', 'height'] as const).every((side) => a.region[side] === b.region[side]);
};

/** Rows of its flat art in which a layer differs from what was painted before; undefined when everything may differ. */
const changedArt = (before: PaintedLayer, { appearance }: MockupLayer, { renders }: Prepared['context']): RowRange | null | undefined => {
  const old = before.layer.appearance;
  if (before.version !== null) return renders?.changedSince(appearance.rgba, before.version);
  if (renders && renders.versionOf(appearance.rgba) !== null) return undefined;
  return old.rgba === appearance.rgba ? null : differingRows(old.rgba, appearance.rgba, old.widthPx * 4);
};

/** Rows of the picture that differ when it is painted with other art; null: none. Relief reaches beyond itself, so it is painted whole. */
const changedRows = (
  { compiled, extents }: ReadyView,
  before: readonly PaintedLayer[],
  after: readonly MockupLayer[],
  context: Prepared['context'],
): RowRange | null => {
  const everything = { from: 0, to: compiled.heightPx };
  if (before.length !== after.length) return everything;
  let rows: RowRange | null = null;
  for (const [i, layer] of after.entries()) {
    const old = before[i];
    if (!old || !sameFrame(old.layer, layer) || old.layer.appearance.surface || layer.appearance.surface) return everything;
    const art = changedArt(old, layer, context);
    if (art === undefined) return everything;
    rows = union(rows, art && shownRows(compiled, extents, layer.placement, layer.appearance, art));
  }
  return rows;
};

const withBackdrop = async (
  { compiled }: ReadyView,
  choices: MockupChoices,
  textures: ReadonlyMap<string, ZoneTexture>,
  { backdrop, cache, context }: Prepared,
): Promise<{ readonly choices: MockupChoices; readonly textures: ReadonlyMap<string, ZoneTexture> }> => {
  if (!backdrop.backdrop) return { choices, textures };
  const texture = await cache.backdrop(backdrop.name, backdrop.backdrop, compiled, context.signal);
  return { choices: { ...choices, background: '#ffffff' }, textures: new Map([...textures, [compiled.record.background, texture]]) };
};

/**
 * Paints a picture of a view and hands it to `use`, whose promise it waits for: the pixels are painted over when the picture is wanted
 * again with other art. Rows that the change cannot reach stay as they are.
 */
export const withMockupPicture = async <T>(
  view: ProductView,
  size: PictureSize,
  content: PictureContent,
  prepared: Prepared,
  use: (picture: LentPicture) => Promise<T>,
): Promise<T> => {
  const { cache, context, backdrop } = prepared;
  const ready = await cache.view(view, size);
  const layers: MockupLayer[] = [];
  for (const planned of content.placements) layers.push(...(await artOf(planned, ready, prepared)));
  const staged = { key: ready.key, compiled: ready.compiled, frame: size.frame };
  const colours = zoneColours(view.record, content.choices);
  const materials = await cache.materials.textures(view, staged, content.materials, colours, context.signal);
  const { choices, textures } = await withBackdrop(ready, content.choices, materials, prepared);
  const key = JSON.stringify([ready.key, choices, [...content.materials], backdrop.name]);
  const before = cache.pictures.take(key);
  const everything = { from: 0, to: ready.compiled.heightPx };
  const rows = before ? changedRows(ready, before.layers, layers, context) : everything;
  const picture =
    before && !rows ? before.picture : await paintInto(ready, layers, choices, textures, context.signal, before, rows ?? everything);
  const result = await use(picture);
  const painted = layers.map((layer): PaintedLayer => ({ layer, version: context.renders?.versionOf(layer.appearance.rgba) ?? null }));
  cache.pictures.set(key, { picture, layers: painted }, bytesOf(picture, painted));
  return result;
};

const paintInto = async (
  { compiled, extents }: ReadyView,
  allLayers: readonly MockupLayer[],
  choices: MockupChoices,
  textures: ReadonlyMap<string, ZoneTexture>,
  signal: AbortSignal,
  before: PaintedPicture | undefined,
  rows: RowRange,
): Promise<LentPicture> => {
  const repaint = before ? { picture: before.picture, fromRow: rows.from, toRow: rows.to } : undefined;
  // Relief is worked out over all of its art.
  const partly = (layer: MockupLayer): MockupLayer =>
    layer.appearance.surface ? layer : { ...layer, rows: artRows(compiled, extents, layer.placement, layer.appearance, rows) };
  const layers = before ? allLayers.map(partly) : allLayers;
  const picture = await paintMockup(compiled, layers, choices, signal, { textures, repaint });
  if (!before) return new LentPicture(picture, choices.background !== 'transparent');
  before.picture.changed(rows);
  return before.picture;
};

const bytesOf = ({ rgba }: LentPicture, layers: readonly PaintedLayer[]): number =>
  layers.reduce((sum, { layer, version }) => sum + (version === null ? layer.appearance.rgba.length : 0), rgba.length);
