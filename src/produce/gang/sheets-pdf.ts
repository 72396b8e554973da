import { multiply, scaling } from '../../geometry/affine.ts';
import { rectPath } from '../../geometry/path.ts';
import { rectOf } from '../../geometry/point.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { pageBoxes } from '../../render/pdf/page-boxes.ts';
import { writePdf } from '../../render/pdf/write-pdf.ts';
import type { SceneNode } from '../../scene/scene.ts';
import { sheetScene } from '../../scene/sheet-scene.ts';
import type { GangCopies, MeasuredJob } from './gang-job.ts';
import { blockMap } from './gang-label.ts';
import type { GangLayout } from './gang-sheet.ts';

/** White art must be seen on paper too. */
const FILM = { space: 'srgb', r: 0.84, g: 0.86, b: 0.89 } as const;

/** All sheets at true size, one on each page: placed pictures, labels and marks, for eyes and for the bench; pictures at proof resolution. */
export const sheetsPdf = (
  sheets: readonly GangLayout[],
  labels: readonly (readonly SceneNode[])[],
  copies: GangCopies,
  { date, signal }: { readonly date: string; readonly signal: AbortSignal },
): Promise<Uint8Array> => {
  const jobs = new Map([...copies.values()].map(({ job }) => [job.id, job]));
  const pixelsOf = (id: string): DecodedImage => {
    const job = jobs.get(id);
    if (!job) throw new RangeError(`expected a picture of the gang, got ${id}`);
    return { digest: id, ...job.thumb, hasAlpha: true, jpeg: null, warnings: [] };
  };
  const pages = sheets.map((layout, i) => {
    const art = layout.places.flatMap((place) => {
      const job = copies.get(place.id)?.job;
      return job ? [pictureNode(job, blockMap(place))] : [];
    });
    const scene = sheetScene([filmNode(layout), ...art, ...(labels[i] ?? [])], layout.widthMm, layout.heightMm);
    return { scene, boxes: pageBoxes(scene.area, 0), marks: null, mirror: false };
  });
  return writePdf({ pages, colour: { mode: 'rgb' }, title: 'Gang sheets', date: `${date}T00:00:00Z`, creator: 'Platen' }, pixelsOf, signal);
};

const filmNode = ({ widthMm, heightMm }: GangLayout): SceneNode => ({
  kind: 'path',
  pointer: '',
  path: rectPath(rectOf(0, 0, widthMm, heightMm)),
  fillRule: 'nonzero',
  fill: { kind: 'solid', colour: FILM },
  stroke: null,
});

const pictureNode = ({ id, thumb, widthMm, heightMm }: MeasuredJob, map: ReturnType<typeof blockMap>): SceneNode => ({
  kind: 'raster',
  pointer: '',
  image: { digest: id, widthPx: thumb.widthPx, heightPx: thumb.heightPx, hasAlpha: true },
  source: rectOf(0, 0, thumb.widthPx, thumb.heightPx),
  at: multiply(map, scaling(widthMm, heightMm)),
  adjust: [],
  interpolation: 'smooth',
});
