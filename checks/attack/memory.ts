import { setTimeout as delay } from 'node:timers/promises';

/** What a process keeps in memory, and since when it runs, as it tells at `/metrics`. */
interface Reading {
  readonly liveMb: number;
  readonly startedAt: number;
}

export interface MemoryReport {
  readonly line: string;
  readonly faults: readonly string[];
}

const everyMs = 500;

/**
 * A process that keeps something of every request keeps more in the last third of the time than in the one before; by
 * then what is meant to be remembered, documents and plans, is. Only what is left after a collection of all garbage is
 * looked at, so that garbage is not taken for growth; without such a collection there is little of either. A leak of
 * 3 MB in a second is found within a minute, one of a fifth of that within five.
 */
const maxGrowthMb = 64;

/** Looks at the memory of processes until it is stopped. Those that do not tell it are left out. */
export function watchMemory(origins: Readonly<Record<string, string>>): () => Promise<MemoryReport> {
  const readings = new Map<string, Reading[]>();
  const stopping = new AbortController();

  async function look(name: string, origin: string): Promise<void> {
    const reading = await readMemory(origin);
    if (reading !== null) readings.set(name, [...(readings.get(name) ?? []), reading]);
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await Promise.all(Object.entries(origins).map(async ([name, origin]) => await look(name, origin)));
      await delay(everyMs);
    }
  }

  const watching = watch();
  return async () => {
    stopping.abort();
    await watching;
    const reports = [...readings].map(([name, seen]) => ({ name, ...judge(seen) }));
    return {
      line: reports.map(lineOf).join('; '),
      faults: reports.flatMap(({ name, fault }) => (fault === null ? [] : [`${name} ${fault}`])),
    };
  };
}

function lineOf({ name, before, after }: { name: string; before: number; after: number }): string {
  return after === 0 ? `${name} not known, nothing was collected` : `${name} ${before} MB, then ${after} MB`;
}

/** @returns what was in use in the second third of the time, and in the last. */
export function judge(readings: readonly Reading[]): { before: number; after: number; fault: string | null } {
  const third = Math.floor(readings.length / 3);
  const before = middleMb(readings.slice(third, 2 * third));
  const after = middleMb(readings.slice(2 * third));
  const starts = new Set(readings.map(({ startedAt }) => startedAt));
  if (starts.size > 1) return { before, after, fault: 'ended and was started again' };
  const grown = third > 0 && after - before > maxGrowthMb;
  const fault = grown ? `keeps ever more in memory: ${before} MB, then ${after} MB` : null;
  return { before, after, fault };
}

function middleMb(readings: readonly Reading[]): number {
  const sorted = readings.map(({ liveMb }) => liveMb).toSorted((one, other) => one - other);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}

/** Null where nothing is told. */
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
