import { requireFinitePath } from './flatten.ts';
import { COORDS_PER_VERB, EMPTY_PATH, forEachStep, type Path, PathBuilder } from './path.ts';
import { arcToCubics } from './svg-arc.ts';

const LETTERS: readonly string[] = ['M', 'L', 'C', 'Z'];

const formatLattice = (value: number): string => {
  if (!Number.isFinite(value)) throw new RangeError(`expected finite coordinates for path text, got ${value}`);
  const thousandths = Math.round(Math.abs(value) * 1000);
  const whole = Math.floor(thousandths / 1000);
  const rest = thousandths - whole * 1000;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`;
  return `${value < 0 && thousandths > 0 ? '-' : ''}${whole}${fraction}`;
};

/**
 * The path as SVG path data: absolute M, L, C and Z, numbers rounded to 0.001 without trailing zeros.
 * The same path always gives the same text. Throws RangeError when a coordinate is not finite.
 */
export const pathToSvg = (path: Path): string => {
  const parts: string[] = [];
  forEachStep(path, (verb, at) => {
    let part = LETTERS[verb] ?? '';
    const count = COORDS_PER_VERB[verb] ?? 0;
    for (let i = 0; i < count; i++) part += `${i === 0 ? '' : ' '}${formatLattice(path.coords[at + i] ?? 0)}`;
    parts.push(part);
  });
  return parts.join('');
};

/** How many arguments each command takes. */
const ARGUMENTS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };

/** Walks the text of path data; every complaint names the offset (from 0) and what was expected there. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    this.#skipSpace();
    return this.#at >= this.#text.length;
  }

  fail(expected: string): never {
    const found = this.#text[this.#at];
    throw new RangeError(`expected ${expected} at offset ${this.#at} of path data, got ${found === undefined ? 'the end' : `"${found}"`}`);
  }

  /** The next command letter, or null when a number stands there. */
  command(): string | null {
    this.#skipSpace();
    const letter = this.#text[this.#at] ?? '';
    if (letter.toUpperCase() in ARGUMENTS) {
      this.#at += 1;
      return letter;
    }
    return null;
  }

  /** True when another set of arguments follows without its letter. */
  hasMore(): boolean {
    this.#skipSpace();
    return /[-+.\d,]/.test(this.#text[this.#at] ?? '');
  }

  number(afterComma: boolean): number {
    this.#skipSeparator(afterComma);
    const pattern = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) return this.fail('a number');
    const value = Number(match[0]);
    if (!Number.isFinite(value)) return this.fail('a finite number');
    this.#at = pattern.lastIndex;
    return value;
  }

  /** A single 0 or 1, which needs nothing between it and its neighbours. */
  flag(): number {
    this.#skipSeparator(true);
    const digit = this.#text[this.#at];
    if (digit !== '0' && digit !== '1') return this.fail('an arc flag, 0 or 1,');
    this.#at += 1;
    return Number(digit);
  }

  #skipSeparator(comma: boolean): void {
    this.#skipSpace();
    if (!comma || this.#text[this.#at] !== ',') return;
    this.#at += 1;
    this.#skipSpace();
  }

  #skipSpace(): void {
    while (' \t\n\f\r'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }
}

/** The pen of SVG path data: turns commands into the four verbs. */
class Pen {
  readonly #out = new PathBuilder();
  #x = 0;
  #y = 0;
  #startX = 0;
  #startY = 0;
  /** Last control point, mirrored by S (after C, S) and T (after Q, T). */
  #controlX = 0;
  #controlY = 0;
  #previous = '';
  #open = false;

  finish(): Path {
    return this.#out.finish();
  }

  run(letter: string, args: readonly number[]): void {
    const command = letter.toUpperCase();
    const [dx, dy] = letter === command ? [0, 0] : [this.#x, this.#y];
    if (command !== 'M' && command !== 'Z' && !this.#open) this.#begin(this.#startX, this.#startY);
    this.#draw(command, args, dx, dy);
    this.#previous = command;
  }

  #draw(command: string, [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0]: readonly number[], dx: number, dy: number): void {
    if (command === 'M') this.#begin(a + dx, b + dy);
    else if (command === 'L') this.#line(a + dx, b + dy);
    else if (command === 'H') this.#line(a + dx, this.#y);
    else if (command === 'V') this.#line(this.#x, a + dy);
    else if (command === 'C') this.#cubic(a + dx, b + dy, c + dx, d + dy, e + dx, f + dy);
    else if (command === 'S') this.#cubic(this.#mirrorX('CS'), this.#mirrorY('CS'), a + dx, b + dy, c + dx, d + dy);
    else if (command === 'Q') this.#quadratic(a + dx, b + dy, c + dx, d + dy);
    else if (command === 'T') this.#quadratic(this.#mirrorX('QT'), this.#mirrorY('QT'), a + dx, b + dy);
    else if (command === 'A') this.#arc(a, b, c, d === 1, e === 1, f + dx, g + dy);
    else this.#close();
  }

  #begin(x: number, y: number): void {
    this.#out.moveTo(x, y);
    [this.#startX, this.#startY, this.#open] = [x, y, true];
    this.#goTo(x, y);
  }

  #line(x: number, y: number): void {
    this.#out.lineTo(x, y);
    this.#goTo(x, y);
  }

  #cubic(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.#out.cubicTo(x1, y1, x2, y2, x, y);
    this.#goTo(x, y);
    [this.#controlX, this.#controlY] = [x2, y2];
  }

  #quadratic(cx: number, cy: number, x: number, y: number): void {
    this.#out.quadraticTo(cx, cy, x, y);
    this.#goTo(x, y);
    [this.#controlX, this.#controlY] = [cx, cy];
  }

  #arc(rx: number, ry: number, turnDeg: number, large: boolean, sweep: boolean, x: number, y: number): void {
    arcToCubics(this.#out, { x: this.#x, y: this.#y }, { rx, ry, turnDeg, large, sweep }, { x, y });
    this.#goTo(x, y);
  }

  #close(): void {
    if (this.#open) this.#out.close();
    this.#open = false;
    this.#goTo(this.#startX, this.#startY);
  }

  #goTo(x: number, y: number): void {
    [this.#x, this.#y] = [x, y];
  }

  #mirrorX(after: string): number {
    return this.#previous !== '' && after.includes(this.#previous) ? 2 * this.#x - this.#controlX : this.#x;
  }

  #mirrorY(after: string): number {
    return this.#previous !== '' && after.includes(this.#previous) ? 2 * this.#y - this.#controlY : this.#y;
  }
}

const readArguments = (reader: Reader, command: string, repeated: boolean): number[] => {
  const args: number[] = [];
  const count = ARGUMENTS[command] ?? 0;
  for (let i = 0; i < count; i++) {
    const isFlag = command === 'A' && (i === 3 || i === 4);
    args.push(isFlag ? reader.flag() : reader.number(repeated || i > 0));
  }
  return args;
};

/** Arguments after a first M go on as L: the SVG rule for sets without their own letter. */
const implied = (letter: string): string => (letter === 'M' ? 'L' : letter === 'm' ? 'l' : letter);

/**
 * Reads SVG 2 path data (all twenty commands, arcs, implied repeats). Quadratics and arcs become cubics; a draw after Z starts a new
 * sub-path at the old start. Empty text is an empty path. Throws RangeError naming the offset and what was expected there.
 */
export const pathFromSvg = (d: string): Path => {
  const reader = new Reader(d);
  if (reader.done) return EMPTY_PATH;
  const pen = new Pen();
  let first = true;
  while (!reader.done) {
    let letter = reader.command();
    if (letter === null) return reader.fail('a path command');
    if (first && letter.toUpperCase() !== 'M') throw new RangeError(`expected path data to begin with M or m, got "${letter}"`);
    first = false;
    pen.run(letter, readArguments(reader, letter.toUpperCase(), false));
    while (letter.toUpperCase() !== 'Z' && reader.hasMore()) {
      letter = implied(letter);
      pen.run(letter, readArguments(reader, letter.toUpperCase(), true));
    }
  }
  const path = pen.finish();
  // Numbers that are finite one by one can still overflow together.
  requireFinitePath(path);
  return path;
};
