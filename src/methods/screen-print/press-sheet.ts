import type { InkPlan } from './ink-plan.ts';
import type { PrintInk } from './inks.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** One screen on the press. */
export type PressPlate = {
  readonly order: number;
  readonly count: number;
  /** Name of the plate in files. */
  readonly name: string;
  readonly ink: PrintInk;
  readonly role: 'underbase' | 'ink' | 'highlight';
  /** Index into the inks of the plan; null for the underbase. */
  readonly at: number | null;
  readonly hasTones: boolean;
  /** Threads per inch. */
  readonly mesh: number;
  readonly flashAfter: boolean;
};

export const UNDERBASE = 'UNDERBASE';
export const HIGHLIGHT = 'HILITE WHITE';

/** Meshes that are sold everywhere, threads per inch. */
const MESHES = [110, 125, 156, 180, 195, 230, 255, 305] as const;
/** A screen needs about four threads for a line of dots. */
const THREADS_PER_LINE = 4;
const SOLID_MESH = 156;
/** White has to cover: a coarser mesh lays more. */
const WHITE_MESH = 125;

/** Mesh advice of a plate: covering for even areas, four threads to a line of dots for tones. */
export const meshFor = (hasTones: boolean, isWhite: boolean, lpi: number): number => {
  const least = hasTones ? lpi * THREADS_PER_LINE : isWhite ? WHITE_MESH : SOLID_MESH;
  return MESHES.find((mesh) => mesh >= least) ?? 305;
};

/** Threads per centimetre of a mesh in threads per inch. */
export const perCentimetre = (mesh: number): number => Math.round(mesh / 2.54);

/** The screens in the order of printing: underbase, flash, light to dark, highlight white. */
export const pressSheet = (plan: InkPlan, settings: ScreenPrintSettings, toneInks: ReadonlySet<number>): readonly PressPlate[] => {
  const { base, inks } = plan;
  const isWhite = (ink: PrintInk): boolean => ink.swatch.id === settings.underbaseInk;
  const tops = inks.map((ink, at) => ({ ink, at })).filter(({ ink }) => !(base && isWhite(ink) && !settings.highlightWhite));
  const count = tops.length + (base ? 1 : 0);
  const under: readonly PressPlate[] = base
    ? [
        {
          order: 1,
          count,
          name: UNDERBASE,
          ink: base,
          role: 'underbase',
          at: null,
          hasTones: toneInks.size > 0,
          mesh: meshFor(toneInks.size > 0, true, settings.lpi),
          flashAfter: true,
        },
      ]
    : [];
  return [
    ...under,
    ...tops.map(({ ink, at }, i): PressPlate => {
      const role = base && isWhite(ink) ? 'highlight' : 'ink';
      const nextIsHighlight = base !== null && tops[i + 1] !== undefined && isWhite(tops[i + 1]?.ink ?? ink);
      return {
        order: under.length + i + 1,
        count,
        name: role === 'highlight' ? HIGHLIGHT : ink.plate,
        ink,
        role,
        at,
        hasTones: toneInks.has(at),
        mesh: meshFor(toneInks.has(at), isWhite(ink), settings.lpi),
        flashAfter: nextIsHighlight,
      };
    }),
  ];
};

/** What stands on the plate outside the art. */
export const labelOf = (
  plate: PressPlate,
  work: { readonly title: string; readonly label: string },
  { lpi, angle, dot }: ScreenPrintSettings,
): string => {
  const ruling = plate.hasTones ? `${lpi} lpi ${angle} deg ${dot}` : 'solid';
  const parts = [
    work.label,
    work.title,
    `${plate.order} of ${plate.count}: ${plate.name}`,
    plate.name === plate.ink.plate ? '' : plate.ink.swatch.name,
    ruling,
    `mesh ${plate.mesh}`,
  ];
  return parts.filter((part) => part !== '').join('   ');
};
