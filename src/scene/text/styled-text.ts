import type { Rect } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import type { FontRequest } from '../../model/resources.ts';
import type { TextFields, TextRun } from '../../model/text-layer.ts';
import { paintOf } from '../paint.ts';
import type { Paint } from '../scene.ts';
import { cleaningFindings, cleanText } from './clean-text.ts';
import { EMOJI_FONT, fontOrder } from './font-requests.ts';
import type { FontSet } from './font-set.ts';
import { withCase } from './letter-case.ts';
import type { LoadedFont } from './loaded-font.ts';
import { type FeatureSet, featureSet } from './shape-run.ts';

/** How a run of text is set, with fonts open and the paint laid over the box. */
export type RunStyle = {
  readonly index: number;
  /** In order of preference; never empty. */
  readonly fonts: readonly LoadedFont[];
  readonly sizeFactor: number;
  readonly paint: Paint;
  readonly features: FeatureSet;
  /** In ems of the run. */
  readonly trackingEm: number;
  /** Upwards, in ems of the run. */
  readonly shiftEm: number;
  readonly pointer: string;
};

/** `starts[i]` is where the style `styles[i]` begins; every style lasts to the next start. */
export type StyledText = {
  readonly text: string;
  readonly styles: readonly RunStyle[];
  readonly starts: readonly number[];
  readonly findings: readonly Finding[];
};

const nameOf = ({ family, weight, italic }: FontRequest): string => `${family} ${weight}${italic ? ' italic' : ''}`;

const openFonts = (requests: readonly FontRequest[], axes: TextFields['axes'], set: FontSet, pointer: string) => {
  const fonts: LoadedFont[] = [];
  const findings: Finding[] = [];
  for (const request of requests) {
    const font = set.font(request, axes);
    if (font !== null) fonts.push(font);
    else if (request !== EMOJI_FONT) {
      findings.push({
        severity: 'error',
        code: 'text.font-missing',
        pointer,
        message: `expected the font ${nameOf(request)}, got no file for it`,
      });
    }
  }
  return { fonts, findings };
};

/** Wider spacing pulls ligatures apart: they are left out unless the layer asks for them (as CSS Text 3 has it). */
const featuresOf = (layer: TextFields, run: Partial<TextRun>, isTracked: boolean): FeatureSet =>
  featureSet({ ...(isTracked ? { liga: 0, clig: 0 } : {}), ...layer.features, ...run.features });

/** Cleans, cases and joins the runs of a layer; findings instead when a font the layer names is not in the set. */
export const styleText = (layer: TextFields, set: FontSet, box: Rect, pointer: string): StyledText | readonly Finding[] => {
  const pieces: readonly (Partial<TextRun> & { readonly text: string })[] = layer.runs ?? [{ text: layer.text }];
  const styles: RunStyle[] = [];
  const starts: number[] = [];
  const findings: Finding[] = [];
  let text = '';
  let [removed, marks] = [0, 0];
  for (const [index, run] of pieces.entries()) {
    const at = layer.runs === undefined ? pointer : `${pointer}/runs/${index}`;
    const clean = cleanText(run.text);
    removed += clean.removed;
    marks += clean.marks;
    const opened = openFonts(fontOrder(layer, run.font), layer.axes, set, at);
    findings.push(...opened.findings);
    const tracking = run.tracking ?? layer.tracking;
    starts.push(text.length);
    styles.push({
      index,
      fonts: opened.fonts,
      sizeFactor: run.sizeFactor ?? 1,
      paint: paintOf(run.fill ?? layer.fill, box),
      features: featuresOf(layer, run, tracking !== 0 || layer.trackingMm !== 0),
      trackingEm: tracking / 1000,
      shiftEm: run.baselineShift ?? 0,
      pointer: at,
    });
    text += withCase(clean.text, run.case ?? layer.case, layer.locale ?? 'en');
  }
  if (findings.length > 0) return findings;
  return { text, styles, starts, findings: cleaningFindings(removed, marks, pointer) };
};
