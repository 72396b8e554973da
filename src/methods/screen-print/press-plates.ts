import { mmToPx } from '../../geometry/units.ts';
import type { InkDots } from '../../render/plates/plate-dots.ts';
import { addDots, blankWords, copyDots, grown, keepDots, removeDots, shrunk, type WordPlane } from '../../render/plates/word-plane.ts';
import { type InkPlan, needsBase } from './ink-plan.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** The finished dots of one screen: even areas and dots of tones, still apart. */
export type ScreenDots = { readonly areas: WordPlane | null; readonly tones: WordPlane | null };

/** Those of the inks in print order, and of the underbase. */
export type PressPlates = { readonly base: ScreenDots | null; readonly inks: readonly ScreenDots[] };

type Size = { readonly widthPx: number; readonly heightPx: number };
type Pause = () => Promise<void>;

/** Traps the inks and lays the underbase. Everything is dots by now, so plates and their trap are sharp to a pixel. */
export const pressPlates = async (
  dots: readonly InkDots[],
  plan: InkPlan,
  settings: ScreenPrintSettings,
  size: Size,
  pause: Pause,
): Promise<PressPlates> => {
  const base = plan.base ? await underbase(dots, plan, settings, size, pause) : null;
  if (base && !settings.highlightWhite) addWhite(base, dots, plan, settings);
  return { base, inks: await trapped(dots, plan, settings, size, pause) };
};

/** White that is not printed again needs all of its base, to the edge. */
const addWhite = ({ areas, tones }: ScreenDots, dots: readonly InkDots[], plan: InkPlan, settings: ScreenPrintSettings): void => {
  dots.forEach(({ solid, tone }, i) => {
    if (!isHighlight(plan, i, settings)) return;
    if (areas && solid) addDots(areas, solid);
    if (tones && tone) addDots(tones, tone);
  });
};

/** Last ink first: what is darker is known when a lighter one is spread under it. */
const trapped = async (
  dots: readonly InkDots[],
  plan: InkPlan,
  settings: ScreenPrintSettings,
  size: Size,
  pause: Pause,
): Promise<readonly ScreenDots[]> => {
  const reachPx = mmToPx(settings.trap, settings.dpi);
  const darker = blankWords(size.widthPx, size.heightPx);
  let anyDarker = false;
  const inks: ScreenDots[] = [];
  for (let i = dots.length - 1; i >= 0; i--) {
    const { solid, tone } = dots[i] ?? { solid: null, tone: null };
    // White printed last lies on the underbase: nothing needs to reach below it, and it must not spread over others.
    const onTop = isHighlight(plan, i, settings);
    if (!solid || onTop || reachPx < 1) {
      inks.unshift({ areas: solid, tones: tone });
      continue;
    }
    inks.unshift({ areas: anyDarker ? await spreadUnder(solid, darker, reachPx, pause) : solid, tones: tone });
    addDots(darker, solid);
    anyDarker = true;
  }
  return inks;
};

const spreadUnder = async (solid: WordPlane, darker: WordPlane, reachPx: number, pause: Pause): Promise<WordPlane> => {
  const spread = await grown(solid, reachPx, pause);
  keepDots(spread, darker);
  addDots(spread, solid);
  return spread;
};

const isHighlight = ({ base, inks }: InkPlan, i: number, { underbaseInk }: ScreenPrintSettings): boolean =>
  base !== null && inks[i]?.swatch.id === underbaseInk;

/** Parts of the choke that are tried in turn: thin strokes get a thin base rather than none. */
const CHOKE_STEPS = [1, 0.5, 0.25] as const;
const PINHOLE_PX = 1.5;
/** Dots of tones keep a base of nearly their size. */
const TONE_CHOKE_MM = 0.04;

const underbase = async (
  dots: readonly InkDots[],
  plan: InkPlan,
  settings: ScreenPrintSettings,
  size: Size,
  pause: Pause,
): Promise<ScreenDots> => {
  const under = dots.filter((_, i) => plan.inks[i] && needsBase(plan.inks[i], settings));
  const solids = unionOf(
    under.map(({ solid }) => solid),
    size,
  );
  const tones = unionOf(
    under.map(({ tone }) => tone),
    size,
  );
  if (!tones) return { areas: solids && (await choked(solids, settings, pause)), tones: null };
  const base = await shrunk(tones, mmToPx(TONE_CHOKE_MM, settings.dpi), pause);
  if (!solids) return { areas: null, tones: base };
  // Even areas keep their full base where tones go on beside them: dots are closed to an area before the edge is looked for.
  const cellPx = settings.dpi / settings.lpi;
  const area = await grown(tones, cellPx * 0.75, pause);
  addDots(area, solids);
  const inner = await choked(area, settings, pause);
  keepDots(inner, solids);
  return { areas: inner, tones: base };
};

const unionOf = (planes: readonly (WordPlane | null)[], { widthPx, heightPx }: Size): WordPlane | null => {
  const some = planes.flatMap((plane) => (plane ? [plane] : []));
  if (some.length === 0) return null;
  const union = blankWords(widthPx, heightPx);
  for (const plane of some) addDots(union, plane);
  return union;
};

/** Shrunk by the choke; parts that would vanish are shrunk by half of it, then by a quarter. */
const choked = async (plane: WordPlane, { choke, dpi }: ScreenPrintSettings, pause: Pause): Promise<WordPlane> => {
  const full = mmToPx(choke, dpi);
  if (full < 1) return copyDots(plane);
  const out = blankWords(plane.widthPx, plane.heightPx);
  // Where three areas meet, none may cover half of a pixel: such pinholes are closed before they grow.
  const whole = await grown(plane, PINHOLE_PX, pause);
  // What an earlier step kept reaches back to the edge: only what it lost altogether is taken from the next one.
  const reached = blankWords(plane.widthPx, plane.heightPx);
  for (const step of CHOKE_STEPS) {
    const part = await shrunk(whole, full * step + PINHOLE_PX, pause);
    removeDots(part, reached);
    addDots(out, part);
    if (step !== CHOKE_STEPS.at(-1)) addDots(reached, await grown(part, full + 1, pause));
  }
  return out;
};
