import { BLACK, colourFromHex, type SrgbColour } from '../../colour/colour.ts';
import type { Path } from '../../geometry/path.ts';
import { MM_PER_INCH } from '../../geometry/units.ts';
import type { Appearance, AppearanceRequest, Finish } from '../../render/appearance.ts';
import { BARE_METAL, BURNT_WOOD, INK, OXIDE } from '../../render/finishes.ts';
import { renderPixels } from '../../render/raster/render-pixels.ts';
import { photoBoxes } from '../../render/white/photo-boxes.ts';
import type { Scene, SceneNode, Stroke } from '../../scene/scene.ts';
import type { MakeContext } from '../method.ts';
import { engravedArt, inBlack } from './engraved-art.ts';
import { marksLight, materialFacts } from './material-facts.ts';
import type { EngravedMaterial, EngravingSettings } from './settings.ts';
import { tonePlane } from './tone-plane.ts';

/** How a full mark looks: `dye` darkens the material, `ink` covers it. `depthMm` is below the surface. */
type Mark = {
  readonly process: 'ink' | 'dye';
  readonly colour: SrgbColour;
  readonly finish: Finish;
  readonly depthMm: number;
  /** Of the mark's own cover: frost lets the material through. */
  readonly cover: number;
};

/** Scattered light from a roughened clear surface. */
const FROST: Finish = { ...INK, grain: 0.4, gloss: 0.05, shadow: 0.2 };

const rgb = (r: number, g: number, b: number): SrgbColour => ({ space: 'srgb', r: r / 255, g: g / 255, b: b / 255 });

/** Colours set by eye against photographs of engraved goods. */
const MARKS: Readonly<Record<EngravedMaterial, Mark>> = {
  wood: { process: 'dye', colour: rgb(96, 58, 34), finish: BURNT_WOOD, depthMm: -0.3, cover: 0.95 },
  'coated-metal': { process: 'ink', colour: rgb(207, 209, 212), finish: BARE_METAL, depthMm: -0.03, cover: 1 },
  steel: { process: 'ink', colour: rgb(44, 42, 42), finish: OXIDE, depthMm: 0, cover: 0.92 },
  leather: { process: 'dye', colour: rgb(104, 74, 56), finish: { ...BURNT_WOOD, grain: 0.4 }, depthMm: -0.2, cover: 0.95 },
  glass: { process: 'ink', colour: rgb(242, 245, 246), finish: FROST, depthMm: -0.02, cover: 0.8 },
  acrylic: { process: 'ink', colour: rgb(240, 243, 245), finish: FROST, depthMm: -0.1, cover: 0.8 },
  stone: { process: 'ink', colour: rgb(196, 194, 188), finish: { ...INK, grain: 1, gloss: 0 }, depthMm: -0.1, cover: 0.9 },
};

/** The marks as they come off the machine: tones of pictures as the eye sees their dots from a little way off. */
export const engravingAppearance = async (
  scene: Scene,
  settings: EngravingSettings,
  request: AppearanceRequest,
  { picture, signal }: MakeContext,
): Promise<readonly Appearance[]> => {
  const { widthPx, heightPx, region } = request;
  const asked = { ...request, background: null, mirror: false };
  const { scene: plain, singles, isWhiteOnly } = engravedArt(scene, settings);
  const art = withSingles(plain, singles, settings);
  const pixels = await renderPixels(inBlack(art, isWhiteOnly), asked, picture, signal);
  const dpi = (widthPx / region.width) * MM_PER_INCH;
  const { data } = tonePlane(pixels, dpi, photoBoxes(art, asked), { ...settings, lightMarks: marksLight(settings) });
  const mark = markOf(settings);
  const { r, g, b } = mark.colour;
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  const height = new Float32Array(widthPx * heightPx);
  for (let i = 0, at = 0; i < data.length; i += 1, at += 4) {
    const share = (data[i] ?? 0) / 255;
    rgba[at] = Math.round(r * 255);
    rgba[at + 1] = Math.round(g * 255);
    rgba[at + 2] = Math.round(b * 255);
    rgba[at + 3] = Math.round(share * mark.cover * 255);
    height[i] = share * mark.depthMm;
  }
  return [{ process: mark.process, widthPx, heightPx, region, rgba, surface: { finish: mark.finish, height } }];
};

/** Single lines as wide as the beam burns. */
const withSingles = (scene: Scene, singles: readonly Path[], settings: EngravingSettings): Scene => {
  if (singles.length === 0) return scene;
  const paint = { kind: 'solid', colour: BLACK } as const;
  const widthMm = Math.max(NARROWEST_MARK_MM, materialFacts(settings).minStrokeMm);
  const stroke: Stroke = { paint, widthMm, cap: 'round', join: 'round', miterLimit: 4 };
  const lines = singles.map((path): SceneNode => ({ kind: 'path', pointer: '', path, fillRule: 'nonzero', fill: null, stroke }));
  return { ...scene, nodes: [...scene.nodes, ...lines] };
};

/** What a focused beam marks at the least, mm. */
const NARROWEST_MARK_MM = 0.1;

const markOf = ({ material, metal }: EngravingSettings): Mark => {
  const mark = MARKS[material];
  return material === 'coated-metal' ? { ...mark, colour: colourFromHex(metal) ?? mark.colour } : mark;
};
