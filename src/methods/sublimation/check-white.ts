import { colourFromHex, type SrgbColour, WHITE } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import type { Finding } from '../../model/finding.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { Paint, RasterNode, Scene, SceneNode } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import type { CheckFacts } from '../method.ts';
import type { SublimationSettings } from './settings.ts';

/** Two flat colours nearer than this look the same (CIEDE2000, as for invisible art). */
const SAME_COLOUR = 8;
/** A picture with less white than this has highlights, not white parts, per cent. */
const MOST_WHITE = 2;
/** Pixels whose darkest channel is above this, and which cover, pass for white. */
const WHITE_CHANNEL = 244;
/** Pixels of a picture that are looked at, at the most. */
const SAMPLES = 20_000;

/** What is known of the blank: what the settings say is certain; the article's own colour is what the customer will probably see. */
type Blank = { readonly colour: string; readonly certain: boolean };

const blankOf = ({ base }: SublimationSettings, { articleColour }: CheckFacts): Blank | null =>
  base !== undefined ? { colour: base, certain: true } : articleColour === null ? null : { colour: articleColour, certain: false };

/** White in art for a blank that is not white: there is no white dye, so the blank shows there. */
export const checkWhite = ({ nodes }: Scene, settings: SublimationSettings, facts: CheckFacts): readonly Finding[] => {
  const blank = blankOf(settings, facts);
  const ground = blank && colourFromHex(blank.colour);
  if (!blank || !ground || colourDistance(ground, WHITE) < SAME_COLOUR) return [];
  const found = new Map<string, Finding>();
  for (const node of nodesOf(nodes)) {
    const finding = node.kind === 'raster' ? whiteOfPicture(node, facts.picture(node.image.digest), blank) : whiteOfPaint(node, blank);
    if (finding && found.get(finding.pointer)?.severity !== 'error') found.set(finding.pointer, finding);
  }
  return [...found.values()];
};

const isWhite = (colour: SrgbColour): boolean => colourDistance(colour, WHITE) < SAME_COLOUR;

const paintsWhite = (paint: Paint | null): boolean => paint?.kind === 'solid' && paint.colour.space === 'srgb' && isWhite(paint.colour);

const whiteOfPaint = (node: Exclude<SceneNode, RasterNode>, { colour, certain }: Blank): Finding | null => {
  if (node.kind === 'group') return null;
  const white = paintsWhite(node.fill) || (node.kind === 'path' && paintsWhite(node.stroke?.paint ?? null));
  if (!white) return null;
  return {
    severity: certain ? 'error' : 'warning',
    code: 'art.white',
    pointer: node.pointer,
    message: `There is no white dye: this would show the blank, which is ${colour}.`,
    hint: 'Choose a white blank or another method, or paint it in the colour of the blank to show that this is meant.',
  };
};

const whiteOfPicture = ({ pointer, source, adjust }: RasterNode, { widthPx, rgba }: DecodedImage, { colour }: Blank): Finding | null => {
  // What a filter makes of the pixels is only known after it ran.
  if (adjust.length > 0) return null;
  const step = Math.max(1, Math.floor(Math.sqrt((source.width * source.height) / SAMPLES)));
  let [white, all] = [0, 0];
  for (let y = Math.floor(source.y); y < source.y + source.height; y += step)
    for (let x = Math.floor(source.x); x < source.x + source.width; x += step) {
      const at = (y * widthPx + x) * 4;
      all += 1;
      if ((rgba[at + 3] ?? 0) > 128 && Math.min(rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0) >= WHITE_CHANNEL) white += 1;
    }
  const share = all === 0 ? 0 : Math.round((white / all) * 1000) / 10;
  if (share <= MOST_WHITE) return null;
  return {
    severity: 'warning',
    code: 'art.white',
    pointer,
    message: `${share} % of the picture is white, and there is no white dye: these parts would show the blank, which is ${colour}.`,
    hint: 'Choose a white blank or another method, or a picture without white.',
    measured: share,
    required: MOST_WHITE,
    unit: '%',
  };
};
