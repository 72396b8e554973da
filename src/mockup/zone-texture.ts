import type { CompiledView, CompiledZone } from './compile-view.ts';

/** A box of the picture, in pixels. */
export type PictureWindow = { readonly x: number; readonly y: number; readonly widthPx: number; readonly heightPx: number };

/** Bytes that stand for max * (byte / 255)², row-major over a window: one a pixel for a gain, RGB for the others. */
export type SquaredPlane = { readonly bytes: Uint8Array; readonly max: number };

/**
 * What a zone looks like instead of what its view says: a material. All planes lie over `window`, which holds every pixel of the zone
 * (`zoneWindow`, or the whole picture).
 */
export type ZoneTexture = {
  readonly window: PictureWindow;
  /** Ratio that the zone's colour is multiplied by, instead of the view's grain; left out: the view's grain stays. `null`: no grain. */
  readonly pattern?: SquaredPlane | null;
  /** What the view's gloss is multiplied by, everywhere or for each pixel; 1 leaves it as it is. */
  readonly gloss?: number | SquaredPlane;
  /** Light added after shading: neither shade nor gloss change it. 1 is what displays as white. */
  readonly extra?: SquaredPlane;
  /** Whether the zone takes no shade and its colour tints what it reflects; left out: as the view says. */
  readonly metal?: boolean;
};

/** The smallest window that holds every pixel of a zone; null when the picture shows none of it. */
export const zoneWindow = (view: CompiledView, zone: string): PictureWindow | null => {
  const spans = view.zones.find(({ id }) => id === zone)?.spans;
  return spans ? windowOf(spans, view) : null;
};

const windowOf = (spans: Uint16Array, { heightPx }: Pick<CompiledView, 'heightPx'>): PictureWindow | null => {
  let [left, right, top, bottom] = [Number.POSITIVE_INFINITY, 0, -1, 0];
  for (let y = 0; y < heightPx; y += 1) {
    const [from = 0, to = 0] = [spans[y * 2], spans[y * 2 + 1]];
    if (to <= from) continue;
    left = Math.min(left, from);
    right = Math.max(right, to);
    top = top < 0 ? y : top;
    bottom = y + 1;
  }
  return top < 0 ? null : { x: left, y: top, widthPx: right - left, heightPx: bottom - top };
};

/**
 * Throws when a texture does not fit the zone.
 * @throws RangeError for a window that leaves out pixels of the zone, or planes of another size than the window
 */
export const checkTexture = (texture: ZoneTexture, zone: CompiledZone, view: CompiledView): void => {
  const { window, pattern, gloss, extra } = texture;
  const held = windowOf(zone.spans, view);
  const right = window.x + window.widthPx;
  const bottom = window.y + window.heightPx;
  if (held && (held.x < window.x || held.y < window.y || held.x + held.widthPx > right || held.y + held.heightPx > bottom))
    throw new RangeError(`expected a texture over all of zone ${zone.id}, got a window that leaves out some of it`);
  const pixels = window.widthPx * window.heightPx;
  const planes = [
    [pattern, 3],
    [typeof gloss === 'number' ? undefined : gloss, 1],
    [extra, 3],
  ] as const;
  for (const [plane, channels] of planes)
    if (plane && plane.bytes.length !== pixels * channels)
      throw new RangeError(`expected ${pixels * channels} bytes for a texture of zone ${zone.id}, got ${plane.bytes.length}`);
};
