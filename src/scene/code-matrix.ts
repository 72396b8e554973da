import { render } from 'bwip-js/generic';
import { type Path, PathBuilder } from '../geometry/path.ts';
import type { CodeLayer } from '../model/layers.ts';
import { Problem } from '../model/problem.ts';

/** A code in its own units: one module is 1 wide; linear codes are as high as their box will have them. */
export type CodeMatrix = {
  readonly width: number;
  readonly height: number;
  /** Clear modules that readers need: left, top, right, bottom. */
  readonly quiet: readonly [number, number, number, number];
  readonly linear: boolean;
  /** Dark modules, nonzero-safe (no overlaps). */
  readonly path: Path;
  /** What people read below a linear code. */
  readonly caption: string;
};

type Symbology = CodeLayer['symbology'];

/** Quiet zones in modules: ISO/IEC 18004 (QR 4), 16022 (Data Matrix 1, we keep 2), 15420 (EAN-13 11 and 7, EAN-8 7, UPC-A 9), 15417 (Code 128 10). */
const QUIET: Record<Symbology, readonly [number, number, number, number]> = {
  qr: [4, 4, 4, 4],
  'data-matrix': [2, 2, 2, 2],
  'ean-13': [11, 0, 7, 0],
  'ean-8': [7, 0, 7, 0],
  'upc-a': [9, 0, 9, 0],
  'code-128': [10, 0, 10, 0],
};

const BCID: Record<Symbology, string> = {
  qr: 'qrcode',
  'data-matrix': 'datamatrix',
  'ean-13': 'ean13',
  'ean-8': 'ean8',
  'upc-a': 'upca',
  'code-128': 'code128',
};

/** Nominal height of linear codes in modules, only a unit: the box decides. */
const LINEAR_HEIGHT = 60;

/** Collects what the encoder draws, in module units. Matrix codes come as polygons, linear ones as bars. */
class ModuleCollector {
  readonly #builder = new PathBuilder();
  #width = 0;
  #right = 0;
  #height = 0;
  #linear = false;

  scale(): [number, number] {
    return [1, 1];
  }

  measure(): { width: number; ascent: number; descent: number } {
    return { width: 0, ascent: 0, descent: 0 };
  }

  init(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
  }

  line(x0: number, _y0: number, _x1: number, _y1: number, width: number): void {
    this.#linear = true;
    // A bar of w modules that begins at module m is drawn about x = m + ceil(w / 2).
    const left = x0 - Math.ceil(width / 2);
    this.#right = Math.max(this.#right, left + width);
    this.#builder
      .moveTo(left, 0)
      .lineTo(left + width, 0)
      .lineTo(left + width, LINEAR_HEIGHT)
      .lineTo(left, LINEAR_HEIGHT)
      .close();
  }

  polygon(points: readonly (readonly [number, number])[]): void {
    points.forEach(([x, y], i) => {
      if (i === 0) this.#builder.moveTo(x, y);
      else this.#builder.lineTo(x, y);
    });
    this.#builder.close();
  }

  hexagon(): void {}
  ellipse(): void {}
  fill(): void {}
  text(): void {}

  end(): { path: Path; width: number; height: number; linear: boolean } {
    return this.#linear
      ? { path: this.#builder.finish(), width: this.#right, height: LINEAR_HEIGHT, linear: true }
      : { path: this.#builder.finish(), width: this.#width, height: this.#height, linear: false };
  }
}

/**
 * Encodes a value. Check digits are computed when missing and verified when given.
 * @throws Problem `code.invalid` when the symbology cannot carry the value
 */
export const encodeCode = ({ symbology, value, level }: Pick<CodeLayer, 'symbology' | 'value' | 'level'>, pointer: string): CodeMatrix => {
  const foreign = symbology === 'code-128' ? [...value].find((char) => (char.codePointAt(0) ?? 0) > 127) : undefined;
  if (foreign !== undefined) {
    throw new Problem('code.invalid', `expected only ASCII characters in code-128, got "${foreign}"`, {
      pointer: `${pointer}/value`,
      hint: 'a QR code or a Data Matrix carries any text',
    });
  }
  try {
    const options = { bcid: BCID[symbology], text: value, scale: 1, ...(symbology === 'qr' ? { eclevel: level } : {}) };
    const drawn = render(options, new ModuleCollector());
    return { ...drawn, quiet: QUIET[symbology], caption: value };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^bwipp?\.?[^:]*:\s*/, '').replace(/^[^:]*#\d+:\s*/, '') : String(error);
    throw new Problem('code.invalid', `expected a value that ${symbology} can carry, got ${JSON.stringify(value)}: ${reason}`, {
      pointer: `${pointer}/value`,
      cause: error,
    });
  }
};
