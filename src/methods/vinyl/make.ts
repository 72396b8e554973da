import { rectPath } from '../../geometry/path.ts';
import { rectOf } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import { pause } from '../../render/raster/pause.ts';
import type { CutDrawing } from '../../render/vector/cut-drawing.ts';
import { writeSvg } from '../../render/vector/write-svg.ts';
import type { Scene } from '../../scene/scene.ts';
import { leftOut } from '../left-out.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { cutFiles } from './cut-files.ts';
import { cutSheet, frameOf, type LayerSheet } from './cut-sheet.ts';
import { rollFiles } from './roll.ts';
import { isMirrored, type VinylSettings } from './settings.ts';
import { sewingFiles } from './sewing-files.ts';
import { materialName } from './vinyl-colours.ts';
import { type VinylLayer, vinylLayers } from './vinyl-layers.ts';

/** Cut files of every layer, or rolls of every vinyl, files of the machine that sews twill, and a drawing of how the layers lie upon each other. */
export const makeVinyl = async (work: Work<VinylSettings>, context: MakeContext): Promise<Made> => {
  const { settings, pages, name } = work;
  const palette = context.palette(settings.palette);
  const files: MadeFile[] = [];
  const findings: Finding[] = [];
  const sheets: LayerSheet[] = [];
  for (const [i, scene] of pages.entries()) {
    await pause(context.signal);
    const stem = `${name}${pages.length > 1 ? `-${i + 1}` : ''}`;
    const { layers, refused } = vinylLayers(scene, settings, palette, settings.toleranceMm / 2);
    findings.push(...leftOut({ refused }, 'vinyl'));
    if (layers.length === 0) continue;
    const own = sheetsOf(layers, stem, scene, work, context);
    sheets.push(...own);
    files.push(assembly(layers, stem, scene, work));
    files.push(...(await sewingFiles(own, stem, work, context.signal)));
  }
  if (settings.nest !== 'none') {
    const roll = await rollFiles(sheets, work, context);
    return { files: [...files, ...roll.files], findings: [...findings, ...roll.findings] };
  }
  for (const { drawing, stem, placement } of sheets) {
    await pause(context.signal);
    files.push(...cutFiles(drawing, stem, settings, placement));
  }
  return { files, findings };
};

const sheetsOf = (
  layers: readonly VinylLayer[],
  stem: string,
  { area }: Scene,
  { settings, title, label }: Work<VinylSettings>,
  { lettering }: MakeContext,
): readonly LayerSheet[] => {
  const frame = frameOf(layers, settings);
  if (!frame) return [];
  return layers.map((layer, i) => {
    const { swatch } = layer;
    const which = `layer ${i + 1} of ${layers.length}`;
    const parts = [
      label,
      title,
      which,
      materialName(swatch, settings.kind),
      swatch.code ?? swatch.colour,
      isMirrored(settings) ? 'cut mirrored' : 'right-reading',
    ];
    const text = parts.filter((part) => part !== '').join('  ');
    return {
      layer,
      drawing: cutSheet(layer, frame, settings, text, text, lettering),
      stem: `${stem}-${i + 1}-${swatch.id}`,
      placement: area.placementId,
    };
  });
};

/** How the layers lie on the print area, right-reading and in their colours: for people, not for machines. */
const assembly = (layers: readonly VinylLayer[], stem: string, { area }: Scene, { title, settings }: Work<VinylSettings>): MadeFile => {
  const { widthMm, heightMm, placementId } = area;
  const frame = rectPath(rectOf(0, 0, widthMm, heightMm));
  const drawing: CutDrawing = {
    title,
    widthMm,
    heightMm,
    layers: [
      { name: 'PRINT AREA', colour: '#808080', work: 'line', lineWidthMm: 0.3, paths: [{ path: frame, fillRule: 'nonzero' }] },
      ...layers.map(({ swatch, path }, i) => ({
        name: `${i + 1} ${materialName(swatch, settings.kind)}`,
        colour: swatch.colour,
        work: 'fill' as const,
        lineWidthMm: 0,
        paths: [{ path, fillRule: 'nonzero' as const }],
      })),
    ],
  };
  return {
    name: `${stem}-assembly.svg`,
    role: 'report',
    mediaType: 'image/svg+xml',
    data: writeSvg(drawing),
    placement: placementId,
    method: 'vinyl',
    widthMm,
    heightMm,
    mirrored: false,
  };
};
