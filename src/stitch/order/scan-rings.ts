/** Rows of a grid: `x0`, `y0` its corner, `step` the side of a cell, all in mm. */
export type GridFrame = {
  readonly x0: number;
  readonly y0: number;
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
};

/**
 * Calls back with the spans of cells whose middles the rings fill (nonzero): row, first column, column after the last. Rings are x, y in
 * turn and closed; spans are cut to the frame.
 */
export const scanRings = (
  rings: readonly Float64Array[],
  frame: GridFrame,
  span: (row: number, from: number, to: number) => void,
): void => {
  const rows = crossingsOf(rings, frame);
  const { x0, step, columns } = frame;
  const columnOf = (x: number): number => Math.min(columns, Math.max(0, Math.ceil((x - x0) / step - 0.5)));
  rows.forEach((crossings, row) => {
    if (!crossings) return;
    crossings.sort((a, b) => a.x - b.x);
    let winding = 0;
    let from = 0;
    for (const { x, way } of crossings) {
      const was = winding;
      winding += way;
      if (was === 0) from = columnOf(x);
      else if (winding === 0) {
        const to = columnOf(x);
        if (to > from) span(row, from, to);
      }
    }
  });
};

type Crossing = { readonly x: number; readonly way: 1 | -1 };

const crossingsOf = (rings: readonly Float64Array[], { y0, step, rows: count }: GridFrame): readonly (Crossing[] | undefined)[] => {
  const rows = new Array<Crossing[] | undefined>(count).fill(undefined);
  for (const ring of rings) {
    let [ax, ay] = [ring[ring.length - 2] ?? 0, ring[ring.length - 1] ?? 0];
    for (let i = 0; i + 1 < ring.length; i += 2) {
      const [bx, by] = [ring[i] ?? 0, ring[i + 1] ?? 0];
      const [top, bottom] = ay < by ? [ay, by] : [by, ay];
      const first = Math.max(0, Math.ceil((top - y0) / step - 0.5));
      const end = Math.min(count, Math.ceil((bottom - y0) / step - 0.5));
      for (let row = first; row < end; row += 1) {
        const y = y0 + (row + 0.5) * step;
        let list = rows[row];
        if (!list) {
          list = [];
          rows[row] = list;
        }
        list.push({ x: ax + ((y - ay) / (by - ay)) * (bx - ax), way: by > ay ? 1 : -1 });
      }
      [ax, ay] = [bx, by];
    }
  }
  return rows;
};
