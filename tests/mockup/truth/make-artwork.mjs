#!/usr/bin/env node
/**
 * Draws the pictures that the truth renders carry: node tests/mockup/truth/make-artwork.mjs
 * Soft gradients, saturated discs, hard edges, thin lines and clear parts, so that every way of going wrong shows.
 */
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** Name to trim size in mm and pixels a millimetre; `night` leaves most of the cloth bare, as print for dark shirts does. */
const ARTWORKS = { wrap: [228.6, 88.9, 6], cover: [316, 216, 6], shirt: [304.8, 406.4, 3], night: [304.8, 406.4, 3] };
const INKS = ['#d7263d', '#f46036', '#ffd23f', '#1b998b', '#2e86ab', '#2e294e', '#ff8fab', '#ffffff'];

/** Random numbers that are the same in every run (mulberry32). */
const randomFrom = (seed) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const hill = (width, height, top, wave, phase, colour) => {
  const points = Array.from({ length: 121 }, (_, i) => {
    const x = (width * i) / 120;
    return `${x.toFixed(2)},${(top + Math.sin(x / wave + phase) * height * 0.05 + Math.sin(x / (wave * 0.37) + phase) * height * 0.02).toFixed(2)}`;
  });
  return `<polygon points="0,${height} ${points.join(' ')} ${width},${height}" fill="${colour}"/>`;
};

const draw = (width, height, pxPerMm) => {
  const random = randomFrom(20_011);
  const unit = Math.min(width, height) / 90;
  const discs = Array.from({ length: Math.round((width * height) / 260 / unit ** 2) }, () => {
    const [x, y, r] = [random() * width, random() * height * 0.62, (1.2 + 5 * random() ** 2) * unit];
    return `<circle cx="${x}" cy="${y}" r="${r}" fill="${INKS[Math.floor(random() * INKS.length)]}"/>`;
  });
  const rays = Array.from({ length: 24 }, (_, i) => {
    const angle = (Math.PI * i) / 12;
    const [cx, cy, from, to] = [width * 0.5, height * 0.5, 18 * unit, 26 * unit];
    return `<path d="M${cx + from * Math.cos(angle)} ${cy + from * Math.sin(angle)}L${cx + to * Math.cos(angle)} ${cy + to * Math.sin(angle)}" stroke="#2e294e" stroke-width="${unit}"/>`;
  });
  const lines = Array.from({ length: 12 }, (_, i) => {
    const y = height * 0.9 + i * unit * 0.8;
    return `<path d="M0 ${y}H${width}" stroke="#ffffff" stroke-width="${0.3 * unit}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(width * pxPerMm)}" height="${Math.round(height * pxPerMm)}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">
<defs><linearGradient id="sky" x2="1" y2="1"><stop stop-color="#3a86ff"/><stop offset=".5" stop-color="#ffbe0b" /><stop offset="1" stop-color="#ff006e"/></linearGradient>
<mask id="clear"><rect width="${width}" height="${height}" fill="#fff"/><rect x="${width * 0.3}" y="${height * 0.06}" width="${width * 0.4}" height="${height * 0.09}" rx="${3 * unit}" fill="#000"/></mask></defs>
<g mask="url(#clear)"><rect width="${width}" height="${height}" fill="url(#sky)"/>${discs.join('')}
${hill(width, height, height * 0.7, 22 * unit, 0, '#1b998b')}${hill(width, height, height * 0.82, 15 * unit, 2, '#126b61')}${lines.join('')}
<circle cx="${width / 2}" cy="${height / 2}" r="${15 * unit}" fill="#fff3e0"/><circle cx="${width / 2}" cy="${height / 2}" r="${10 * unit}" fill="#d7263d"/>${rays.join('')}</g></svg>`;
};

/** White and coloured discs, rings and lines on nothing. */
const drawSparse = (width, height, pxPerMm) => {
  const random = randomFrom(77_003);
  const discs = Array.from({ length: 26 }, (_, i) => {
    const [x, y, r] = [random() * width, random() * height, 9 + 20 * random()];
    const ink = i % 2 ? '#ffffff' : INKS[i % INKS.length];
    return i % 3
      ? `<circle cx="${x}" cy="${y}" r="${r}" fill="${ink}"/>`
      : `<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="${ink}" stroke-width="6"/>`;
  });
  const lines = Array.from({ length: 3 }, (_, i) => `<path d="M20 ${60 + i * 9}H${width - 20}" stroke="#ffffff" stroke-width="${1 + i}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(width * pxPerMm)}" height="${Math.round(height * pxPerMm)}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">
${discs.join('')}${lines.join('')}</svg>`;
};

for (const [name, size] of Object.entries(ARTWORKS))
  await sharp(Buffer.from((name === 'night' ? drawSparse : draw)(...size)))
    .png({ compressionLevel: 9, palette: true, colours: 256, dither: 0 })
    .toFile(fileURLToPath(new URL(`artwork-${name}.png`, import.meta.url)));
