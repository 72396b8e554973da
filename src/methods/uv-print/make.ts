import type { PdfDocument, PdfLayer, PdfPage } from '../../render/pdf/document.ts';
import { pageBoxes } from '../../render/pdf/page-boxes.ts';
import { writePdf } from '../../render/pdf/write-pdf.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Made, MakeContext, Work } from '../method.ts';
import { isMirrored } from './is-mirrored.ts';
import { makePngs } from './make-pngs.ts';
import { type PageParts, partsOfPage } from './parts.ts';
import { pageLayer, VARNISH_LOOK, WHITE_LOOK } from './plate-layer.ts';
import type { SettledUvPrint, UvPrintSettings } from './settings.ts';
import { settleWhite } from './settle-white.ts';

export const makeUvPrint = (work: Work<UvPrintSettings>, context: MakeContext): Promise<Made> => {
  const settled = { ...work, settings: settleWhite(work.settings, context.articleColour) };
  return settled.settings.format === 'pdf' ? makePdf(settled, context) : makePngs(settled, context);
};

/** One PDF whose page is the artboard: white, inks and varnish in layers, in the order in which they are laid down. */
const makePdf = async (work: Work<SettledUvPrint>, context: MakeContext): Promise<Made> => {
  const { settings, pages, name, title, date } = work;
  const parts = await inTurn(pages, (scene) => partsOfPage(scene, settings, context));
  const has = (plate: 'white' | 'varnish'): boolean => parts.some((one) => one[plate] !== null);
  const document: PdfDocument = {
    pages: parts.map((one) => pdfPage(one, settings)),
    colour: {
      mode: 'cmyk',
      profile: context.profile(settings.profile),
      intent: settings.intent,
      blackText: 'k100',
      greys: settings.greys,
      images: 'cmyk',
      maxInk: settings.maxInk / 100,
    },
    title,
    date,
    creator: 'Platen',
    overprint: { spots: [settings.whiteName, settings.varnishName] },
    spots: [
      ...(has('white') ? [{ name: settings.whiteName, alternate: WHITE_LOOK }] : []),
      ...(has('varnish') ? [{ name: settings.varnishName, alternate: VARNISH_LOOK }] : []),
    ],
    layers: layersOf(settings, has),
  };
  const [first] = pages;
  return {
    files: [
      {
        name: `${name}.pdf`,
        role: 'production',
        mediaType: 'application/pdf',
        data: await writePdf(document, context.picture, context.signal),
        placement: pages.map(({ area }) => area.placementId).join('+'),
        method: 'uv-print',
        ...(first ? { widthMm: first.area.widthMm, heightMm: first.area.heightMm, bleedMm: first.area.bleedMm } : {}),
        pages: pages.length,
        mirrored: isMirrored(settings),
      },
    ],
    findings: [],
  };
};

const inTurn = async <T>(scenes: readonly Scene[], make: (scene: Scene) => Promise<T>): Promise<readonly T[]> => {
  const made: T[] = [];
  for (const scene of scenes) made.push(await make(scene));
  return made;
};

const layersOf = (settings: SettledUvPrint, has: (plate: 'white' | 'varnish') => boolean): readonly PdfLayer[] => {
  const white: PdfLayer = { name: settings.whiteName, processingStep: { group: 'White', type: null } };
  const varnish: PdfLayer = { name: settings.varnishName, processingStep: { group: 'Varnish', type: null } };
  const order = [...(has('white') ? [white] : []), { name: settings.artLayer, processingStep: null }, ...(has('varnish') ? [varnish] : [])];
  return settings.white === 'over' ? order.toReversed() : order;
};

/** From behind a clear article everything is laid down the other way round: varnish first, white last. */
const pdfPage = ({ scene, white, varnish }: PageParts, settings: SettledUvPrint): PdfPage => {
  const { trim, bleed } = pageBoxes(scene.area, 0);
  const whites = white ? [pageLayer(white, settings.whiteName, WHITE_LOOK)] : [];
  const varnishes = varnish ? [pageLayer(varnish, settings.varnishName, VARNISH_LOOK)] : [];
  const behind = settings.white === 'over';
  return {
    scene,
    boxes: { trim, bleed, media: bleed },
    marks: null,
    mirror: isMirrored(settings),
    artLayer: settings.artLayer,
    under: behind ? varnishes : whites,
    over: behind ? whites : varnishes,
  };
};
