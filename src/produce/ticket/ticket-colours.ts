import { z } from 'zod';
import { type Colour, hexOf } from '../../colour/colour.ts';
import { spotUses } from '../../methods/checks/spots.ts';
import type { Made } from '../../methods/method.ts';
import { materialName } from '../../methods/vinyl/vinyl-colours.ts';
import { type Palette, plateOf, type Swatch } from '../../model/palette.ts';
import { platesOfPdf } from '../../render/pdf/plates-of-pdf.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import type { PlannedPlacement } from '../plan.ts';

/** An ink, thread, foil or vinyl that somebody fetches from the shelf. */
export type TicketColour = {
  readonly name: string;
  /** Order code, plate or what is said of it; may be empty. */
  readonly note: string;
  /** "#rrggbb". */
  readonly swatch: string;
};

type Files = Made['files'];

const screens = z.object({
  plates: z.array(
    z.object({
      order: z.number(),
      name: z.string(),
      ink: z.string(),
      colour: z.string(),
      coveragePercent: z.number(),
      meshPerCm: z.number(),
    }),
  ),
});
const sewing = z.object({
  facts: z.object({
    colours: z.array(z.object({ name: z.string(), code: z.string().optional(), colour: z.string(), stitches: z.number() })),
  }),
});

/**
 * What a work is made with, in its order: from the files that were made where they tell, so that the ticket says what the machine does; else from
 * the art. Empty for methods that mix every colour from their own inks.
 * @param stem - of the names of the files of the work
 */
export const ticketColours = (
  planned: PlannedPlacement,
  files: Files,
  stem: string,
  palette: (id: string) => Palette,
): readonly TicketColour[] => {
  const told = [...fromScreens(files), ...fromSewing(files), ...fromNames(planned, files, stem, palette)];
  if (told.length > 0) return told;
  const plates = files
    .filter(({ mediaType, role }) => mediaType === 'application/pdf' && role === 'production')
    .flatMap(({ data }) => platesOfPdf(data));
  const known = [...spotsOf(planned), ...laidPlates(planned)];
  // Only the finished file knows which plates there are; settings and art know what they look like.
  const inFile = plates.map((name) => known.find((one) => one.name === name) ?? { name, note: 'plate of its own', swatch: '#999999' });
  return (plates.length > 0 ? inFile : known).filter(isFirst);
};

const isFirst = ({ name }: TicketColour, i: number, all: readonly TicketColour[]): boolean =>
  all.findIndex((one) => one.name === name) === i;

const json = (files: Files, ending: string): readonly unknown[] =>
  files.filter(({ name }) => name.endsWith(ending)).map(({ data }): unknown => JSON.parse(new TextDecoder().decode(data)));

const fromScreens = (files: Files): readonly TicketColour[] =>
  json(files, '-inks.json').flatMap((report) => {
    const { data } = screens.safeParse(report);
    return (data?.plates ?? []).map(({ order, name, ink, colour, coveragePercent, meshPerCm }) => ({
      name: `${order}. ${name}`,
      note: `ink ${ink}, ${Math.round(coveragePercent)} %, mesh ${meshPerCm} a cm`,
      swatch: colour,
    }));
  });

const fromSewing = (files: Files): readonly TicketColour[] =>
  json(files, '-quality.json').flatMap((report) => {
    const { data } = sewing.safeParse(report);
    return (data?.facts.colours ?? []).map(({ name, code = '', colour, stitches }, i) => ({
      name: `${i + 1}. ${name}`,
      note: [code, `${stitches} stitches`].filter((part) => part !== '').join(', '),
      swatch: colour,
    }));
  });

const shelf = z.object({ palette: z.string(), kind: z.string().optional() });

/** Dies and cut files are named by their swatch: "front-vinyl-2-navy.svg". */
const fromNames = (
  { settings }: PlannedPlacement,
  files: Files,
  stem: string,
  palette: (id: string) => Palette,
): readonly TicketColour[] => {
  const { data } = shelf.safeParse(settings);
  if (!data) return [];
  const { swatches } = palette(data.palette);
  const plate = (swatch: Swatch): string => (data.kind === 'twill' ? materialName(swatch, data.kind) : plateOf(swatch));
  const named = new Set(files.map(({ name }) => name.slice(stem.length).replace(/\.[a-z0-9]+$/, '')));
  return [...named].flatMap((ending): readonly TicketColour[] => {
    const swatch = swatches.find(({ id }) => ending === `-${id}` || new RegExp(`^-\\d+-${id}$`).test(ending));
    return swatch ? [{ name: swatch.name, note: [swatch.code, plate(swatch)].filter(Boolean).join(', '), swatch: swatch.colour }] : [];
  });
};

const finishes = z.object({ finishing: z.array(z.object({ spot: z.string(), step: z.string() })) });

/** Plates that the art asks for by name. */
const spotsOf = ({ scene, settings }: PlannedPlacement): readonly TicketColour[] => {
  const { data } = finishes.safeParse(settings);
  return spotUses(scene.nodes).map(({ spot }) => ({
    name: spot.name,
    note: data?.finishing.find((one) => one.spot === spot.name)?.step ?? 'plate of its own',
    swatch: hexOfSpot(spot.alternate),
  }));
};

const laid = z.object({
  white: z.string().optional(),
  whiteName: z.string().optional(),
  kissContour: z.string().optional(),
  kissName: z.string().optional(),
  varnish: z.string().optional(),
  varnishName: z.string().optional(),
});

/** Plates that settings ask for and no layer paints; what `auto` comes to, the file says. */
const laidPlates = ({ settings }: PlannedPlacement): readonly TicketColour[] => {
  const { data = {} } = laid.safeParse(settings);
  const { white = 'none', whiteName, kissContour = 'none', kissName, varnish = 'none', varnishName } = data;
  const plate = (name: string | undefined, note: string, swatch: string): readonly TicketColour[] => (name ? [{ name, note, swatch }] : []);
  return [
    ...(white === 'none' ? [] : plate(whiteName, `white, ${white}`, '#ffffff')),
    ...(kissContour === 'none' ? [] : plate(kissName, `kiss cut, ${kissContour}`, '#00a651')),
    ...(varnish === 'art' || varnish === 'full' ? plate(varnishName, `varnish, ${varnish}`, '#e8e8e8') : []),
  ];
};

const hexOfSpot = (colour: Colour): string => hexOf(screenColour(colour));
