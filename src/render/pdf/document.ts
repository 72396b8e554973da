import type { Intent } from '../../colour/icc.ts';
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
  /** Layers that pages may paint into, in the order a viewer lists them. */
  readonly layers?: readonly PdfLayer[];
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
  /** Painted over the scene, in trim-box millimetres, not clipped to the bleed. */
  readonly extra?: readonly SceneNode[];
  /** Painted last, each into the named layer of the document. */
  readonly layers?: readonly { readonly layer: string; readonly nodes: readonly SceneNode[] }[];
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
