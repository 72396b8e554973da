import { pause } from '../raster/pause.ts';
import { RowFilter, type RowSink } from './filter-rows.ts';
import { layThreads, type ThreadRows } from './lay-threads.ts';
import type { SubGrid } from './sub-grid.ts';
import type { ThreadList } from './thread-list.ts';

/** Fine pixels laid at a time: what the caches of a processor hold. */
const AT_A_TIME = 1 << 18;

/** Writes what fine pixel `column` shows into `out` at `at`: thread `n`, at (x, y) mm, `height` mm above the cloth. */
export type ThreadPainter = (n: number, x: number, y: number, height: number, out: Float32Array, at: number) => void;

/** Paints what is seen of the threads, filtered to whole pixels, row by row from the top; memory does not grow with the picture. */
export const paintThreads = async (
  list: ThreadList,
  grid: SubGrid,
  channels: number,
  paint: ThreadPainter,
  sink: RowSink,
  signal: AbortSignal,
): Promise<void> => {
  const { columns, left, stepX, stepY } = grid;
  const some = Math.max(1, Math.min(grid.rows, Math.floor(AT_A_TIME / columns)));
  const [seen, height] = [new Int32Array(some * columns), new Float32Array(some * columns)];
  const pixels = new Float32Array(columns * channels);
  const filter = new RowFilter(grid, channels, sink);
  for (let top = 0; top < grid.rows; top += some) {
    await pause(signal);
    const strip: ThreadRows = { top, rows: Math.min(some, grid.rows - top), seen, height };
    layThreads(list, grid, strip);
    for (let row = 0; row < strip.rows; row += 1) {
      const y = grid.top + (top + row) * stepY;
      let empty = true;
      for (let column = 0, at = row * columns; column < columns; column += 1, at += 1) {
        const n = seen[at] ?? -1;
        if (n < 0) continue;
        if (empty) pixels.fill(0);
        empty = false;
        paint(n, left + column * stepX, y, height[at] ?? 0, pixels, column * channels);
      }
      filter.add(top + row, empty ? null : pixels);
    }
  }
};
