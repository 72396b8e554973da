import { Problem } from '../model/problem.ts';
import type { ProductView, View } from '../model/view.ts';
import { type PrintMap, printMapOf } from './print-map.ts';
import { FULL_LIGHT, type PlaneSize, resizeCoverage, resizeGrain, resizeLight } from './resize-plane.ts';
import { type SurfaceMaps, surfaceMapsOf } from './surface-maps.ts';

/** Widest picture that is made. */
export const MAX_WIDTH_PX = 4000;
const MIN_WIDTH_PX = 16;

/** A zone's coverage at picture size, and for each row the first and one past the last pixel it touches. */
export type CompiledZone = { readonly id: string; readonly cover: Uint8Array; readonly spans: Uint16Array };

/** A view made ready for one picture size; it can be used for any number of pictures. */
export type CompiledView = PlaneSize & {
  readonly record: View;
  /** Linear light as u16, to be multiplied by `shadeScale`. */
  readonly shade: Uint16Array;
  readonly shadeScale: number;
  readonly gloss: Uint16Array;
  readonly glossScale: number;
  readonly zones: readonly CompiledZone[];
  readonly grain: Uint8Array | null;
  /** What the square of a grain byte is multiplied by. */
  readonly grainScale: number;
  readonly print: PrintMap | null;
  /** What layers with a surface need; worked out when the first of them asks. Null without a print map. */
  readonly surfaces: () => SurfaceMaps | null;
};

const spansOf = (cover: Uint8Array, { widthPx, heightPx }: PlaneSize): Uint16Array => {
  const spans = new Uint16Array(heightPx * 2);
  for (let y = 0; y < heightPx; y += 1) {
    const row = y * widthPx;
    let from = 0;
    let to = widthPx;
    while (from < widthPx && cover[row + from] === 0) from += 1;
    while (to > from && cover[row + to - 1] === 0) to -= 1;
    spans[y * 2] = from;
    spans[y * 2 + 1] = to;
  }
  return spans;
};

/** The zones at picture size. Rounding must not let them add up to more than the pixel: the background takes what is left. */
const compileZones = async ({ record, coverage }: ProductView, from: PlaneSize, to: PlaneSize): Promise<readonly CompiledZone[]> => {
  const rest = new Uint8Array(to.widthPx * to.heightPx).fill(255);
  const zones: CompiledZone[] = [];
  for (const [id, plane] of coverage) {
    if (id === record.background) continue;
    const cover = Uint8Array.from(await resizeCoverage(plane, from, to));
    for (let i = 0; i < cover.length; i += 1) {
      const left = rest[i] ?? 0;
      const own = Math.min(left, cover[i] ?? 0);
      cover[i] = own;
      rest[i] = left - own;
    }
    zones.push({ id, cover, spans: spansOf(cover, to) });
  }
  return [...zones, { id: record.background, cover: rest, spans: spansOf(rest, to) }];
};

/**
 * Makes a view ready for pictures of `widthPx`; the height follows unless a rounding needs it said (see frameView). Costs some ten milliseconds a megapixel and 20 bytes a pixel, so keep
 * the result while pictures of one size are made. Wider than the view itself its maps are enlarged: art gets sharper, cloth does not.
 * @throws Problem `mockup.size` when the width is not a whole number of 16 to 4000, or the height is beyond that
 */
export const compileView = async (view: ProductView, widthPx: number, heightPx?: number): Promise<CompiledView> => {
  const { record, normal, reflections } = view;
  const from = { widthPx: record.widthPx, heightPx: record.heightPx };
  const to = { widthPx, heightPx: heightPx ?? Math.max(1, Math.round((record.heightPx * widthPx) / record.widthPx)) };
  if (!Number.isInteger(widthPx) || widthPx < MIN_WIDTH_PX || Math.max(widthPx, to.heightPx) > MAX_WIDTH_PX)
    throw new Problem(
      'mockup.size',
      `expected a whole width and height of ${MIN_WIDTH_PX} to ${MAX_WIDTH_PX} px for a mockup, got ${widthPx} x ${to.heightPx}`,
    );
  const { shade, gloss, grain } = record.maps;
  const [light, print] = [await resizeLight(view.shade, from, to), printMapOf(view, to)];
  return {
    ...to,
    record,
    shade: light,
    shadeScale: shade.max / FULL_LIGHT,
    gloss: await resizeLight(view.gloss, from, to),
    glossScale: gloss.max / FULL_LIGHT,
    zones: await compileZones(view, from, to),
    grain: view.grain ? await resizeGrain(view.grain, from, to) : null,
    grainScale: grain ? grain.max / FULL_LIGHT : 0,
    print,
    surfaces: once(() => (print ? surfaceMapsOf({ record, normal, reflections }, to, light, print) : null)),
  };
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
