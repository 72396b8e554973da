import type { MaterialId } from '../../model/material.ts';
import type { ProductView } from '../../model/view.ts';
import { pause } from '../../render/raster/pause.ts';
import type { CompiledView, CompiledZone } from '../compile-view.ts';
import { type LightTables, lightTablesOf } from '../light-tables.ts';
import type { Reflectance } from '../zone-colours.ts';
import { type PictureWindow, type SquaredPlane, type ZoneTexture, zoneWindow } from '../zone-texture.ts';
import { brushOf, PAINTED } from './brush.ts';
import type { Material } from './material.ts';
import { MATERIALS } from './materials.ts';
import { compilePattern, levelAt, lostSlopeAt, type Pattern } from './pattern.ts';
import { zoneDirections } from './zone-directions.ts';
import { type PlaceMaps, placeMapsOf, zoneFrameOf } from './zone-frame.ts';

/** What the materials of a picture share: compiled once for a view and a size. */
export type MaterialStage = {
  readonly view: CompiledView;
  readonly maps: PlaceMaps;
  readonly light: LightTables;
  /** Whether the light was measured where the product stood, with lamps as bright as they are. */
  readonly measured: boolean;
};

/** Makes ready what any material needs of a view at a picture size. Takes some twenty bytes a pixel. */
export const stageMaterials = async (view: ProductView, compiled: CompiledView): Promise<MaterialStage> => ({
  view: compiled,
  maps: await placeMapsOf(view, compiled),
  light: lightTablesOf(view.reflections),
  measured: view.reflections !== null,
});

/** A material in a colour, with its patterns ready to be looked up at any scale. */
export type CompiledMaterial = { readonly material: Material; readonly patterns: readonly Pattern[] };

/** Whether the patterns of a material differ by more than a factor from colour to colour. */
export const dependsOnColour = (id: MaterialId): boolean => MATERIALS[id].contrast > 0;

/** Whether textures of a material differ from colour to colour; the others are a ratio and a light that serve every colour. */
export const textureDependsOnColour = (id: MaterialId): boolean => dependsOnColour(id) || MATERIALS[id].finish.tinted;

/** Paints the patterns of a material. Takes tenths of a second and some megabytes: keep it. */
export const compileMaterial = (id: MaterialId, colour: Reflectance): CompiledMaterial => {
  const material = MATERIALS[id];
  return { material, patterns: material.tiles().map((tile) => compilePattern(tile, material, colour)) };
};

/**
 * What a zone looks like in a material and a colour, for `paintMockup`. A zone of metal takes its colour by what it mirrors.
 * @param colour - the one the material was compiled in, or any for a material that is the same in every colour
 * An abort is heard while it is painted.
 * @returns null when the picture shows none of the zone, or the material is `plain`
 */
export const materialTexture = async (
  stage: MaterialStage,
  zone: string,
  material: CompiledMaterial,
  colour: Reflectance,
  signal: AbortSignal,
): Promise<ZoneTexture | null> => {
  const compiled = stage.view.zones.find((one) => one.id === zone);
  const window = zoneWindow(stage.view, zone);
  if (!compiled || !window || material.material.id === 'plain') return null;
  return paintZone(stage, material, colour, compiled, window, signal);
};

/** Rows between two looks at the signal. */
const BAND = 48;
/** How many pixels tell how bright the brightest will be, and by how much others may be brighter before they are held. */
const PROBED = 40_000;
const SPARE = 1.3;

const paintZone = async (
  { view, maps, light, measured }: MaterialStage,
  { material, patterns }: CompiledMaterial,
  colour: Reflectance,
  zone: CompiledZone,
  window: PictureWindow,
  signal: AbortSignal,
): Promise<ZoneTexture> => {
  const { finish } = material;
  const hidden = patterns.reduce((sum, pattern) => sum + lostSlopeAt(pattern, levelAt(pattern, 1 / maps.pxPerMm)), 0);
  const paint = brushOf({
    material,
    patterns,
    colour,
    frame: zoneFrameOf(maps, zone, view.widthPx),
    directions: maps.normals && zoneDirections(maps.normals, maps.coverOf(zone)),
    matt: light.matt,
    mirror: light.mirrored(roughened(finish.roughness, hidden), finish.tinted ? 'metal' : 'coat'),
    view,
    measured,
  });
  const painted = new Float64Array(PAINTED);
  const [most, brightest] = probe(zone, window, view.widthPx, paint, painted);
  const pattern = squaredPlane(window, most);
  const extra = finish.mirror > 0 ? squaredPlane(window, brightest) : null;
  pattern.bytes.fill(squared(finish.diffuse, pattern));
  for (let y = 0; y < window.heightPx; y += 1) {
    if (y % BAND === 0) await pause(signal);
    const row = y + window.y;
    for (let x = zone.spans[row * 2] ?? 0; x < (zone.spans[row * 2 + 1] ?? 0); x += 1) {
      if (zone.cover[row * view.widthPx + x] === 0) continue;
      paint(x, row, painted);
      const at = (y * window.widthPx + x - window.x) * 3;
      for (let c = 0; c < 3; c += 1) {
        pattern.bytes[at + c] = squared(painted[c] ?? 0, pattern);
        if (extra) extra.bytes[at + c] = squared(painted[3 + c] ?? 0, extra);
      }
    }
  }
  return { window, pattern, gloss: finish.gloss, ...(extra ? { extra } : {}), metal: finish.diffuse === 0 };
};

/** The largest ratio and the brightest light on top among pixels here and there. */
const probe = (
  { spans, cover }: CompiledZone,
  { y: top, widthPx: wide, heightPx }: PictureWindow,
  widthPx: number,
  paint: (x: number, y: number, out: Float64Array) => void,
  painted: Float64Array,
): readonly [number, number] => {
  const step = Math.max(1, Math.floor(Math.sqrt((wide * heightPx) / PROBED)));
  const most = [0, 0];
  for (let y = top; y < top + heightPx; y += step) {
    for (let x = spans[y * 2] ?? 0; x < (spans[y * 2 + 1] ?? 0); x += step) {
      if (cover[y * widthPx + x] === 0) continue;
      paint(x, y, painted);
      for (let c = 0; c < PAINTED; c += 1) most[c < 3 ? 0 : 1] = Math.max(most[c < 3 ? 0 : 1] ?? 0, painted[c] ?? 0);
    }
  }
  return [most[0] ?? 0, most[1] ?? 0];
};

const squaredPlane = ({ widthPx, heightPx }: PictureWindow, most: number): SquaredPlane => ({
  bytes: new Uint8Array(widthPx * heightPx * 3),
  max: Math.max(1e-6, most * SPARE),
});

/** The byte that stands for a value: max * (byte / 255)². */
const squared = (value: number, { max }: SquaredPlane): number => Math.round(255 * Math.sqrt(Math.min(1, Math.max(0, value / max))));

/**
 * A surface looks as rough as its slopes are spread. Roughness squared is the width of the lobe (Burley 2012), which for slopes spread
 * like Beckmann's is the square root of two standard deviations.
 */
const roughened = (roughness: number, hiddenVariance: number): number => Math.min(1, (roughness ** 4 + 2 * hiddenVariance) ** 0.25);
