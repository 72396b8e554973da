import { Kernel } from './kernel.ts';

/** Kernels kept warm between renders, and the most memory one of them may keep. */
const MAX_IDLE = 2;
const MAX_IDLE_BYTES = 256 * 1024 * 1024;

const idle: Kernel[] = [];

/**
 * Runs `work` with a kernel of its own. Kernels hold no state between renders, only memory whose pages are already mapped; mapping fresh
 * pages costs as much as the drawing itself, which is why they are kept.
 */
export const withKernel = async <T>(work: (kernel: Kernel) => Promise<T>): Promise<T> => {
  const kernel = idle.pop() ?? new Kernel();
  try {
    return await work(kernel);
  } finally {
    kernel.release();
    if (idle.length < MAX_IDLE && kernel.heldBytes <= MAX_IDLE_BYTES) idle.push(kernel);
  }
};
