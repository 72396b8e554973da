import type { LatticeBlock, LatticeBox } from './lattice.ts';

export const PEC_PICTURE = { width: 48, height: 38, stride: 6 } as const;

type Picture = { readonly bits: Uint8Array; readonly dot: (x: number, y: number) => void };

const openPicture = (): Picture => {
  const bits = new Uint8Array(PEC_PICTURE.stride * PEC_PICTURE.height);
  return {
    bits,
    dot: (x, y) => {
      const at = y * PEC_PICTURE.stride + (x >> 3);
      bits[at] = (bits[at] ?? 0) | (1 << (x & 7));
    },
  };
};

/** The frame that machines expect round the picture: one dot wide, corners cut. */
const drawFrame = ({ dot }: Picture): void => {
  const { width, height } = PEC_PICTURE;
  for (let x = 4; x < width - 4; x += 1) for (const y of [1, height - 2]) dot(x, y);
  for (let y = 4; y < height - 4; y += 1) for (const x of [1, width - 2]) dot(x, y);
  for (const corner of [2, 3]) {
    const x = 5 - corner;
    for (const at of [x, width - 1 - x]) for (const y of [corner, height - 1 - corner]) dot(at, y);
  }
};

/** A straight row of dots, ends included. */
const drawLine = ({ dot }: Picture, x0: number, y0: number, x1: number, y1: number): void => {
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))));
  for (let step = 0; step <= steps; step += 1) {
    dot(Math.round(x0 + ((x1 - x0) * step) / steps), Math.round(y0 + ((y1 - y0) * step) / steps));
  }
};

/**
 * Blocks as a picture of 48x38 dots, one bit each, the leftmost the lowest bit: what a machine's display shows. `margin` is the room between
 * the edge and the design, dots.
 */
export const pecPicture = (blocks: readonly LatticeBlock[], box: LatticeBox, margin: number): Uint8Array => {
  const picture = openPicture();
  drawFrame(picture);
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  const [roomX, roomY] = [PEC_PICTURE.width - 1 - 2 * margin, PEC_PICTURE.height - 1 - 2 * margin];
  const scale = Math.min(wide > 0 ? roomX / wide : Number.POSITIVE_INFINITY, high > 0 ? roomY / high : Number.POSITIVE_INFINITY, 1);
  const x = (value: number): number => (PEC_PICTURE.width - 1) / 2 + (value - (box.left + box.right) / 2) * scale;
  const y = (value: number): number => (PEC_PICTURE.height - 1) / 2 + (value - (box.top + box.bottom) / 2) * scale;
  for (const { runs } of blocks) {
    for (const { points } of runs) {
      for (let i = 0; i + 1 < points.length; i += 2) {
        const from = Math.max(0, i - 2);
        drawLine(picture, x(points[from] ?? 0), y(points[from + 1] ?? 0), x(points[i] ?? 0), y(points[i + 1] ?? 0));
      }
    }
  }
  return picture.bits;
};
