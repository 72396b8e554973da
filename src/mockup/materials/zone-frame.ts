import { NO_POSITION, type ProductView } from '../../model/view.ts';
import type { CompiledView, CompiledZone } from '../compile-view.ts';
import { type PrintMap, printMapOf } from '../print-map.ts';
import { type PlaneSize, resizeGrain } from '../resize-plane.ts';
import type { NormalPlane } from './zone-directions.ts';

/** Where the texture of a material lies on a picture, and which way its surfaces face. */
export type PlaceMaps = {
  /** Millimetres over the whole product, or over what is printable; null: the picture's own plane. */
  readonly surface: PrintMap | null;
  readonly printable: PrintMap | null;
  readonly seam: { readonly surface: number; readonly printable: number };
  /** Null: everything faces the viewer. */
  readonly normals: NormalPlane | null;
  /** Coverage of zones at the size of the normals. */
  readonly coverOf: (zone: CompiledZone) => Uint8Array;
  readonly pxPerMm: number;
};

/** The share of a zone that must have printable positions for them to carry its texture. */
const ENOUGH = 0.97;

/** Brings a view's surface positions and directions to picture size. Keep it while pictures of one size are made. */
export const placeMapsOf = async (view: ProductView, { widthPx, heightPx, print }: CompiledView): Promise<PlaceMaps> => {
  const { record, surface, normal, coverage } = view;
  const from: PlaneSize = { widthPx: record.widthPx, heightPx: record.heightPx };
  const to: PlaneSize = { widthPx, heightPx };
  const positions = record.maps.surface;
  const enlarged = widthPx > record.widthPx;
  const scale = enlarged ? record.widthPx / widthPx : 1;
  const pxPerMm = (record.pxPerMm.median * widthPx) / record.widthPx;
  return {
    surface:
      surface && positions
        ? printMapOf({ ...view, positions: surface, record: { ...record, maps: { ...record.maps, positions } } }, to)
        : null,
    printable: print,
    seam: { surface: positions?.seam ?? 0, printable: record.maps.positions.seam },
    normals: normal && {
      rgb: enlarged ? normal : await resizeGrain(normal, from, to),
      widthPx: enlarged ? record.widthPx : widthPx,
      scale,
      pxPerMm: pxPerMm * scale,
    },
    coverOf: (zone) => (enlarged ? (coverage.get(zone.id) ?? zone.cover) : zone.cover),
    pxPerMm,
  };
};

/** Texture coordinates of one zone: a map, or with `map` null the picture's own plane at a scale. */
export type ZoneFrame = { readonly map: PrintMap | null; readonly seam: number; readonly pxPerMm: number };

const knownShare = ({ cover, spans }: CompiledZone, map: PrintMap, widthPx: number): number => {
  let [known, total] = [0, 0];
  for (let y = 0; y * 2 < spans.length; y += 3) {
    for (let x = spans[y * 2] ?? 0; x < (spans[y * 2 + 1] ?? 0); x += 3) {
      if ((cover[y * widthPx + x] ?? 0) < 128) continue;
      total += 1;
      if (isKnown(map, x, y)) known += 1;
    }
  }
  return total === 0 ? 0 : known / total;
};

const isKnown = ({ x, y, width, height, mm, stride }: PrintMap, px: number, py: number): boolean =>
  px >= x && px < x + width && py >= y && py < y + height && (mm[((py - y) * stride + px - x) * 2] ?? NO_POSITION) !== NO_POSITION;

/** The best coordinates there are for a zone: the whole surface's, the printable area's when they hold all of it, or the picture's plane. */
export const zoneFrameOf = ({ surface, printable, seam, pxPerMm }: PlaceMaps, zone: CompiledZone, widthPx: number): ZoneFrame => {
  if (surface && knownShare(zone, surface, widthPx) > ENOUGH) return { map: surface, seam: seam.surface, pxPerMm };
  if (printable && knownShare(zone, printable, widthPx) > ENOUGH) return { map: printable, seam: seam.printable, pxPerMm };
  return { map: null, seam: 0, pxPerMm };
};

/** Of one pixel: u and v in mm, then how they change along the row and down the column. */
export const PLACE = { u: 0, v: 1, ux: 2, vx: 3, uy: 4, vy: 5 } as const;

/** Fills `out` (six numbers, see PLACE) for a pixel. Across a seam and where nothing is known, the last steps are kept. */
export const placeOf = ({ map, seam, pxPerMm }: ZoneFrame, px: number, py: number, out: Float64Array): void => {
  const known = map !== null && isKnown(map, px, py);
  if (!map || !known) {
    out[PLACE.u] = px / pxPerMm;
    out[PLACE.v] = py / pxPerMm;
    if (map) return;
    out[PLACE.ux] = 1 / pxPerMm;
    out[PLACE.vx] = 0;
    out[PLACE.uy] = 0;
    out[PLACE.vy] = 1 / pxPerMm;
    return;
  }
  const { mm, stride } = map;
  const at = ((py - map.y) * stride + px - map.x) * 2;
  const [u = 0, v = 0] = [mm[at], mm[at + 1]];
  out[PLACE.u] = u;
  out[PLACE.v] = v;
  step(mm, at + 2, u, v, seam, out, PLACE.ux);
  step(mm, at + stride * 2, u, v, seam, out, PLACE.uy);
};

const step = (mm: Float32Array, next: number, u: number, v: number, seam: number, out: Float64Array, to: number): void => {
  const [du, dv] = [(mm[next] ?? NO_POSITION) - u, (mm[next + 1] ?? NO_POSITION) - v];
  if (Math.abs(du) > seam || Math.abs(dv) > seam) return;
  out[to] = du;
  out[to + 1] = dv;
};
