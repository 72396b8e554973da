import type { Appearance, AppearanceRequest } from '../render/appearance.ts';

const SQUARE_MM = 20;
const LINE_MM = 1;

type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const FRAME: Rgb = [214, 40, 40];
const MIDDLE: Rgb = [20, 20, 20];

/** Squares change from blue to orange from left to right and get lighter from top to bottom, so that a crop shows where it is from. */
const squareColour = (across: number, down: number): Rgb => {
  const light = 0.55 + 0.45 * down;
  return [Math.round((30 + 200 * across) * light), Math.round((90 + 50 * across) * light), Math.round((200 - 170 * across) * light)];
};

const colourAt = (x: number, y: number, width: number, height: number): Rgb | null => {
  if (x < 0 || y < 0 || x > width || y > height) return null;
  if (Math.min(x, y, width - x, height - y) < LINE_MM) return FRAME;
  if (Math.abs(x - width / 2) < LINE_MM / 2 || Math.abs(y - height / 2) < LINE_MM / 2) return MIDDLE;
  const column = Math.floor(x / SQUARE_MM);
  const row = Math.floor(y / SQUARE_MM);
  return (column + row) % 2 === 0 ? squareColour(x / width, y / height) : WHITE;
};

/**
 * A test print for any placement: squares of 20 mm from the top left corner of the trim, a red line of 1 mm inside its edge, black lines
 * through its middle, nothing outside. What a view does with it shows its scale, its seams and where its trim lies.
 */
export const calibrationGrid = ({ region, widthPx, heightPx }: AppearanceRequest, process: Appearance['process'] = 'ink'): Appearance => {
  const [width, height] = [region.width + 2 * region.x, region.height + 2 * region.y];
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  for (let row = 0; row < heightPx; row += 1) {
    const y = region.y + ((row + 0.5) / heightPx) * region.height;
    for (let column = 0; column < widthPx; column += 1) {
      const colour = colourAt(region.x + ((column + 0.5) / widthPx) * region.width, y, width, height);
      if (colour) rgba.set([...colour, 255], (row * widthPx + column) * 4);
    }
  }
  return { process, region, widthPx, heightPx, rgba };
};
