import { DIP_MM, type ThreadList } from './thread-list.ts';

/**
 * How a thread sends the light of one studio lamp back. It stands at the upper left, half way up; the viewer looks straight down. Fibres
 * scatter and mirror by the angle between their course and the light (Kajiya and Kay 1989, "Rendering fur with three dimensional textures");
 * that a thread is round adds the fall-off across it.
 */
const LAMP: readonly [number, number, number] = (() => {
  const [x, y, z] = [-0.42, -0.56, 0.82];
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
})();
const HALFWAY: readonly [number, number, number] = (() => {
  const [x, y, z] = LAMP;
  const length = Math.hypot(x, y, z + 1);
  return [x / length, y / length, (z + 1) / length];
})();
/** The way shadows fall in the picture, and how steeply the light comes (tangent of its height). */
export const SHADOW_FALLS = {
  x: -LAMP[0] / Math.hypot(LAMP[0], LAMP[1]),
  y: -LAMP[1] / Math.hypot(LAMP[0], LAMP[1]),
  steep: LAMP[2] / Math.hypot(LAMP[0], LAMP[1]),
};

/** Shares of light, by eye against photographs of rayon thread on cloth; `DIFFUSE` makes an even fill as bright as its thread is named. */
const AMBIENT = 0.3;
const DIFFUSE = 0.86;
const SHEEN = 0.5;
const CREASE = 0.38;
const HOLE = 0.45;
const HOLE_MM = 0.16;
const GLOSSY_MM = 0.5;

/** Plies are told apart from about this width of a thread in pixels on, and fully from that. */
const PLIES_FROM_PX = 7;
const PLIES_FULL_PX = 11;
/** Length of thread in which a ply comes round to the next, mm: two plies with five to six turns a centimetre. */
const PLY_MM = 0.9;
const PLY_LEAN = 0.4;

/** What a point of thread sends back: of light that its colour tints, and of bare light. */
export type ThreadLight = { tinted: number; bare: number };

export const plyShare = (threadPx: number): number =>
  Math.max(0, Math.min(1, (threadPx - PLIES_FROM_PX) / (PLIES_FULL_PX - PLIES_FROM_PX)));

/** Lights thread `n` at (x, y) mm into `out`; `plies` 0 to 1 is how far its twist shows. */
export const lightThread = (list: ThreadList, n: number, x: number, y: number, plies: number, out: ThreadLight): void => {
  const cx = list.dx[n] ?? 1;
  const cy = list.dy[n] ?? 0;
  const ox = x - (list.x[n] ?? 0);
  const oy = y - (list.y[n] ?? 0);
  const long = list.length[n] ?? 1;
  const t = ox * cx + oy * cy;
  let u = (oy * cx - ox * cy) / (list.half[n] ?? 1);
  if (u > 0.98) u = 0.98;
  else if (u < -0.98) u = -0.98;
  // How steeply the thread climbs here.
  const rest = t + t < long ? t : long - t;
  let slope = (list.rise[n] ?? 0) - ((list.arch[n] ?? 0) * 4 * ((2 * t) / long - 1)) / long;
  if (rest < DIP_MM) {
    const d = (2 * (list.dip[n] ?? 0) * (1 - rest / DIP_MM)) / DIP_MM;
    slope += t + t < long ? d : -d;
  }
  let crease = u * u;
  let turned = 0;
  if (plies > 0) {
    const turns = t / PLY_MM + u * PLY_LEAN + (n % 7) * 0.31;
    const within = (turns - Math.floor(turns)) * 2 - 1;
    const groove = within * within;
    crease = crease * (1 - 0.25 * plies) + plies * groove * groove * groove * 0.5;
    turned = plies * (0.14 + 0.1 * within);
    slope += plies * 0.2 * within * (1 - u * u);
  }
  // Course of the fibres and the direction the surface faces.
  let fx = cx - turned * cy;
  let fy = cy + turned * cx;
  const scale = 1 / Math.sqrt(1 + turned * turned + slope * slope);
  fx *= scale;
  fy *= scale;
  const fz = slope * scale;
  const up = Math.sqrt(1 - u * u);
  const flat = up / Math.sqrt(1 + slope * slope);
  const nx = -cy * u - slope * cx * flat;
  const ny = cx * u - slope * cy * flat;
  const facing = nx * LAMP[0] + ny * LAMP[1] + flat * LAMP[2];
  const along = fx * LAMP[0] + fy * LAMP[1] + fz * LAMP[2];
  const half = fx * HALFWAY[0] + fy * HALFWAY[1] + fz * HALFWAY[2];
  const around = Math.sqrt(Math.max(0, 1 - along * along));
  const s2 = 1 - half * half;
  const s4 = s2 * s2;
  const s16 = s4 * s4 * s4 * s4;
  const s64 = s16 * s16 * s16 * s16;
  let hole = rest / HOLE_MM;
  hole = hole > 0 ? 1 - HOLE * Math.exp(-hole * hole) : 1 - HOLE;
  const dark = (1 - CREASE * crease * crease) * hole * (list.tone[n] ?? 1);
  const lit = Math.max(facing, 0);
  // Fibres part where they dive into the cloth: no gloss there.
  const gloss = SHEEN * up * (rest < GLOSSY_MM ? Math.max(0, rest / GLOSSY_MM) : 1);
  out.tinted = dark * (AMBIENT + DIFFUSE * around * (0.3 + 0.7 * lit) + gloss * (0.4 * s16 + 0.8 * s64));
  out.bare = dark * gloss * (0.03 * s16 + 0.09 * s64);
};
