import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../../../src/render/kernel/kernel.ts';
import { withKernel } from '../../../src/render/kernel/kernel-pool.ts';

describe('the pixel kernel', () => {
  it('is committed as its source compiles', () => {
    expect(() => execFileSync('node', ['scripts/build-kernel.mjs', '--check'], { stdio: 'pipe' })).not.toThrow();
  });

  it('hands out aligned memory, grows, and takes it back', () => {
    const kernel = new Kernel();
    const first = kernel.reserve(3);
    const mark = kernel.mark();
    const second = kernel.reserve(10_000_000);
    expect([first % 16, second % 16, second > first]).toEqual([0, 0, true]);
    kernel.bytes[second + 9_999_999] = 7;
    const held = kernel.heldBytes;
    kernel.release(mark);
    expect(kernel.reserve(10_000_000)).toBe(second);
    expect(kernel.heldBytes).toBe(held);
    kernel.release();
    expect(kernel.reserve(1)).toBe(first);
  });

  it('says so when memory is out, and goes on', () => {
    const kernel = new Kernel();
    expect(() => kernel.reserve(5 * 1024 ** 3)).toThrow('expected less than 4 GiB');
    const at = kernel.reserve(64);
    kernel.bytes[at] = 1;
    expect(kernel.bytes[at]).toBe(1);
  });

  it('undoes its own premultiplication for opaque and clear pixels, and nearly for the rest', () => {
    const kernel = new Kernel();
    const at = kernel.reserve(256 * 4);
    const straight = Uint8Array.from({ length: 1024 }, (_, i) => (i % 4 === 3 ? i >> 2 : (i * 37) % 256));
    kernel.bytes.set(straight, at);
    kernel.calls.premultiply(at, 256);
    for (let alpha = 0; alpha < 256; alpha++) {
      for (let c = 0; c < 3; c++) {
        const exact = Math.round(((straight[alpha * 4 + c] ?? 0) * alpha) / 255);
        expect(kernel.bytes[at + alpha * 4 + c]).toBe(exact);
      }
    }
    kernel.calls.unpremultiply(at, 256);
    for (let alpha = 1; alpha < 256; alpha++) {
      const error = Math.abs((kernel.bytes[at + alpha * 4] ?? 0) - (straight[alpha * 4] ?? 0));
      expect(error).toBeLessThanOrEqual(alpha === 255 ? 0 : 128 / alpha + 1);
    }
  });

  it('is lent to one user at a time and used again', async () => {
    const seen: Kernel[] = [];
    await Promise.all([withKernel(async (kernel) => seen.push(kernel)), withKernel(async (kernel) => seen.push(kernel))]);
    expect(seen[0]).not.toBe(seen[1]);
    await withKernel(async (kernel) => expect(seen).toContain(kernel));
  });
});
