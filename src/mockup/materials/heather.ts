import { MATT, type Material, NEUTRAL_TINT, type Tile } from './material.ts';
import { grain, planeOf, randomAt } from './noise.ts';

/** Loops of a T-shirt: wales across, courses down, mm. */
const WALE = 0.75;
const COURSE = 0.5;

/** Loops and flecks of single fibres: yarn runs along the courses and is dark or light for some millimetres. */
const loops = (): Tile => {
  const [widthPx, heightPx, perMm] = [480, 400, 10];
  const fibres = grain(widthPx, heightPx, 2.6, 0.9, 11).values;
  const yarn = grain(widthPx, heightPx, 7, 1.9, 12).values;
  const second = planeOf(widthPx, heightPx, (x, y) => {
    const i = y * widthPx + x;
    const fleck = 0.8 * (fibres[i] ?? 0) + 0.6 * (yarn[i] ?? 0);
    return 1 / (1 + Math.exp(-1.7 * fleck));
  });
  const height = planeOf(widthPx, heightPx, (x, y) => {
    const wale = x / perMm / WALE;
    const side = Math.abs((wale - Math.floor(wale)) * 2 - 1);
    const course = y / perMm / COURSE + side * 0.7;
    return 0.035 * Math.cos(2 * Math.PI * course) - 0.05 * side * side;
  });
  return {
    widthMm: 48,
    heightMm: 40,
    widthPx,
    heightPx,
    second: second.values,
    height: height.values,
    stagger: { along: 'u', stepMm: WALE },
  };
};

/** Where the yarn's blend runs thick or thin over several centimetres: the streaks that are seen from afar. */
const streaks = (): Tile => {
  const [widthPx, heightPx] = [512, 400];
  const long = grain(widthPx, heightPx, 16, 0.7, 13).values;
  const short = grain(widthPx, heightPx, 4, 0.7, 14).values;
  const second = planeOf(widthPx, heightPx, (x, y) => {
    const i = y * widthPx + x;
    const course = randomAt(Math.floor(y / 2), 15) - 0.5;
    return 0.5 + 0.05 * (long[i] ?? 0) + 0.075 * (short[i] ?? 0) + 0.05 * course;
  });
  return { widthMm: 205, heightMm: 160, widthPx, heightPx, second: second.values };
};

/** Melange jersey: fibres of two shades spun into one yarn. */
export const heather: Material = {
  id: 'heather',
  tiles: () => [loops(), streaks()],
  tint: NEUTRAL_TINT,
  contrast: 0.45,
  finish: MATT,
};
