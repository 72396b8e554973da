// Artwork through a position map: each picture pixel has a position in mm on the surface, an affine map turns it into a texel position.

/** A step between neighbouring pixels of more texels than this is a fold or an edge, not a slope. */
const MAX_STEP: f32 = 24;

/** Value at 16.16 texel position; the low four lanes. */
function bilinear(texture: usize, stride: i32, u: i32, v: i32): v128 {
  const at = texture + <usize>((v >> 16) * stride + ((u >> 16) << 3));
  const top = v128.load(at);
  const bottom = v128.load(at + stride);
  const down = i16x8.add(top, i16x8.q15mulr_sat_s(i16x8.sub(bottom, top), i16x8.splat(<i16>((v >> 1) & 0x7fff))));
  const right = v128.shuffle<u64>(down, down, 1, 0);
  return i16x8.add(down, i16x8.q15mulr_sat_s(i16x8.sub(right, down), i16x8.splat(<i16>((u >> 1) & 0x7fff))));
}

/** Nothing for a lane whose step is too long to be one surface. */
function plausible(step: v128): v128 {
  return v128.and(step, f32x4.lt(f32x4.abs(step), f32x4.splat(MAX_STEP)));
}

function fixed(position: v128, limit: v128): v128 {
  const held = f32x4.pmax(f32x4.splat(0), f32x4.pmin(limit, position));
  return i32x4.trunc_sat_f32x4_s(f32x4.mul(held, f32x4.splat(65536)));
}

/** Two taps averaged. */
function pair(texture: usize, stride: i32, u: i32, v: i32, u2: i32, v2: i32): v128 {
  return i16x8.avgr_u(bilinear(texture, stride, u, v), bilinear(texture, stride, u2, v2));
}

function storeTexels(out: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(out, v128.shuffle<u64>(a, b, 0, 2));
  v128.store(out, v128.shuffle<u64>(c, d, 0, 2), 16);
}

/**
 * Writes `count` texels to `out` (a multiple of four): the texture seen through positions `mm` (pairs of f32) of one picture row and of
 * the row `below` it. (a c e, b d f) turns mm into texels, where 0 is the centre of the first border texel; positions beyond
 * `uMax`, `vMax` or 0 are held there. `taps`: 1, 2 (along the row), 3 (two down the column) or 4 (a rotated grid), spread over `reach` pixels.
 */
export function warpRow(
  out: usize,
  mm: usize,
  below: usize,
  count: i32,
  texture: usize,
  stride: i32,
  uMax: f32,
  vMax: f32,
  a: f32,
  b: f32,
  c: f32,
  d: f32,
  e: f32,
  f: f32,
  taps: i32,
  reach: f32,
): void {
  const uLimit = f32x4.splat(uMax);
  const vLimit = f32x4.splat(vMax);
  for (let x = 0; x < count; x += 4) {
    const at = mm + (x << 3);
    const low = v128.load(at);
    const high = v128.load(at, 16);
    const across = v128.shuffle<u32>(low, high, 0, 2, 4, 6);
    const down = v128.shuffle<u32>(low, high, 1, 3, 5, 7);
    const u = affine(across, down, a, c, e);
    const v = affine(across, down, b, d, f);
    const to = out + (x << 3);
    if (!v128.any_true(inside(u, v, uLimit, vLimit))) {
      v128.store(to, i32x4.splat(0));
      v128.store(to, i32x4.splat(0), 16);
      continue;
    }
    if (taps === 1) {
      const us = fixed(u, uLimit);
      const vs = fixed(v, vLimit);
      storeTexels(
        to,
        bilinear(texture, stride, i32x4.extract_lane(us, 0), i32x4.extract_lane(vs, 0)),
        bilinear(texture, stride, i32x4.extract_lane(us, 1), i32x4.extract_lane(vs, 1)),
        bilinear(texture, stride, i32x4.extract_lane(us, 2), i32x4.extract_lane(vs, 2)),
        bilinear(texture, stride, i32x4.extract_lane(us, 3), i32x4.extract_lane(vs, 3)),
      );
      continue;
    }
    const nextLow = v128.load(at, 8);
    const nextHigh = v128.load(at, 24);
    const underLow = v128.load(below + (x << 3));
    const underHigh = v128.load(below + (x << 3), 16);
    const ux = step(
      affine(v128.shuffle<u32>(nextLow, nextHigh, 0, 2, 4, 6), v128.shuffle<u32>(nextLow, nextHigh, 1, 3, 5, 7), a, c, e),
      u,
      reach,
    );
    const vx = step(
      affine(v128.shuffle<u32>(nextLow, nextHigh, 0, 2, 4, 6), v128.shuffle<u32>(nextLow, nextHigh, 1, 3, 5, 7), b, d, f),
      v,
      reach,
    );
    const uy = step(
      affine(v128.shuffle<u32>(underLow, underHigh, 0, 2, 4, 6), v128.shuffle<u32>(underLow, underHigh, 1, 3, 5, 7), a, c, e),
      u,
      reach,
    );
    const vy = step(
      affine(v128.shuffle<u32>(underLow, underHigh, 0, 2, 4, 6), v128.shuffle<u32>(underLow, underHigh, 1, 3, 5, 7), b, d, f),
      v,
      reach,
    );
    if (taps < 4) {
      const quarter = f32x4.splat(0.25);
      const du = f32x4.mul(taps === 2 ? ux : uy, quarter);
      const dv = f32x4.mul(taps === 2 ? vx : vy, quarter);
      const u1 = fixed(f32x4.sub(u, du), uLimit);
      const v1 = fixed(f32x4.sub(v, dv), vLimit);
      const u2 = fixed(f32x4.add(u, du), uLimit);
      const v2 = fixed(f32x4.add(v, dv), vLimit);
      storeTexels(
        to,
        pair(texture, stride, i32x4.extract_lane(u1, 0), i32x4.extract_lane(v1, 0), i32x4.extract_lane(u2, 0), i32x4.extract_lane(v2, 0)),
        pair(texture, stride, i32x4.extract_lane(u1, 1), i32x4.extract_lane(v1, 1), i32x4.extract_lane(u2, 1), i32x4.extract_lane(v2, 1)),
        pair(texture, stride, i32x4.extract_lane(u1, 2), i32x4.extract_lane(v1, 2), i32x4.extract_lane(u2, 2), i32x4.extract_lane(v2, 2)),
        pair(texture, stride, i32x4.extract_lane(u1, 3), i32x4.extract_lane(v1, 3), i32x4.extract_lane(u2, 3), i32x4.extract_lane(v2, 3)),
      );
      continue;
    }
    const u1 = fixed(offset(u, ux, uy, -0.375, 0.125), uLimit);
    const v1 = fixed(offset(v, vx, vy, -0.375, 0.125), vLimit);
    const u2 = fixed(offset(u, ux, uy, -0.125, -0.375), uLimit);
    const v2 = fixed(offset(v, vx, vy, -0.125, -0.375), vLimit);
    const u3 = fixed(offset(u, ux, uy, 0.125, 0.375), uLimit);
    const v3 = fixed(offset(v, vx, vy, 0.125, 0.375), vLimit);
    const u4 = fixed(offset(u, ux, uy, 0.375, -0.125), uLimit);
    const v4 = fixed(offset(v, vx, vy, 0.375, -0.125), vLimit);
    storeTexels(
      to,
      i16x8.avgr_u(
        pair(texture, stride, i32x4.extract_lane(u1, 0), i32x4.extract_lane(v1, 0), i32x4.extract_lane(u2, 0), i32x4.extract_lane(v2, 0)),
        pair(texture, stride, i32x4.extract_lane(u3, 0), i32x4.extract_lane(v3, 0), i32x4.extract_lane(u4, 0), i32x4.extract_lane(v4, 0)),
      ),
      i16x8.avgr_u(
        pair(texture, stride, i32x4.extract_lane(u1, 1), i32x4.extract_lane(v1, 1), i32x4.extract_lane(u2, 1), i32x4.extract_lane(v2, 1)),
        pair(texture, stride, i32x4.extract_lane(u3, 1), i32x4.extract_lane(v3, 1), i32x4.extract_lane(u4, 1), i32x4.extract_lane(v4, 1)),
      ),
      i16x8.avgr_u(
        pair(texture, stride, i32x4.extract_lane(u1, 2), i32x4.extract_lane(v1, 2), i32x4.extract_lane(u2, 2), i32x4.extract_lane(v2, 2)),
        pair(texture, stride, i32x4.extract_lane(u3, 2), i32x4.extract_lane(v3, 2), i32x4.extract_lane(u4, 2), i32x4.extract_lane(v4, 2)),
      ),
      i16x8.avgr_u(
        pair(texture, stride, i32x4.extract_lane(u1, 3), i32x4.extract_lane(v1, 3), i32x4.extract_lane(u2, 3), i32x4.extract_lane(v2, 3)),
        pair(texture, stride, i32x4.extract_lane(u3, 3), i32x4.extract_lane(v3, 3), i32x4.extract_lane(u4, 3), i32x4.extract_lane(v4, 3)),
      ),
    );
  }
}

/** across * p + down * q + r */
function affine(across: v128, down: v128, p: f32, q: f32, r: f32): v128 {
  return f32x4.add(f32x4.add(f32x4.mul(across, f32x4.splat(p)), f32x4.mul(down, f32x4.splat(q))), f32x4.splat(r));
}

/** How far the neighbour's position is, scaled by `reach`; nothing across a fold. */
function step(neighbour: v128, here: v128, reach: f32): v128 {
  return f32x4.mul(plausible(f32x4.sub(neighbour, here)), f32x4.splat(reach));
}

function offset(at: v128, across: v128, down: v128, p: f32, q: f32): v128 {
  return f32x4.add(at, f32x4.add(f32x4.mul(across, f32x4.splat(p)), f32x4.mul(down, f32x4.splat(q))));
}

/** Lanes that may see anything but the clear border. */
function inside(u: v128, v: v128, uMax: v128, vMax: v128): v128 {
  const slack = f32x4.splat(MAX_STEP);
  const least = f32x4.neg(slack);
  return v128.and(
    v128.and(f32x4.gt(u, least), f32x4.gt(v, least)),
    v128.and(f32x4.lt(u, f32x4.add(uMax, slack)), f32x4.lt(v, f32x4.add(vMax, slack))),
  );
}
