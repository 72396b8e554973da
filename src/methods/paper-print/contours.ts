import { boundsOfPath, isEmptyPath, type Path } from '../../geometry/path.ts';
import { areaOfPath } from '../../geometry/polygons.ts';
import type { Scene } from '../../scene/scene.ts';
import type { MakeContext } from '../method.ts';
import { artOutline, cutAround } from './art-outline.ts';
import type { PaperPrintSettings } from './settings.ts';

/** Cuts that were not drawn but follow from the product or the art, mm of the trim box. */
export type Contours = { readonly cut: Path | null; readonly kiss: Path | null };

type Asked = Pick<PaperPrintSettings, 'cutContour' | 'kissContour' | 'cutOffset' | 'kissToCut' | 'cutGap' | 'cutRadius'>;

/** The contours that the settings ask for. Around the same art the through cut keeps its distance from the kiss cut. */
export const contoursFor = async (scene: Scene, asked: Asked, context: MakeContext): Promise<Contours> => {
  const kissed = asked.kissContour === 'art';
  const art = kissed || asked.cutContour === 'art' ? await artOutline(scene, context) : null;
  const around = (offsetMm: number): Path | null => {
    const path = art && cutAround(art, offsetMm, asked.cutGap, asked.cutRadius);
    return path && !isEmptyPath(path) ? path : null;
  };
  return {
    cut: asked.cutContour === 'art' ? around(kissed ? asked.cutOffset + asked.kissToCut : asked.cutOffset) : trimContour(scene, asked),
    kiss: asked.kissContour === 'trim' ? scene.area.trim : kissed ? around(asked.cutOffset) : null,
  };
};

/** The finished outline where it is to be cut: by default only one that a guillotine cannot make. */
export const trimContour = ({ area }: Scene, { cutContour }: Pick<Asked, 'cutContour'>): Path | null =>
  cutContour === 'trim' || (cutContour === 'auto' && !isRectangle(area.trim)) ? area.trim : null;

/** Whether straight cuts across the sheet make the outline. */
export const isRectangle = (path: Path): boolean => {
  const box = boundsOfPath(path);
  return box === null || areaOfPath(path) > box.width * box.height - 0.01;
};
