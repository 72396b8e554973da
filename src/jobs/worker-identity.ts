import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { sha256 } from '../model/digest.ts';

/**
 * A name for a worker that says where it lives: `w_<host>_<pid>_<start>_<random>`. `host` is a digest of the host's name, this boot of
 * it and the process namespace; pid and start time together name one process, since pids are used again.
 */
export const newWorkerId = (): string => `w_${hostMark()}_${process.pid}_${startOf(process.pid) ?? 0}_${randomBytes(3).toString('hex')}`;

/**
 * Whether a worker is known to be gone: it lived in this same process namespace, and no such process is there now. False means that
 * nobody here can tell, then its lease decides.
 */
export const isDeadHere = (workerId: string): boolean => {
  const [, host, pidText, start] = /^w_([0-9a-f]{16})_(\d+)_(\d+)_[0-9a-f]{6}$/.exec(workerId) ?? [];
  if (host !== hostMark()) return false;
  const pid = Number(pidText);
  if (!isAlive(pid)) return true;
  const now = startOf(pid);
  return now !== undefined && start !== '0' && now !== start;
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user answers EPERM.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const hostMark = (): string => {
  const boot = orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const namespace = orEmpty(() => readlinkSync('/proc/self/ns/pid'));
  return sha256(`${hostname()}\n${boot}\n${namespace}`).slice(0, 16);
};

/** Clock ticks after boot, field 22 of /proc/PID/stat; undefined where the system has no such file. A killed process that nobody has waited for counts as gone. */
const startOf = (pid: number): string | undefined => {
  const fields = orEmpty(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? 'gone' : fields[19];
};

const orEmpty = (read: () => string): string => {
  try {
    return read();
  } catch {
    return '';
  }
};
