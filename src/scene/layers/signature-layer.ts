import { multiply, scaling, translation } from '../../geometry/affine.ts';
import { boundsOfPath, joinPaths, type Path, PathBuilder, rectPath, transformPath } from '../../geometry/path.ts';
import { type Point, type Rect, rectOf } from '../../geometry/point.ts';
import { ellipsePath } from '../../geometry/shapes.ts';
import type { Finding } from '../../model/finding.ts';
import type { SignatureFields } from '../../model/special-layers.ts';
import { filled, lined } from '../special/draw.ts';
import { FIGURE_EM, figureOf } from '../special/figure.ts';
import { setText } from '../special/set-text.ts';
import type { FontSet } from '../text/font-set.ts';
import { type ComposeContext, type Composed, joinComposed, NOTHING } from './context.ts';

/** Parts of the height: above the rule, and below it for the caption. */
const CAPTION = 0.12;
const CAPTION_GAP = 0.08;
/** How far a signature reaches below the rule it stands on, as a part of its height. */
const DIP = 0.16;

/** A name in a script face or drawn with a pen, over a rule, with a printed line below. */
export const composeSignature = (layer: SignatureFields, box: Rect, pointer: string, { fonts }: ComposeContext): Composed => {
  const hasCaption = layer.caption !== '';
  const accent = layer.accent ?? layer.fill;
  const room = box.height * (hasCaption ? 1 - CAPTION - CAPTION_GAP : 1);
  const ruleY = box.y + (layer.rule ? room / (1 + DIP) : room);
  const name = rectOf(box.x + box.width * 0.03, box.y, box.width * 0.94, ruleY - box.y + (layer.rule ? (room * DIP) / (1 + DIP) : 0));
  const signed: Composed = layer.strokes
    ? drawn(layer.strokes, layer, name, pointer)
    : written(layer, { room: name, baseline: ruleY - room * 0.03 }, fonts, `${pointer}/name`);
  const rule: Composed = layer.rule
    ? { nodes: [filled(rectPath(rectOf(box.x, ruleY, box.width, layer.ruleWidth)), accent, `${pointer}/rule`)], findings: [] }
    : NOTHING;
  const caption = hasCaption
    ? setText(
        { text: layer.caption, font: layer.captionFont, fill: accent, tracking: 80 },
        rectOf(box.x, box.y + box.height * (1 - CAPTION), box.width, box.height * CAPTION),
        fonts,
        `${pointer}/caption`,
      )
    : NOTHING;
  return joinComposed([rule, signed, caption]);
};

type Place = { readonly room: Rect; readonly baseline: number };

/** Below this size of type nobody reads a name, mm. */
const LEAST_SIZE = 2;

/** The name on its baseline, as large as the room above and below the rule lets it be. */
const written = ({ name, font, fill }: SignatureFields, { room, baseline }: Place, fonts: FontSet, pointer: string): Composed => {
  const { ink } = figureOf({ text: name, font }, fonts, pointer);
  const [up, down] = [baseline - room.y, room.y + room.height - baseline];
  const limits = ink ? [room.width / ink.width, up / Math.max(-ink.y, 1), down / Math.max(ink.y + ink.height, 1)] : [1];
  const size = Math.max(0.01, Math.min(...limits)) * FIGURE_EM;
  const line = rectOf(room.x, baseline - up, room.width, up);
  const text = { text: name.replace(/\s+/gu, ' '), font, fill, size, valign: 'bottom', fit: { mode: 'fixed' } } as const;
  const set = setText(text, line, fonts, pointer);
  const small: readonly Finding[] =
    size >= LEAST_SIZE
      ? []
      : [
          {
            severity: 'error',
            code: 'text.overflow',
            pointer,
            message: `The name fits its box only at a size of ${size.toFixed(2)} mm; ${LEAST_SIZE} mm is the least.`,
            hint: 'Shorten the name or enlarge the box.',
            measured: Number(size.toFixed(2)),
            required: LEAST_SIZE,
            unit: 'mm',
          },
        ];
  return { nodes: set.nodes, findings: [...set.findings.filter(({ code }) => code !== 'text.overflow'), ...small] };
};

/** A curve through all points (centripetal enough for a pen: Catmull and Rom 1974, as cubics). */
const smoothed = (points: readonly Point[]): Path => {
  const out = new PathBuilder();
  const at = (i: number): Point => points[Math.max(0, Math.min(points.length - 1, i))] ?? { x: 0, y: 0 };
  out.moveTo(at(0).x, at(0).y);
  for (let i = 0; i + 1 < points.length; i += 1) {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const third = 1 / 6;
    out.cubicTo(
      from.x + (to.x - before.x) * third,
      from.y + (to.y - before.y) * third,
      to.x - (after.x - from.x) * third,
      to.y - (after.y - from.y) * third,
      to.x,
      to.y,
    );
  }
  return out.finish();
};

/** Points of a pen come closer than anybody sees; those are left out before smoothing, which would show their jitter. */
const thinned = (points: readonly Point[], least: number): readonly Point[] => {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (!last || Math.hypot(point.x - last.x, point.y - last.y) >= least) kept.push(point);
  }
  const [end, last] = [points.at(-1), kept.at(-1)];
  return end && last && kept.length > 1 && end !== last ? [...kept.slice(0, -1), end] : kept;
};

const drawn = (strokes: NonNullable<SignatureFields['strokes']>, layer: SignatureFields, box: Rect, pointer: string): Composed => {
  const raw = strokes.map((stroke) => stroke.map(([x, y]) => ({ x, y })));
  const all = raw.flat();
  const [xs, ys] = [all.map(({ x }) => x), all.map(({ y }) => y)];
  const [left, top] = [least(xs), least(ys)];
  const [width, height] = [-least(xs.map((x) => -x)) - left, -least(ys.map((y) => -y)) - top];
  const inner = rectOf(
    box.x + layer.pen / 2,
    box.y + layer.pen / 2,
    Math.max(0.01, box.width - layer.pen),
    Math.max(0.01, box.height - layer.pen),
  );
  const scale = Math.min(inner.width / Math.max(width, 1e-9), inner.height / Math.max(height, 1e-9), 1e6);
  const [dx, dy] = [(inner.width - width * scale) / 2, (inner.height - height * scale) / 2];
  const map = multiply(translation(inner.x + dx, inner.y + dy), scaling(scale), translation(-left, -top));
  const lines: Path[] = [];
  const dots: Path[] = [];
  for (const stroke of raw) {
    const path = transformPath(smoothed(thinned(stroke, layer.pen / scale / 3)), map);
    const bounds = boundsOfPath(path);
    if (bounds && bounds.width + bounds.height > 1e-3) lines.push(path);
    else dots.push(dotAt({ x: path.coords[0] ?? 0, y: path.coords[1] ?? 0 }, layer.pen * 1.3));
  }
  const at = `${pointer}/strokes`;
  return {
    nodes: [
      ...(lines.length > 0 ? [lined(joinPaths(lines), layer.fill, layer.pen, at)] : []),
      ...(dots.length > 0 ? [filled(joinPaths(dots), layer.fill, at)] : []),
    ],
    findings: [],
  };
};

/** A loop, as lists of this length are too long to spread. */
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);

const dotAt = ({ x, y }: Point, size: number): Path => ellipsePath(rectOf(x - size / 2, y - size / 2, size, size));
