#!/usr/bin/env node
/**
 * Makes the photos of the examples: painted by formulas, so that nobody's rights are in them. Every example folder stands alone, so a
 * photo goes into each one that shows it. Run it again only to change a picture: `node scripts/make-example-photos.mjs [name ...]`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

process.chdir(new URL('..', import.meta.url).pathname);

const clamp = (v, low = 0, high = 1) => Math.min(high, Math.max(low, v));
const mix = (a, b, t) => a + (b - a) * t;
const smooth = (from, to, v) => {
  const t = clamp((v - from) / (to - from));
  return t * t * (3 - 2 * t);
};
const rgb = (hex) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255);
const blend = (a, b, t) => [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)];

/** A number 0..1 for a lattice point: integer arithmetic only, so every machine agrees. */
function hash(x, y, seed = 0) {
  let h = (Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 974634777)) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 16), 1911520717);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

/** A row of numbers 0..1 that look random. */
function dice(seed) {
  let n = 0;
  return (low = 0, high = 1) => {
    n += 1;
    return mix(low, high, hash(n, seed, 77));
  };
}

function noise(x, y, seed) {
  const [xi, yi] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - xi, y - yi];
  const [u, v] = [fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy)];
  return mix(mix(hash(xi, yi, seed), hash(xi + 1, yi, seed), u), mix(hash(xi, yi + 1, seed), hash(xi + 1, yi + 1, seed), u), v);
}

function fbm(x, y, seed, octaves = 5) {
  let [sum, size, scale] = [0, 0.5, 1];
  for (let i = 0; i < octaves; i += 1) {
    sum += size * noise(x * scale, y * scale, seed + i);
    size *= 0.5;
    scale *= 2.03;
  }
  return sum / (1 - 0.5 ** octaves);
}

/** Colour at t of a list of [position, "#rrggbb"]. */
function ramp(list) {
  const stops = list.map(([at, hex]) => [at, rgb(hex)]);
  return (t) => {
    const next = stops.findIndex(([at]) => at >= t);
    if (next <= 0) return next === 0 ? stops[0][1] : stops.at(-1)[1];
    const [[a, from], [b, to]] = [stops[next - 1], stops[next]];
    return blend(from, to, (t - a) / (b - a));
  };
}

/** Paints width x height pixels by colour(u, v): u across in heights, v down 0..1. Adds the grain of a camera. */
function shade(width, height, colour, grain = 0.012) {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const c = colour(x / height, y / height);
      const g = (hash(x >> 1, y >> 1, 5) - 0.5) * grain;
      for (let i = 0; i < 3; i += 1) data[(y * width + x) * 3 + i] = Math.round(clamp(c[i] + g) * 255);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

const svg = (width, height, body) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}">${body}</svg>`,
  );
const layer = (input, blendMode = 'over') => ({ input, blend: blendMode });
const n1 = (v) => v.toFixed(1);

/** A pine seen against the light: drooping branches either side of a trunk. */
function pine(x, base, tall, random) {
  let d = '';
  for (let i = 0; i < 15; i += 1) {
    const at = base - tall + (tall * 0.9 * i) / 15;
    const wide = tall * 0.2 * ((i + 1) / 15) * random(0.75, 1.15);
    d += `M${n1(x)} ${n1(at - tall * 0.05)}L${n1(x + wide)} ${n1(at + tall * 0.09)}L${n1(x + wide * 0.3)} ${n1(at + tall * 0.06)}L${n1(x - wide * 0.3)} ${n1(at + tall * 0.06)}L${n1(x - wide * random(0.8, 1.1))} ${n1(at + tall * 0.1)}Z`;
  }
  return `${d}M${n1(x - tall * 0.012)} ${n1(base - tall * 0.2)}h${n1(tall * 0.024)}v${n1(tall * 0.25)}h${n1(-tall * 0.024)}Z`;
}

const SHORE = 0.66;
const dawn = ramp([
  [0, '#2f5f8f'],
  [0.25, '#7fb0cc'],
  [0.42, '#f3d9b4'],
  [0.52, '#f7b98c'],
  [0.7, '#f2a07a'],
]);

function mountainView(u, v) {
  const cloud = smooth(0.5, 0.8, fbm(u * 2.2 + 3, v * 7, 21)) * smooth(0.5, 0.1, v);
  let c = blend(dawn(v), rgb('#fff2e2'), cloud * 0.75);
  const sun = Math.hypot(u - 0.92, v - 0.42);
  c = blend(c, rgb('#fff6dc'), Math.exp(-sun * 7) * 0.9);
  const ridges = [
    { at: 0.33, high: 0.3, rough: 2.1, seed: 40, near: '#5f7fa3', lit: '#f7e9dc' },
    { at: 0.47, high: 0.2, rough: 2.6, seed: 55, near: '#47688d', lit: '#d9b9a6' },
    { at: 0.565, high: 0.11, rough: 3.4, seed: 68, near: '#31526b', lit: '#5f7f7a' },
    { at: 0.625, high: 0.06, rough: 6, seed: 79, near: '#1d3b45', lit: '#37594f' },
  ];
  for (const [i, r] of ridges.entries()) {
    const edge = r.at - (fbm(u * r.rough, 0.5, r.seed, 7) - 0.42) * r.high * 1.6;
    if (v < edge) continue;
    const depth = (v - edge) / r.high;
    const facet = fbm(u * r.rough * 5 + v * 9, v * r.rough * 4 - u * 3, r.seed + 3, 5);
    const light = smooth(0.44, 0.6, facet + 0.06 * Math.sin(u * 4));
    const snow = i < 2 ? smooth(0.75 - i * 0.45, 0.05, depth + (facet - 0.5) * 0.9) : 0;
    c = blend(rgb(r.near), rgb(r.lit), clamp(light * (i < 2 ? 0.35 : 0.5) + snow * light * 0.9));
    c = blend(c, rgb('#b9cfe4'), snow * (1 - light) * 0.45);
    c = blend(c, rgb('#f6cfa8'), smooth(0.15, 1.2, depth) * (0.55 - i * 0.14));
  }
  return c;
}

async function mountainLake() {
  const [width, height] = [1800, 1350];
  const random = dice(3);
  const base = shade(width, height, (u, v) => {
    if (v < SHORE) return mountainView(u, v);
    const depth = (v - SHORE) / (1 - SHORE);
    const wave = (fbm(u * 6, v * 90, 91, 4) - 0.5) * 0.05 * (0.25 + depth);
    const mirrored = mountainView(u + wave * 0.5, clamp(SHORE - (v - SHORE) * 1.35 + wave, 0, SHORE));
    const glint = smooth(0.63, 0.78, fbm(u * 5, v * 120, 97, 3));
    return blend(blend(mirrored, rgb('#1f4a63'), 0.22 + depth * 0.32), rgb('#fbe2c4'), glint * 0.3);
  });
  let far = '';
  for (let x = -20; x < width + 20; x += 13) far += pine(x + random(-5, 5), SHORE * height + 3, random(18, 52), random);
  let near = '';
  for (let x = -60; x < 560; x += 46) near += pine(x + random(-16, 16), height + 30, random(0.7, 1) * Math.max(160, 640 - x), random);
  for (let x = 1500; x < 1880; x += 44) near += pine(x + random(-16, 16), height + 30, random(0.7, 1) * (x - 1270), random);
  return base.composite([
    layer(
      svg(
        width,
        height,
        `<path d="${far}" fill="#17323a"/><rect y="${SHORE * height - 10}" width="${width}" height="26" fill="#f3cda8" opacity="0.22"/>`,
      ),
    ),
    layer(svg(width, height, `<path d="${near}" fill="#0c1d24"/>`)),
  ]);
}

const dusk = ramp([
  [0, '#27356b'],
  [0.18, '#5d4a8a'],
  [0.34, '#c2587c'],
  [0.47, '#f48a54'],
  [0.56, '#ffd07a'],
]);

async function beachSunset() {
  const [width, height, sea] = [1800, 1350, 0.57];
  const sky = (u, v) => {
    const cloud = fbm(u * 1.6 + 7, v * 8 + u * 0.6, 131, 6);
    const lit = smooth(0.45, 0.72, cloud);
    let c = blend(dusk(v), blend(rgb('#5c2f5f'), rgb('#ffb27a'), smooth(0.15, 0.5, v)), lit * 0.75);
    const sun = Math.hypot(u - 0.74, (v - 0.5) * 1.02);
    c = blend(c, rgb('#fff3c4'), Math.exp(-sun * 9));
    return sun < 0.055 ? blend(c, rgb('#fffbe6'), smooth(0.055, 0.051, sun)) : c;
  };
  const base = shade(width, height, (u, v) => {
    if (v < sea) return sky(u, v);
    const depth = (v - sea) / (1 - sea);
    const edge = 0.5 + (fbm(u * 2.2, 3, 151, 4) - 0.5) * 0.22 + 0.1 * (u - 0.66);
    const far = 1 / (depth + 0.06);
    const ripple = fbm(u * (3 + far * 1.2), depth * 24 + far * 2, 141, 5);
    const glow = Math.exp(-Math.abs(u - 0.74 + (ripple - 0.5) * 0.16) * (9 - depth * 4));
    const seaColour = blend(
      blend(rgb('#d97a6a'), rgb('#2c3f74'), smooth(0, 0.55, depth)),
      rgb('#ffd9a0'),
      glow * smooth(0.4, 0.62, ripple) * 0.95,
    );
    if (depth < edge - 0.02) return blend(seaColour, rgb('#14284f'), smooth(0.52, 0.36, ripple) * 0.5);
    const foam = smooth(0.05, 0, Math.abs(depth - edge) + (fbm(u * 40, v * 60, 161, 3) - 0.5) * 0.06);
    const wet = smooth(0.3, 0, depth - edge);
    const sand = blend(rgb('#6d4a4c'), rgb('#a4745a'), fbm(u * 30, v * 70, 171, 4));
    const c = blend(sand, sky(u + (ripple - 0.5) * 0.02, clamp(sea - (depth - edge) * 0.9)), wet * 0.6);
    return blend(c, rgb('#ffe9d6'), foam * 0.9);
  });
  const fronds = (x, y, size, seed) => {
    const random = dice(seed);
    let d = '';
    for (const degrees of [-168, -150, -122, -90, -58, -30, -8, 16, 164]) {
      const a = ((degrees + random(-8, 8)) * Math.PI) / 180;
      const [tx, ty] = [x + Math.cos(a) * size, y + Math.sin(a) * size * 0.55 + size * 0.28];
      const [cx, cy] = [x + Math.cos(a) * size * 0.55, y + Math.sin(a) * size * 0.75 - size * 0.12];
      d += `M${n1(x)} ${n1(y)}Q${n1(cx)} ${n1(cy)} ${n1(tx)} ${n1(ty)}Q${n1(cx)} ${n1(cy + size * 0.12)} ${n1(x)} ${n1(y + 6)}Z`;
      for (let i = 3; i < 22; i += 1) {
        const t = i / 22;
        const [px, py] = [(1 - t) ** 2 * x + 2 * t * (1 - t) * cx + t * t * tx, (1 - t) ** 2 * y + 2 * t * (1 - t) * cy + t * t * ty];
        const long = size * 0.2 * (1 - t * 0.55);
        d += `M${n1(px)} ${n1(py)}l${n1(long * 0.3 * Math.sign(Math.cos(a)))} ${n1(long)}l${n1(-5)} ${n1(-long * 0.86)}Z`;
      }
    }
    return d;
  };
  const palm = `<path d="M150 1360Q250 960 232 520Q240 516 250 520Q285 960 205 1360Z" fill="#1d1226"/><path d="${fronds(240, 520, 330, 8)}" fill="#1d1226"/><path d="M-40 1360Q60 1080 96 800Q106 800 112 804Q104 1080 30 1360Z" fill="#1d1226"/><path d="${fronds(104, 800, 240, 9)}" fill="#1d1226"/>`;
  return base.composite([layer(svg(width, height, palm))]);
}

async function nightCity() {
  const [width, height, water] = [1600, 1600, 1120];
  const random = dice(17);
  const sky = shade(width, height, (u, v) => {
    const c = ramp([
      [0, '#0b1030'],
      [0.3, '#23235c'],
      [0.55, '#6a3a7c'],
      [0.7, '#e0777a'],
    ])(v);
    const haze = fbm(u * 2, v * 6, 201, 5);
    const star = hash(Math.floor(u * 900), Math.floor(v * 900), 9) > 0.9988 ? (0.5 - v) * 1.6 : 0;
    return blend(blend(c, rgb('#f2a08e'), smooth(0.5, 0.8, haze) * v * 0.8), [1, 1, 1], clamp(star));
  });
  const towers = (count, low, high, fill, lit, chance) => {
    let body = '';
    for (let i = 0; i < count; i += 1) {
      const wide = random(60, 130);
      const x = (i / count) * (width + 80) - 60 + random(-24, 24);
      const tall = random(low, high) * (0.55 + 0.6 * Math.exp(-(((x + wide / 2 - 870) / 420) ** 2)));
      const top = water - tall;
      body += `<rect x="${n1(x)}" y="${n1(top)}" width="${n1(wide)}" height="${n1(tall)}" fill="${fill}"/>`;
      const crown = random();
      if (crown > 0.72)
        body += `<path d="M${n1(x + wide / 2 - 3)} ${n1(top)}l3 ${n1(-tall * 0.22)}l3 ${n1(tall * 0.22)}Z" fill="${fill}"/>`;
      else if (crown > 0.45)
        body += `<rect x="${n1(x + wide * 0.2)}" y="${n1(top - 34)}" width="${n1(wide * 0.6)}" height="36" fill="${fill}"/>`;
      else if (crown > 0.3) body += `<path d="M${n1(x)} ${n1(top)}l${n1(wide)} ${n1(-wide * 0.5)}v${n1(wide * 0.5)}Z" fill="${fill}"/>`;
      const pitch = random(13, 17);
      for (let wy = top + 14; wy < water - 20; wy += pitch * 1.35) {
        for (let wx = x + 8; wx < x + wide - 12; wx += pitch) {
          if (random() > chance) continue;
          body += `<rect x="${n1(wx)}" y="${n1(wy)}" width="${n1(pitch * 0.55)}" height="${n1(pitch * 0.72)}" fill="${lit[Math.floor(random(0, lit.length))]}" opacity="${random(0.55, 1).toFixed(2)}"/>`;
        }
      }
    }
    return body;
  };
  const skyline = `${towers(17, 380, 640, '#3d2c63', ['#f7b08c', '#c98fb4'], 0.14)}${towers(15, 240, 520, '#1c1a44', ['#ffd98a', '#ffe9bd', '#ff9f6b', '#9fd6ff'], 0.4)}`;
  const moon = `<circle cx="390" cy="330" r="78" fill="#fff1d6"/><circle cx="365" cy="310" r="14" fill="#e9d4b8" opacity="0.7"/><circle cx="415" cy="352" r="20" fill="#e9d4b8" opacity="0.6"/>`;
  const glow = await sharp(svg(width, height, moon + skyline))
    .blur(16)
    .png()
    .toBuffer();
  const city = await sky
    .composite([layer(glow, 'screen'), layer(svg(width, height, moon + skyline))])
    .png()
    .toBuffer();
  const flat = await sharp(city).removeAlpha().raw().toBuffer();
  return shade(
    width,
    height,
    (u, v) => {
      const y = v * height;
      const at = (px, py) => {
        const o = (Math.min(height - 1, Math.max(0, Math.round(py))) * width + Math.min(width - 1, Math.max(0, Math.round(px)))) * 3;
        return [flat[o] / 255, flat[o + 1] / 255, flat[o + 2] / 255];
      };
      if (y < water) return at(u * height, y);
      const depth = (y - water) / (height - water);
      const ripple = fbm(u * 9, v * 110, 231, 4) - 0.5;
      const c = at(u * height + ripple * 90 * (0.2 + depth), water - (y - water) * 1.9 + ripple * 110 * (0.2 + depth));
      return blend(c, rgb('#141338'), 0.25 + depth * 0.35);
    },
    0.01,
  );
}

/** Five notched petals with a warm heart, lit from above. */
function blossom(x, y, size, turn, id) {
  let body = '';
  for (let i = 0; i < 5; i += 1) {
    body += `<path transform="translate(${n1(x)} ${n1(y)}) rotate(${n1(turn + i * 72)}) scale(${(size / 100).toFixed(3)})" d="M0 4C-34 -18 -52 -62 -30 -92C-20 -104 -8 -100 0 -88C8 -100 20 -104 30 -92C52 -62 34 -18 0 4Z" fill="url(#petal${id})" stroke="#e58fa9" stroke-opacity="0.35" stroke-width="1.5"/>`;
    for (const lean of [-9, 0, 9])
      body += `<path transform="translate(${n1(x)} ${n1(y)}) rotate(${n1(turn + i * 72 + lean)}) scale(${(size / 100).toFixed(3)})" d="M0 -16L0 -66" stroke="#d96c92" stroke-opacity="0.22" stroke-width="1.6"/>`;
  }
  for (let i = 0; i < 14; i += 1) {
    const a = ((turn + i * 25.7) * Math.PI) / 180;
    const r = size * (0.2 + 0.14 * hash(i, Math.round(x), 3));
    const [sx, sy] = [x + Math.cos(a) * r, y + Math.sin(a) * r];
    body += `<path d="M${n1(x)} ${n1(y)}L${n1(sx)} ${n1(sy)}" stroke="#fff2e6" stroke-width="${n1(size * 0.012)}"/><circle cx="${n1(sx)}" cy="${n1(sy)}" r="${n1(size * 0.026)}" fill="#e8a33c"/>`;
  }
  return `${body}<circle cx="${n1(x)}" cy="${n1(y)}" r="${n1(size * 0.07)}" fill="#c8456b"/>`;
}

async function blossoms() {
  const [width, height] = [1500, 2000];
  const random = dice(29);
  const base = shade(
    width,
    height,
    (u, v) => {
      const c = ramp([
        [0, '#bfe0ea'],
        [0.45, '#f6e3e2'],
        [0.8, '#f3c3cb'],
        [1.2, '#b9cfa6'],
      ])(v + (fbm(u * 1.4, v * 1.4, 241, 3) - 0.5) * 0.5);
      return blend(c, rgb('#ffffff'), smooth(0.55, 0.8, fbm(u * 2, v * 2, 251, 2)) * 0.5);
    },
    0.008,
  );
  const petals = (id, outer, inner) =>
    `<radialGradient id="petal${id}" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="100"><stop offset="0" stop-color="${inner}"/><stop offset="0.45" stop-color="${outer}"/><stop offset="1" stop-color="#ffffff"/></radialGradient>`;
  const defs = `<defs>${petals('A', '#fbd3de', '#e986a6')}${petals('B', '#f9c3d3', '#dd6f97')}</defs>`;
  let bokeh = '';
  for (let i = 0; i < 46; i += 1)
    bokeh += `<circle cx="${n1(random(0, width))}" cy="${n1(random(0, height))}" r="${n1(random(24, 92))}" fill="${random() > 0.5 ? '#ffffff' : '#f7a9bf'}" opacity="${random(0.1, 0.34).toFixed(2)}"/>`;
  const branch = (d, wide) =>
    `<path d="${d}" fill="none" stroke="#5b3b35" stroke-width="${wide}" stroke-linecap="round"/><path d="${d}" fill="none" stroke="#8f6456" stroke-width="${wide * 0.35}" stroke-linecap="round" transform="translate(-3 -4)"/>`;
  let back = branch('M1540 1420C1200 1380 940 1500 640 1460', 20);
  for (let i = 0; i < 20; i += 1) back += blossom(random(560, 1500), 1440 + random(-170, 150), random(60, 105), random(0, 72), 'B');
  let front = `${branch('M-40 420C260 380 470 560 760 520C980 490 1140 330 1330 300', 26)}${branch('M380 478C470 640 600 700 640 840', 15)}${branch('M760 520C900 560 1010 680 1180 690', 13)}`;
  const spots = [
    [150, 330, 150],
    [330, 520, 170],
    [560, 470, 190],
    [480, 690, 150],
    [640, 860, 165],
    [800, 430, 160],
    [930, 590, 150],
    [1040, 380, 175],
    [1180, 700, 150],
    [1300, 320, 150],
    [210, 560, 110],
    [700, 640, 120],
  ];
  for (const [x, y, size] of spots) front += blossom(x, y, size, random(0, 72), random() > 0.4 ? 'A' : 'B');
  for (let i = 0; i < 12; i += 1)
    front += `<path transform="translate(${n1(random(60, 1440))} ${n1(random(1000, 1950))}) rotate(${n1(random(0, 360))}) scale(${random(0.3, 0.55).toFixed(2)})" d="M0 4C-34 -18 -52 -62 -30 -92C-20 -104 -8 -100 0 -88C8 -100 20 -104 30 -92C52 -62 34 -18 0 4Z" fill="#f9c9d7"/>`;
  return base.composite([
    layer(
      await sharp(svg(width, height, bokeh))
        .blur(7)
        .png()
        .toBuffer(),
    ),
    layer(
      await sharp(svg(width, height, defs + back))
        .blur(11)
        .png()
        .toBuffer(),
    ),
    layer(
      await sharp(svg(width, height, defs + front))
        .blur(0.8)
        .png()
        .toBuffer(),
    ),
  ]);
}

async function paint() {
  const colour = ramp([
    [0, '#0d2c54'],
    [0.2, '#0f6e84'],
    [0.36, '#4fc3b0'],
    [0.47, '#fdf3dc'],
    [0.56, '#f7b733'],
    [0.68, '#f0563d'],
    [0.82, '#9d1f63'],
    [1, '#2a0b45'],
  ]);
  return shade(
    1800,
    1800,
    (u, v) => {
      const [qx, qy] = [fbm(u * 2.1, v * 2.1, 301), fbm(u * 2.1 + 5, v * 2.1 + 1, 311)];
      const [rx, ry] = [fbm(u * 2 + qx * 3.4, v * 2 + qy * 3.4, 321), fbm(u * 2 + qx * 3.4 + 8, v * 2 + qy * 3.4 + 2, 331)];
      const t = fbm(u * 2 + rx * 3.2, v * 2 + ry * 3.2, 341, 6);
      const line = Math.abs(((t * 16) % 1) - 0.5);
      const c = colour(clamp((t - 0.27) * 2.15));
      const gold = smooth(0.035, 0, Math.abs(rx - 0.5)) * smooth(0.4, 0.55, qy);
      return blend(blend(c, [1, 1, 1], (line - 0.25) * 0.14 + (ry - 0.5) * 0.25), rgb('#f4d58a'), gold * 0.75);
    },
    0.02,
  );
}

function balloon(x, y, size, colours) {
  const envelope = 'M0 62C-16 44 -50 18 -50 -16C-50 -48 -27 -68 0 -68C27 -68 50 -48 50 -16C50 18 16 44 0 62Z';
  const id = `b${Math.round(x)}`;
  let gores = '';
  for (let i = 0; i < 8; i += 1) {
    const [a, b] = [-50 + i * 12.5, -50 + (i + 1) * 12.5];
    const bulge = (v) => Math.sin((v / 50) * 1.45) * 50;
    gores += `<path d="M0 -68Q${n1(bulge(a) * 1.35)} -20 0 62Q${n1(bulge(b) * 1.35)} -20 0 -68Z" fill="${colours[i % colours.length]}"/>`;
  }
  return `<g transform="translate(${x} ${y}) scale(${size / 100})"><clipPath id="${id}"><path d="${envelope}"/></clipPath><linearGradient id="${id}s"><stop offset="0" stop-color="#1b1440" stop-opacity="0.5"/><stop offset="0.45" stop-color="#1b1440" stop-opacity="0"/><stop offset="0.8" stop-color="#fff4d8" stop-opacity="0.5"/><stop offset="1" stop-color="#fff4d8" stop-opacity="0.1"/></linearGradient>
<path d="${envelope}" fill="${colours[0]}"/><g clip-path="url(#${id})">${gores}<rect x="-60" y="-14" width="120" height="9" fill="${colours.at(-1)}" opacity="0.85"/></g><path d="${envelope}" fill="url(#${id}s)"/>
<path d="M-6 58L-7 80M6 58L7 80" stroke="#3b2a2a" stroke-width="1.2"/><rect x="-9" y="80" width="18" height="13" rx="3" fill="#7a4a2a"/><rect x="-9" y="80" width="18" height="4" fill="#4a2c1c"/></g>`;
}

async function balloons() {
  const [width, height] = [1800, 1350];
  const base = shade(width, height, (u, v) => {
    let c = ramp([
      [0, '#4d8fc4'],
      [0.35, '#a5cfe3'],
      [0.6, '#fde3bd'],
      [0.72, '#fbc58f'],
    ])(v);
    c = blend(c, rgb('#fffaf0'), smooth(0.5, 0.78, fbm(u * 1.9, v * 5, 401, 6)) * 0.8 * smooth(0.65, 0.2, v));
    for (let i = 0; i < 6; i += 1) {
      const edge = 0.62 + i * 0.062 - (fbm(u * (1.5 + i * 0.35) + i * 3, 0.3, 411 + i * 7, 5) - 0.5) * (0.2 - i * 0.012);
      if (v < edge) continue;
      const near = i / 5;
      const texture = fbm(u * (18 + i * 14), v * (30 + i * 18), 431 + i, 4);
      c = blend(rgb('#c9a5a4'), rgb('#2f5a3c'), near);
      c = blend(c, near > 0.5 ? rgb('#8aa24b') : rgb('#e6b78e'), smooth(0.4, 0.7, texture) * 0.55);
      c = blend(c, rgb('#ffe6c6'), smooth(0, 0.16, v - edge) * (0.75 - near * 0.55));
    }
    return c;
  });
  const crowd = [
    balloon(560, 430, 470, ['#e4473a', '#fbe9cf', '#f4a32f', '#fbe9cf', '#b3262f']),
    balloon(1190, 300, 270, ['#2a6fb0', '#f8f0de', '#57b5c4', '#1d3f7a']),
    balloon(1510, 560, 200, ['#f2b134', '#e4662f', '#f8ead0', '#8c2f5f']),
    balloon(960, 640, 120, ['#3f8f6b', '#f4e6c6', '#e4b23f', '#1f5f52']),
    balloon(170, 700, 110, ['#7a4a9c', '#f3dbe2', '#d9679a', '#4a2b6f']),
    balloon(1300, 720, 66, ['#c8444f', '#f6ded0', '#c8444f', '#7a2233']),
  ].join('');
  return base.composite([layer(svg(width, height, crowd))]);
}

/** Strokes of fur inside a test shape: each follows `flow` and takes the colour of the spot. */
function fur(random, { count, box, inside, flow, colour, length, width }) {
  const [x0, y0, x1, y1] = box;
  const strokes = [];
  for (let i = 0; i < count; i += 1) {
    const [x, y] = [random(x0, x1), random(y0, y1)];
    if (!inside(x, y)) continue;
    const a = flow(x, y) + random(-0.28, 0.28);
    const long = length(x, y) * random(0.6, 1.3);
    const bend = a + random(-0.4, 0.4);
    const tone = random(-0.07, 0.07);
    const c = colour(x, y).map((v) => clamp(v + tone));
    const hex = `#${c
      .map((v) =>
        Math.round(v * 255)
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')}`;
    strokes.push([
      y,
      `<path d="M${n1(x)} ${n1(y)}q${n1(Math.cos(a) * long * 0.5)} ${n1(Math.sin(a) * long * 0.5)} ${n1((Math.cos(a) + Math.cos(bend)) * long * 0.5)} ${n1((Math.sin(a) + Math.sin(bend)) * long * 0.5)}" stroke="${hex}" stroke-width="${n1(width * random(0.6, 1.3))}"/>`,
    ]);
  }
  return `<g fill="none" stroke-linecap="round">${strokes.map(([, body]) => body).join('')}</g>`;
}

/** A long-haired dog that looks at you: fur as strokes, from the chest up to the brow, then the face. */
async function dog() {
  const [width, height] = [1600, 1800];
  const random = dice(51);
  const ellipse = (cx, cy, rx, ry) => (x, y) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2;
  const [head, cheeks, muzzle] = [ellipse(800, 720, 400, 400), ellipse(800, 850, 440, 300), ellipse(800, 950, 215, 210)];
  const ear = (side) => (x, y) => {
    const dx = (x - 800) * side;
    const t = (y - 430) / 640;
    if (t < 0 || t > 1) return false;
    const middle = 372 + Math.sin(t * 2.6) * 110;
    return Math.abs(dx - middle) < 150 * Math.sin(Math.PI * (0.12 + t * 0.86)) ** 0.7;
  };
  const gold = ramp([
    [0, '#5e3413'],
    [0.35, '#a8632a'],
    [0.65, '#d99a54'],
    [1, '#f7dcae'],
  ]);
  const cream = ramp([
    [0, '#8f7458'],
    [0.5, '#e8d3b2'],
    [1, '#fffaf0'],
  ]);
  const light = (x, y, from, to) =>
    clamp(0.62 - (x - 800) / 1500 - (y - from) / (to - from) / 2.2 + (fbm(x / 60, y / 60, 501, 3) - 0.5) * 0.55);
  const down = Math.PI / 2;
  const chest = fur(random, {
    count: 9000,
    box: [180, 1050, 1420, 1800],
    inside: (x, y) => Math.abs(x - 800) < 330 + (y - 1050) * 0.5,
    flow: (x) => down + (x - 800) * -0.0007,
    colour: (x, y) =>
      blend(
        gold(light(x, y, 1000, 1900)),
        cream(light(x, y, 1000, 1900)),
        smooth(260, 60, Math.abs(x - 800 + (fbm(y / 80, 3, 511) - 0.5) * 160)),
      ),
    length: () => 95,
    width: 7,
  });
  const ears = [-1, 1]
    .map((side) =>
      fur(random, {
        count: 5200,
        box: side < 0 ? [150, 420, 700, 1120] : [900, 420, 1450, 1120],
        inside: ear(side),
        flow: (_x, y) => down - side * 0.35 + side * smooth(600, 1000, y) * 0.6,
        colour: (x, y) => blend(gold(light(x, y, 350, 1150) * 0.75), rgb('#3d1f0c'), smooth(900, 1120, y) * 0.4),
        length: () => 80,
        width: 6.5,
      }),
    )
    .join('');
  const face = fur(random, {
    count: 15000,
    box: [340, 310, 1260, 1190],
    inside: (x, y) => head(x, y) < 1 || cheeks(x, y) < 1,
    flow: (x, y) => (y < 620 ? -down + Math.atan2(x - 800, 430) * 1.1 : Math.atan2(y - 760, (x - 800) * 0.8) * 0.55 + down * 0.45),
    colour: (x, y) => {
      const blaze = smooth(1, 0.2, Math.abs(x - 800) / (62 + Math.max(0, 620 - y) * 0.25)) * smooth(330, 480, y);
      const socket = Math.min(Math.hypot((x - 640) / 105, (y - 700) / 85), Math.hypot((x - 960) / 105, (y - 700) / 85));
      const c = blend(gold(light(x, y, 380, 1200)), cream(light(x, y, 380, 1250)), clamp(blaze + smooth(1.25, 0.7, muzzle(x, y))));
      return blend(c, rgb('#4a2710'), smooth(1.1, 0.4, socket) * 0.7);
    },
    length: (x, y) => (muzzle(x, y) < 1 ? 30 : 52),
    width: 5,
  });
  const eye = (x) =>
    `<ellipse cx="${x}" cy="704" rx="66" ry="60" fill="#2a1408"/><circle cx="${x}" cy="704" r="50" fill="url(#iris)"/><circle cx="${x}" cy="706" r="27" fill="#0a0503"/><circle cx="${x - 18}" cy="684" r="15" fill="#fff"/><circle cx="${x + 20}" cy="728" r="7" fill="#fff" opacity="0.6"/><path d="M${x - 70} 700Q${x - 8} 622 ${x + 70} 694" fill="none" stroke="#27130a" stroke-width="13" stroke-linecap="round"/>`;
  const features = `<defs><radialGradient id="iris"><stop offset="0.3" stop-color="#3a1b09"/><stop offset="0.8" stop-color="#9a5a20"/><stop offset="1" stop-color="#3a1b09"/></radialGradient><radialGradient id="nose" cx="0.4" cy="0.25" r="0.8"><stop offset="0" stop-color="#6f6560"/><stop offset="0.35" stop-color="#2b2422"/><stop offset="1" stop-color="#0c0909"/></radialGradient><linearGradient id="tongue" x2="0" y2="1"><stop offset="0" stop-color="#b8434f"/><stop offset="1" stop-color="#f08a8f"/></linearGradient></defs>
${eye(640)}${eye(960)}
<path d="M690 1010Q800 1100 910 1010Q900 1130 862 1168Q800 1200 738 1168Q700 1130 690 1010Z" fill="#3a1a16"/><path d="M728 1060Q800 1030 872 1060Q884 1190 850 1240Q800 1290 750 1240Q716 1190 728 1060Z" fill="url(#tongue)"/><path d="M800 1060Q796 1150 800 1220" stroke="#a83c49" stroke-width="7" fill="none" stroke-linecap="round"/>
<path d="M800 940V1020M800 1018Q740 1066 640 1020M800 1018Q860 1066 960 1020" stroke="#2a1712" stroke-width="12" fill="none" stroke-linecap="round"/>
<path d="M684 852Q690 800 800 798Q910 800 916 852Q912 930 800 962Q688 930 684 852Z" fill="url(#nose)"/><ellipse cx="742" cy="884" rx="26" ry="17" fill="#050303"/><ellipse cx="858" cy="884" rx="26" ry="17" fill="#050303"/><path d="M724 826Q800 806 868 826" stroke="#b9b0ab" stroke-width="9" stroke-linecap="round" fill="none" opacity="0.6"/>`;
  const lips = fur(random, {
    count: 5200,
    box: [580, 900, 1020, 1090],
    inside: (x, y) => [ellipse(705, 985, 120, 78), ellipse(895, 985, 120, 78)].some((lobe) => lobe(x, y) < 1) && Math.abs(x - 800) > 8,
    flow: (x) => down + (x < 800 ? 0.75 : -0.75),
    colour: (x, y) => cream(light(x, y, 850, 1150) + 0.12),
    length: () => 24,
    width: 4,
  });
  let whiskers = '';
  for (const side of [-1, 1])
    for (let i = 0; i < 5; i += 1)
      whiskers += `<path d="M${800 + side * (95 + i * 12)} ${960 + i * 15}q${side * 130} ${-34 + i * 20} ${side * (250 - i * 14)} ${-10 + i * 40}" stroke="#fff8ea" stroke-width="3" fill="none" opacity="0.7" stroke-linecap="round"/>`;
  const base = shade(width, height, (u, v) => {
    const c = ramp([
      [0, '#8fc3b8'],
      [0.5, '#5f9f9c'],
      [1, '#2e5f68'],
    ])(v * 0.8 + (u - 0.4) * 0.25);
    return blend(c, rgb('#e9f0cf'), smooth(0.5, 0.8, fbm(u * 2.4, v * 2.4, 521, 3)) * 0.6);
  });
  let bokeh = '';
  for (let i = 0; i < 22; i += 1)
    bokeh += `<circle cx="${n1(random(0, width))}" cy="${n1(random(0, 1300))}" r="${n1(random(40, 130))}" fill="#f5f5d0" opacity="${random(0.06, 0.2).toFixed(2)}"/>`;
  return base.composite([
    layer(
      await sharp(svg(width, height, bokeh))
        .blur(9)
        .png()
        .toBuffer(),
    ),
    layer(svg(width, height, chest)),
    layer(svg(width, height, ears)),
    layer(
      svg(
        width,
        height,
        `<ellipse cx="800" cy="720" rx="385" ry="385" fill="#a8632a"/><ellipse cx="800" cy="850" rx="420" ry="285" fill="#a8632a"/>`,
      ),
    ),
    layer(svg(width, height, face)),
    layer(svg(width, height, features + lips + whiskers)),
  ]);
}

const PICTURES = {
  'mountain-lake': { make: mountainLake, examples: ['03-collage-mug', '06-birthday-card'] },
  'beach-sunset': { make: beachSunset, examples: ['03-collage-mug', '06-birthday-card'] },
  'night-city': { make: nightCity, examples: ['03-collage-mug', '04-song-mug'] },
  blossoms: { make: blossoms, examples: ['03-collage-mug', '06-birthday-card'] },
  paint: { make: paint, examples: ['04-song-mug'] },
  balloons: { make: balloons, examples: ['03-collage-mug', '08-sticker-sheet'] },
  dog: { make: dog, examples: ['02-pet-tee', '03-collage-mug', '06-birthday-card', '08-sticker-sheet'] },
};

const asked = process.argv.slice(2);
for (const [name, { make, examples }] of Object.entries(PICTURES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const picture = await (await make()).png().toBuffer();
  const photo = await sharp(picture).flatten({ background: '#ffffff' }).jpeg({ quality: 85, mozjpeg: true }).toBuffer();
  for (const example of examples) {
    const folder = join('examples', example, 'photos');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.jpg`), photo);
  }
  process.stdout.write(`${name} ${(photo.length / 1000).toFixed(0)} kB in ${examples.join(', ')}\n`);
}
