import { diameterAt, slantOf } from '../../geometry/cone.ts';
import { boundsOfPath } from '../../geometry/path.ts';
import type { Finding } from '../../model/finding.ts';
import type { Scene, SceneArea } from '../../scene/scene.ts';
import { fromTopOf, frustumOf } from './cone-sheet.ts';
import type { SublimationSettings } from './settings.ts';

/** What paper and hand allow when a wrap is laid round a vessel, mm. */
const SLACK_MM = 0.5;

const round = (mm: number): number => Math.round(mm * 100) / 100;

const wrong = (
  severity: Finding['severity'],
  code: string,
  pointer: string,
  message: string,
  hint: string,
  figures: readonly [number, number],
): Finding => ({
  severity,
  code,
  pointer,
  message,
  hint,
  measured: round(figures[0]),
  required: round(figures[1]),
  unit: 'mm',
});

/** Whether the print area fits the vessel, and the panel the roll: figures of the product or the shop are at fault, not the art. */
export const checkFit = ({ area }: Scene, settings: SublimationSettings, pointer: string): readonly Finding[] => [
  ...(settings.taper ? checkTaper(area, settings, pointer) : []),
  ...(settings.panels ? checkPanel(area, settings, pointer) : []),
];

const checkTaper = (area: SceneArea, { taper, overlap }: SublimationSettings, pointer: string): readonly Finding[] => {
  if (!taper) return [];
  const frustum = frustumOf(taper);
  const slant = slantOf(frustum);
  const fromTop = fromTopOf(taper, area);
  const around = Math.PI * diameterAt(frustum, fromTop + area.heightMm / 2);
  const end = fromTop + area.heightMm;
  const hint = 'Correct the size of the print area or the taper, in the product or the shop profile.';
  const words = `round half way down the print area`;
  return [
    ...(end > slant + SLACK_MM
      ? [
          wrong('error', 'wrap.too-high', pointer, `The print area ends ${round(end)} mm down a wall of ${round(slant)} mm.`, hint, [
            end,
            slant,
          ]),
        ]
      : []),
    ...(area.widthMm > around + SLACK_MM
      ? [
          wrong(
            'error',
            'wrap.too-wide',
            pointer,
            `The print area is ${area.widthMm} mm wide; the vessel is ${round(around)} mm ${words}.`,
            hint,
            [area.widthMm, around],
          ),
        ]
      : []),
    ...(overlap > 0 && area.widthMm < around - SLACK_MM
      ? [
          wrong(
            'warning',
            'wrap.open',
            pointer,
            `The wrap should overlap, but it is ${area.widthMm} mm wide and the vessel ${round(around)} mm ${words}.`,
            hint,
            [area.widthMm, around],
          ),
        ]
      : []),
  ];
};

const checkPanel = (area: SceneArea, { panels }: SublimationSettings, pointer: string): readonly Finding[] => {
  if (!panels) return [];
  const needed = area.widthMm + 2 * area.bleedMm + 2 * panels.margin;
  const seam = boundsOfPath(area.trim);
  const narrow = seam !== null && Math.min(seam.width, seam.height) <= 2 * panels.seamAllowance;
  return [
    ...(needed > panels.rollWidth + 0.01
      ? [
          wrong(
            'error',
            'panel.too-wide',
            pointer,
            `The panel needs ${round(needed)} mm with its bleed and margins; the roll is ${panels.rollWidth} mm wide.`,
            'Print it on a wider roll, or let the pattern maker split the panel.',
            [needed, panels.rollWidth],
          ),
        ]
      : []),
    ...(narrow
      ? [
          wrong(
            'error',
            'panel.no-seam',
            pointer,
            'The panel is narrower than its two seam allowances: nothing of it would be seen.',
            'Correct the seam allowance, or leave it at 0.',
            [Math.min(seam.width, seam.height), 2 * panels.seamAllowance],
          ),
        ]
      : []),
  ];
};
