import type { Finding } from '../../model/finding.ts';
import { boundsOfNode } from '../../scene/bounds.ts';
import type { Scene } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import type { PaperPrintSettings } from './settings.ts';

/** A spine may be off by this much: paper swells and binderies round, mm. */
const SPINE_SLACK_MM = 0.5;
/** Covers shift on the block by as much as this, mm (KDP: a sixteenth of an inch). */
const TEXT_INSET_MM = 1.6;

/** Whether the spine of a cover fits the book it goes around, and its lettering fits the spine. */
export const checkSpine = (scene: Scene, { spine }: PaperPrintSettings, pointer: string): readonly Finding[] => {
  const panel = spinePanel(scene);
  if (!spine || !panel) return [];
  const widthMm = round(panel.to - panel.from);
  const wantedMm = round((spine.pages / 2) * spine.caliper + spine.plus);
  const fits = Math.abs(widthMm - wantedMm) <= SPINE_SLACK_MM;
  return [...(fits ? [] : [widthFinding(widthMm, wantedMm, spine.pages, pointer)]), ...letteringFindings(scene, panel)];
};

type Panel = { readonly from: number; readonly to: number };

const round = (mm: number): number => Math.round(mm * 100) / 100;

/** The panel between folds that holds the middle of the cover; null where there is none. */
const spinePanel = ({ area }: Scene): Panel | null => {
  const xs = area.folds.map(({ from }) => from.x).sort((a, b) => a - b);
  const middle = area.widthMm / 2;
  const [from, to] = [xs.filter((x) => x < middle).at(-1), xs.find((x) => x > middle)];
  return from === undefined || to === undefined ? null : { from, to };
};

const widthFinding = (widthMm: number, wantedMm: number, pages: number, pointer: string): Finding => ({
  severity: 'error',
  code: 'spine.width',
  pointer,
  message: `${pages} pages of this paper give a spine of ${wantedMm} mm; the cover has ${widthMm} mm.`,
  hint: 'Give the order the right number of pages, or choose the paper that the cover was made for.',
  measured: widthMm,
  required: wantedMm,
  unit: 'mm',
});

const letteringFindings = (scene: Scene, { from, to }: Panel): readonly Finding[] => {
  const told = new Set<string>();
  return nodesOf(scene.nodes).flatMap((node): readonly Finding[] => {
    const box = node.kind === 'glyphs' ? boundsOfNode(node) : null;
    if (!box || told.has(node.pointer)) return [];
    const middle = box.x + box.width / 2;
    const clear = Math.min(box.x - from, to - box.x - box.width);
    // Lettering that runs across the whole cover is told as on a fold.
    if (middle < from || middle > to || box.width > to - from || clear >= TEXT_INSET_MM) return [];
    told.add(node.pointer);
    return [
      {
        severity: 'warning',
        code: 'spine.lettering',
        pointer: node.pointer,
        message: `The lettering on the spine is ${round(Math.max(0, clear))} mm from its edge; covers shift, it needs ${TEXT_INSET_MM} mm.`,
        hint: 'Make it smaller, or leave it out on thin books.',
        measured: round(clear),
        required: TEXT_INSET_MM,
        unit: 'mm',
      },
    ];
  });
};
