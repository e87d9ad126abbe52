import { readFileSync } from 'node:fs';

/**
 * Returns the processor time of a process's main thread so far, in milliseconds: the time in which its event loop was
 * busy. Unlike elapsed time, it does not depend on other programs. Null if the system is not Linux.
 */
export function computedMs(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const [onProcessorNs] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
  return Number(onProcessorNs) / 1e6;
}

/** @returns the longest processor time of one of the processes during the work. */
export async function longestComputedMs(pids: readonly number[], work: () => Promise<void>): Promise<number> {
  const before = pids.map(computedMs);
  const startedAtMs = performance.now();
  await work();
  const passedMs = performance.now() - startedAtMs;
  return Math.max(...pids.map((pid, index) => (computedMs(pid) ?? passedMs) - (before[index] ?? 0)));
}
