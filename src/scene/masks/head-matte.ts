import { eggPath } from '../../geometry/egg.ts';
import { intersectionOf, type Rect, rectOf } from '../../geometry/point.ts';
import { fillPlane } from './fill-plane.ts';
import { combine, type Plane } from './plane.ts';

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

/** An egg over a face, hair not counted: what `of: "face"` shows. Pixels of the plane. */
export const faceEgg = (face: Rect, width: number, height: number): Plane =>
  fillPlane(eggPath(eggRound(face, FACE), FACE.chin), width, height);

/** The subject within an egg round the head: hair keeps its own outline, the neck ends at a curve below the chin. */
export const headWithin = (subject: Plane, face: Rect): Plane =>
  combine(subject, fillPlane(eggPath(eggRound(face, HEAD), HEAD.chin), subject.width, subject.height), (a, b) => a * b);
