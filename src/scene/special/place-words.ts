import { type Affine, multiply, rotation, scaling, translation } from '../../geometry/affine.ts';
import { type Path, transformPath } from '../../geometry/path.ts';
import { centreOf, type Rect } from '../../geometry/point.ts';
import { boundsOfRings, type CellMask, filledCells, maskOf, type Rings, ringsOf, touchedCells, transformRings } from './cell-mask.ts';
import { seeded } from './seeded.ts';

/** A word to be placed: its outline at FIGURE_EM, and how large it is to be beside the largest, 0 to 1. */
export type CloudWord = {
  readonly text: string;
  readonly rings: Rings;
  readonly ink: Rect;
  readonly share: number;
  readonly angle: number;
};

/** The map of a word's outline to its place, and its size of type. */
export type PlacedWord = { readonly word: number; readonly map: Affine; readonly sizeMm: number };

export type CloudRequest = {
  readonly words: readonly CloudWord[];
  /** Where words may stand, mm. */
  readonly shape: Path;
  readonly box: Rect;
  readonly em: number;
  readonly minSize: number;
  readonly maxSize: number | undefined;
  readonly gapMm: number;
  readonly seed: number;
  readonly fillUp: boolean;
};

/** Cells along the longer side: fine enough for gaps of a millimetre on a poster, coarse enough for a hundred words in no time. */
const CELLS = 288;
/** More clear space than this part of the box leaves no cloud. */
const WIDEST_GAP = 0.1;
/** The part of the shape that the boxes of all words take at the first try. */
const FILLED = 0.9;
/** Each further try sets all words larger while they fit, and smaller while they do not. */
const LARGER = 1.09;
const SMALLER = 0.92;
const TRIES = 8;
/** A word that is repeated to fill up comes so often at most. */
const REPEATS = 6;

/** The grid words are placed on. `clear` is what a try begins with; `places` are its free cells from the middle outwards. */
class Ground {
  readonly width: number;
  readonly height: number;
  readonly cellMm: number;
  readonly places: Int32Array;
  readonly freeMm2: number;
  readonly #clear: Uint8Array;
  readonly #gap: CellMask;
  #taken: Uint8Array;

  constructor({ box, shape, gapMm }: CloudRequest) {
    const longest = Math.max(box.width, box.height);
    if (gapMm > longest * WIDEST_GAP)
      throw new RangeError(`expected a gap of at most ${WIDEST_GAP * 100} % of the box of a word cloud, got ${gapMm} mm`);
    this.cellMm = longest / CELLS;
    this.width = Math.max(1, Math.ceil(box.width / this.cellMm));
    this.height = Math.max(1, Math.ceil(box.height / this.cellMm));
    const toCells = multiply(scaling(1 / this.cellMm), translation(-box.x, -box.y));
    this.#clear = filledCells(ringsOf(transformPath(shape, toCells), 0.25), this.width, this.height).map((cell) => 1 - cell);
    this.#taken = this.#clear.slice();
    this.freeMm2 = this.#clear.reduce((sum, cell) => sum + 1 - cell, 0) * this.cellMm ** 2;
    this.places = placesIn(this.#clear, this.width, this.height);
    this.#gap = discOf(gapMm / this.cellMm);
  }

  reset(): void {
    this.#taken = this.#clear.slice();
  }

  /** The nearest of the places at which the mask lies on free ground alone; -1 when there is none. */
  find({ columns, rows }: CellMask): number {
    const { width, height } = this;
    const taken = this.#taken;
    next: for (const place of this.places) {
      const [x, y] = [place % width, Math.floor(place / width)];
      for (let i = 0; i < columns.length; i += 1) {
        const [column, row] = [x + (columns[i] ?? 0), y + (rows[i] ?? 0)];
        if (column < 0 || row < 0 || column >= width || row >= height || taken[row * width + column] === 1) continue next;
      }
      return place;
    }
    return -1;
  }

  /** Takes the cells of a mask and all within the gap. */
  take({ columns, rows }: CellMask, place: number): void {
    const { width, height } = this;
    const taken = this.#taken;
    const [x, y] = [place % width, Math.floor(place / width)];
    columns.forEach((dx, i) => {
      const [column, row] = [x + dx, y + (rows[i] ?? 0)];
      this.#gap.columns.forEach((gx, k) => {
        const [c, r] = [column + gx, row + (this.#gap.rows[k] ?? 0)];
        if (c >= 0 && r >= 0 && c < width && r < height) taken[r * width + c] = 1;
      });
    });
  }
}

const discOf = (radius: number): CellMask => {
  const reach = Math.ceil(radius);
  const columns: number[] = [];
  const rows: number[] = [];
  for (let y = -reach; y <= reach; y += 1) {
    for (let x = -reach; x <= reach; x += 1) {
      if (Math.hypot(x, y) > radius + 0.3) continue;
      columns.push(x);
      rows.push(y);
    }
  }
  return { columns: Int32Array.from(columns), rows: Int32Array.from(rows) };
};

/** Every other cell of the grid from the middle of the free ground outwards, as a spiral would come by them. */
const placesIn = (taken: Uint8Array, width: number, height: number): Int32Array => {
  let [sumX, sumY, count] = [0, 0, 0];
  taken.forEach((cell, i) => {
    if (cell === 1) return;
    sumX += i % width;
    sumY += Math.floor(i / width);
    count += 1;
  });
  if (count === 0) return new Int32Array(0);
  const [cx, cy] = [sumX / count, sumY / count];
  const places: { readonly at: number; readonly far: number }[] = [];
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const [dx, dy] = [(x - cx) / width, (y - cy) / height];
      // Words are wider than high, so that rows fill up before columns do.
      if (taken[y * width + x] === 0) places.push({ at: y * width + x, far: Math.hypot(dx, dy) + Math.atan2(dy, dx) * 1e-3 });
    }
  }
  places.sort((a, b) => a.far - b.far);
  return Int32Array.from(places, ({ at }) => at);
};

/** Cells in an order that finds a collision soon: any order but that of reading. */
const shuffled = ({ columns, rows }: CellMask, random: () => number): CellMask => {
  const order = Uint32Array.from(columns, (_, i) => i);
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return { columns: Int32Array.from(order, (i) => columns[i] ?? 0), rows: Int32Array.from(order, (i) => rows[i] ?? 0) };
};

/** A word at a size, turned, about 0, 0; in mm. */
const wordMap = ({ ink, angle }: CloudWord, size: number, em: number): Affine => {
  const { x, y } = centreOf(ink);
  return multiply(rotation(angle), scaling(size / em), translation(-x, -y));
};

const maskAt = (word: CloudWord, size: number, request: CloudRequest, ground: Ground, random: () => number): CellMask => {
  const rings = transformRings(word.rings, multiply(scaling(1 / ground.cellMm), wordMap(word, size, request.em)));
  const box = boundsOfRings(rings);
  if (!box) return { columns: new Int32Array(0), rows: new Int32Array(0) };
  const [left, top] = [Math.floor(box.x) - 1, Math.floor(box.y) - 1];
  const [width, height] = [Math.ceil(box.width) + 4, Math.ceil(box.height) + 4];
  // Larger than the ground, a word has no place on it, and its cells need not be counted.
  if (width > ground.width + 6 || height > ground.height + 6) return { columns: Int32Array.of(-CELLS * 2), rows: Int32Array.of(0) };
  return shuffled(maskOf(touchedCells(transformRings(rings, translation(-left, -top)), width, height), width, -left, -top), random);
};

const cellMiddle = (place: number, { width, cellMm }: Ground, { box }: CloudRequest) => ({
  x: box.x + (place % width) * cellMm,
  y: box.y + Math.floor(place / width) * cellMm,
});

type Try = {
  readonly placed: readonly PlacedWord[];
  readonly missing: readonly number[];
  /** Of the largest word. */
  readonly sizeMm: number;
  /** Part of the area of all words that found a place. */
  readonly share: number;
};

const attempt = (request: CloudRequest, ground: Ground, largest: number, fills = false): Try => {
  ground.reset();
  const random = seeded(request.seed);
  const placed: PlacedWord[] = [];
  const missing: number[] = [];
  const put = (index: number, size: number): boolean => {
    const word = request.words[index];
    if (!word) return false;
    const mask = maskAt(word, size, request, ground, random);
    const place = ground.find(mask);
    if (place < 0) return false;
    ground.take(mask, place);
    const { x, y } = cellMiddle(place, ground, request);
    placed.push({ word: index, map: multiply(translation(x, y), wordMap(word, size, request.em)), sizeMm: size });
    return true;
  };
  const failed = new Set<string>();
  let [area, set] = [0, 0];
  request.words.forEach((word, i) => {
    const size = Math.max(request.minSize, largest * word.share);
    const own = word.ink.width * word.ink.height * size ** 2;
    area += own;
    // What found no place once finds none on fuller ground.
    const key = `${word.text} ${word.angle} ${size}`;
    if (!failed.has(key) && put(i, size)) set += own;
    else {
      failed.add(key);
      missing.push(i);
    }
  });
  if (fills) fillUp(request, largest, put);
  return { placed, missing, sizeMm: largest, share: area > 0 ? set / area : 1 };
};

/** Repeats in ever smaller sizes, word after word, until neither goes anywhere. */
const fillUp = ({ words, minSize }: CloudRequest, largest: number, put: (index: number, size: number) => boolean): void => {
  const least = Math.max(minSize, Math.min(...words.map(({ share }) => share)) * largest * 0.8);
  for (let round = 0; round < REPEATS; round += 1) {
    const size = Math.max(minSize, least * 0.86 ** round);
    const any = words.map((_, i) => put(i, size)).some(Boolean);
    if (!any && size === minSize) return;
  }
};

/** The largest size at which all words find a place, the heaviest first from the middle outwards; what has none at the smallest is missing. */
export const placeWords = (request: CloudRequest): Try => {
  const ground = new Ground(request);
  const room = ground.freeMm2;
  const area = request.words.reduce((sum, { ink, share }) => sum + ink.width * ink.height * (share / request.em) ** 2, 0);
  const guess = Math.sqrt((FILLED * room) / Math.max(area, 1e-9));
  const most = request.maxSize ?? Number.POSITIVE_INFINITY;
  let size = Math.max(request.minSize, Math.min(guess, most));
  let best = attempt(request, ground, size);
  const grows = best.missing.length === 0;
  for (let i = 0; i < TRIES; i += 1) {
    if (grows ? size >= most : best.missing.length === 0 || size <= request.minSize) break;
    const step = grows ? LARGER : Math.max(0.7, Math.min(SMALLER, Math.sqrt(best.share)));
    size = Math.max(request.minSize, Math.min(most, size * step));
    const next = attempt(request, ground, size);
    if (grows && next.missing.length > 0) break;
    if (next.missing.length <= best.missing.length) best = next;
  }
  return request.fillUp && best.missing.length === 0 ? attempt(request, ground, best.sizeMm, true) : best;
};
