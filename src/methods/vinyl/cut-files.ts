import type { CutDrawing } from '../../render/vector/cut-drawing.ts';
import { writeDxf } from '../../render/vector/write-dxf.ts';
import { writeHpgl } from '../../render/vector/write-hpgl.ts';
import { writeSvg } from '../../render/vector/write-svg.ts';
import type { MadeFile } from '../method.ts';
import { layerName } from './cutter-names.ts';
import { isMirrored, type VINYL_FORMATS, type VinylSettings } from './settings.ts';

type VinylFormat = (typeof VINYL_FORMATS)[number];

const MEDIA_TYPES: Readonly<Record<VinylFormat, string>> = {
  svg: 'image/svg+xml',
  dxf: 'image/vnd.dxf',
  plt: 'application/vnd.hp-hpgl',
};

const round = (mm: number): number => Math.round(mm * 1000) / 1000;

/** A drawing in each of the formats that the settings ask for. */
export const cutFiles = (drawing: CutDrawing, stem: string, settings: VinylSettings, placement: string): readonly MadeFile[] =>
  settings.formats.map((format) => ({
    name: `${stem}.${format}`,
    role: 'production',
    mediaType: MEDIA_TYPES[format],
    data: written(drawing, format, settings),
    placement,
    method: 'vinyl',
    widthMm: round(drawing.widthMm),
    heightMm: round(drawing.heightMm),
    mirrored: isMirrored(settings),
  }));

const written = (drawing: CutDrawing, format: VinylFormat, settings: VinylSettings): Uint8Array => {
  const { toleranceMm, overcutMm } = settings;
  switch (format) {
    case 'svg':
      return writeSvg(drawing);
    case 'dxf':
      return writeDxf(drawing, { toleranceMm });
    case 'plt': {
      const layers = drawing.layers.filter(({ name }) => penOf(name, settings) !== null);
      const pens = layers.map(({ name }) => penOf(name, settings) ?? KNIFE);
      return writeHpgl({ ...drawing, layers }, { overcutMm, toleranceMm, pens });
    }
  }
};

const KNIFE = 1;

/** One knife does all cuts. Null for what it must not touch: labels without a pen, and lines that a sewing machine follows. */
const penOf = (name: string, settings: VinylSettings): number | null => {
  if (name === layerName('label', settings)) return settings.labelPen ?? null;
  return name === layerName('sew', settings) ? null : KNIFE;
};
