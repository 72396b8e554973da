import { appearanceRequestFor, type MockupChoices, type MockupLayer, paintMockup, type ZoneTexture } from '../mockup/index.ts';
import { differingRows, shownRows } from '../mockup/shown-rows.ts';
import type { ProductView } from '../model/view.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import type { RowRange } from '../render/raster/render-pixels.ts';
import type { PlannedPlacement } from './plan.ts';
import type { Prepared } from './prepare.ts';
import type { PictureSize, ReadyView } from './render-cache.ts';

/** What a picture of a view shows. */
export type PictureContent = {
  readonly placements: readonly PlannedPlacement[];
  readonly choices: MockupChoices;
  /** Materials by zone id. */
  readonly textures: ReadonlyMap<string, ZoneTexture>;
};

const artOf = async ({ scene, method, settings, placement }: PlannedPlacement, { compiled }: ReadyView, { context }: Prepared) => {
  const request = appearanceRequestFor(compiled, placement.product.id, scene.area);
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

/** Rows of the picture that differ when it is painted with other art; null: none. Relief reaches beyond itself, so it is painted whole. */
const changedRows = ({ compiled, extents }: ReadyView, before: readonly MockupLayer[], after: readonly MockupLayer[]): RowRange | null => {
  const everything = { from: 0, to: compiled.heightPx };
  if (before.length !== after.length) return everything;
  let rows: RowRange | null = null;
  for (const [i, layer] of after.entries()) {
    const old = before[i];
    if (!old || !sameFrame(old, layer)) return everything;
    const [a, b] = [old.appearance, layer.appearance];
    if (a === b) continue;
    if (a.surface || b.surface) return everything;
    const art = a.rgba === b.rgba ? null : differingRows(a.rgba, b.rgba, a.widthPx * 4);
    rows = union(rows, art && shownRows(compiled, extents, layer.placement, b, art));
  }
  return rows;
};

const withBackdrop = async (
  { compiled }: ReadyView,
  { choices, textures }: PictureContent,
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
  use: (picture: PixelImage) => Promise<T>,
): Promise<T> => {
  const { cache, context, backdrop } = prepared;
  const ready = await cache.view(view, size);
  const layers: MockupLayer[] = [];
  for (const planned of content.placements) layers.push(...(await artOf(planned, ready, prepared)));
  const { choices, textures } = await withBackdrop(ready, content, prepared);
  const key = JSON.stringify([ready.key, choices, backdrop.name]);
  // Materials may have any look: only pictures without them are known by their key.
  const before = content.textures.size === 0 ? cache.pictures.take(key) : undefined;
  const rows = before ? changedRows(ready, before.layers, layers) : { from: 0, to: ready.compiled.heightPx };
  const repaint = before && rows ? { picture: before.picture, fromRow: rows.from, toRow: rows.to } : undefined;
  const picture =
    before && !rows ? before.picture : await paintMockup(ready.compiled, layers, choices, context.signal, { textures, repaint });
  const result = await use(picture);
  if (content.textures.size === 0) cache.pictures.set(key, { picture, layers }, bytesOf(picture, layers));
  return result;
};

const bytesOf = (picture: PixelImage, layers: readonly MockupLayer[]): number =>
  layers.reduce((sum, { appearance }) => sum + appearance.rgba.length, picture.rgba.length);
