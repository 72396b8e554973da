/** A count with its noun, "1 row" or "1,200 rows". `many`: where an s at the end is not enough. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${count === 1 ? one : many}`;
