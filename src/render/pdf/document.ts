import type { SpotColour } from '../../colour/colour.ts';
import type { Intent } from '../../colour/icc.ts';
import type { Affine } from '../../geometry/affine.ts';
import type { Path } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import type { IccProfile } from '../../model/resources.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';

/** What `writePdf` turns into a file. Everything is given; nothing is looked up, so the same document makes the same bytes. */
export type PdfDocument = {
  readonly pages: readonly PdfPage[];
  readonly colour: PdfColour;
  readonly title: string;
  /** ISO 8601 with a zone, "2026-03-01T12:00:00Z"; stands as creation and change date. */
  readonly date: string;
  readonly creator: string;
  readonly overprint?: Partial<PdfOverprint>;
  /** Spot inks whose look is settled beforehand: it holds whatever alternate the art names. */
  readonly spots?: readonly Pick<SpotColour, 'name' | 'alternate'>[];
  /**
   * What crop marks, register marks and sheet marks are drawn in: the ink `All` (default), or the process inks alone, so that plates of foil,
   * white and cuts stay clean.
   */
  readonly markInk?: 'every plate' | 'process';
  /** Layers that pages may paint into, in the order a viewer lists them. */
  readonly layers?: readonly PdfLayer[];
  /**
   * Imposed sheets. With them the file consists of the sheets, and `pages` are the parts they place: each is stored once, however often it
   * is placed; its marks are left out.
   */
  readonly sheets?: readonly PdfSheet[];
};

export type PdfColour =
  | {
      readonly mode: 'cmyk';
      readonly profile: IccProfile;
      readonly intent: Intent;
      /** sRGB 0,0,0 in text and line art is K 100 and nothing else. */
      readonly blackText: 'k100';
      /** Neutral sRGB greys of text and line art: through the profile (default) or on the black plate alone. */
      readonly greys?: 'profile' | 'k';
      /** 'keep' (default) leaves pictures RGB and tags them; 'cmyk' converts them here. */
      readonly images?: 'keep' | 'cmyk';
      /** Largest ink sum of converted colours, 3 for 300 %; default none beyond what the profile does. */
      readonly maxInk?: number;
      /** Holds the inks that the art names itself to that limit too. */
      readonly holdsAll?: boolean;
    }
  | { readonly mode: 'rgb' };

export type PdfOverprint = {
  /** Black text (K 100) up to this size overprints, so that a misplaced plate shows no white rim. GWG 2022 R0009: 12 pt. */
  readonly blackTextUpToPt: number;
  /** Black strokes up to this width overprint. GWG 2022 R0010: 2 pt. */
  readonly blackLineUpToPt: number;
  /** Spot inks that overprint wherever they stand (cut lines, white, varnish). */
  readonly spots: readonly string[];
};

export type PdfPage = {
  readonly scene: Scene;
  readonly boxes: PageBoxes;
  readonly marks: PageMarks | null;
  /** Flips the art left to right about the middle of the trim box; marks and slug stay readable. */
  readonly mirror: boolean;
  /** The layer of the document that the scene stands in; left out: none. */
  readonly artLayer?: string;
  /** Painted below the scene, in trim-box millimetres, first to last, not clipped to the bleed. Their plates stay whole under the art. */
  readonly under?: readonly PageLayer[];
  /** Painted over the scene, outside every layer, in trim-box millimetres, not clipped to the bleed. */
  readonly extra?: readonly SceneNode[];
  /** Painted last, over everything, in trim-box millimetres, first to last, not clipped to the bleed. */
  readonly over?: readonly PageLayer[];
};

/** What one layer of the document holds on a page: pictures of plates first, then nodes over them. */
export type PageLayer = { readonly layer: string; readonly plates?: readonly PlateImage[]; readonly nodes?: readonly SceneNode[] };

/** A picture of one spot ink alone. It overprints: its clear parts erase its own plate and no other. */
export type PlateImage = {
  readonly spot: Pick<SpotColour, 'name' | 'alternate'>;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Row-major, a byte a pixel: 0 no ink, 255 solid. */
  readonly data: Uint8Array;
  /** Where it stands, mm of the page. */
  readonly box: Rect;
};

/** A sheet of paper with pages placed on it; lengths in mm of the sheet, y down. */
export type PdfSheet = {
  readonly boxes: PageBoxes;
  readonly places: readonly SheetPlace[];
  /** Lines of 0.25 pt in the ink of all marks: crop and fold marks. */
  readonly marks: Path | null;
  /** Painted last: labels. */
  readonly nodes?: readonly SceneNode[];
};

export type SheetPlace = {
  /** Index into the pages of the document. */
  readonly page: number;
  /** Trim-box millimetres of the page to millimetres of the sheet: moved, turned, never scaled by an imposition. */
  readonly at: Affine;
  /** The part of the page that shows, in its own millimetres; null for its bleed box. */
  readonly clip: Rect | null;
};

/** Boxes in the millimetres of the scene (origin at the top left of the trim box, y down), each inside the next. */
export type PageBoxes = { readonly trim: Rect; readonly bleed: Rect; readonly media: Rect };

export type PageMarks = {
  readonly crop: boolean;
  readonly registration: boolean;
  /** Job text as outlines, in the millimetres of the scene, outside the bleed; null for none. */
  readonly slug: readonly SceneNode[] | null;
};

export type PdfLayer = {
  readonly name: string;
  /** ISO 19593-1, for example group Structural, type Cutting; null for a plain layer. */
  readonly processingStep: { readonly group: string; readonly type: string | null } | null;
};

export const DEFAULT_OVERPRINT: PdfOverprint = { blackTextUpToPt: 12, blackLineUpToPt: 2, spots: [] };
