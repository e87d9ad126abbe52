import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process holds of the machine's memory, in MB, with what it shares with others. */
export function residentMb(pid: number): number {
  return Number(tell('rss', pid)) / 1_024;
}

/**
 * What several processes hold together, in MB. Where the system tells (Linux), what they share is counted once; else as
 * often as there are processes.
 */
export function residentTogetherMb(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (process.platform === 'linux' ? shareMb(pid) : residentMb(pid)), 0);
}

export function parentOf(pid: number): number {
  return Number(tell('ppid', pid));
}

function tell(what: 'rss' | 'ppid', pid: number): string {
  return execFileSync('ps', ['-o', `${what}=`, '-p', String(pid)], { encoding: 'utf8' });
}

/** How long processes have used a processor so far, and the children that they have outlived, in ms; null where the system does not tell. */
export function processorTimeMs(pids: readonly number[]): number | null {
  if (process.platform !== 'linux') return null;
  const ticks = pids.flatMap((pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // From the 14th field on, the name in brackets counted as one: user and system time, and the children's.
    return stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 16).map(Number);
  });
  return ticks.reduce((sum, count) => sum + count * msPerTick, 0);
}

const msPerTick = 10;

/** The process' part of what it shares is the page divided by those who share it. */
function shareMb(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss: +(\d+) kB$/m.exec(rollup)![1]) / 1_024;
}
