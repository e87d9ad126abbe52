import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @returns the resident memory of a process in MB, including shared memory. */
export function residentMb(pid: number): number {
  return Number(psColumn('rss', pid)) / 1_024;
}

/**
 * Returns the memory of several processes together, in MB. On Linux, shared memory counts once; elsewhere it counts for
 * each process.
 */
export function residentTogetherMb(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (process.platform === 'linux' ? shareMb(pid) : residentMb(pid)), 0);
}

export function parentOf(pid: number): number {
  return Number(psColumn('ppid', pid));
}

function psColumn(column: 'rss' | 'ppid', pid: number): string {
  return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' });
}

/** @returns the processor time of processes and their exited children, in ms; null if the system is not Linux. */
export function processorTimeMs(pids: readonly number[]): number | null {
  if (process.platform !== 'linux') return null;
  const ticks = pids.flatMap((pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields 14 to 17: user and system time of the process, and of its exited children. The name in brackets is one field.
    return stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 16).map(Number);
  });
  return ticks.reduce((sum, count) => sum + count * msPerTick, 0);
}

const msPerTick = 10;

/** @returns the proportional set size in MB: a shared page counts divided by the number of processes that share it. */
function shareMb(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss: +(\d+) kB$/m.exec(rollup)![1]) / 1_024;
}
