import { sha256 } from '../../model/digest.ts';
import type { DecodedImage, Resources } from '../../model/resources.ts';
import type { PixelImage } from '../../render/adjust/pixel-image.ts';
import { flatPixels } from '../flat-pixels.ts';
import { cellSize, loadViews, mockupPixels } from '../mockups.ts';
import type { Prepared } from '../prepared.ts';

/** More would be too small on paper to tell one article from another. */
const MOST_PICTURES = 2;
/** 200 dpi on the ticket. */
const WIDTH_PX = 660;

/** What the ticket shows of the order: its first views, or its flat art where the product has no pictures. */
export const ticketPictures = async (prepared: Prepared, resources: Resources): Promise<readonly DecodedImage[]> => {
  if (prepared.look.mistakes.length > 0) return [];
  const { spec } = prepared.resolved;
  const views = (await loadViews(spec, prepared, resources)).slice(0, MOST_PICTURES);
  const pictures: DecodedImage[] = [];
  for (const view of views)
    pictures.push(await mockupPixels(view, spec, prepared, cellSize(spec.mockups, WIDTH_PX), async (picture) => copied(picture)));
  if (pictures.length > 0) return pictures;
  for (const planned of prepared.plan.placements.slice(0, MOST_PICTURES))
    pictures.push(copied(await flatPixels(planned, prepared, WIDTH_PX)));
  return pictures;
};

/** Lent pixels are painted over; a clear background is paper. */
const copied = ({ widthPx, heightPx, rgba }: PixelImage): DecodedImage => {
  const own = Uint8Array.from(rgba);
  return { digest: sha256(own), widthPx, heightPx, hasAlpha: true, rgba: own, jpeg: null, warnings: [] };
};
