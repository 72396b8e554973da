import { initializeCanvas, type Layer, type Psd, writePsdUint8Array } from 'ag-psd';

export type Rgba = readonly [number, number, number, number];
export type Paint = (x: number, y: number) => Rgba;

initializeCanvas(
  () => {
    throw new Error('no canvas here');
  },
  (width, height) => ({ width, height, colorSpace: 'srgb' as const, data: new Uint8ClampedArray(width * height * 4) }),
);

/** Straight RGBA bytes of a function of the pixel's column and row. */
export const paint = (width: number, height: number, at: Paint) => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i += 1) data.set(at(i % width, Math.floor(i / width)), i * 4);
  return { width, height, data };
};

export const pictureLayer = (name: string, width: number, height: number, at: Paint, more: Layer = {}): Layer => ({
  name,
  left: 0,
  top: 0,
  right: width,
  bottom: height,
  imageData: paint(width, height, at),
  ...more,
});

const ID = '20953ddb-9391-11ec-b4f1-c15674f50bc4';

/** A smart object whose own preview is plain magenta: none of it may reach a mockup. */
export const smartLayer = (
  name: string,
  size: { readonly width: number; readonly height: number },
  quad: readonly number[],
  content: { readonly width: number; readonly height: number },
  more: Layer = {},
  placed: Partial<NonNullable<Layer['placedLayer']>> = {},
): Layer =>
  pictureLayer(name, size.width, size.height, () => [255, 0, 255, 255], {
    placedLayer: { id: ID, placed: ID, type: 'raster', transform: [...quad], ...content, ...placed },
    ...more,
  });

export const psdBytes = (width: number, height: number, children: Layer[], more: Partial<Psd> = {}): Uint8Array =>
  writePsdUint8Array({ width, height, children, ...more });
