import { join } from 'node:path';
import sharp from 'sharp';

const toLinear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const toDisplay = (v) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);
const knee = (v, at) => (v <= at ? v : at + (1 - at) * (1 - Math.exp(-(v - at) / (1 - at))));

const readRgb = async (file) => (await sharp(file).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })).data;

/** Writes base.webp (the product in its own colours, without print) and thumb.webp beside the maps of a view. */
export const writeBase = async (folder, { widthPx, heightPx, maps, zones, background, white, knee: at }) => {
  const shade = await readRgb(join(folder, maps.shade.file));
  const gloss = await readRgb(join(folder, maps.gloss.file));
  const reflects = (id) =>
    [1, 3, 5].map((i) => white * toLinear(Number.parseInt(zones.find((zone) => zone.id === id).colour.slice(i, i + 2), 16) / 255));
  const planes = await Promise.all(
    maps.zones.map(async (one) => ({ rgb: await readRgb(join(folder, one.file)), colours: one.zones.map(reflects) })),
  );
  const behind = reflects(background);
  const out = new Uint8Array(widthPx * heightPx * 3);
  for (let i = 0; i < out.length; i += 3) {
    for (let c = 0; c < 3; c += 1) {
      let [colour, rest] = [0, 1];
      for (const { rgb, colours } of planes) {
        colours.forEach((one, zone) => {
          const cover = rgb[i + zone] / 255;
          colour += cover * one[c];
          rest -= cover;
        });
      }
      const light =
        (colour + Math.max(0, rest) * behind[c]) * (shade[i] / 255) ** 2 * maps.shade.max + (gloss[i] / 255) ** 2 * maps.gloss.max;
      out[i + c] = Math.round(255 * toDisplay(knee(light, at)));
    }
  }
  const picture = sharp(out, { raw: { width: widthPx, height: heightPx, channels: 3 } });
  await picture.clone().webp({ quality: 88, effort: 6 }).toFile(join(folder, 'base.webp'));
  await picture.clone().resize(240).webp({ quality: 85, effort: 6 }).toFile(join(folder, 'thumb.webp'));
};
