import type { Colour, SrgbColour } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import type { Palette } from '../../model/palette.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import type { Scene } from '../../scene/scene.ts';
import { type ArtFacts, artFacts } from './art-facts.ts';
import type { Article } from './article.ts';
import { inksForTones } from './choose-inks.ts';
import { allowedInks, inkOfPlate, namedInk, nearestInk, type PrintInk } from './inks.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** Art this near to the article's colour is left to the article, dE00: nobody would see the ink. */
const SAME_AS_ARTICLE = 8;

/** Where one flat colour of the art went: an ink, or the bare article (`ink` null). */
export type Mapping = {
  readonly colour: SrgbColour;
  readonly pointers: readonly string[];
  readonly ink: PrintInk | null;
  readonly distance: number;
};

/** Which inks print a scene, in print order, and what becomes of its colours. */
export type InkPlan = {
  readonly article: Article;
  /** First to last on the press; the underbase is not among them. */
  readonly inks: readonly PrintInk[];
  readonly base: PrintInk | null;
  readonly mappings: readonly Mapping[];
  readonly facts: ArtFacts;
  readonly mapOf: (colour: Colour) => Mapping;
};

export const planInks = (
  scene: Scene,
  settings: ScreenPrintSettings,
  article: Article,
  palette: Palette,
  picture: (digest: string) => DecodedImage,
): InkPlan => {
  const facts = artFacts(scene, picture);
  const allowed = allowedInks(palette, settings);
  const mapOf = (colour: Colour): Mapping => mapColour(colour, allowed, article);
  const flat = facts.pictures.flatMap((one) => (one.flat ?? []).map((colour) => ({ colour, pointers: [one.pointer] })));
  const mappings = [...facts.colours, ...flat].map(({ colour, pointers }) => ({ ...mapOf(colour), pointers }));
  const own = settings.process === 'simulated' ? mappings.filter(({ distance }) => distance <= settings.matchWithin) : mappings;
  const flatInks = new Set(own.flatMap(({ ink }) => (ink ? [ink] : [])));
  const used = settings.process === 'simulated' ? inksForTones(facts, flatInks, allowed, article, settings) : flatInks;
  const inks = printOrder([...used], article, settings);
  const base = article.needsBase && inks.some((ink) => needsBase(ink, settings)) ? namedInk(palette, settings.underbaseInk) : null;
  return { article, inks, base, mappings, facts, mapOf };
};

export const needsBase = ({ swatch }: PrintInk, { noBase }: Pick<ScreenPrintSettings, 'noBase'>): boolean => !noBase.includes(swatch.id);

/** A plate's name is that ink; the article's colour is no ink; any other colour is its nearest ink. */
const mapColour = (colour: Colour, allowed: readonly PrintInk[], article: Article): Mapping => {
  const seen = screenColour(colour.space === 'spot' ? { ...colour, tint: 1 } : colour);
  const named = inkOfPlate(colour, allowed);
  if (named) return { colour: seen, pointers: [], ink: named, distance: 0 };
  const best = nearestInk(seen, allowed);
  const bare = colourDistance(seen, article.colour);
  if (!best || (bare < SAME_AS_ARTICLE && bare <= best.distance + SAME_AS_ARTICLE))
    return { colour: seen, pointers: [], ink: null, distance: bare };
  return { colour: seen, pointers: [], ink: best.ink, distance: best.distance };
};

/** Light to dark, so that a dark ink never greys a light one in the next screen; white over an underbase last, as highlight. */
const printOrder = (inks: readonly PrintInk[], { needsBase: dark }: Article, settings: ScreenPrintSettings): readonly PrintInk[] => {
  const rank = ({ swatch, lab }: PrintInk): number => (dark && swatch.id === settings.underbaseInk ? Number.POSITIVE_INFINITY : -lab.l);
  return [...inks].sort((a, b) => rank(a) - rank(b) || (a.swatch.id < b.swatch.id ? -1 : 1));
};
