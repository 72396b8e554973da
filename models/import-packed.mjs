#!/usr/bin/env node
/**
 * Turns baked view folders (template.json beside its maps) into Platen views: node models/import-packed.mjs PACKED_DIR
 * Map files are carried over byte for byte; names, colours and print areas become those of docs/mockups.md.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { VIEWS } from './views.mjs';

const [packed] = process.argv.slice(2);
if (!packed) throw new Error('expected a folder of packed views, got nothing');
const products = fileURLToPath(new URL('../templates/products/', import.meta.url));

const WHITE = 0.8;
const toLinear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const toDisplay = (v) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

/** The packed colours are reflectances; ours are what the surface looks like, so that #ffffff reflects as paper does. */
const asSeen = (hex) =>
  `#${[1, 3, 5]
    .map((at) => toLinear(Number.parseInt(hex.slice(at, at + 2), 16) / 255) / WHITE)
    .map((v) => Math.round(255 * toDisplay(Math.min(1, v))))
    .map((v) => v.toString(16).padStart(2, '0'))
    .join('')}`;

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const inWords = (name) => {
  const words = kebab(name).replaceAll('-', ' ');
  return words[0].toUpperCase() + words.slice(1);
};

/** One list of zone files, however the folder wrote them down. */
const zoneFilesOf = ({ zones, ...more }) => {
  const files = Array.isArray(zones) ? zones : (zones.files ?? [zones]);
  const numbered = Object.keys(more).filter((key) => /^zones\d$/.test(key));
  return [...files, ...numbered.sort().map((key) => more[key])];
};

/**
 * The position map of the mirrored picture. On a product with a mirror plane the surface mirrors too: what was u is now 2 * axis - u, and
 * the range of u must lie evenly about the axis.
 */
const mirrorPositions = async ({ width, height, samples }, { u }, axis, target) => {
  if (Math.abs(u[0] + u[1] - 2 * axis) > 1e-9) throw new Error(`expected a range of u about ${axis} mm, got ${u[0]} to ${u[1]}`);
  const out = new Uint16Array(samples.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + width - 1 - x) * 3;
      const valid = samples[from + 2] > 32767;
      out.set([valid ? 65535 - samples[from] : 0, samples[from + 1], samples[from + 2]], (y * width + x) * 3);
    }
  }
  await sharp(out, { raw: { width, height, channels: 3 } })
    .toColourspace('rgb16')
    .png({ compressionLevel: 9, adaptiveFiltering: true })
    .toFile(target);
};

const light = ({ max }, file) => ({ file, max });

const positionsOf = async (folder, { file, scale, sampleOffset, rangeMm }) => {
  const { data, info } = await sharp(join(folder, file))
    .toColourspace('rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const samples = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  const mm = (q, { 0: from, 1: to }) => from + (q / 65535) * (to - from);
  const at = (x, y) => {
    const [u, v, valid] = samples.subarray((y * info.width + x) * 3);
    const known = valid > 32767 && u > 0 && u < 65535 && v > 0 && v < 65535;
    return known ? [mm(u, rangeMm.u), mm(v, rangeMm.v)] : null;
  };
  return { width: info.width, height: info.height, at, step: 1 / scale, offset: sampleOffset, samples };
};

/** Picture pixels per mm in the direction where they are fewest: its lowest 5 % and its median over what shows print. */
const scaleOf = ({ width, height, at, step }, areas, seam) => {
  const scales = [];
  for (let y = 0; y + 1 < height; y += 1) {
    for (let x = 0; x + 1 < width; x += 1) {
      const [here, right, below] = [at(x, y), at(x + 1, y), at(x, y + 1)];
      if (!here || !right || !below) continue;
      if (!areas.some((area) => here[0] > area.x && here[0] < area.x + area.width && here[1] > area.y && here[1] < area.y + area.height))
        continue;
      const [a, b, c, d] = [right[0] - here[0], right[1] - here[1], below[0] - here[0], below[1] - here[1]].map((v) => v / step);
      const [sum, root] = [a * a + b * b + c * c + d * d, 2 * Math.abs(a * d - b * c)];
      const largest = Math.sqrt((sum + Math.sqrt(Math.max(0, sum * sum - root * root))) / 2);
      if (largest * step < seam) scales.push(1 / largest);
    }
  }
  scales.sort((one, other) => one - other);
  const share = (part) => Number(scales[Math.floor(part * (scales.length - 1))].toFixed(2));
  return { min: share(0.05), median: share(0.5) };
};

for (const { from, product, id, label, placements, follows = {}, background, mirror } of VIEWS) {
  const source = join(packed, from);
  const template = JSON.parse(readFileSync(join(source, 'template.json'), 'utf8'));
  const target = join(products, product, 'views', id);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const carry = async (name, as) => {
    if (mirror === undefined) writeFileSync(join(target, as), readFileSync(join(source, name)));
    else
      await sharp(join(source, name))
        .flop()
        .webp({ lossless: name !== 'base.webp' && name !== 'thumb.webp', effort: 6 })
        .toFile(join(target, as));
    return as;
  };
  const { maps } = template;
  const files = zoneFilesOf(maps);
  const behind = kebab(background ?? files.map((one) => one.rest).find(Boolean) ?? maps.zones.rest);
  const seam = maps.uv.jumpMm ?? 8;
  const positions = await positionsOf(source, maps.uv);
  if (mirror === undefined) writeFileSync(join(target, 'positions.png'), readFileSync(join(source, maps.uv.file)));
  else await mirrorPositions(positions, maps.uv.rangeMm, mirror, join(target, 'positions.png'));
  const shown = placements.map(({ clip, ...one }) => ({ ...one, ...(clip ? { clip } : {}) }));
  const view = {
    $schema: '../../../../../schemas/view.schema.json',
    version: 1,
    id,
    label,
    widthPx: template.width,
    heightPx: template.height,
    maps: {
      positions: {
        file: 'positions.png',
        step: positions.step,
        offset:
          mirror === undefined ? positions.offset : [(template.width - 1 - positions.offset[0]) % positions.step, positions.offset[1]],
        u: { from: maps.uv.rangeMm.u[0], to: maps.uv.rangeMm.u[1] },
        v: { from: maps.uv.rangeMm.v[0], to: maps.uv.rangeMm.v[1] },
        seam,
      },
      shade: light(maps.shade, await carry(maps.shade.file, 'shade.webp')),
      gloss: light(maps.spec, await carry(maps.spec.file, 'gloss.webp')),
      zones: await Promise.all(
        files.map(async (one, i) => ({
          file: await carry(one.file, i === 0 ? 'zones.webp' : `zones-${i + 1}.webp`),
          zones: [one.r, one.g, one.b].filter(Boolean).map(kebab),
        })),
      ),
      ...(maps.albedo
        ? { grain: { file: await carry(maps.albedo.file, 'grain.webp'), max: maps.albedo.max, zones: maps.albedo.zones.map(kebab) } }
        : {}),
      ...(maps.normal ? { normal: { file: await carry(maps.normal.file, 'normal.webp') } } : {}),
      ...(maps.matcapFoil
        ? {
            reflections: {
              metal: light(maps.matcapFoil, await carry(maps.matcapFoil.file, 'metal.webp')),
              matt: light(maps.matcapDiffuse, await carry(maps.matcapDiffuse.file, 'matt.webp')),
            },
          }
        : {}),
    },
    background: behind,
    zones: template.zones.map((zone) => ({
      id: kebab(zone.id),
      label: inWords(zone.id),
      colour: asSeen(zone.default),
      ...(kebab(zone.id) === behind ? { follows: 'scene' } : kebab(zone.id) in follows ? { follows: follows[kebab(zone.id)] } : {}),
      ...(zone.material === 'metal' ? { material: 'metal' } : {}),
    })),
    placements: shown,
    white: template.ink.reflectance,
    knee: template.display.knee,
    pxPerMm: scaleOf(
      positions,
      shown.map((one) => one.clip ?? one),
      seam,
    ),
    base: await carry(maps.base.file, 'base.webp'),
    thumb: await carry('thumb.webp', 'thumb.webp'),
    source: [template.generator?.script ?? from, template.generator?.seed === undefined ? '' : `seed ${template.generator.seed}`]
      .filter(Boolean)
      .join(', '),
  };
  writeFileSync(join(target, 'view.json'), `${JSON.stringify(view, null, 2)}\n`);
  process.stdout.write(`${product}/${id}: ${view.pxPerMm.min}..${view.pxPerMm.median} px/mm\n`);
}
