import { readFileSync } from 'node:fs';

/** Whether a process runs. One that has ended and that nobody has waited for yet does not. */
export const isAlive = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
};
