#!/usr/bin/env node
/**
 * Draws the pictures of the story book: as files for examples/19-story-book, and into templates/designs/story-book/design.json, into the
 * layers that name them (`art:whale`). Then fills the design for the example, as order.json there says; needs a build. Pictures are in
 * millimetres with 3 mm of bleed all around. Run it after every change of a picture or of the design.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

process.chdir(new URL('..', import.meta.url).pathname);
const DESIGN = 'templates/designs/story-book/design.json';
const EXAMPLE = 'examples/19-story-book';
const PAGE = 211;
const SPREAD = 416;

/** The coats of the two children: designs recolour them. */
const COAT = '#f2b632';
const FRIEND_COAT = '#d9534a';

const r1 = (n) => Math.round(n * 10) / 10;
const random = (seed) => () => {
  seed = (seed * 1664525 + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const at = (x, y, scale, inside, flip = 1) => `<g transform="translate(${r1(x)} ${r1(y)}) scale(${flip * scale} ${scale})">${inside}</g>`;
const path = (d, fill, more = '') => `<path d="${d}" fill="${fill}"${more}/>`;
const line = (d, stroke, width, more = '') =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${more}/>`;
const dot = (x, y, radius, fill, more = '') => `<circle cx="${r1(x)}" cy="${r1(y)}" r="${radius}" fill="${fill}"${more}/>`;

let gradients = [];
const fade = (stops, x1 = 0, y1 = 0, x2 = 0, y2 = 1) => {
  const id = `g${gradients.length}`;
  const inside = stops
    .map(([offset, colour, opacity = 1]) => `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`)
    .join('');
  gradients.push(`<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${inside}</linearGradient>`);
  return `url(#${id})`;
};
const glow = (x, y, radius, colour, strength = 0.6) => {
  const id = `g${gradients.length}`;
  gradients.push(
    `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${strength}"/><stop offset="0.45" stop-color="${colour}" stop-opacity="${r1(strength * 4) / 10}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`,
  );
  return dot(x, y, radius, `url(#${id})`);
};

/** A smooth line through points (Catmull-Rom). */
const smooth = (points) =>
  points
    .map(([x, y], i) => {
      if (i === 0) return `M${r1(x)} ${r1(y)}`;
      const [p0, p1, p2, p3] = [points[i - 2] ?? points[i - 1], points[i - 1], points[i], points[i + 1] ?? points[i]];
      const c1 = [p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6];
      const c2 = [p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6];
      return `C${r1(c1[0])} ${r1(c1[1])} ${r1(c2[0])} ${r1(c2[1])} ${r1(x)} ${r1(y)}`;
    })
    .join('');
const land = (points, fill, width, bottom = PAGE) => path(`${smooth(points)}L${width} ${bottom}L0 ${bottom}Z`, fill);

const NIGHT = [
  [0, '#0d1638'],
  [0.5, '#1c2c66'],
  [0.85, '#3b4f93'],
  [1, '#6670ab'],
];
const DEEP = [
  [0, '#0a102c'],
  [0.6, '#182457'],
  [1, '#2b3d80'],
];
const sky = (width, stops) => `<rect x="0" y="0" width="${width}" height="${PAGE}" fill="${fade(stops)}"/>`;

const sparkle = (x, y, s, fill = '#fff1c2') =>
  path(
    `M${r1(x)} ${r1(y - s)}Q${r1(x + s * 0.12)} ${r1(y - s * 0.12)} ${r1(x + s)} ${r1(y)}Q${r1(x + s * 0.12)} ${r1(y + s * 0.12)} ${r1(x)} ${r1(y + s)}Q${r1(x - s * 0.12)} ${r1(y + s * 0.12)} ${r1(x - s)} ${r1(y)}Q${r1(x - s * 0.12)} ${r1(y - s * 0.12)} ${r1(x)} ${r1(y - s)}Z`,
    fill,
  );
/** `calm`: boxes (x, y, width, height) that text stands in: there are no stars behind letters. */
const stars = (seed, count, width, height, big = 0.08, calm = []) => {
  const next = random(seed);
  return Array.from({ length: count }, () => {
    const [x, y, kind, size] = [next() * width, next() * height, next(), next()];
    if (calm.some(([left, top, w, h]) => x > left - 3 && x < left + w + 3 && y > top - 3 && y < top + h + 3)) return '';
    return kind < big ? sparkle(x, y, 1.4 + size * 2) : dot(x, y, r1(0.25 + size * 0.5), kind < 0.6 ? '#fff4d6' : '#c9d4ff');
  }).join('');
};
/** A five-pointed star with soft corners: the seventh one has a face. */
const star = (x, y, s, face = true) => {
  const points = Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 === 0 ? s : s * 0.55;
    const angle = (i * Math.PI) / 5 - Math.PI / 2;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
  const d = `M${points.map(([px, py]) => `${r1(px)} ${r1(py)}`).join('L')}Z`;
  const k = s / 10;
  return `${glow(x, y, s * 3.4, '#ffe08a', 0.75)}<path d="${d}" fill="#ffdf7e" stroke="#ffdf7e" stroke-width="${r1(s * 0.35)}" stroke-linejoin="round"/>${
    face
      ? `${dot(x - 2.4 * k, y, r1(0.9 * k * 10) / 10, '#7a4a1f')}${dot(x + 2.4 * k, y, r1(0.9 * k * 10) / 10, '#7a4a1f')}${line(`M${r1(x - 1.6 * k)} ${r1(y + 2.2 * k)}Q${r1(x)} ${r1(y + 3.8 * k)} ${r1(x + 1.6 * k)} ${r1(y + 2.2 * k)}`, '#7a4a1f', r1(0.7 * k))}`
      : ''
  }`;
};
const moon = (x, y, s) =>
  `${glow(x, y, s * 3.2, '#ffe9b0', 0.5)}${dot(x, y, s, '#ffeec4')}${dot(x - s * 0.3, y - s * 0.25, r1(s * 0.2), '#f7dfa6')}${dot(x + s * 0.35, y + s * 0.1, r1(s * 0.14), '#f7dfa6')}${dot(x - s * 0.1, y + s * 0.42, r1(s * 0.17), '#f7dfa6')}`;
const cloud = (x, y, s, fill, opacity = 1) =>
  `<g opacity="${opacity}">${at(x, y, s, path('M-50 12C-64 12 -66 -8 -50 -9C-50 -24 -28 -30 -20 -18C-12 -36 18 -36 24 -17C34 -27 54 -19 50 -5C64 -4 64 12 50 12Z', fill))}</g>`;

const house = (x, base, w, h, wall, roof, lit, seed = 1) => {
  const next = random(seed * 977);
  const windows = [];
  for (let row = 0; row < Math.floor((h - 3) / 8); row++)
    for (let column = 0; column < Math.floor((w - 2) / 6); column++) {
      const on = next() < lit;
      windows.push(
        `<rect x="${r1(x + 2.5 + column * 6)}" y="${r1(base - h + 4 + row * 8)}" width="3" height="4.2" rx="1.4" fill="${on ? '#ffd57a' : '#16204a'}"/>`,
      );
    }
  return `<rect x="${r1(x)}" y="${r1(base - h)}" width="${w}" height="${h + 30}" fill="${wall}"/>${path(`M${r1(x - 1.5)} ${r1(base - h)}L${r1(x + w / 2)} ${r1(base - h - w * 0.62)}L${r1(x + w + 1.5)} ${r1(base - h)}Z`, roof)}<rect x="${r1(x + w * 0.68)}" y="${r1(base - h - w * 0.5)}" width="2.4" height="${r1(w * 0.34)}" fill="${roof}"/>${windows.join('')}`;
};
const WALLS = ['#33437f', '#2b3a72', '#3d4a88', '#263464', '#46508e'];
const ROOFS = ['#8f4a5c', '#6d3f63', '#a85a56', '#57406f', '#7a4468'];
const town = (x, base, count, seed, lit = 0.45) => {
  const next = random(seed);
  let pen = x;
  return Array.from({ length: count }, (_, i) => {
    const [w, h, which] = [12 + Math.floor(next() * 3) * 4, 14 + next() * 20, Math.floor(next() * 5)];
    const one = house(pen, base + next() * 4, w, h, WALLS[which], ROOFS[(which + i) % 5], lit, seed + i);
    pen += w - 1;
    return one;
  }).join('');
};
const lighthouse = (x, base, s) =>
  at(
    x,
    base,
    s,
    `${path('M-7 0L-4.5 -46L4.5 -46L7 0Z', '#f4ead6')}${path('M-6.4 -11L-5.8 -22L5.8 -22L6.4 -11Z', '#c8534d')}${path('M-5.2 -33L-4.6 -44L4.6 -44L5.2 -33Z', '#c8534d')}<rect x="-5.5" y="-48" width="11" height="2.4" fill="#22305e"/><rect x="-3.4" y="-54" width="6.8" height="6" fill="#ffd978"/>${path('M-4.8 -54L0 -60L4.8 -54Z', '#22305e')}`,
  );
const tree = (x, base, s, fill, trunk = '#2a2147') =>
  at(
    x,
    base,
    s,
    `<rect x="-1" y="-8" width="2" height="10" fill="${trunk}"/>${path('M0 -34C9 -28 11 -14 8 -9C5 -5 -5 -5 -8 -9C-11 -14 -9 -28 0 -34Z', fill)}`,
  );
const pine = (x, base, s, fill) =>
  at(
    x,
    base,
    s,
    `${path('M0 -34L7 -22L4 -22L10 -12L6 -12L12 0L-12 0L-6 -12L-10 -12L-4 -22L-7 -22Z', fill)}<rect x="-1.2" y="0" width="2.4" height="4" fill="#201a3c"/>`,
  );
const grass = (seed, count, x0, x1, y, spread, fill) => {
  const next = random(seed);
  return Array.from({ length: count }, () => {
    const [x, dy, lean, high] = [x0 + next() * (x1 - x0), next() * spread, (next() - 0.5) * 3, 3 + next() * 4];
    return line(`M${r1(x)} ${r1(y + dy)}Q${r1(x + lean * 0.3)} ${r1(y + dy - high * 0.6)} ${r1(x + lean)} ${r1(y + dy - high)}`, fill, 0.5);
  }).join('');
};
const flowers = (seed, count, x0, x1, y, spread) => {
  const next = random(seed);
  const colours = ['#f7c4d4', '#fff1c9', '#b9c8ff', '#ffb38a'];
  return Array.from({ length: count }, () => {
    const [x, dy, which] = [x0 + next() * (x1 - x0), next() * spread, Math.floor(next() * 4)];
    const petals = [0, 72, 144, 216, 288].map((a) =>
      dot(x + 1.1 * Math.cos((a * Math.PI) / 180), y + dy + 1.1 * Math.sin((a * Math.PI) / 180), 0.8, colours[which]),
    );
    return `${line(`M${r1(x)} ${r1(y + dy)}l0 5`, '#1e4a4a', 0.5)}${petals.join('')}${dot(x, y + dy, 0.7, '#f3a73b')}`;
  }).join('');
};
const lantern = (x, y, s) =>
  `${glow(x, y + 6 * s, 34 * s, '#ffcf6e', 0.8)}${at(x, y, s, `${line('M0 -5C3 -5 4 -2 4 0M0 -5C-3 -5 -4 -2 -4 0', '#4b3520', 1)}<rect x="-4.6" y="0" width="9.2" height="2" rx="0.8" fill="#4b3520"/><rect x="-4" y="2" width="8" height="10" rx="1.5" fill="#ffdc87"/>${path('M0 4C2 7 2.4 8 1.8 9.6C1.2 11 -1.2 11 -1.8 9.6C-2.4 8 -2 7 0 4Z', '#ff9d3c')}<rect x="-5" y="12" width="10" height="2" rx="0.8" fill="#4b3520"/>`)}`;

/** A fox that sits and looks at us, 100 wide and 110 high, feet at y 0. */
const fox = (x, y, s, { flip = 1, asleep = false } = {}) => {
  const [fur, dark, white] = ['#e9783c', '#4a2a2a', '#fff3e2'];
  if (asleep)
    return at(
      x,
      y,
      s,
      `${path('M-52 0C-60 -30 -34 -52 2 -50C40 -50 60 -26 54 0Z', fur)}${path('M54 0C66 -10 58 -34 34 -34C6 -34 -6 -18 -30 -12C-46 -8 -56 -6 -52 0Z', '#dc6a31')}${path('M-30 -12C-46 -8 -58 -6 -52 0L-22 0C-18 -6 -20 -12 -30 -12Z', white)}${path('M2 -34L4 -56L20 -42Z', fur)}${path('M44 -34L52 -54L30 -42Z', fur)}${path('M6 -40L7 -50L14 -43Z', dark)}${path('M43 -39L48 -49L36 -43Z', dark)}${path('M-2 -24C-2 -44 50 -44 52 -24C52 -12 36 -2 24 0C12 -2 -2 -12 -2 -24Z', fur)}${path('M-2 -22C6 -10 16 -2 24 0C22 -8 16 -18 -2 -22Z', white)}${path('M52 -22C44 -10 34 -2 24 0C26 -8 34 -18 52 -22Z', white)}<ellipse cx="24" cy="-2" rx="3.6" ry="2.6" fill="${dark}"/>${line('M8 -20Q12 -16 16 -20M32 -20Q36 -16 40 -20', dark, 1.8)}`,
      flip,
    );
  return at(
    x,
    y,
    s,
    `${path('M-14 -6C-46 2 -66 -22 -50 -56C-46 -40 -30 -34 -14 -34Z', fur)}${path('M-50 -56C-62 -38 -60 -22 -48 -12C-38 -20 -38 -40 -50 -56Z', white)}${path('M-22 0C-28 -28 -20 -50 0 -56C20 -50 28 -28 22 0Z', fur)}${path('M-10 -46C-14 -28 -10 -14 0 -6C10 -14 14 -28 10 -46C4 -40 -4 -40 -10 -46Z', white)}${path('M-14 0L-13 -18C-12 -22 -4 -22 -3 -18L-2 0Z', dark)}${path('M2 0L3 -18C4 -22 12 -22 13 -18L14 0Z', dark)}${path('M-26 -78L-30 -106L-6 -92Z', fur)}${path('M26 -78L30 -106L6 -92Z', fur)}${path('M-24 -86L-27 -100L-13 -92Z', dark)}${path('M24 -86L27 -100L13 -92Z', dark)}${path('M-31 -76C-30 -98 30 -98 31 -76C32 -64 14 -50 0 -48C-14 -50 -32 -64 -31 -76Z', fur)}${path('M-31 -74C-26 -60 -12 -50 0 -48C-2 -58 -10 -68 -31 -74Z', white)}${path('M31 -74C26 -60 12 -50 0 -48C2 -58 10 -68 31 -74Z', white)}<ellipse cx="0" cy="-51" rx="4" ry="3" fill="${dark}"/>${dot(-13, -72, 2.8, dark)}${dot(13, -72, 2.8, dark)}${dot(-12, -73, 0.9, '#fff')}${dot(14, -73, 0.9, '#fff')}${line('M-4 -45Q0 -42 4 -45', dark, 1.2)}`,
    flip,
  );
};

/** A child in a hooded coat, seen from behind: it can be any child. 44 wide and 100 high, feet at y 0. `arm` lifts one arm. */
const child = (x, y, s, coat, { flip = 1, arm = false, seated = false } = {}) => {
  const shade = ' fill-opacity="0.16"';
  const legs = seated
    ? ''
    : `${path('M-13 -14L-13 -3C-13 0 -2 0 -2 -3L-2 -14Z', '#2b3a67')}${path('M2 -14L2 -3C2 0 13 0 13 -3L13 -14Z', '#2b3a67')}`;
  const arms = arm
    ? `${path('M12 -54C22 -62 30 -74 34 -84C37 -90 44 -87 42 -80C38 -66 28 -52 18 -42Z', coat)}${path('M-16 -52C-24 -42 -26 -30 -25 -24C-24 -19 -17 -20 -17 -25Z', coat)}${dot(39, -86, 4, '#fff3e2')}`
    : `${path('M-16 -52C-24 -42 -27 -30 -26 -22C-25 -17 -18 -18 -18 -23Z', coat)}${path('M16 -52C24 -42 27 -30 26 -22C25 -17 18 -18 18 -23Z', coat)}`;
  return at(
    x,
    y,
    s,
    `${legs}${arms}${path('M-24 -10C-22 -36 -18 -54 0 -58C18 -54 22 -36 24 -10C14 -5 -14 -5 -24 -10Z', coat)}${path('M4 -57C18 -54 22 -36 24 -10C19 -7.500 12 -6 6 -6C10 -24 10 -42 4 -57Z', '#000000', shade)}${path('M-18 -54C-24 -74 -14 -92 4 -100C16 -90 24 -72 18 -54C8 -48 -8 -48 -18 -54Z', coat)}${path('M4 -100C16 -90 24 -72 18 -54C14 -51.500 9 -50.500 4 -50C12 -66 12 -84 4 -100Z', '#000000', shade)}${line('M-18 -54C-8 -48 8 -48 18 -54', '#000000', 1.2, ' stroke-opacity="0.25"')}`,
    flip,
  );
};
const boat = (x, y, s, inside = '') =>
  at(
    x,
    y,
    s,
    `${inside}${path('M-62 -20C-40 -10 40 -10 66 -26C62 2 40 16 0 16C-38 16 -58 4 -62 -20Z', '#7b3f63')}${path('M-62 -20C-40 -10 40 -10 66 -26L65 -18C40 -4 -40 -4 -61 -13Z', '#a4587c')}${line('M-56 -3C-30 8 30 8 58 -8', '#5c2d4c', 1.4)}${line('M-44 8C-20 16 22 16 46 4', '#5c2d4c', 1.2)}`,
  );
/** Two children and the fox in the boat, with a lantern at its bow. */
const crew = (x, y, s) =>
  boat(
    x,
    y,
    s,
    `${line('M58 -24L62 -58', '#4b3520', 2.4)}${lantern(66, -60, 0.9)}${fox(-38, -8, 0.42)}${child(-6, 2, 0.62, FRIEND_COAT, { seated: true })}${child(28, 0, 0.64, COAT, { seated: true, arm: true })}`,
  );

/** A whale that swims to the right, 300 wide; `mouth` open or shut. */
const whale = (x, y, s, { mouth = 'shut', tear = false, flip = 1, happy = false } = {}) => {
  const body = fade([
    [0, '#4a63b8'],
    [0.55, '#2f4590'],
    [1, '#22336f'],
  ]);
  const belly = '#b9c6ee';
  const next = random(41);
  const sewn = Array.from({ length: 54 }, () => {
    const t = next();
    const [px, py] = [70 + t * 180, 28 + next() * 58];
    const upper = 14 + ((px - 200) / 105) ** 2 * 30;
    return py > upper + 8 && py < 92 - (px < 110 ? (110 - px) * 0.4 : 0) && !(px > 205 && py > 44)
      ? next() < 0.25
        ? sparkle(px, py, 2 + next() * 1.8, '#ffeab0')
        : dot(px, py, r1(0.5 + next() * 0.8), '#e6ecff')
      : '';
  }).join('');
  const threads = line('M104 46L124 36L146 48L172 34L190 52L176 70L148 72L146 48', '#ffeab0', 0.7, ' stroke-opacity="0.7"');
  const knots = [
    [104, 46],
    [124, 36],
    [146, 48],
    [172, 34],
    [190, 52],
    [176, 70],
    [148, 72],
  ]
    .map(([kx, ky]) => sparkle(kx, ky, 3))
    .join('');
  const eye = happy
    ? line('M232 60Q238 53 244 60', '#101a44', 2.4)
    : `${dot(238, 60, 5, '#101a44')}${dot(239.8, 58.2, 1.7, '#ffffff')}${line(tear ? 'M228 54Q235 47 245 46' : 'M229 51Q236 47 244 50', '#1a2658', 1.6)}`;
  const jaw =
    mouth === 'open'
      ? `${path('M295 70C272 72 246 78 228 88C244 104 272 112 290 104C300 98 300 82 295 70Z', '#12193f')}${path('M228 88C246 106 276 116 294 106C284 116 262 118 240 114C222 110 216 98 228 88Z', belly)}${path('M252 100C262 94 276 94 286 100C278 106 262 107 252 100Z', '#d8687c')}`
      : `${line('M294 78C274 90 246 90 224 78', '#172254', 2)}`;
  const grooves =
    mouth === 'open'
      ? ''
      : [0, 5, 10]
          .map((k) =>
            line(
              `M${140 + k * 3} ${100 + k * 0.6}C${190 + k} ${108 + k * 0.2} ${240} ${108 - k * 0.6} ${276 - k} ${100 - k}`,
              '#8fa1d8',
              1,
            ),
          )
          .join('');
  return at(
    x,
    y,
    s,
    `${path('M52 82C36 72 22 50 2 44C4 60 10 70 20 76C8 80 0 92 -4 106C18 106 40 98 56 86Z', '#2b4089')}${path('M36 74C70 44 120 12 196 12C254 12 298 44 297 78C296 100 270 114 236 114C170 118 100 106 66 92C52 87 42 82 36 74Z', body)}${path('M112 98C150 88 200 92 224 78C246 92 274 92 297 78C296 100 270 114 236 114C190 117 146 110 112 98Z', belly)}${grooves}${threads}${sewn}${knots}${jaw}${eye}${dot(226, 72, 5, '#e58aa0', ' fill-opacity="0.55"')}${tear ? path('M240 68C244 75 245 78 243 81C241 84 237 84 236 81C235 78 237 75 240 68Z', '#bfe3ff') : ''}${path('M188 98C190 124 174 146 146 152C143 132 150 112 160 98C166 86 184 86 188 98Z', '#2b4089')}`,
    flip,
  );
};
const sea = (y, width, colours) =>
  colours
    .map((fill, i) => {
      const top = y + i * 11;
      const points = Array.from({ length: Math.ceil(width / 26) + 2 }, (_, k) => [k * 26 - 13 * (i % 2), top + (k % 2 === 0 ? -2.4 : 2.4)]);
      return land(points, fill, width);
    })
    .join('');
const casement = (x, y, w, h, inside) =>
  `<clipPath id="pane"><rect x="${x}" y="${y}" width="${w}" height="${h}"/></clipPath><rect x="${x - 5}" y="${y - 5}" width="${w + 10}" height="${h + 10}" rx="3" fill="#8a5a3c"/><g clip-path="url(#pane)">${inside}</g><rect x="${x + w / 2 - 1.5}" y="${y}" width="3" height="${h}" fill="#8a5a3c"/><rect x="${x}" y="${y + h / 2 - 1.5}" width="${w}" height="3" fill="#8a5a3c"/><rect x="${x - 10}" y="${y + h + 5}" width="${w + 20}" height="6" rx="2" fill="#a06c48"/>`;
const SEVEN = [
  [0, 0],
  [15, -9],
  [30, -3],
  [42, 9],
  [30, 20],
  [13, 17],
  [20, 34],
];
const seven = (x, y, s, missing = false) =>
  SEVEN.map(([dx, dy], i) =>
    missing && i === 6 ? '' : `${glow(x + dx * s, y + dy * s, 7 * s, '#ffe9a8', 0.6)}${sparkle(x + dx * s, y + dy * s, 3.6 * s)}`,
  ).join('');

const pictures = {
  town: [
    SPREAD,
    () =>
      `${sky(SPREAD, NIGHT)}${stars(7, 190, SPREAD, 120, 0.08, [[22, 20, 165, 82]])}${moon(352, 42, 17)}${land(
        [
          [0, 150],
          [70, 138],
          [150, 146],
          [240, 134],
          [330, 142],
          [SPREAD, 128],
        ],
        '#2f3f80',
        SPREAD,
      )}${lighthouse(386, 136, 0.85)}${town(-6, 176, 34, 12)}${land(
        [
          [0, 190],
          [60, 184],
          [140, 190],
          [230, 182],
          [310, 176],
          [370, 172],
          [SPREAD, 178],
        ],
        '#1a2350',
        SPREAD,
      )}${land(
        [
          [0, 206],
          [90, 200],
          [200, 204],
          [290, 190],
          [340, 186],
          [SPREAD, 196],
        ],
        '#121a3e',
        SPREAD,
      )}${child(330, 192, 0.34, COAT, { arm: true, flip: 1 })}${tree(22, 204, 0.9, '#141c44')}${tree(44, 206, 0.7, '#18214c')}${tree(400, 198, 1.1, '#10183a')}`,
  ],
  fox: [
    SPREAD,
    () =>
      `${sky(SPREAD, [
        [0, '#101a42'],
        [0.55, '#24377a'],
        [1, '#5a6db0'],
      ])}${stars(19, 150, SPREAD, 110, 0.08, [
        [22, 16, 165, 92],
        [230, 16, 165, 68],
      ])}${moon(64, 150, 20)}${land(
        [
          [0, 150],
          [60, 140],
          [130, 148],
          [210, 132],
          [300, 138],
          [SPREAD, 122],
        ],
        '#2a4f6e',
        SPREAD,
      )}${[
        [24, 152, 0.9],
        [44, 156, 0.7],
        [132, 152, 0.8],
        [150, 150, 1.05],
        [168, 146, 0.8],
        [404, 134, 1.2],
        [386, 138, 0.9],
      ]
        .map(([x, y, s]) => pine(x, y, s, '#1d3a58'))
        .join('')}${land(
        [
          [0, 176],
          [80, 166],
          [180, 172],
          [270, 158],
          [350, 160],
          [SPREAD, 152],
        ],
        '#1f5560',
        SPREAD,
      )}${grass(3, 150, 0, SPREAD, 172, 30, '#2f7370')}${land(
        [
          [0, 198],
          [100, 190],
          [210, 194],
          [300, 184],
          [SPREAD, 180],
        ],
        '#164349',
        SPREAD,
      )}${grass(5, 190, 0, SPREAD, 196, 14, '#26656a')}${flowers(8, 34, 6, 410, 182, 22)}${child(262, 190, 0.62, COAT)}${lantern(306, 160, 1.3)}${fox(352, 192, 0.6)}`,
  ],
  pond: [
    PAGE,
    () =>
      `${sky(PAGE, [
        [0, '#0d1638'],
        [0.6, '#2a3c80'],
        [1, '#7278b4'],
      ])}${stars(23, 100, PAGE, 110)}${moon(164, 40, 13)}${land(
        [
          [0, 130],
          [50, 120],
          [110, 126],
          [160, 118],
          [PAGE, 124],
        ],
        '#223a66',
        PAGE,
      )}${[
        [14, 128, 1],
        [32, 124, 1.3],
        [54, 124, 0.9],
        [186, 126, 1.2],
        [202, 128, 0.9],
      ]
        .map(([x, y, s]) => pine(x, y, s, '#17294f'))
        .join('')}${sea(140, PAGE, ['#2b4a8a', '#264180', '#203773', '#1a2d63', '#162655', '#132049'])}${[
        [164, 148, 16],
        [160, 158, 22],
        [168, 167, 14],
        [158, 177, 24],
        [166, 189, 16],
        [160, 200, 20],
      ]
        .map(([x, y, w]) => `<rect x="${x - w / 2}" y="${y}" width="${w}" height="1.6" rx="0.8" fill="#ffeec4" fill-opacity="0.35"/>`)
        .join('')}${[
        [-30, 0],
        [-12, 6],
        [16, 3],
        [34, 9],
      ]
        .map(([dx, dy]) => line(`M${104 + dx} ${154 + dy}q6 -3 12 0`, '#c7d4ff', 0.9, ' stroke-opacity="0.7"'))
        .join('')}${at(104, 128, 1, `<g transform="rotate(-8)">${crew(0, 0, 0.95)}</g>`)}${[
        [70, 160, 2],
        [92, 168, 1.6],
        [120, 162, 2.2],
        [140, 170, 1.4],
      ]
        .map(([x, y, s]) => dot(x, y, s, '#bfe0ff', ' fill-opacity="0.8"'))
        .join('')}`,
  ],
  clouds: [
    SPREAD,
    () =>
      `${sky(SPREAD, DEEP)}${stars(31, 230, SPREAD, 170, 0.08, [[22, 18, 165, 82]])}${moon(66, 138, 17)}${cloud(70, 172, 1.5, '#7f8cc9', 0.75)}${cloud(196, 186, 1.9, '#98a4da', 0.8)}${cloud(330, 168, 1.7, '#7f8cc9', 0.75)}${cloud(404, 190, 1.4, '#a9b4e4', 0.9)}${at(318, 112, 1, `<g transform="rotate(-7)">${crew(0, 0, 1.1)}</g>`)}${cloud(18, 198, 1.7, '#c3cbf0')}${cloud(130, 206, 1.8, '#d4daf6')}${cloud(262, 204, 2, '#c3cbf0')}${cloud(372, 208, 1.8, '#d4daf6')}`,
  ],
  whale: [
    SPREAD,
    () =>
      `${sky(SPREAD, DEEP)}${glow(210, 110, 190, '#4a63c0', 0.55)}${stars(47, 300, SPREAD, PAGE, 0.08, [
        [22, 14, 165, 44],
        [22, 172, 112, 26],
      ])}${at(0, 0, 1, whale(40, 44, 1.08, { tear: true }))}${crew(372, 176, 0.4)}${seven(330, 26, 0.7, true)}`,
  ],
  eye: [
    PAGE,
    () => `${sky(PAGE, DEEP)}${stars(53, 90, PAGE, 60)}${at(0, 0, 1, whale(-560, -64, 2.72, { tear: true }))}${crew(176, 44, 0.42)}`,
  ],
  song: [
    SPREAD,
    () =>
      `${sky(SPREAD, [
        [0, '#0a102c'],
        [0.6, '#1d2a62'],
        [1, '#3b3f86'],
      ])}${glow(310, 96, 130, '#f5b95e', 0.32)}${stars(61, 240, SPREAD, PAGE, 0.08, [
        [22, 16, 165, 72],
        [226, 44, 172, 76],
      ])}${at(0, 0, 1, whale(-118, 92, 0.98, { mouth: 'open' }))}${[0, 1, 2].map((k) => line(`M${196 + k * 14} ${150 - k * 6}q${10 + k * 3} ${14 + k * 4} 0 ${30 + k * 8}`, '#ffe6a6', 1, ' stroke-opacity="0.6"')).join('')}${crew(330, 184, 0.55)}`,
  ],
  home: [
    SPREAD,
    () =>
      `${sky(SPREAD, [
        [0, '#101a48'],
        [0.55, '#2b3d8a'],
        [1, '#7a78bd'],
      ])}${stars(71, 220, SPREAD, 170, 0.08, [
        [22, 14, 165, 74],
        [256, 60, 145, 46],
      ])}${line('M226 140C222 86 256 42 345 44', '#ffe9a8', 1.4, ' stroke-dasharray="0.5 4"')}${star(352, 44, 11)}${at(0, 0, 1, whale(16, 92, 0.72, { mouth: 'shut', happy: true }))}${cloud(40, 196, 1.8, '#aab4e6', 0.9)}${cloud(160, 206, 1.9, '#c9d0f2')}${cloud(284, 200, 1.9, '#aab4e6', 0.9)}${cloud(392, 206, 1.8, '#c9d0f2')}${crew(300, 146, 0.5)}`,
  ],
  dawn: [
    SPREAD,
    () =>
      `${sky(SPREAD, [
        [0, '#3a4690'],
        [0.4, '#9a7fb8'],
        [0.72, '#f3a58d'],
        [1, '#ffd9a0'],
      ])}${stars(83, 60, SPREAD, 70, 0.12, [[22, 16, 165, 78]])}${glow(120, 168, 120, '#fff0c2', 0.8)}${dot(120, 166, 18, '#fff3d0')}${land(
        [
          [0, 160],
          [80, 150],
          [170, 158],
          [260, 148],
          [340, 154],
          [SPREAD, 144],
        ],
        '#a36f9b',
        SPREAD,
      )}${lighthouse(30, 160, 0.8)}${town(150, 184, 22, 33, 0.12)}${land(
        [
          [0, 180],
          [70, 174],
          [150, 184],
          [260, 192],
          [340, 188],
          [SPREAD, 192],
        ],
        '#6a4c86',
        SPREAD,
      )}${land(
        [
          [0, 200],
          [100, 194],
          [220, 202],
          [320, 198],
          [SPREAD, 204],
        ],
        '#4c3a72',
        SPREAD,
      )}${at(0, 0, 1, whale(206, 44, 0.6, { happy: true }))}${child(318, 58, 0.24, COAT, { seated: true, arm: true })}${child(300, 58, 0.23, FRIEND_COAT, { seated: true })}${fox(282, 56, 0.17)}${cloud(120, 128, 0.9, '#ffe3d6', 0.7)}${cloud(226, 138, 0.6, '#ffe3d6', 0.7)}${tree(14, 206, 1, '#3c2e60')}${tree(398, 208, 1.1, '#3c2e60')}`,
  ],
  room: [
    PAGE,
    () =>
      `<rect width="${PAGE}" height="${PAGE}" fill="${fade([
        [0, '#2a2a5c'],
        [1, '#3f3768'],
      ])}"/>${Array.from({ length: 11 }, (_, i) => line(`M${10 + i * 19} 0L${10 + i * 19} 150`, '#353468', 3)).join('')}${casement(
        52,
        26,
        108,
        92,
        `<rect x="52" y="26" width="108" height="92" fill="${fade(NIGHT)}"/>${at(
          52,
          26,
          1,
          `${stars(91, 46, 108, 60, 0.05)}${seven(60, 12, 0.8)}${land(
            [
              [0, 76],
              [30, 70],
              [70, 76],
              [108, 70],
            ],
            '#22305f',
            108,
            92,
          )}${town(4, 92, 7, 5)}`,
        )}`,
      )}${path('M40 14C48 60 40 100 30 128L14 128C16 90 16 50 14 14Z', '#b5566b')}${path('M172 14C164 60 172 100 182 128L198 128C196 90 196 50 198 14Z', '#b5566b')}<rect x="6" y="10" width="200" height="5" rx="2.5" fill="#8a5a3c"/><rect x="0" y="150" width="${PAGE}" height="61" fill="#2a2348"/>${path('M18 176C18 160 34 152 56 152L190 152C204 152 211 158 211 170L211 211L18 211Z', '#5a78c4')}${path('M18 188C60 176 120 196 211 180L211 211L18 211Z', '#4a66b0')}${[
        [70, 166],
        [104, 172],
        [140, 164],
        [172, 170],
        [90, 192],
        [128, 196],
        [166, 190],
      ]
        .map(([x, y]) => sparkle(x, y, 2.6, '#ffeab0'))
        .join(
          '',
        )}<rect x="8" y="140" width="12" height="71" rx="4" fill="#8a5a3c"/>${path('M26 160C26 146 66 144 70 158C72 168 28 172 26 160Z', '#fff3e2')}${fox(150, 157, 0.5, { asleep: true })}${lantern(188, 118, 0.55)}`,
  ],
  title: [
    PAGE,
    () =>
      `${sky(PAGE, NIGHT)}${stars(101, 130, PAGE, 130, 0.08, [[16, 20, 180, 50]])}${at(0, 0, 1, whale(22, 98, 0.56, { happy: true }))}${child(118, 112, 0.2, COAT, { seated: true, arm: true })}${child(104, 112, 0.19, FRIEND_COAT, { seated: true })}${fox(90, 112, 0.15)}${land(
        [
          [0, 196],
          [60, 188],
          [120, 194],
          [PAGE, 186],
        ],
        '#121a3e',
        PAGE,
      )}${town(8, 204, 15, 17, 0.5)}${land(
        [
          [0, 206],
          [100, 200],
          [PAGE, 206],
        ],
        '#0e1534',
        PAGE,
      )}`,
  ],
  sleep: [
    PAGE,
    () =>
      `${fox(105, 168, 0.62, { asleep: true })}${lantern(160, 146, 0.8)}${[
        [50, 120, 2.4],
        [84, 104, 3.2],
        [128, 110, 2.2],
        [160, 122, 2.8],
      ]
        .map(([x, y, s]) => sparkle(x, y, s, '#e0a13a'))
        .join('')}`,
  ],
  window: [PAGE, () => SEVEN.map(([dx, dy]) => sparkle(16 + dx * 0.8, 14 + dy * 0.8, 4, '#e0a13a')).join(''), [70, 48]],
  feather: [
    PAGE,
    () =>
      `${at(30, 20, 0.34, boat(0, 0, 1))}${[
        [6, 6, 1.6],
        [54, 4, 2],
        [58, 24, 1.4],
        [4, 26, 1.2],
      ]
        .map(([x, y, s]) => sparkle(x, y, s, '#e0a13a'))
        .join('')}`,
    [60, 32],
  ],
  little: [PAGE, () => at(0, 0, 1, whale(6, 4, 0.24, { tear: true })), [86, 42]],
  lamp: [PAGE, () => lantern(36, 30, 1), [72, 72]],
  back: [
    PAGE,
    () =>
      `${sky(222, NIGHT)}${stars(113, 150, 222, 150, 0.08, [[38, 40, 130, 52]])}${seven(76, 104, 1.2)}${land(
        [
          [0, 186],
          [70, 192],
          [150, 184],
          [222, 190],
        ],
        '#22305f',
        222,
      )}${town(14, 202, 15, 91, 0.4)}${land(
        [
          [0, 202],
          [110, 208],
          [222, 206],
        ],
        '#0e1534',
        222,
      )}`,
    [222, PAGE],
  ],
  front: [
    PAGE,
    () =>
      `${sky(PAGE, NIGHT)}${glow(110, 110, 110, '#5a74d0', 0.6)}${stars(121, 170, PAGE, 160, 0.08, [[20, 28, 172, 50]])}${moon(182, 92, 9)}${at(0, 0, 1, whale(20, 90, 0.56, { happy: true }))}${child(118, 104, 0.22, COAT, { seated: true, arm: true })}${child(103, 104, 0.205, FRIEND_COAT, { seated: true })}${fox(88, 105, 0.165)}${land(
        [
          [0, 190],
          [60, 182],
          [120, 190],
          [PAGE, 180],
        ],
        '#22305f',
        PAGE,
      )}${town(8, 200, 16, 17, 0.5)}${land(
        [
          [0, 206],
          [100, 198],
          [PAGE, 204],
        ],
        '#0e1534',
        PAGE,
      )}`,
  ],
};

mkdirSync(`${EXAMPLE}/art`, { recursive: true });
const sources = new Map();
for (const [name, [width, draw, own]] of Object.entries(pictures)) {
  gradients = [];
  const inside = draw();
  const [w, h] = own ?? [width, PAGE];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}mm" height="${h}mm"><title>${name}</title><defs>${gradients.join('')}</defs>${inside}</svg>\n`;
  writeFileSync(`${EXAMPLE}/art/${name}.svg`, svg);
  sources.set(name, `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
}

/** Plain data with the source of every layer that names a picture. */
const withSources = (value, sourceOf) => {
  if (Array.isArray(value)) return value.map((one) => withSources(one, sourceOf));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withSources(one, sourceOf)]));
  if (typeof value.id !== 'string' || !value.id.startsWith('art:')) return entries;
  const name = value.id.slice(4);
  if (!sources.has(name)) throw new Error(`expected a picture called ${name}, got none`);
  return { ...entries, source: sourceOf(name) };
};
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

writeFileSync(DESIGN, json(withSources(read(DESIGN), (name) => sources.get(name))));
const { design, answers } = read(`${EXAMPLE}/order.json`);
const sets = Object.entries(answers).flatMap(([field, answer]) => ['--set', `${field}=${answer}`]);
const spec = JSON.parse(
  execFileSync(process.execPath, ['dist/apps/cli/main.js', 'designs', 'fill', design, ...sets], { encoding: 'utf8' }),
);
const { design: _filledFrom, ...rest } = withSources(spec, (name) => `art/${name}.svg`);
writeFileSync(`${EXAMPLE}/spec.json`, json({ $schema: '../../schemas/design-spec.schema.json', ...rest, previewWidth: 800 }));
