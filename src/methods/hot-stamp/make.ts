import type { Affine } from '../../geometry/affine.ts';
import { type Path, transformPath } from '../../geometry/path.ts';
import type { Finding } from '../../model/finding.ts';
import { writePdf } from '../../render/pdf/write-pdf.ts';
import type { CutDrawing } from '../../render/vector/cut-drawing.ts';
import { writeDxf } from '../../render/vector/write-dxf.ts';
import { writeSvg } from '../../render/vector/write-svg.ts';
import type { Scene } from '../../scene/scene.ts';
import { leftOut } from '../left-out.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { dieDocument } from './die-document.ts';
import { type Die, dieOutline, stampArt } from './dies.ts';
import { positionDocument } from './position-document.ts';
import type { DIE_FORMATS, HotStampSettings } from './settings.ts';

type DieFormat = (typeof DIE_FORMATS)[number];

/** Each die as the die maker takes it, at true size on a page of the placement; and a sheet that says where all of them go. */
export const makeHotStamp = async (work: Work<HotStampSettings>, context: MakeContext): Promise<Made> => {
  const { settings, pages } = work;
  const files: MadeFile[] = [];
  const findings: Finding[] = [];
  for (const [page, scene] of pages.entries()) {
    const stem = `${work.name}${pages.length > 1 ? `-${page + 1}` : ''}`;
    const { dies, art } = stampArt(scene, settings, context.palette(settings.palette));
    for (const die of dies) {
      const outline = dieOutline(die, settings);
      for (const format of settings.formats) files.push(await dieFile(format, { die, outline, dies, scene, stem, work }, context));
      context.signal.throwIfAborted();
    }
    findings.push(...leftOut(art, settings.impression === 'foil' ? 'foil' : 'a die'));
    // A sheet without dies would look like a job with nothing to do.
    if (settings.positionSheet && dies.length > 0) files.push(await positionFile(scene, dies, stem, work, context));
  }
  context.signal.throwIfAborted();
  return { files, findings };
};

type DieWork = {
  readonly die: Die;
  readonly outline: Path;
  readonly dies: readonly Die[];
  readonly scene: Scene;
  readonly stem: string;
  readonly work: Work<HotStampSettings>;
};

const dieFile = async (format: DieFormat, parts: DieWork, context: MakeContext): Promise<MadeFile> => {
  const { die, scene, stem, work } = parts;
  const { area } = scene;
  return {
    name: `${stem}-${die.id}.${format}`,
    role: 'production',
    mediaType: MEDIA_TYPES[format],
    data: await dieBytes(format, parts, context),
    placement: area.placementId,
    method: 'hot-stamp',
    widthMm: area.widthMm,
    heightMm: area.heightMm,
    mirrored: work.settings.mirror,
    ...(format === 'pdf' ? { bleedMm: 0, pages: 1 } : {}),
  };
};

const MEDIA_TYPES: Readonly<Record<DieFormat, string>> = { pdf: 'application/pdf', svg: 'image/svg+xml', dxf: 'image/vnd.dxf' };

const dieBytes = async (format: DieFormat, parts: DieWork, context: MakeContext): Promise<Uint8Array> => {
  const { settings } = parts.work;
  switch (format) {
    case 'pdf':
      return writePdf(dieDocument(parts, context), context.picture, context.signal);
    case 'svg':
      return writeSvg(dieDrawing(parts));
    case 'dxf':
      return writeDxf(dieDrawing(parts), { toleranceMm: settings.toleranceMm });
  }
};

/** Die makers read areas in solid black. */
const DIE_BLACK = '#000000';
const HAIRLINE_MM = 0.1;

const dieDrawing = ({ die, outline, scene, work }: DieWork): CutDrawing => {
  const { widthMm, heightMm } = scene.area;
  const flip: Affine = [-1, 0, 0, 1, widthMm, 0];
  const path = work.settings.mirror ? transformPath(outline, flip) : outline;
  return {
    title: [work.label, work.title, die.name].filter((part) => part !== '').join(', '),
    widthMm,
    heightMm,
    layers: [{ name: die.colour.name, colour: DIE_BLACK, work: 'fill', lineWidthMm: HAIRLINE_MM, paths: [{ path, fillRule: 'nonzero' }] }],
  };
};

const positionFile = async (
  scene: Scene,
  dies: readonly Die[],
  stem: string,
  work: Work<HotStampSettings>,
  context: MakeContext,
): Promise<MadeFile> => ({
  name: `${stem}-position.pdf`,
  role: 'production',
  mediaType: 'application/pdf',
  data: await writePdf(positionDocument(scene, dies, work, context), context.picture, context.signal),
  placement: scene.area.placementId,
  method: 'hot-stamp',
  widthMm: scene.area.widthMm,
  heightMm: scene.area.heightMm,
  bleedMm: 0,
  pages: 1,
  mirrored: false,
});
