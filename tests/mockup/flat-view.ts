import { NO_POSITION, type PositionMap, type ProductView, parseView } from '../../src/model/view.ts';

export type FlatShape = 'sheet' | 'ball';

const positionsOf = (sidePx: number, at: (x: number, y: number) => readonly [number, number] | null): PositionMap => {
  const side = sidePx / 2;
  const mm = new Float32Array(side * side * 2).fill(NO_POSITION);
  for (let y = 0, i = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1, i += 2) {
      const place = at(x * 2, y * 2);
      if (place) mm.set(place, i);
    }
  }
  return { widthPx: side, heightPx: side, mm };
};

/** What a pixel of a shape shows: how much of it is product, and which way it faces (x right, y up). */
const pixelOf = (shape: FlatShape, x: number, y: number, sidePx: number) => {
  const radius = sidePx * 0.47;
  const [dx, dy] = [(x + 0.5 - sidePx / 2) / radius, (y + 0.5 - sidePx / 2) / radius];
  const away = Math.hypot(dx, dy);
  if (shape === 'sheet') return { share: 1, normal: [0, 0, 1], dx, dy, away };
  return {
    share: Math.min(1, Math.max(0, (1 - away) * radius)),
    normal: [dx, -dy, Math.sqrt(Math.max(0, 1 - away * away))],
    dx,
    dy,
    away,
  };
};

const record = (sidePx: number, pxPerMm: number) =>
  parseView({
    id: 'flat',
    label: 'Flat',
    widthPx: sidePx,
    heightPx: sidePx,
    background: 'background',
    maps: {
      positions: { file: 'p.png', step: 2, offset: [0, 0], u: { from: 0, to: 9000 }, v: { from: 0, to: 9000 } },
      surface: { file: 's.png', step: 2, offset: [0, 0], u: { from: 0, to: 9000 }, v: { from: 0, to: 9000 }, seam: 40 },
      shade: { file: 's.webp', max: 1.6 },
      gloss: { file: 'g.webp', max: 1 },
      zones: [{ file: 'z.webp', zones: ['body'] }],
    },
    zones: [
      { id: 'body', label: 'Body', colour: '#ffffff', follows: 'article' },
      { id: 'background', label: 'Background', colour: '#ffffff', follows: 'scene' },
    ],
    placements: [{ placement: 'front', zone: 'body', x: 0, y: 0, width: 10, height: 10 }],
    pxPerMm: { min: pxPerMm, median: pxPerMm },
  });

/**
 * A view of one zone without any file: a sheet that faces the viewer, or a ball with directions and a surface map. `surface` replaces the
 * surface map: picture pixels to mm.
 */
export const flatView = (
  sidePx: number,
  pxPerMm: number,
  shape: FlatShape = 'sheet',
  surface?: (x: number, y: number) => readonly [number, number] | null,
): ProductView => {
  const pixels = sidePx * sidePx;
  const [shade, gloss, body, background] = [0, 0, 0, 0].map(() => new Uint8Array(pixels)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const normal = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i += 1) {
    const { share, normal: n } = pixelOf(shape, i % sidePx, Math.floor(i / sidePx), sidePx);
    const [nx = 0, ny = 0, nz = 1] = n;
    shade[i] = 255 * Math.sqrt(Math.min(1.6, 0.55 + 0.14 * ny + 0.8 * Math.max(0, nx * -0.5 + ny * 0.62 + nz * 0.6)) / 1.6);
    gloss[i] = 255 * Math.sqrt(0.02);
    body[i] = Math.round(255 * share);
    background[i] = 255 - Math.round(255 * share);
    normal.set(
      [nx, ny, nz].map((v) => (v + 1) * 127.5),
      i * 3,
    );
  }
  const onBall = (x: number, y: number): readonly [number, number] | null => {
    const { dx, dy, away } = pixelOf('ball', x, y, sidePx);
    if (away > 1) return null;
    const along = (away < 1e-6 ? 1 : Math.asin(away) / away) * ((sidePx * 0.47) / pxPerMm);
    return [dx * along + 500, dy * along + 500];
  };
  const place = surface ?? (shape === 'ball' ? onBall : undefined);
  return {
    record: record(sidePx, pxPerMm),
    positions: positionsOf(sidePx, () => null),
    shade,
    gloss,
    coverage: new Map([
      ['body', body],
      ['background', background],
    ]),
    grain: null,
    normal: shape === 'ball' ? normal : null,
    reflections: null,
    surface: place ? positionsOf(sidePx, place) : null,
    digest: 'flat',
  };
};
