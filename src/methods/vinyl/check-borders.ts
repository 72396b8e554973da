import { inflate, type Rect, unionOf } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import { boundsOfNodes } from '../../scene/bounds.ts';
import type { Scene } from '../../scene/scene.ts';
import { trimRegion } from '../region.ts';
import type { VinylSettings } from './settings.ts';

/** Rounding, mm. */
const SLACK_MM = 0.05;

/** Borders that grow out of the print area and are cut off there, where the art itself is within (`border.clipped`). */
export const checkBorders = (scene: Scene, { borders = [] }: VinylSettings, pointer: string): readonly Finding[] => {
  const art = boundsOfNodes(scene.nodes);
  const widthMm = borders.reduce((sum, one) => sum + one.widthMm, 0);
  if (!art || widthMm === 0) return [];
  const area = trimRegion(scene.area);
  const over = overhang(inflate(art, widthMm), area);
  if (over <= SLACK_MM || overhang(art, area) > SLACK_MM) return [];
  const measured = Math.round(over * 100) / 100;
  return [
    {
      severity: 'warning',
      code: 'border.clipped',
      pointer,
      message: `The borders reach ${measured} mm outside the print area and are cut off there.`,
      hint: 'Make the art smaller, move it inwards, or use narrower borders.',
      measured,
      required: 0,
      unit: 'mm',
    },
  ];
};

const overhang = (box: Rect, area: Rect): number => {
  const all = unionOf(box, area) ?? area;
  return Math.max(area.x - all.x, area.y - all.y, all.x + all.width - area.x - area.width, all.y + all.height - area.y - area.height);
};
