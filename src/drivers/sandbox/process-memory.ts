import { readFileSync } from 'node:fs';

export type ProcessMemory = { readonly residentBytes: number; readonly peakBytes: number };

/** Resident memory of another process now and at its highest, from /proc; null where the system has no such files, or the process is gone. */
export const processMemory = (pid: number): ProcessMemory | null => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN);
    const [resident, peak] = [kilobytes('VmRSS'), kilobytes('VmHWM')];
    return Number.isNaN(resident) ? null : { residentBytes: resident * 1024, peakBytes: peak * 1024 };
  } catch {
    return null;
  }
};
