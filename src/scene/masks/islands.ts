/** Numbers the connected parts (four neighbours) of what `inside` holds: 0 is outside. `sizes[n]` is the pixel count of part n. */
export const islandsOf = (inside: Uint8Array, width: number): { readonly labels: Int32Array; readonly sizes: readonly number[] } => {
  const labels = new Int32Array(inside.length);
  const sizes: number[] = [0];
  const stack: number[] = [];
  for (let start = 0; start < inside.length; start += 1) {
    if (!inside[start] || labels[start]) continue;
    const label = sizes.length;
    let size = 0;
    stack.push(start);
    labels[start] = label;
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      size += 1;
      const x = i % width;
      for (const next of [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width]) {
        if (next < 0 || !inside[next] || labels[next]) continue;
        labels[next] = label;
        stack.push(next);
      }
    }
    sizes.push(size);
  }
  return { labels, sizes };
};

/** Empties parts smaller than `share` of the largest one: dust and far-off specks. Writes into `inside`. */
export const dropSpecks = (inside: Uint8Array, width: number, share: number): void => {
  const { labels, sizes } = islandsOf(inside, width);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  for (let i = 0; i < inside.length; i += 1) if ((sizes[labels[i] ?? 0] ?? 0) < share * largest) inside[i] = 0;
};

/** Fills what is enclosed and smaller than `share` of all that is inside: a mouth, a pattern, a gap that nobody would cut. Writes into `inside`. */
export const fillGaps = (inside: Uint8Array, width: number, share: number): void => {
  const { labels, sizes } = islandsOf(
    inside.map((v) => 1 - v),
    width,
  );
  const open = new Set<number>();
  for (let i = 0; i < labels.length; i += 1) {
    const x = i % width;
    if (x === 0 || x === width - 1 || i < width || i >= labels.length - width) open.add(labels[i] ?? 0);
  }
  const most = share * inside.reduce((sum, v) => sum + v, 0);
  for (let i = 0; i < inside.length; i += 1) {
    const label = labels[i] ?? 0;
    if (label > 0 && !open.has(label) && (sizes[label] ?? 0) < most) inside[i] = 1;
  }
};
