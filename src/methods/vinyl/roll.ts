import type { Affine } from '../../geometry/affine.ts';
import { type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { rectOf } from '../../geometry/point.ts';
import { plateOf, type Swatch } from '../../model/palette.ts';
import { pause } from '../../render/raster/pause.ts';
import type { CutDrawing, CutLayer } from '../../render/vector/cut-drawing.ts';
import { nestPieces } from '../../render/vector/nest-pieces.ts';
import type { MadeFile, MakeContext, Work } from '../method.ts';
import { cutFiles } from './cut-files.ts';
import { cutLayers, type LayerSheet } from './cut-sheet.ts';
import { isMirrored, type VinylSettings } from './settings.ts';
import { islandsOf } from './under-layers.ts';

/** What is laid on the roll as one: its outline for the packing, and all that belongs to it. */
type RollPiece = { readonly outline: Path; readonly layers: readonly CutLayer[] };

/** One drawing for each vinyl, with the copies of all that is cut from it. */
export const rollFiles = async (
  sheets: readonly LayerSheet[],
  work: Work<VinylSettings>,
  { signal }: MakeContext,
): Promise<readonly MadeFile[]> => {
  const { settings, name } = work;
  const files: MadeFile[] = [];
  const swatches = new Map<string, Swatch>(sheets.map(({ layer: { swatch } }) => [swatch.id, swatch]));
  const placement = [...new Set(sheets.map((one) => one.placement))].join('+');
  for (const [id, swatch] of swatches) {
    await pause(signal);
    const own = sheets.filter(({ layer }) => layer.swatch.id === id);
    const pieces = own.flatMap((sheet) => (settings.nest === 'pieces' ? loosePieces(sheet, settings) : [wholeSheet(sheet)]));
    files.push(...cutFiles(rollOf(pieces, swatch, work), `${name}-roll-${id}`, settings, placement));
  }
  return files;
};

const wholeSheet = ({ drawing: { widthMm, heightMm, layers } }: LayerSheet): RollPiece => ({
  outline: rectPath(rectOf(0, 0, widthMm, heightMm)),
  layers,
});

const loosePieces = ({ layer }: LayerSheet, settings: VinylSettings): readonly RollPiece[] =>
  islandsOf(layer.path).map((outline) => {
    const at: Affine = isMirrored(settings) ? [-1, 0, 0, 1, 0, 0] : [1, 0, 0, 1, 0, 0];
    return { outline: transformPath(outline, at), layers: cutLayers(outline, settings, at) };
  });

const rollOf = (pieces: readonly RollPiece[], swatch: Swatch, { settings, title, label }: Work<VinylSettings>): CutDrawing => {
  const { copies, rollWidthMm, nestGapMm } = settings;
  const all = new Map<string, RollPiece>(
    pieces.flatMap((piece, i) => Array.from({ length: copies }, (_, copy) => [`${i}-${copy}`, piece] as const)),
  );
  const items = [...all].map(([id, { outline }]) => ({ id, path: outline }));
  const nest = nestPieces(items, { rollWidthMm, gapMm: nestGapMm, rotate: true });
  const layers = new Map<string, CutLayer>();
  for (const { id, at } of nest.placed) {
    for (const layer of all.get(id)?.layers ?? []) {
      const known = layers.get(layer.name) ?? { ...layer, paths: [] };
      const paths = layer.paths.map(({ path, fillRule }) => ({ path: transformPath(path, at), fillRule }));
      layers.set(layer.name, { ...known, paths: [...known.paths, ...paths] });
    }
  }
  const text = [label, title, plateOf(swatch), `${all.size} pieces`].filter((part) => part !== '').join('  ');
  return { title: text, widthMm: rollWidthMm, heightMm: Math.max(nest.heightMm, 1), layers: [...layers.values()] };
};
