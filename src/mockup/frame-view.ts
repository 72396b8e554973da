import { sha256 } from '../model/digest.ts';
import { Problem } from '../model/problem.ts';
import { NO_POSITION, type PositionMap, type ProductView, type View } from '../model/view.ts';
import { continuePlane, type Window } from './continue-plane.ts';

/** How a picture of another shape than its view is filled: the whole view with its scene continued, or cut around the product. */
export type Fit = 'contain' | 'cover';

/** A picture size in pixels. */
export type FrameSize = { readonly widthPx: number; readonly heightPx: number; readonly fit: Fit };

/** Wider or higher than this there would be little but background, and maps of it without end. */
const MAX_ASPECT = 4;

const requireProportions = ({ widthPx, heightPx }: FrameSize): void => {
  if (Math.max(widthPx / heightPx, heightPx / widthPx) <= MAX_ASPECT) return;
  throw new Problem(
    'mockup.size',
    `expected a mockup at most ${MAX_ASPECT} times as wide as high, or as high as wide, got ${widthPx} x ${heightPx}`,
  );
};

/** Window of the wanted proportions, to a pixel: around the whole base to contain it, within it to cover. */
const windowSize = ({ width, height }: { readonly width: number; readonly height: number }, { widthPx, heightPx, fit }: FrameSize) => {
  const aspect = widthPx / heightPx;
  const byHeight = fit === 'contain' ? aspect >= width / height : aspect <= width / height;
  return byHeight
    ? { width: Math.max(2, Math.round(height * aspect)), height }
    : { width, height: Math.max(2, Math.round(width / aspect)) };
};

/** Middle of everything that is not background, in pixels of the view. */
const productCentre = ({ record, coverage }: ProductView): readonly [number, number] => {
  const { widthPx, heightPx, background } = record;
  const ground = coverage.get(background) ?? new Uint8Array(0);
  let [left, right, top, bottom] = [widthPx, 0, heightPx, 0];
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      if ((ground[y * widthPx + x] ?? 0) > 127) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return right > left ? [(left + right) / 2, (top + bottom) / 2] : [widthPx / 2, heightPx / 2];
};

const windowFor = (view: ProductView, size: FrameSize): Window => {
  const { widthPx: fromWidth, heightPx: fromHeight } = view.record;
  const { width, height } = windowSize({ width: fromWidth, height: fromHeight }, size);
  const [cx, cy] = size.fit === 'cover' ? productCentre(view) : [fromWidth / 2, fromHeight / 2];
  const within = (centre: number, part: number, whole: number): number =>
    part >= whole ? -Math.floor((part - whole) / 2) : Math.min(whole - part, Math.max(0, Math.round(centre - part / 2)));
  return { fromWidth, fromHeight, x: within(cx, width, fromWidth), y: within(cy, height, fromHeight), width, height };
};

type Positions = View['maps']['positions'];

const movePositions = (record: Positions, { x, y }: Window): Positions => ({
  ...record,
  offset: [record.offset[0] - x, record.offset[1] - y],
});

/** Samples well outside the window are forgotten, so that nothing is computed for what is cut away. */
const keepInside = (map: PositionMap, { step, offset }: Positions, { x, y, width, height }: Window): PositionMap => {
  const reach = step * 3;
  const mm = Float32Array.from(map.mm);
  for (let row = 0; row < map.heightPx; row += 1) {
    const py = row * step + offset[1];
    for (let column = 0; column < map.widthPx; column += 1) {
      const px = column * step + offset[0];
      if (px >= x - reach && px < x + width + reach && py >= y - reach && py < y + height + reach) continue;
      mm.fill(NO_POSITION, (row * map.widthPx + column) * 2, (row * map.widthPx + column) * 2 + 2);
    }
  }
  return { ...map, mm };
};

/** Coverage is 0 beyond the view, the background's 255. */
const moveCoverage = (plane: Uint8Array, { fromWidth, fromHeight, x, y, width, height }: Window, beyond: number): Uint8Array => {
  const out = new Uint8Array(width * height).fill(beyond);
  const [left, right] = [Math.max(0, x), Math.min(fromWidth, x + width)];
  for (let row = Math.max(0, y); row < Math.min(fromHeight, y + height); row += 1)
    out.set(plane.subarray(row * fromWidth + left, row * fromWidth + right), (row - y) * width + left - x);
  return out;
};

/**
 * The same view in a picture of other proportions: its maps are cut, or continued as a plain scene would go on. Its
 * proportions are those of `size` to a pixel: compile it with both sides. Beyond the view lies background alone.
 * @throws Problem `mockup.size` for a picture more than four times as wide as high, or as high as wide
 */
export const frameView = (view: ProductView, size: FrameSize): ProductView => {
  requireProportions(size);
  const window = windowFor(view, size);
  const { record, positions, shade, gloss, coverage, grain, normal, surface } = view;
  const { x, y, width, height, fromWidth, fromHeight } = window;
  if (x === 0 && y === 0 && width === fromWidth && height === fromHeight) return view;
  const { maps } = record;
  return {
    ...view,
    record: {
      ...record,
      widthPx: width,
      heightPx: height,
      maps: {
        ...maps,
        positions: movePositions(maps.positions, window),
        ...(maps.surface ? { surface: movePositions(maps.surface, window) } : {}),
      },
    },
    positions: keepInside(positions, maps.positions, window),
    shade: continuePlane(shade, 1, window),
    gloss: continuePlane(gloss, 1, window),
    coverage: new Map([...coverage].map(([id, plane]) => [id, moveCoverage(plane, window, id === record.background ? 255 : 0)])),
    grain: grain && continuePlane(grain, 3, window),
    normal: normal && continuePlane(normal, 3, window),
    surface: surface && maps.surface ? keepInside(surface, maps.surface, window) : surface,
    digest: sha256(`${view.digest} ${JSON.stringify(window)}`),
  };
};
