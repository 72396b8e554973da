#!/usr/bin/env node
/**
 * Bakes views of paper goods without any other program: node models/bake-flat.mjs [product/view ...]
 * A small path tracer over parallelograms: diffuse light with two bounces, a soft lamp, a dim sky and a plain gloss. The surface positions
 * come from an unfiltered ray through each sample's pixel centre.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { SCENES } from './flat-scenes.mjs';
import { writeBase } from './write-base.mjs';

const SIZE = 1000;
/** Rays a pixel along each side. */
const GRID = Number(process.env.PLATEN_BAKE_RAYS ?? 5);
const WHITE = 0.8;
const KNEE = 0.8;
const products = fileURLToPath(new URL('../templates/products/', import.meta.url));

const add = (a, b, k = 1) => [a[0] + b[0] * k, a[1] + b[1] * k, a[2] + b[2] * k];
const sub = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (a) => {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
};

/** Random numbers that are the same in every run (xorshift, Marsaglia 2003). */
const randomFrom = (seed) => {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
};

/** A parallelogram from `at` along `u` and `v`, with what is needed to hit it quickly. */
const prepare = (quad) => {
  const n = cross(quad.u, quad.v);
  const area = dot(n, n);
  return {
    ...quad,
    n: unit(n),
    plane: dot(unit(n), quad.at),
    toS: cross(quad.v, n).map((x) => x / area),
    toT: cross(n, quad.u).map((x) => x / area),
  };
};

const inRounded = (s, t, { radius = 0, width = 1, height = 1 }) => {
  if (radius === 0) return true;
  const dx = Math.max(0, radius - s * width, radius - (1 - s) * width);
  const dy = Math.max(0, radius - t * height, radius - (1 - t) * height);
  return dx * dx + dy * dy <= radius * radius;
};

/** The nearest parallelogram along a ray. Written out in numbers: it runs some hundred million times. */
const hit = (quads, from, ray, limit = 1e9) => {
  const [fx, fy, fz] = from;
  const [rx, ry, rz] = ray;
  let best = limit;
  let found = null;
  let [bs, bt] = [0, 0];
  for (let i = 0; i < quads.length; i += 1) {
    const quad = quads[i];
    const { n, at, toS, toT } = quad;
    const slope = n[0] * rx + n[1] * ry + n[2] * rz;
    if (slope < 1e-9 && slope > -1e-9) continue;
    const distance = (quad.plane - (n[0] * fx + n[1] * fy + n[2] * fz)) / slope;
    if (distance < 1e-3 || distance >= best) continue;
    const x = fx + rx * distance - at[0];
    const y = fy + ry * distance - at[1];
    const z = fz + rz * distance - at[2];
    const s = x * toS[0] + y * toS[1] + z * toS[2];
    if (s < 0 || s > 1) continue;
    const t = x * toT[0] + y * toT[1] + z * toT[2];
    if (t < 0 || t > 1 || !inRounded(s, t, quad)) continue;
    best = distance;
    found = quad;
    bs = s;
    bt = t;
  }
  return found === null ? null : { quad: found, distance: best, s: bs, t: bt };
};

const frameOf = (n) => {
  const side = unit(cross(Math.abs(n[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0], n));
  return [side, cross(n, side)];
};

/** Light at a point of a white surface: lamp through one sample, sky and `bounces` reflections through one more ray. */
const gather = (scene, quads, point, n, random, bounces, cell = -1) => {
  const { lamp, sky } = scene;
  // The rays of one pixel share the lamp out among them, a cell each.
  const [du, dv] = cell < 0 ? [random(), random()] : [((cell % GRID) + random()) / GRID, (Math.floor(cell / GRID) + random()) / GRID];
  const target = add(add(lamp.at, lamp.u, du), lamp.v, dv);
  const way = sub(target, point);
  const far = Math.hypot(...way);
  const ray = way.map((x) => x / far);
  const facing = dot(ray, n);
  const lampFacing = Math.abs(dot(ray, lamp.n));
  let light = 0;
  if (facing > 0 && lampFacing > 0 && !hit(quads, add(point, n, 0.02), ray, far))
    light += (lamp.power * facing * lampFacing * lamp.area) / (far * far);
  const [side, up] = frameOf(n);
  const r = Math.sqrt(random());
  const angle = 2 * Math.PI * random();
  const bounce = unit(
    add(
      add(
        n.map((x) => x * Math.sqrt(1 - r * r)),
        side,
        r * Math.cos(angle),
      ),
      up,
      r * Math.sin(angle),
    ),
  );
  const next = hit(quads, add(point, n, 0.02), bounce);
  if (!next) return light + sky * (0.6 + 0.4 * Math.max(0, bounce[2]));
  if (bounces === 0) return light;
  const nextNormal = dot(next.quad.n, bounce) < 0 ? next.quad.n : next.quad.n.map((x) => -x);
  const reflected = next.quad.reflects ?? 0.6;
  return light + reflected * gather(scene, quads, add(point, bounce, next.distance), nextNormal, random, bounces - 1);
};

/** What a slightly rough surface mirrors of the lamp and the sky, by Schlick's approximation for a coating of index 1.5. */
const reflect = (scene, quads, point, n, ray, quad, random) => {
  const cos = Math.max(0, -dot(ray, n));
  const share = 0.04 + 0.96 * (1 - cos) ** 5;
  const rough = quad.rough ?? 0.5;
  const mirror = add(ray, n, 2 * cos);
  const spread = () => (random() + random() + random() - 1.5) * rough;
  const out = unit(add(mirror, [spread(), spread(), spread()]));
  if (dot(out, n) <= 0 || hit(quads, add(point, n, 0.02), out)) return 0;
  const { lamp, sky } = scene;
  const toLamp = (lamp.plane - dot(lamp.n, point)) / dot(lamp.n, out);
  const local = sub(add(point, out, toLamp), lamp.at);
  const seen = toLamp > 0 && inUnit(dot(local, lamp.toS)) && inUnit(dot(local, lamp.toT));
  return share * (quad.gloss ?? 0.5) * (seen ? lamp.power / Math.PI : sky * 0.5);
};
const inUnit = (x) => x >= 0 && x <= 1;

/** Edge-avoiding smoothing (a-trous, Dammertz 2010) within pixels that see the same mix of zones and nearly the same depth. */
const smooth = (plane, keys, depth, levels) => {
  let from = plane;
  for (let level = 0; level < levels; level += 1) {
    const step = 1 << level;
    const to = new Float32Array(from.length);
    for (let y = 0; y < SIZE; y += 1) {
      for (let x = 0; x < SIZE; x += 1) {
        const i = y * SIZE + x;
        let [sum, total] = [0, 0];
        for (let dy = -2; dy <= 2; dy += 1) {
          for (let dx = -2; dx <= 2; dx += 1) {
            const [px, py] = [x + dx * step, y + dy * step];
            if (px < 0 || py < 0 || px >= SIZE || py >= SIZE) continue;
            const k = py * SIZE + px;
            if (keys[k] !== keys[i]) continue;
            const weight =
              [6, 4, 1][Math.abs(dx)] *
              [6, 4, 1][Math.abs(dy)] *
              Math.exp(-(((from[k] - from[i]) / (0.12 / (1 << level) + 0.03)) ** 2) - Math.abs(depth[k] - depth[i]) * 0.02);
            sum += weight * from[k];
            total += weight;
          }
        }
        to[i] = sum / total;
      }
    }
    from = to;
  }
  return from;
};

const bake = async (name, scene) => {
  const lampQuad = prepare(scene.lamp);
  const lit = { ...scene, lamp: { ...lampQuad, area: Math.hypot(...cross(scene.lamp.u, scene.lamp.v)), power: scene.lamp.power } };
  const quads = scene.quads.map(prepare);
  const zoneIds = scene.zones.map(({ id }) => id);
  const forward = unit(sub(scene.camera.to, scene.camera.from));
  const right = unit(cross(forward, scene.camera.up ?? [0, 0, 1]));
  const down = cross(forward, right);
  const half = Math.tan((scene.camera.angle * Math.PI) / 360);
  const rayAt = (x, y) => unit(add(add(forward, right, ((2 * x) / SIZE - 1) * half), down, ((2 * y) / SIZE - 1) * half));
  const random = randomFrom(20_011);
  const [shade, gloss, depth] = [new Float32Array(SIZE * SIZE), new Float32Array(SIZE * SIZE), new Float32Array(SIZE * SIZE)];
  const keys = new Uint32Array(SIZE * SIZE);
  const cover = zoneIds.map(() => new Float32Array(SIZE * SIZE));
  const samples = GRID * GRID;
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const i = y * SIZE + x;
      const first = Math.floor(random() * samples);
      for (let k = 0; k < samples; k += 1) {
        const ray = rayAt(x + ((k % GRID) + random()) / GRID, y + (Math.floor(k / GRID) + random()) / GRID);
        const seen = hit(quads, scene.camera.from, ray);
        if (!seen) throw new Error(`expected a background everywhere in ${name}, got none at ${x}, ${y}`);
        const n = dot(seen.quad.n, ray) < 0 ? seen.quad.n : seen.quad.n.map((v) => -v);
        const point = add(scene.camera.from, ray, seen.distance);
        shade[i] += gather(lit, quads, point, n, random, 2, (k * 7 + first) % samples) / samples;
        gloss[i] += reflect(lit, quads, point, n, ray, seen.quad, random) / samples;
        depth[i] += seen.distance / samples;
        cover[zoneIds.indexOf(seen.quad.zone)][i] += 1 / samples;
        keys[i] += (quads.indexOf(seen.quad) + 1) * 7919;
      }
    }
  }
  const [shadeMax, glossMax] = [1.6, 0.5];
  const printed = scene.placements.map(({ zone }) => zoneIds.indexOf(zone));
  const bright = shade.filter((_, i) => printed.some((zone) => cover[zone][i] > 0.99)).sort();
  // What paper sends back where it is well lit: just below the knee, so that white is white and nothing burns out.
  const white = 1.06 / bright[Math.floor(0.8 * bright.length)];
  const store = async (plane, max, file) => {
    const even = smooth(
      plane.map((v) => v * white),
      keys,
      depth,
      5,
    );
    const bytes = Uint8Array.from(even, (v) => Math.min(255, Math.round(255 * Math.sqrt(v / max))));
    await sharp(bytes, { raw: { width: SIZE, height: SIZE, channels: 1 } })
      .webp({ lossless: true, effort: 6 })
      .toFile(file);
  };
  const folder = join(products, name.replace('/', '/views/'));
  mkdirSync(folder, { recursive: true });
  await store(shade, shadeMax, join(folder, 'shade.webp'));
  await store(gloss, glossMax, join(folder, 'gloss.webp'));
  const front = zoneIds.filter((id) => id !== scene.background);
  const files = [];
  for (let i = 0; i < front.length; i += 3) {
    const zones = front.slice(i, i + 3);
    const bytes = new Uint8Array(SIZE * SIZE * 3);
    zones.forEach((id, c) => {
      for (const [pixel, share] of cover[zoneIds.indexOf(id)].entries()) bytes[pixel * 3 + c] = Math.round(255 * share);
    });
    const file = i === 0 ? 'zones.webp' : `zones-${i / 3 + 1}.webp`;
    await sharp(bytes, { raw: { width: SIZE, height: SIZE, channels: 3 } })
      .webp({ lossless: true, effort: 6 })
      .toFile(join(folder, file));
    files.push({ file, zones });
  }
  const positions = new Uint16Array(500 * 500 * 3);
  const { u, v } = scene.range;
  const scales = [];
  const at = (x, y) => {
    const seen = hit(quads, scene.camera.from, rayAt(x + 0.5, y + 0.5));
    return seen?.quad.print ? seen.quad.print(seen.s, seen.t) : null;
  };
  for (let y = 0; y < 500; y += 1) {
    for (let x = 0; x < 500; x += 1) {
      const here = at(2 * x + 1, 2 * y + 1);
      if (!here) continue;
      const code = (value, { from, to }) => Math.round((65535 * (value - from)) / (to - from));
      positions.set([code(here[0], u), code(here[1], v), 65535], (y * 500 + x) * 3);
      const [next, below] = [at(2 * x + 2, 2 * y + 1), at(2 * x + 1, 2 * y + 2)];
      if (!next || !below) continue;
      const [a, b, c, d] = [next[0] - here[0], next[1] - here[1], below[0] - here[0], below[1] - here[1]];
      const sum = a * a + b * b + c * c + d * d;
      const longest = Math.sqrt((sum + Math.sqrt(Math.max(0, sum * sum - 4 * (a * d - b * c) ** 2))) / 2);
      if (longest < 4) scales.push(1 / longest);
    }
  }
  scales.sort((a, b) => a - b);
  const share = (part) => Number(scales[Math.floor(part * (scales.length - 1))].toFixed(2));
  await sharp(positions, { raw: { width: 500, height: 500, channels: 3 } })
    .toColourspace('rgb16')
    .png({ compressionLevel: 9, adaptiveFiltering: true })
    .toFile(join(folder, 'positions.png'));
  const view = {
    $schema: '../../../../../schemas/view.schema.json',
    version: 1,
    id: name.split('/')[1],
    label: scene.label,
    widthPx: SIZE,
    heightPx: SIZE,
    maps: {
      positions: { file: 'positions.png', step: 2, offset: [1, 1], u, v, seam: scene.seam ?? 8 },
      shade: { file: 'shade.webp', max: shadeMax },
      gloss: { file: 'gloss.webp', max: glossMax },
      zones: files,
    },
    background: scene.background,
    zones: scene.zones,
    placements: scene.placements,
    white: WHITE,
    knee: KNEE,
    pxPerMm: { min: share(0.05), median: share(0.5) },
    base: 'base.webp',
    thumb: 'thumb.webp',
    source: 'models/bake-flat.mjs',
  };
  await writeBase(folder, view);
  writeFileSync(join(folder, 'view.json'), `${JSON.stringify(view, null, 2)}\n`);
  process.stdout.write(`${name}: ${view.pxPerMm.min}..${view.pxPerMm.median} px/mm\n`);
};

const wanted = process.argv.slice(2);
for (const [name, scene] of Object.entries(SCENES)) if (wanted.length === 0 || wanted.includes(name)) await bake(name, scene);
