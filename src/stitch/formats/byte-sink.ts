import { Problem } from '../../model/problem.ts';

/** Bytes in the making. Numbers are cut to their width; what does not fit is the caller's mistake and refused. */
export type ByteSink = {
  /** Bytes so far. */
  readonly length: () => number;
  readonly byte: (...values: readonly number[]) => void;
  readonly fill: (value: number, times: number) => void;
  readonly u16le: (value: number) => void;
  readonly u32le: (value: number) => void;
  readonly u16be: (value: number) => void;
  readonly u32be: (value: number) => void;
  readonly f32le: (value: number) => void;
  /** One byte for each character; characters above 255 become "?". */
  readonly latin: (text: string) => void;
  readonly bytes: (data: Uint8Array) => void;
  /** Fills in a 32-bit number for which room was left at `at`. */
  readonly patchU32: (at: number, value: number, order: 'le' | 'be') => void;
  readonly done: () => Uint8Array;
};

export const openByteSink = (): ByteSink => {
  let data = new Uint8Array(1024);
  let view = new DataView(data.buffer);
  let end = 0;
  const room = (size: number): number => {
    const at = end;
    end += size;
    if (end > data.length) {
      const wider = new Uint8Array(Math.max(end, data.length * 2));
      wider.set(data);
      data = wider;
      view = new DataView(data.buffer);
    }
    return at;
  };
  const whole = (value: number, low: number, high: number): number => {
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new Problem('stitches.too-large', `expected a number from ${low} to ${high} for a field of a stitch file, got ${value}`);
  };
  /** Room first: it may put another view in place. */
  const put = (size: number, write: (view: DataView, at: number) => void): void => {
    const at = room(size);
    write(view, at);
  };
  const u16 = (value: number, little: boolean): void => {
    const fit = whole(value, -0x8000, 0xffff);
    put(2, (into, at) => into.setUint16(at, fit, little));
  };
  const u32 = (value: number, little: boolean): void => {
    const fit = whole(value, -0x80000000, 0xffffffff);
    put(4, (into, at) => into.setUint32(at, fit, little));
  };
  const byte = (...values: readonly number[]): void => {
    for (const value of values) {
      const fit = whole(value, -0x80, 0xff);
      const at = room(1);
      data[at] = fit & 0xff;
    }
  };
  return {
    length: () => end,
    byte,
    fill: (value, times) => {
      const at = room(times);
      data.fill(value, at, at + times);
    },
    u16le: (value) => u16(value, true),
    u32le: (value) => u32(value, true),
    u16be: (value) => u16(value, false),
    u32be: (value) => u32(value, false),
    f32le: (value) => put(4, (into, at) => into.setFloat32(at, value, true)),
    latin: (text) => {
      for (const sign of text) {
        const code = sign.codePointAt(0) ?? 0;
        byte(code > 0xff ? 0x3f : code);
      }
    },
    bytes: (more) => {
      const at = room(more.length);
      data.set(more, at);
    },
    patchU32: (at, value, order) => view.setUint32(at, whole(value, 0, 0xffffffff), order === 'le'),
    done: () => data.slice(0, end),
  };
};
