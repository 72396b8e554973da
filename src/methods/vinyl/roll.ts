import { type Affine, translation } from '../../geometry/affine.ts';
import { type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { rectOf } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import { plateOf, type Swatch } from '../../model/palette.ts';
import type { Lettering } from '../../render/lettering.ts';
import { pause } from '../../render/raster/pause.ts';
import type { CutDrawing, CutLayer } from '../../render/vector/cut-drawing.ts';
import { nestPieces } from '../../render/vector/nest-pieces.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { cutFiles } from './cut-files.ts';
import { cutLayers, type LayerSheet, lineLayer, outlinesOf } from './cut-sheet.ts';
import { isMirrored, type VinylSettings } from './settings.ts';
import { islandsOf } from './under-layers.ts';

/** What is laid on the roll as one: its outline for the packing, and all that belongs to it. */
type RollPiece = { readonly outline: Path; readonly layers: readonly CutLayer[] };

/** One drawing for each vinyl, with the copies of all that is cut from it. */
export const rollFiles = async (
  sheets: readonly LayerSheet[],
  work: Work<VinylSettings>,
  { lettering, signal }: MakeContext,
): Promise<Made> => {
  const { settings, name } = work;
  const files: MadeFile[] = [];
  const findings: Finding[] = [];
  const swatches = new Map<string, Swatch>(sheets.map(({ layer: { swatch } }) => [swatch.id, swatch]));
  const placement = [...new Set(sheets.map((one) => one.placement))].join('+');
  for (const [id, swatch] of swatches) {
    await pause(signal);
    const own = sheets.filter(({ layer }) => layer.swatch.id === id);
    const pieces = own.flatMap((sheet) => (settings.nest === 'pieces' ? loosePieces(sheet, settings) : [wholeSheet(sheet)]));
    const { drawing, missing } = rollOf(pieces, swatch, work, lettering);
    files.push(...cutFiles(drawing, `${name}-roll-${id}`, settings, placement));
    if (missing > 0) findings.push(missingFinding(missing, swatch, own[0]?.layer.pointers[0] ?? ''));
  }
  return { files, findings };
};

/** Only where the check's error was overruled. */
const missingFinding = (count: number, { name }: Swatch, pointer: string): Finding => ({
  severity: 'warning',
  code: 'roll.left-out',
  pointer,
  message: `${count} ${count === 1 ? 'piece' : 'pieces'} of "${name}" did not fit onto the roll and ${count === 1 ? 'is' : 'are'} not in the file.`,
  hint: 'Use a wider roll, or set "nest" to "none".',
  measured: count,
  required: 0,
  unit: 'pieces',
});

const wholeSheet = ({ drawing: { widthMm, heightMm, layers } }: LayerSheet): RollPiece => ({
  outline: rectPath(rectOf(0, 0, widthMm, heightMm)),
  layers,
});

const loosePieces = ({ layer }: LayerSheet, settings: VinylSettings): readonly RollPiece[] =>
  islandsOf(layer.path).map((outline) => {
    const at: Affine = isMirrored(settings) ? [-1, 0, 0, 1, 0, 0] : [1, 0, 0, 1, 0, 0];
    return { outline: transformPath(outline, at), layers: cutLayers(outline, settings, at) };
  });

type Roll = { readonly drawing: CutDrawing; readonly missing: number };

/** The layers of all pieces at their places, and below loose pieces a label: sheets have their own. */
const rollOf = (pieces: readonly RollPiece[], swatch: Swatch, work: Work<VinylSettings>, lettering: Lettering): Roll => {
  const { settings, title, label } = work;
  const all = new Map<string, RollPiece>(
    pieces.flatMap((piece, i) => Array.from({ length: settings.copies }, (_, copy) => [`${i}-${copy}`, piece] as const)),
  );
  const items = [...all].map(([id, { outline }]) => ({ id, path: outline }));
  const nest = nestPieces(items, { rollWidthMm: settings.rollWidthMm, gapMm: settings.nestGapMm, rotate: true });
  const layers = new Map<string, CutLayer>();
  for (const { id, at } of nest.placed) {
    for (const layer of all.get(id)?.layers ?? []) {
      const known = layers.get(layer.name) ?? { ...layer, paths: [] };
      const paths = layer.paths.map(({ path, fillRule }) => ({ path: transformPath(path, at), fillRule }));
      layers.set(layer.name, { ...known, paths: [...known.paths, ...paths] });
    }
  }
  const text = [label, title, plateOf(swatch), `${nest.placed.length} pieces`].filter((part) => part !== '').join('  ');
  const labelled = settings.labels && settings.nest === 'pieces';
  const drawn = labelled ? [...layers.values(), labelLayer(text, nest.heightMm, settings, lettering)] : [...layers.values()];
  const heightMm = nest.heightMm + (labelled ? LABEL_GAP_MM + LABEL_MM : 0);
  const drawing = { title: text, widthMm: settings.rollWidthMm, heightMm: Math.max(heightMm, 1), layers: drawn };
  return { drawing, missing: nest.tooLarge.length };
};

const LABEL_MM = 7;
const LABEL_GAP_MM = 3;

const labelLayer = (text: string, top: number, settings: VinylSettings, lettering: Lettering): CutLayer => {
  const at = translation(0, top + LABEL_GAP_MM);
  const paths = outlinesOf(lettering(text, settings.rollWidthMm, LABEL_MM)).map((path) => transformPath(path, at));
  return lineLayer('label', paths, settings);
};
