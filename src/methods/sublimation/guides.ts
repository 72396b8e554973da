import type { SpotColour } from '../../colour/colour.ts';
import { colourFromHex } from '../../colour/colour.ts';
import { type Affine, IDENTITY } from '../../geometry/affine.ts';
import { type Path, transformPath } from '../../geometry/path.ts';
import { ptToMm } from '../../geometry/units.ts';
import type { PageLayer, PdfLayer } from '../../render/pdf/document.ts';
import { pageBoxes } from '../../render/pdf/page-boxes.ts';
import { writePdf } from '../../render/pdf/write-pdf.ts';
import type { CutLayer } from '../../render/vector/cut-drawing.ts';
import { writeSvg } from '../../render/vector/write-svg.ts';
import type { SceneNode } from '../../scene/scene.ts';
import { sheetScene } from '../../scene/sheet-scene.ts';
import type { MadeFile, MakeContext, Work } from '../method.ts';
import type { SublimationSettings } from './settings.ts';

/** Lines over a printed page: what is cut, what is sewn, and what only helps to lay it. Millimetres of the page, y down. */
export type Guides = {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly cut: readonly Path[];
  readonly seams: readonly Path[];
  readonly help: readonly Path[];
  /** Names of panels, in places that stay readable also on a mirrored page. */
  readonly labels: readonly SceneNode[];
};

const LINE_MM = ptToMm(0.5);
const COLOURS = { cut: '#e6007e', seam: '#00a0e3', help: '#7a7a7a' } as const;
const HELP = 'Guide';

type Line = { readonly name: string; readonly colour: string; readonly paths: readonly Path[] };

const linesOf = (guides: Guides, { cutName, seamName }: SublimationSettings): readonly Line[] =>
  [
    { name: cutName, colour: COLOURS.cut, paths: guides.cut },
    { name: seamName, colour: COLOURS.seam, paths: guides.seams },
    { name: HELP, colour: COLOURS.help, paths: guides.help },
  ].filter(({ paths }) => paths.length > 0);

/** How paths of a page lie when it is printed face down. */
const mirrorOf = (mirror: boolean, widthMm: number): Affine => (mirror ? [-1, 0, 0, 1, widthMm, 0] : IDENTITY);

const strokeNode = (path: Path, colour: SpotColour): SceneNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule: 'nonzero',
  fill: null,
  stroke: { paint: { kind: 'solid', colour }, widthMm: LINE_MM, cap: 'butt', join: 'miter', miterLimit: 4 },
});

const layerOf = ({ name, colour, paths }: Line, map: Affine): PageLayer => {
  const alternate = colourFromHex(colour) ?? { space: 'srgb', r: 0, g: 0, b: 0 };
  const spot: SpotColour = { space: 'spot', name, tint: 1, alternate };
  return { layer: name, nodes: paths.map((path) => strokeNode(transformPath(path, map), spot)) };
};

/** One PDF of all pages: lines as strokes of named spots, each on a layer of its name; cut lines are marked as processing steps. */
const guidePdf = async (
  pages: readonly Guides[],
  work: Work<SublimationSettings>,
  { picture, signal }: MakeContext,
): Promise<Uint8Array> => {
  const { settings } = work;
  const names = new Set(pages.flatMap((page) => linesOf(page, settings).map(({ name }) => name)));
  const labelled = pages.some(({ labels }) => labels.length > 0);
  const layers: readonly PdfLayer[] = [...names].map((name) => ({
    name,
    processingStep: name === settings.cutName ? { group: 'Structural', type: 'Cutting' } : null,
  }));
  return writePdf(
    {
      pages: pages.map((page) => {
        const map = mirrorOf(settings.mirror, page.widthMm);
        const scene = sheetScene([], page.widthMm, page.heightMm);
        return {
          scene,
          boxes: pageBoxes(scene.area, 0),
          marks: null,
          mirror: false,
          over: [
            ...linesOf(page, settings).map((line) => layerOf(line, map)),
            ...(page.labels.length > 0 ? [{ layer: 'Labels', nodes: page.labels }] : []),
          ],
        };
      }),
      colour: { mode: 'rgb' },
      title: work.title,
      date: work.date,
      creator: 'Platen',
      overprint: { spots: [...names] },
      layers: [...layers, ...(labelled ? [{ name: 'Labels', processingStep: null }] : [])],
    },
    picture,
    signal,
  );
};

const guideSvg = (page: Guides, { settings, title }: Work<SublimationSettings>): Uint8Array => {
  const map = mirrorOf(settings.mirror, page.widthMm);
  const layers = linesOf(page, settings).map(
    ({ name, colour, paths }): CutLayer => ({
      name,
      colour,
      work: 'line',
      lineWidthMm: LINE_MM,
      paths: paths.map((path) => ({ path: transformPath(path, map), fillRule: 'nonzero' })),
    }),
  );
  return writeSvg({ title, widthMm: page.widthMm, heightMm: page.heightMm, layers });
};

/** Guides of the pages of a work piece: one PDF, and an SVG of true size for each page. */
export const guideFiles = async (
  pages: readonly Guides[],
  stems: readonly string[],
  placement: string,
  work: Work<SublimationSettings>,
  context: MakeContext,
): Promise<readonly MadeFile[]> => {
  const [first] = pages;
  if (!work.settings.guides || !first) return [];
  const facts = { role: 'production', placement, method: 'sublimation', mirrored: work.settings.mirror } as const;
  const sizeOf = ({ widthMm, heightMm }: Guides) => ({ widthMm, heightMm });
  return [
    {
      ...facts,
      ...sizeOf(first),
      name: `${work.name}-guide.pdf`,
      mediaType: 'application/pdf',
      data: await guidePdf(pages, work, context),
      pages: pages.length,
    },
    ...pages.map(
      (page, i): MadeFile => ({
        ...facts,
        ...sizeOf(page),
        name: `${stems[i] ?? work.name}-guide.svg`,
        mediaType: 'image/svg+xml',
        data: guideSvg(page, work),
      }),
    ),
  ];
};
