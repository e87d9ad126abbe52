import { setTimeout as delay } from 'node:timers/promises';

/** The live memory and the start time of a process, as it reports them at `/metrics`. */
interface Reading {
  readonly liveMb: number;
  readonly startedAt: number;
}

export interface MemoryReport {
  readonly line: string;
  readonly faults: readonly string[];
}

const intervalMs = 500;

/**
 * A process that leaks memory with each request has more live memory in the last third of the time than in the second;
 * the caches of documents and plans are full by then. A reading is what is left after a full garbage collection, so
 * garbage does not count as growth. A leak of 3 MB a second is found within a minute, one of 0.6 MB within five.
 */
const maxGrowthMb = 64;

/** Reads the memory of processes until it is stopped. Processes that do not report it are left out. */
export function watchMemory(origins: Readonly<Record<string, string>>): () => Promise<MemoryReport> {
  const readings = new Map<string, Reading[]>();
  const stopping = new AbortController();

  async function readOnce(name: string, origin: string): Promise<void> {
    const reading = await readMemory(origin);
    if (reading !== null) readings.set(name, [...(readings.get(name) ?? []), reading]);
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await Promise.all(Object.entries(origins).map(async ([name, origin]) => await readOnce(name, origin)));
      await delay(intervalMs);
    }
  }

  const watching = watch();
  return async () => {
    stopping.abort();
    await watching;
    const reports = [...readings].map(([name, seen]) => ({ name, ...judge(seen) }));
    return {
      line: reports.map(lineOf).join('; '),
      faults: reports.flatMap(({ name, fault }) => (fault === null ? [] : [`${name}: ${fault}`])),
    };
  };
}

function lineOf({ name, before, after }: { name: string; before: number; after: number }): string {
  return after === 0 ? `${name} unknown, since no garbage was collected` : `${name} ${before} MB, then ${after} MB`;
}

/** @returns the median live memory, in MB, in the second and in the last third of the readings. */
export function judge(readings: readonly Reading[]): { before: number; after: number; fault: string | null } {
  const third = Math.floor(readings.length / 3);
  const before = medianMb(readings.slice(third, 2 * third));
  const after = medianMb(readings.slice(2 * third));
  const starts = new Set(readings.map(({ startedAt }) => startedAt));
  if (starts.size > 1) return { before, after, fault: 'restarted' };
  const grown = third > 0 && after - before > maxGrowthMb;
  const fault = grown ? `memory keeps growing: ${before} MB, then ${after} MB` : null;
  return { before, after, fault };
}

function medianMb(readings: readonly Reading[]): number {
  const sorted = readings.map(({ liveMb }) => liveMb).toSorted((one, other) => one - other);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}

/** @returns null where the process does not report its memory. */
async function readMemory(origin: string): Promise<Reading | null> {
  try {
    const response = await fetch(new URL('/metrics', origin), { signal: AbortSignal.timeout(5_000) });
    const metrics = await response.text();
    const valueOf = (name: string) => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(metrics)?.[1]);
    const [live, startedAt] = [valueOf('wallet_live_memory_bytes'), valueOf('process_start_time_seconds')];
    return Number.isNaN(live) || Number.isNaN(startedAt) ? null : { liveMb: live / 1e6, startedAt };
  } catch {
    return null;
  }
}
