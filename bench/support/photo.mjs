import sharp from 'sharp';
import { seeded } from './seeded.mjs';

/**
 * A square JPEG with the detail of a camera picture: soft hills of colour, edges, and fine grain. The same bytes each time.
 * Baseline, 4:2:0, quality 85, no metadata: what phones send.
 */
export const photoJpeg = (sizePx) => {
  const random = seeded(7);
  const waves = Array.from({ length: 24 }, () => ({
    fx: (random() - 0.5) * 60,
    fy: (random() - 0.5) * 60,
    phase: random() * 6.3,
    channel: Math.floor(random() * 3),
    height: 8 + 18 * random(),
  }));
  const small = 500;
  const rough = new Float64Array(small * small * 3);
  for (let y = 0; y < small; y++) {
    for (let x = 0; x < small; x++) {
      const at = (y * small + x) * 3;
      for (let c = 0; c < 3; c++) rough[at + c] = 120 + 60 * Math.sign(Math.sin(x / 37 + c) + Math.cos(y / 29 + (x * y) / 9000));
      for (const { fx, fy, phase, channel, height } of waves) rough[at + channel] += height * Math.sin((fx * x + fy * y) / small + phase);
    }
  }
  const pixels = Buffer.alloc(sizePx * sizePx * 3);
  const scale = (small - 1) / (sizePx - 1);
  for (let y = 0; y < sizePx; y++) {
    const y0 = Math.min(small - 2, Math.floor(y * scale));
    const ty = y * scale - y0;
    for (let x = 0; x < sizePx; x++) {
      const x0 = Math.min(small - 2, Math.floor(x * scale));
      const tx = x * scale - x0;
      const grain = (random() + random() - 1) * 9;
      for (let c = 0; c < 3; c++) {
        const at = (y0 * small + x0) * 3 + c;
        const upper = rough[at] + (rough[at + 3] - rough[at]) * tx;
        const lower = rough[at + small * 3] + (rough[at + small * 3 + 3] - rough[at + small * 3]) * tx;
        pixels[(y * sizePx + x) * 3 + c] = Math.min(255, Math.max(0, upper + (lower - upper) * ty + grain));
      }
    }
  }
  return sharp(pixels, { raw: { width: sizePx, height: sizePx, channels: 3 } })
    .jpeg({ quality: 85 })
    .toBuffer();
};

/** A square PNG with alpha: the photograph cut to a disc with a soft edge, as a shop's design with clear corners. The same bytes each time. */
export const designPng = async (sizePx) => {
  const disc = `<svg xmlns="http://www.w3.org/2000/svg" width="${sizePx}" height="${sizePx}"><circle cx="50%" cy="50%" r="47%"/></svg>`;
  return sharp(await photoJpeg(sizePx))
    .ensureAlpha()
    .composite([{ input: Buffer.from(disc), blend: 'dest-in' }])
    .png({ compressionLevel: 3 })
    .toBuffer();
};
