import { BLACK, type Colour, WHITE } from '../../colour/colour.ts';
import { labOfSrgb } from '../../colour/lab.ts';
import type { Path } from '../../geometry/path.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import type { SolidArt, SolidPiece, SolidRegion } from '../../render/solid/solid-art.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import type { Paint, Scene, SceneNode, Stroke } from '../../scene/scene.ts';
import type { EngravingSettings } from './settings.ts';
import { takeSingleLines } from './single-lines.ts';
import { type BeamLine, takeLines } from './take-lines.ts';

/** What the machine is to do, in mm of the placement. */
export type EngravedArt = {
  /** The art without its lines. */
  readonly scene: Scene;
  readonly lines: readonly BeamLine[];
  /** Small letters as lines along their middle, marked like areas. */
  readonly singles: readonly Path[];
  /** Even areas to engrave, all in black; white took its part away. */
  readonly solid: SolidArt;
  readonly area: SolidRegion | null;
  /** All that is painted, in black and white, in paint order. */
  readonly painted: readonly SolidPiece[];
  /** All of it is white: then white is what is engraved. */
  readonly isWhiteOnly: boolean;
  /** Outlines alone tell it all: no picture, fade or tint. */
  readonly isEven: boolean;
};

/** From this lightness on a colour is white: it takes away what lies below. L* of 0 to 100. */
const WHITE_FROM = 96;

const isWhite = (colour: Colour): boolean => labOfSrgb(screenColour(colour)).l >= WHITE_FROM;

/** A marked place is a marked place: every colour is engraved alike, white is left out unless the art is nothing but white. */
export const engravedArt = (scene: Scene, { singleLineBelow }: Pick<EngravingSettings, 'singleLineBelow'>): EngravedArt => {
  const { scene: lettered, lines } = takeLines(scene);
  const { scene: rest, singles } = takeSingleLines(lettered, singleLineBelow);
  const plain = solidRegions(rest, { knockOut: true, colourOf: (colour) => (isWhite(colour) ? WHITE : BLACK) });
  const onlyWhite = plain.regions.length > 0 && plain.pieces.every(({ colour }) => colour === WHITE) && plain.refused.length === 0;
  const solid = onlyWhite ? solidRegions(rest, { knockOut: true, colourOf: () => BLACK }) : marked(plain);
  const { pieces: painted } = onlyWhite ? solid : plain;
  const area = solid.regions[0] ?? null;
  return { scene: rest, lines, singles, solid, area, painted, isWhiteOnly: onlyWhite, isEven: solid.refused.length === 0 };
};

const marked = ({ regions, pieces, refused }: SolidArt): SolidArt => ({
  regions: regions.filter(({ colour }) => colour === BLACK),
  pieces: pieces.filter(({ colour }) => colour === BLACK),
  refused,
});

/** The art for dots: lettering and drawings are marked fully whatever their colour; pictures and fades keep their tones. */
export const inBlack = (scene: Scene, whiteToo: boolean): Scene => ({
  ...scene,
  nodes: scene.nodes.map((node) => blackened(node, (colour) => (!whiteToo && isWhite(colour) ? WHITE : BLACK))),
});

type Recolour = (colour: Colour) => Colour;

const blackened = (node: SceneNode, to: Recolour): SceneNode => {
  switch (node.kind) {
    case 'path':
      return { ...node, fill: fullPaint(node.fill, to), stroke: strokeTo(node.stroke, to) };
    case 'glyphs':
      return { ...node, fill: fullPaint(node.fill, to) };
    case 'raster':
      return node;
    case 'group':
      return { ...node, children: node.children.map((child) => blackened(child, to)) };
  }
};

const fullPaint = <T extends Paint | null>(paint: T, to: Recolour): T =>
  paint?.kind === 'solid' ? { ...paint, colour: to(paint.colour) } : paint;

const strokeTo = (stroke: Stroke | null, to: Recolour): Stroke | null =>
  stroke ? { ...stroke, paint: fullPaint(stroke.paint, to) } : null;

/** Whether the files are dots. */
export const isRaster = ({ isEven }: EngravedArt, { mode }: EngravingSettings): boolean =>
  mode === 'raster' || (mode === 'auto' && !isEven);
