import { pathLength } from '../../geometry/measure.ts';
import { boundsOfPath } from '../../geometry/path.ts';
import { centreOf } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { isRectangle } from './contours.ts';
import type { Ring } from './ring.ts';

const round = (mm: number): number => Math.round(mm * 100) / 100;

/** Lines that lie nearer to the trim than this mean to lie on it, mm. */
const ON_TRIM_MM = 0.1;

/**
 * Cuts within a sheet that is trimmed square, against its sides: too near leaves a strip that tears, beyond it the knife leaves the sheet. A side
 * that a cut lies on is the cut.
 */
export const sheetEdgeFindings = (
  rings: readonly Ring[],
  { area }: Scene,
  leastMm: number,
  code: 'cut.near' | 'cut.kiss-near-cut',
): readonly Finding[] => {
  if (!isRectangle(area.trim)) return [];
  return rings.flatMap(({ path, pointer }): readonly Finding[] => {
    const box = boundsOfPath(path);
    if (!box) return [];
    const sides = [box.x, box.y, area.widthMm - box.x - box.width, area.heightMm - box.y - box.height];
    const near = Math.min(...sides.filter((mm) => Math.abs(mm) > ON_TRIM_MM && mm < leastMm - 0.005));
    if (!Number.isFinite(near)) return [];
    const what = code === 'cut.near' ? 'The cut' : 'The kiss cut';
    const { x, y } = centreOf(box);
    return [
      {
        severity: 'error',
        code,
        pointer,
        message:
          near < 0
            ? `${what} around (${round(x)}, ${round(y)}) mm runs ${round(-near)} mm over the edge of the sheet.`
            : `${what} around (${round(x)}, ${round(y)}) mm comes within ${round(near)} mm of the edge of the sheet; it needs ${leastMm} mm.`,
        hint: 'Move the piece inwards, with its art, or make the sheet larger.',
        measured: round(near),
        required: leastMm,
        unit: 'mm',
      },
    ];
  });
};

/** Fewer points than this are no burden however close they are. */
const FEW_NODES = 200;

/** Outlines with so many points that the knife stutters: traced pictures, curves taken apart. */
export const denseFindings = (rings: readonly Ring[], mostPerMm: number): readonly Finding[] =>
  rings.flatMap(({ path, pointer }): readonly Finding[] => {
    const nodes = path.verbs.length;
    const perMm = nodes / Math.max(1, pathLength(path));
    if (mostPerMm <= 0 || nodes < FEW_NODES || perMm <= mostPerMm) return [];
    return [
      {
        severity: 'warning',
        code: 'cut.dense',
        pointer,
        message: `The cut line has ${nodes} points, ${round(perMm)} to a millimetre: the knife stutters and the edge frays.`,
        hint: 'Simplify the path: a smooth curve needs a point every few millimetres.',
        measured: round(perMm),
        required: mostPerMm,
        unit: 'points/mm',
      },
    ];
  });

/** One finding for a layer and code, about its worst place, with how many more there are. */
export const worstOfLayers = (findings: readonly Finding[]): readonly Finding[] => {
  const layers = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.code} ${finding.pointer}`;
    layers.set(key, [...(layers.get(key) ?? []), finding]);
  }
  return [...layers.values()].flatMap((all) => {
    const [worst] = [...all].sort((a, b) => badness(b) - badness(a));
    if (!worst) return [];
    const more = all.length - 1;
    const told = more === 0 ? '' : ` There ${more === 1 ? 'is 1 more such place' : `are ${more} more such places`}.`;
    return [{ ...worst, message: `${worst.message}${told}` }];
  });
};

/** An open line is worse the wider it gapes, everything else the less there is. */
const badness = ({ code, measured }: Finding): number => {
  if (typeof measured !== 'number') return 0;
  return code === 'cut.open' || code === 'cut.dense' ? measured : -measured;
};
