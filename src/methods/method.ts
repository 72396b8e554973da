import type { z } from 'zod';
import type { Finding } from '../model/finding.ts';
import type { Artifact } from '../model/manifest.ts';
import type { Palette } from '../model/palette.ts';
import type { DecodedImage, IccProfile } from '../model/resources.ts';
import type { Appearance, AppearanceRequest } from '../render/appearance.ts';
import type { RasterSession } from '../render/raster/raster-memory.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';

/**
 * How a mark gets onto an article. A method is a value: add one with a folder here, a line in methods/index.ts, a page in
 * docs/methods and golden cases; tests/methods.test.ts then runs the shared suite for it.
 */
export type Method<S = unknown> = {
  readonly id: string;
  readonly title: string;
  /** One sentence for lists. */
  readonly summary: string;
  /** Whether its files run past the trim. Art for a method without bleed may end at the edge of the print area. */
  readonly bleeds: boolean;
  /**
   * `anything`: pictures, fades and every colour. `tones`: pictures and fades, in a colour of its own. `solid`: only even areas of the colours
   * of its palette; the rest is an error finding. The shared suite gives each method art of its kind.
   */
  readonly takes: 'anything' | 'tones' | 'solid';
  /** Takes finished stitches of machine files as they are; left out: they are refused. */
  readonly sews?: true;
  /** Strict object with a default for every member; lengths in mm. */
  readonly settings: z.ZodType<S>;
  /** Preflight of one scene: pure and cheap. Errors stop the job before any heavy work. */
  readonly check: (scene: Scene, settings: S, facts: CheckFacts) => readonly Finding[];
  /** What `make` will look up beside pictures. */
  readonly needs: (settings: S) => Needs;
  /** Production files of one work piece. Same input, same bytes. */
  readonly make: (work: Work<S>, context: MakeContext) => Promise<Made>;
  /** How the decoration looks on the article, for previews and mockups: layers from the bottom up. */
  readonly appearance: (scene: Scene, settings: S, request: AppearanceRequest, context: MakeContext) => Promise<readonly Appearance[]>;
};

export type CheckFacts = {
  /** Colour of the article under the placement as "#rrggbb", null when the variant does not say. */
  readonly articleColour: string | null;
  /** JSON pointer of the placement in the spec. */
  readonly pointer: string;
  readonly picture: (digest: string) => DecodedImage;
  /** One of those that `needs` names. */
  readonly palette: (id: string) => Palette;
};

export type Needs = { readonly profiles: readonly string[]; readonly lettering: boolean; readonly palettes?: readonly string[] };

/** Scenes that belong in one file, in page order; most work has one. */
export type Work<S> = {
  /** Stem of file names, unique in the job: "front-dtg". */
  readonly name: string;
  readonly pages: readonly Scene[];
  readonly settings: S;
  readonly title: string;
  /** ISO 8601 with a zone; the spec's date, never the clock's. */
  readonly date: string;
  /** Order reference and the like, for slug lines; may be empty. */
  readonly label: string;
  /** Chosen options of the article, defaults filled in, for labels: {"size": "m"}; left out: none are known. */
  readonly variant?: Readonly<Record<string, string>>;
};

export type MakeContext = {
  /** Colour of the article in the chosen variant as "#rrggbb", null when the product does not say. */
  readonly articleColour: string | null;
  readonly picture: (digest: string) => DecodedImage;
  readonly profile: (name: string) => IccProfile;
  readonly palette: (id: string) => Palette;
  /** A plain line of text as outlines in a box at 0,0 (mm), left aligned; only when `needs().lettering`. */
  readonly lettering: (text: string, widthMm: number, heightMm: number) => readonly SceneNode[];
  readonly signal: AbortSignal;
  /** Remembers renders of scenes that come again with small changes; left out: every render starts afresh. */
  readonly renders?: RasterSession;
};

export type MadeFile = Omit<Artifact, 'sha256' | 'bytes'> & { readonly data: Uint8Array };
export type Made = { readonly files: readonly MadeFile[]; readonly findings: readonly Finding[] };
