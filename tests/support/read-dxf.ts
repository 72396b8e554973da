import { createRequire } from 'node:module';
import type { IDxf, IEntity, IPolylineEntity } from 'dxf-parser';

/** What the package exports is the class itself, whatever its types say. */
const DxfParser: typeof import('dxf-parser').DxfParser = createRequire(import.meta.url)('dxf-parser');

/** A drawing as a reader sees it that shares no code with the writer. */
export const readDxf = (data: Uint8Array): IDxf => {
  const dxf = new DxfParser().parseSync(new TextDecoder().decode(data));
  if (!dxf) throw new Error('the reader found no drawing');
  return dxf;
};

const isPolyline = (entity: IEntity): entity is IPolylineEntity => entity.type === 'POLYLINE';

export type DxfLine = { readonly layer: string; readonly closed: boolean; readonly points: readonly (readonly [x: number, y: number])[] };

/** The polylines in file order. */
export const linesOfDxf = ({ entities }: IDxf): readonly DxfLine[] =>
  entities.filter(isPolyline).map(({ layer, shape, vertices }) => ({
    layer,
    closed: shape,
    points: vertices.map(({ x, y }) => [x ?? 0, y ?? 0] as const),
  }));

/** What a closed line encloses, in its unit squared; negative when it runs clockwise. */
export const areaOfPoints = (points: DxfLine['points']): number =>
  points.reduce((sum, [ax, ay], i) => {
    const [bx, by] = points[(i + 1) % points.length] ?? [0, 0];
    return sum + ax * by - ay * bx;
  }, 0) / 2;
