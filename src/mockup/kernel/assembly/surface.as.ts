// Layers with relief, mirrored light or sheen, lit pixel by pixel. Directions are in camera space: x right, y up, z to the viewer.
// Light is looked up by direction in tables of TABLE x TABLE that a ball fills (`matt`, `soft` f32, `metal` f32x4 a cell).

/** Cells a side of the tables of light. */
export const TABLE: i32 = 96;
/** A flat texel of relief: slopes are stored as 16384 + 4096 * slope. */
const FLAT: u64 = 0x0000000040004000;
/** Share of the light that a matt white ball sends back: dividing by it turns its table into what white cloth would shade. */
const BALL: f32 = 0.8;
/** A step to the next pixel of more mm than this is a fold. */
const FOLD: f32 = 16;

// The frame and directions of the pixel in hand.
let nx: f32 = 0;
let ny: f32 = 0;
let nz: f32 = 1;
let ux: f32 = 1;
let uy: f32 = 0;
let uz: f32 = 0;
let vx: f32 = 0;
let vy: f32 = -1;
let vz: f32 = 0;

function cell(along: f32): f32 {
  return Mathf.max(0, Mathf.min(<f32>TABLE - 1.001, (along + 1) * (<f32>TABLE * 0.5) - 0.5));
}

/** Light from a table of f32 towards a direction. */
function lookUp(table: usize, x: f32, y: f32): f32 {
  const across = cell(x);
  const down = cell(-y);
  const i = <i32>across;
  const j = <i32>down;
  const fx = across - <f32>i;
  const fy = down - <f32>j;
  const at = table + ((j * TABLE + i) << 2);
  const top = load<f32>(at) * (1 - fx) + load<f32>(at, 4) * fx;
  const bottom = load<f32>(at, TABLE << 2) * (1 - fx) + load<f32>(at, (TABLE << 2) + 4) * fx;
  return top * (1 - fy) + bottom * fy;
}

/** Light from a table of f32x4 towards a direction. */
function lookUpColour(table: usize, x: f32, y: f32): v128 {
  const across = cell(x);
  const down = cell(-y);
  const i = <i32>across;
  const j = <i32>down;
  const fx = f32x4.splat(across - <f32>i);
  const fy = f32x4.splat(down - <f32>j);
  const at = table + ((j * TABLE + i) << 4);
  const left = v128.load(at);
  const top = f32x4.add(left, f32x4.mul(f32x4.sub(v128.load(at, 16), left), fx));
  const lower = v128.load(at, TABLE << 4);
  const bottom = f32x4.add(lower, f32x4.mul(f32x4.sub(v128.load(at, (TABLE << 4) + 16), lower), fx));
  return f32x4.add(top, f32x4.mul(f32x4.sub(bottom, top), fy));
}

function held(v: f32, least: f32, most: f32): f32 {
  return Mathf.max(least, Mathf.min(most, v));
}

/** A smooth wave of height 1 and length 1. */
function wave(at: f32): f32 {
  const part = at - Mathf.floor(at);
  const ramp: f32 = <f32>1 - <f32>4 * Mathf.abs(part - 0.5);
  return ramp * (<f32>1.5 - <f32>0.5 * ramp * ramp);
}

function turnTo(x: f32, y: f32, z: f32): void {
  const scale: f32 = 1 / Mathf.sqrt(x * x + y * y + z * z + 1e-12);
  nx = x * scale;
  ny = y * scale;
  nz = z * scale;
}

/** Where the surface runs when u and v grow, from how positions change to the next pixel and row; the picture's axes where they jump. */
function findFrame(mm: usize, below: usize, ax: f32, ay: f32, az: f32): void {
  const u = load<f32>(mm);
  const v = load<f32>(mm, 4);
  let a = load<f32>(mm, 8) - u;
  let b = load<f32>(mm, 12) - v;
  let c = load<f32>(below) - u;
  let d = load<f32>(below, 4) - v;
  const area = a * d - b * c;
  if (Mathf.abs(area) < 1e-9 || Mathf.max(Mathf.max(Mathf.abs(a), Mathf.abs(b)), Mathf.max(Mathf.abs(c), Mathf.abs(d))) > FOLD) {
    a = 1;
    b = 0;
    c = 0;
    d = 1;
  }
  // Pixels per mm, by the inverse: (d, -b) along u and (-c, a) along v, of the sign of the area. A pixel to the right or down moves along
  // the surface in depth as its direction says.
  const turn: f32 = area < 0 ? -1 : 1;
  const steep: f32 = <f32>1 / Mathf.max(az, 0.15);
  const right = -ax * steep;
  const down = ay * steep;
  ux = d * turn;
  uy = b * turn;
  uz = right * d * turn - down * b * turn;
  let scale: f32 = 1 / Mathf.sqrt(ux * ux + uy * uy + uz * uz + 1e-12);
  ux *= scale;
  uy *= scale;
  uz *= scale;
  vx = -c * turn;
  vy = -a * turn;
  vz = -right * c * turn + down * a * turn;
  scale = 1 / Mathf.sqrt(vx * vx + vy * vy + vz * vz + 1e-12);
  vx *= scale;
  vy *= scale;
  vz *= scale;
}

/** Tilts a direction by slopes along u and v, into nx, ny, nz. */
function tilt(x: f32, y: f32, z: f32, slopeU: f32, slopeV: f32): void {
  turnTo(x - slopeU * ux - slopeV * vx, y - slopeU * uy - slopeV * vy, z - slopeU * uz - slopeV * vz);
}

/** Light that fibres along u, v at twice their angle (c, s) send back, after Kajiya and Kay (1989): x a broad part, y a sharp part. */
let fibreBroad: f32 = 0;
let fibreSharp: f32 = 0;
let fibreMatt: f32 = 1;

function lightFibres(c: f32, s: f32, lx: f32, ly: f32, lz: f32, hx: f32, hy: f32, hz: f32): void {
  const along = Mathf.sqrt(Mathf.max(0, (1 + c) * 0.5));
  const across = along > 0.02 ? (s * 0.5) / along : 1;
  let tx = along * ux + across * vx;
  let ty = along * uy + across * vy;
  let tz = along * uz + across * vz;
  const out = tx * nx + ty * ny + tz * nz;
  tx -= out * nx;
  ty -= out * ny;
  tz -= out * nz;
  const scale: f32 = 1 / Mathf.sqrt(tx * tx + ty * ty + tz * tz + 1e-9);
  const tl = (tx * lx + ty * ly + tz * lz) * scale;
  const th = (tx * hx + ty * hy + tz * hz) * scale;
  fibreMatt = Mathf.sqrt(Mathf.max(0, 1 - tl * tl));
  const s2 = Mathf.max(0, 1 - th * th);
  const s4 = s2 * s2;
  const s8 = s4 * s4;
  const s16 = s8 * s8;
  fibreBroad = s8;
  fibreSharp = s16 * s16;
}

/**
 * Lays a layer with a surface onto `count` pixels of a zone's rows (see zone.as.ts). `texels` is its colour, `relief` its slopes along u and
 * v, its shadow and how far it is worked into the article (0: flat), `direction` its fibres at twice their angle (0: none), `normals` the
 * surface's directions without and with its fine relief as i16 x, y pairs (0: facing the viewer), `mm` and `below` positions, `shade` and
 * `low` the view's shade and the same without fine relief. `p` holds f32 numbers:
 * 0 white, 1 dye, 2 metal zone, 3 diffuse, 4 mirror, 5 tinted, 6 grain, 7 gloss, 8 shadow, 9 sheen, 10 sharpness, 11 shade scale,
 * 12..14 direction of the light, 15..17 halfway to the viewer, 18 unevenness of what it mirrors, 19 how far it is
 * worked in without relief; `lean` and `leanBy` are how far the viewer is off to the side at the first
 * pixel and from one to the next, `rise` how far below.
 */
export function surfaceZone(
  base: usize,
  mirror: usize,
  extra: usize,
  texels: usize,
  relief: usize,
  direction: usize,
  normals: usize,
  mm: usize,
  below: usize,
  shade: usize,
  low: usize,
  count: i32,
  p: usize,
  matt: usize,
  soft: usize,
  metal: usize,
  lean: f32,
  leanBy: f32,
  rise: f32,
): void {
  const white = f32x4.splat(load<f32>(p));
  const dye = load<f32>(p, 4) > 0;
  const isMetal = load<f32>(p, 8) > 0;
  const diffuse = load<f32>(p, 12);
  const mirrors = load<f32>(p, 16);
  const tinted = load<f32>(p, 20) > 0;
  const grain = load<f32>(p, 24);
  const gloss = load<f32>(p, 28);
  const shadow = load<f32>(p, 32);
  const sheen = load<f32>(p, 36);
  const sharpness = load<f32>(p, 40);
  const shadeScale = load<f32>(p, 44);
  const uneven = load<f32>(p, 72);
  const whole = load<f32>(p, 76);
  for (let x = 0; x < count; x++) {
    const texel = load<u64>(texels + (x << 3));
    let form = relief ? load<u64>(relief + (x << 3)) : FLAT;
    if (form === 0) form = FLAT;
    if (texel === 0 && form === FLAT) continue;
    const slopeU = <f32>(<i32>(form & 0xffff) - 16384) * (1 / <f32>4096);
    const slopeV = <f32>(<i32>((form >>> 16) & 0xffff) - 16384) * (1 / <f32>4096);
    const occluded: f32 = <f32>1 - <f32>(<i32>((form >>> 32) & 0xffff)) * (1 / <f32>32767) * shadow;
    const worked: f32 = relief ? <f32>(<i32>(form >>> 48)) * (1 / <f32>32767) : whole;
    const at = x << 4;

    let ax: f32 = 0;
    let ay: f32 = 0;
    let gx: f32 = 0;
    let gy: f32 = 0;
    if (normals) {
      ax = <f32>load<i16>(normals + (x << 3)) * (1 / <f32>32767);
      ay = <f32>load<i16>(normals + (x << 3), 2) * (1 / <f32>32767);
      gx = <f32>load<i16>(normals + (x << 3), 4) * (1 / <f32>32767);
      gy = <f32>load<i16>(normals + (x << 3), 6) * (1 / <f32>32767);
    }
    const az = Mathf.sqrt(Mathf.max(0.02, 1 - ax * ax - ay * ay));
    findFrame(mm + (x << 3), below + (x << 3), ax, ay, az);
    const level = Mathf.max(0.02, lookUp(matt, ax, ay));
    let lit = level;
    let ratio: f32 = 1;
    let shine: f32 = 1;
    if (slopeU !== 0 || slopeV !== 0) {
      tilt(ax, ay, az, slopeU, slopeV);
      lit = lookUp(matt, nx, ny);
      ratio = held(lit / level, 0.25, 2.2);
      shine = held(lookUp(soft, nx, ny) / Mathf.max(0.02, lookUp(soft, ax, ay)), 0.3, 3);
    }
    const walls = f32x4.splat(ratio * occluded);
    let own = f32x4.replace_lane(f32x4.mul(v128.load(base + at), walls), 3, load<f32>(base + at, 12));
    let glossy = f32x4.mul(v128.load(mirror + at), f32x4.splat(shine * occluded));
    let more = f32x4.mul(v128.load(extra + at), walls);
    if (texel !== 0) {
      const art = f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(i64x2.splat(texel))), f32x4.splat(1 / <f32>32767));
      const alpha = f32x4.extract_lane(art, 3);
      const left = f32x4.splat(1 - alpha);
      const pressed: f32 = dye ? worked : 1;
      const kept: f32 = <f32>1 - (<f32>1 - grain) * pressed;
      const here = <f32>load<u16>(shade + (x << 1));
      const smooth = <f32>load<u16>(low + (x << 1));
      const evened = held((smooth + (here - smooth) * kept) / Mathf.max(here, 400), 0.3, 3);
      const light: f32 = isMetal ? <f32>1 : held((smooth * shadeScale * BALL) / level, 0, 1.3);
      // Directions with as much of the article's fine relief as the layer lets through.
      const bx = ax + (gx - ax) * kept;
      const by = ay + (gy - ay) * kept;
      tilt(bx, by, Mathf.sqrt(Mathf.max(0.02, 1 - bx * bx - by * by)), slopeU, slopeV);

      // What the article itself shows through is only changed as far as it is worked.
      let scattered: f32 = (<f32>1 - (<f32>1 - diffuse) * pressed) * evened;
      let glint = f32x4.splat(0);
      if (direction && sheen > 0) {
        const fibre = load<u64>(direction + (x << 3));
        const c = <f32>(<i32>(fibre & 0xffff) - 16384) * (1 / <f32>16383);
        const s = <f32>(<i32>((fibre >>> 16) & 0xffff) - 16384) * (1 / <f32>16383);
        const strength: f32 = fibre === 0 ? <f32>0 : Mathf.min(1, Mathf.sqrt(c * c + s * s));
        if (strength > 0.05) {
          lightFibres(
            c / strength,
            s / strength,
            load<f32>(p, 48),
            load<f32>(p, 52),
            load<f32>(p, 56),
            load<f32>(p, 60),
            load<f32>(p, 64),
            load<f32>(p, 68),
          );
          const part = sheen * strength;
          scattered *= 1 + Mathf.min(0.55, 1.5 * part) * strength * (1.18 * fibreMatt - 1);
          const glow = part * (0.75 * fibreSharp + 0.25 * fibreBroad) * light * held(lit / level, 0, 1.5) * occluded;
          // Thread is clear at its skin: most of what glints off it has passed through its colour.
          const skin = f32x4.add(f32x4.mul(art, f32x4.splat(0.7)), f32x4.splat(alpha * <f32>0.3));
          glint = f32x4.mul(tinted ? art : skin, f32x4.splat(glow));
        }
      }
      const passed = dye ? f32x4.add(left, f32x4.mul(art, f32x4.splat(scattered))) : left;
      const product = f32x4.extract_lane(own, 3);
      if (dye) own = f32x4.mul(own, passed);
      else if (isMetal) {
        own = f32x4.mul(own, left);
        more = f32x4.add(
          f32x4.mul(more, left),
          f32x4.mul(f32x4.mul(art, white), f32x4.splat((scattered * lit * occluded) / (BALL * Mathf.max(evened, 1e-3)))),
        );
      } else own = f32x4.add(f32x4.mul(own, left), f32x4.mul(f32x4.mul(art, white), f32x4.splat(scattered * ratio * occluded)));
      own = f32x4.replace_lane(own, 3, product);
      if (dye || !isMetal) more = f32x4.mul(more, passed);
      if (dye && isMetal) glossy = f32x4.mul(glossy, f32x4.add(left, art));
      glossy = f32x4.mul(glossy, f32x4.splat(1 - alpha * pressed * (1 - gloss)));
      if (mirrors > 0) {
        const graze: f32 = held(<f32>1 - nz, 0, 1);
        const graze2 = graze * graze;
        const share = mirrors + (1 - mirrors) * sharpness * graze2 * graze2 * graze;
        // No sheet lies perfectly even: slow waves in what it mirrors.
        const u = load<f32>(mm + (x << 3)) * <f32>0.06;
        const v = load<f32>(mm + (x << 3), 4) * <f32>0.06;
        const swellX = uneven * wave(u * 0.71 + v * 0.37 + 0.45 * wave(v * 0.83 - u * 0.29));
        const swellY = uneven * wave(v * 0.63 - u * 0.42 + 0.45 * wave(u * 0.91 + v * 0.33 + 0.4));
        const seen = lookUpColour(metal, nx + swellX + lean + leanBy * <f32>x, ny + swellY + rise);
        const through = tinted ? art : f32x4.splat(alpha);
        glint = f32x4.add(glint, f32x4.mul(f32x4.mul(through, seen), f32x4.splat(share * light * occluded)));
      }
      more = f32x4.add(more, glint);
    }
    v128.store(base + at, own);
    v128.store(mirror + at, glossy);
    v128.store(extra + at, f32x4.pmax(f32x4.splat(0), more));
  }
}
