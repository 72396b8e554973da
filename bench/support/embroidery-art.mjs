import { joinPaths, PathBuilder, rectPath, transformPath } from '../../dist/geometry/path.js';
import { intersectPaths, offsetPath, subtractPaths, unionPaths } from '../../dist/geometry/polygons.js';
import { ellipsePath, starPath } from '../../dist/geometry/shapes.js';
import { textNodes } from './art.mjs';

const region = (path, colour) => ({
  path,
  thread: { colour, name: colour, code: '', maker: '', weight: 40 },
  pointers: [],
  label: '',
  stitch: 'auto',
  angleDeg: null,
});

const disc = (x, y, r) => ellipsePath({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });
const star = (x, y, r) => starPath({ x: x - r, y: y - r, width: 2 * r, height: 2 * r }, 5, 0.45);
const ring = (x, y, outer, inner) => subtractPaths(disc(x, y, outer), disc(x, y, inner));

/** Outlines of the letters of a line, capitals about 0.7 of `sizeMm` high, its box at (x, y). */
const letters = (text, sizeMm, x, y, fonts) => {
  const box = { x, y, widthMm: sizeMm * text.length, heightMm: 2 * sizeMm, sizeMm, fill: '#000000' };
  return textNodes([text], box, fonts).flatMap(({ glyphs }) =>
    glyphs.map(({ outline, at }) => transformPath(outline, at)).filter(({ coords }) => coords.length > 0),
  );
};

const line = (...args) => joinPaths(letters(...args));

const gear = (cx, cy, r, teeth) => {
  const builder = new PathBuilder();
  for (let i = 0; i < teeth; i++) {
    for (const [share, at] of [
      [0, 0.86],
      [0.3, 0.86],
      [0.36, 1],
      [0.74, 1],
      [0.8, 0.86],
    ]) {
      const angle = (2 * Math.PI * (i + share)) / teeth;
      const place = [cx + r * at * Math.cos(angle), cy + r * at * Math.sin(angle)];
      if (i + share === 0) builder.moveTo(...place);
      else builder.lineTo(...place);
    }
  }
  return subtractPaths(builder.close().finish(), disc(cx, cy, 0.18 * r));
};

const shield = (x, y, w, h) => {
  const builder = new PathBuilder().moveTo(x, y).lineTo(x + w, y);
  builder.lineTo(x + w, y + 0.45 * h).cubicTo(x + w, y + 0.75 * h, x + 0.7 * w, y + 0.92 * h, x + w / 2, y + h);
  return unionPaths([
    builder
      .cubicTo(x + 0.3 * w, y + 0.92 * h, x, y + 0.75 * h, x, y + 0.45 * h)
      .close()
      .finish(),
  ]);
};

const ribbon = (x, y, w, h) => {
  const builder = new PathBuilder().moveTo(x, y).cubicTo(x + 0.3 * w, y + h / 2, x + 0.7 * w, y + h / 2, x + w, y);
  builder.lineTo(x + w - 0.4 * h, y + h / 2).lineTo(x + w, y + h);
  builder.cubicTo(x + 0.7 * w, y + 1.5 * h, x + 0.3 * w, y + 1.5 * h, x, y + h).lineTo(x + 0.4 * h, y + h / 2);
  return unionPaths([builder.close().finish()]);
};

/** Six letters with capitals of 15 mm. */
export const word = (fonts) => letters('Stitch', 21, 0, 0, fonts).map((path) => region(path, '#204080'));

/** A ring, a field, a star and a word, 80 mm across, three colours in layers. */
export const logo = (fonts) => [
  region(disc(40, 40, 40), '#e8c020'),
  region(disc(40, 40, 33), '#203870'),
  region(joinPaths([star(40, 28, 17), line('PLATEN', 13, 14, 46, fonts)]), '#f8f8f8'),
];

/** The back of a jacket, 250 x 300 mm, five colours: a badge with a wheel, a crest, a ribbon, stars and four lines of lettering. */
export const back = (fonts) => {
  const [navy, gold, red, white, grey] = ['#1b263b', '#e0a526', '#a4161a', '#f5f3f4', '#6c757d'];
  const crest = shield(78, 105, 94, 118);
  const field = offsetPath(crest, -6, 'round');
  const chevron = new PathBuilder().moveTo(70, 190).lineTo(125, 150).lineTo(180, 190).lineTo(180, 206).lineTo(125, 166).lineTo(70, 206);
  const stars = Array.from({ length: 12 }, (_, i) => {
    const angle = Math.PI + (Math.PI * (i + 0.5)) / 12;
    return region(star(125 + 93 * Math.cos(angle), 165 + 93 * Math.sin(angle), 7), white);
  });
  return [
    region(gear(125, 165, 124, 24), navy),
    region(ring(125, 165, 105, 101), gold),
    region(gear(125, 165, 84, 16), red),
    region(crest, white),
    region(field, navy),
    region(intersectPaths(chevron.close().finish(), field), gold),
    region(star(125, 135, 22), white),
    ...stars,
    region(ribbon(8, 214, 234, 36), grey),
    region(line('THUNDER ROAD', 22, 42, 216, fonts), white),
    region(line('WOLVES', 48, 40, -10, fonts), gold),
    region(line('motor club, established 1987', 11, 42, 282, fonts), red),
    region(rectPath({ x: 20, y: 297, width: 210, height: 3 }), gold),
  ];
};
