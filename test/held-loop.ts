import { readFileSync } from 'node:fs';

/**
 * For how long a process has computed on its main thread so far, in milliseconds: what holds its event loop. Other
 * programs on the machine do not add to it, as they do to the time that passes. Null where the system does not say.
 */
export function computedMs(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const [onProcessorNs] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
  return Number(onProcessorNs) / 1e6;
}

/** The longest that one of the processes computes during the work. */
export async function longestComputedMs(pids: readonly number[], work: () => Promise<void>): Promise<number> {
  const before = pids.map(computedMs);
  const startedAtMs = performance.now();
  await work();
  const passedMs = performance.now() - startedAtMs;
  return Math.max(...pids.map((pid, index) => (computedMs(pid) ?? passedMs) - (before[index] ?? 0)));
}
