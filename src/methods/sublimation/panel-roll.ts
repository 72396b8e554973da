import { translation } from '../../geometry/affine.ts';
import { type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { rectOf } from '../../geometry/point.ts';
import { offsetPath } from '../../geometry/polygons.ts';
import { quantizeMm } from '../../geometry/units.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';
import { quantizeNode, transformNode } from '../../scene/transform.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { trimRegion } from '../region.ts';
import { type Guides, guideFiles } from './guides.ts';
import { pictureFile } from './picture-file.ts';
import { layRoll, type RollPlace } from './roll-layout.ts';
import type { PanelSettings, SublimationSettings } from './settings.ts';

/** Between the bleed of a panel and its label, mm. */
const LABEL_GAP_MM = 2;

/** A panel of the garment with what is printed beside it. */
type Panel = {
  readonly scene: Scene;
  readonly label: readonly SceneNode[];
  /** What is printed: the cut line and the bleed around it. */
  readonly printed: Path;
  readonly seam: Path;
};

/** STYLE-PANEL-SIZE in capitals. */
export const panelLabel = ({ area }: Scene, { style, sizeOption }: PanelSettings, variant: Work<unknown>['variant']): string =>
  [style ?? area.productId, area.placementId, variant?.[sizeOption]]
    .filter((part) => part !== undefined && part !== '')
    .join('-')
    .toUpperCase();

/** All panels of a garment on pages as wide as the roll, labelled beside the art, with cut and seam lines as guides. */
export const makePanelRoll = async (work: Work<SublimationSettings>, panels: PanelSettings, context: MakeContext): Promise<Made> => {
  const { settings } = work;
  const cut = work.pages.map((scene) => panelOf(scene, panels, work, context));
  const items = cut.map(({ scene: { area } }) => ({
    widthMm: area.widthMm + 2 * area.bleedMm,
    heightMm: area.heightMm + 2 * area.bleedMm + LABEL_GAP_MM + panels.labelHeight,
  }));
  const { rollWidth, rollLength, margin, gap } = panels;
  const widest = quantizeMm(Math.max(rollWidth, ...items.map(({ widthMm }) => widthMm + 2 * margin)));
  const { places, lengths } = layRoll(items, { widthMm: widest, lengthMm: rollLength, marginMm: margin, gapMm: gap });
  const stems = lengths.map((_, i) => (lengths.length > 1 ? `${work.name}-${i + 1}` : work.name));
  const files: MadeFile[] = [];
  const guides: Guides[] = [];
  for (const [i, length] of lengths.entries()) {
    const heightMm = quantizeMm(length);
    const onPage = places.filter(({ page }) => page === i).flatMap((place) => placed(place, cut[place.item]));
    const page = rollScene(onPage, widest, heightMm);
    const file = await pictureFile(stems[i] ?? work.name, page, trimRegion(page.area), settings, context);
    files.push({ ...file, widthMm: widest, heightMm });
    guides.push(guidesOf(onPage, panels, settings.mirror, widest, heightMm));
  }
  const placement = work.pages.map(({ area }) => area.placementId).join('+');
  return { files: [...files, ...(await guideFiles(guides, stems, placement, work, context))], findings: [] };
};

const panelOf = (scene: Scene, panels: PanelSettings, { variant }: Work<SublimationSettings>, context: MakeContext): Panel => {
  const { area } = scene;
  return {
    scene,
    label: context.lettering(panelLabel(scene, panels, variant), area.widthMm, panels.labelHeight),
    printed: area.bleedMm > 0 ? offsetPath(area.trim, area.bleedMm, 'miter') : area.trim,
    seam: panels.seamAllowance > 0 ? offsetPath(area.trim, -panels.seamAllowance, 'miter') : area.trim,
  };
};

/** A panel with the way from its own millimetres, which begin at its trim box, to those of the page. */
type Placed = { readonly panel: Panel; readonly dx: number; readonly dy: number };

const placed = ({ x, y }: RollPlace, panel: Panel | undefined): readonly Placed[] =>
  panel ? [{ panel, dx: x + panel.scene.area.bleedMm, dy: y + panel.scene.area.bleedMm }] : [];

const labelAt = ({ panel, dx, dy }: Placed): readonly SceneNode[] => {
  const { heightMm, bleedMm } = panel.scene.area;
  return panel.label.map((node) => transformNode(node, translation(dx, dy + heightMm + bleedMm + LABEL_GAP_MM)));
};

const rollScene = (onPage: readonly Placed[], widthMm: number, heightMm: number): Scene => ({
  version: 1,
  area: {
    productId: onPage[0]?.panel.scene.area.productId ?? '',
    placementId: onPage.map(({ panel }) => panel.scene.area.placementId).join('+'),
    widthMm,
    heightMm,
    bleedMm: 0,
    safeMm: 0,
    trim: rectPath(rectOf(0, 0, widthMm, heightMm)),
    keepOuts: [],
    folds: [],
  },
  nodes: onPage.flatMap((one): readonly SceneNode[] => [artOf(one), ...labelAt(one)]).map(quantizeNode),
});

const artOf = ({ panel, dx, dy }: Placed): SceneNode => {
  const move = translation(dx, dy);
  return {
    kind: 'group',
    pointer: '',
    clip: { path: transformPath(panel.printed, move), fillRule: 'nonzero' },
    mask: null,
    opacity: 1,
    blend: 'normal',
    children: panel.scene.nodes.map((node) => transformNode(node, move)),
  };
};

const guidesOf = (
  onPage: readonly Placed[],
  { seamAllowance }: PanelSettings,
  mirror: boolean,
  widthMm: number,
  heightMm: number,
): Guides => {
  const lines = (pick: (panel: Panel) => Path): readonly Path[] =>
    onPage.map(({ panel, dx, dy }) => transformPath(pick(panel), translation(dx, dy)));
  return {
    widthMm,
    heightMm,
    cut: lines(({ scene }) => scene.area.trim),
    seams: seamAllowance > 0 ? lines(({ seam }) => seam) : [],
    help: [],
    // On a page that is printed face down the label stays readable and moves along with its panel.
    labels: onPage.flatMap((one) => labelAt(mirror ? { ...one, dx: widthMm - one.dx - one.panel.scene.area.widthMm } : one)),
  };
};
