import { eggPath } from '../../geometry/egg.ts';
import { centreOf, inflate, intersectionOf, type Point, type Rect, rectOf } from '../../geometry/point.ts';
import { fillPlane } from './fill-plane.ts';
import { islandsOf } from './islands.ts';
import { boxMean, combine, type Plane } from './plane.ts';

/** Proportions of heads about a box from the brows to the chin and from ear to ear. */
const HEAD = { wide: 1.9, above: 0.85, below: 0.07, chin: 0.72 } as const;
const FACE = { wide: 1.08, above: 0.36, below: 0.04, chin: 0.8 } as const;

const eggRound = ({ x, y, width, height }: Rect, { wide, above, below }: typeof HEAD | typeof FACE): Rect =>
  rectOf(x + width / 2 - (width * wide) / 2, y - height * above, width * wide, height * (1 + above + below));

/** The part of a picture that a finder should look at for the head of a face: with room round the hair, inside the picture. */
export const headPart = (face: Rect, picture: Rect): Rect => {
  const { x, y, width, height } = face;
  const wanted = rectOf(x - width * 0.95, y - height * 1.1, width * 2.9, height * 2.6);
  const [left, top] = [Math.max(0, Math.floor(wanted.x)), Math.max(0, Math.floor(wanted.y))];
  const seen = intersectionOf(rectOf(left, top, Math.ceil(wanted.width), Math.ceil(wanted.height)), picture);
  return seen ? rectOf(seen.x, seen.y, Math.max(1, Math.floor(seen.width)), Math.max(1, Math.floor(seen.height))) : picture;
};

/** The subject within an egg over a face, hair not counted: what `of: "face"` shows. Pixels of the plane. */
export const faceWithin = (subject: Plane, face: Rect): Plane => within(subject, face, FACE);

/** The subject within an egg round the head: hair keeps its own outline, the neck ends at a curve below the chin. */
export const headWithin = (subject: Plane, face: Rect): Plane => within(subject, face, HEAD);

const within = (subject: Plane, face: Rect, shape: typeof HEAD | typeof FACE): Plane => {
  const { width, height } = subject;
  const egg = fillPlane(eggPath(eggRound(face, shape), shape.chin), width, height);
  // A face is there for certain, whatever the matte says of its eyes and lips.
  const sure = fillPlane(eggPath(inflate(face, -0.28 * Math.min(face.width, face.height)), FACE.chin), width, height);
  const cut: Plane = { width, height, values: egg.values.map((v, i) => v * Math.max(subject.values[i] ?? 0, sure.values[i] ?? 0)) };
  return onlyPartAt(cut, centreOf(face));
};

/** Without what does not hang together with a place: a neighbour's arm, a lamp. */
const onlyPartAt = (cut: Plane, { x, y }: Point): Plane => {
  const { labels } = islandsOf(
    Uint8Array.from(cut.values, (v) => (v > 0.25 ? 1 : 0)),
    cut.width,
  );
  const wanted = labels[Math.round(y) * cut.width + Math.round(x)];
  if (!wanted) return cut;
  const kept: Plane = { ...cut, values: Float32Array.from(labels, (label) => (label === wanted ? 1 : 0)) };
  // A pixel more: the soft ones along the outline belong to it.
  return combine(cut, boxMean(kept, 1), (value, near) => (near > 0 ? value : 0));
};
