import { LRUCache } from 'lru-cache';

/** A limit: points per key and window. */
export interface Rule {
  readonly name: string;
  readonly points: number;
  readonly windowS: number;
}

/** The count of a key in its window, which begins with the key's first points. */
export interface Count {
  readonly points: number;
  readonly endsInMs: number;
}

/** The counts of all keys, by one rule. */
export interface Counts {
  /** Adds points, negative ones too, and returns the count. */
  readonly add: (key: string, points: number) => Promise<Count>;
  /** Sets the count and starts a window. */
  readonly set: (key: string, points: number, windowS: number) => Promise<void>;
}

/** The most keys in memory; beyond it the least recently used is dropped. So clients with many addresses are bounded. */
export const maxCounted = 50_000;

/** Counts in this router's memory. */
export function countsAlone({ windowS }: Rule): Counts {
  const counts = new LRUCache<string, { points: number }>({ max: maxCounted, ttl: windowS * 1_000 });
  return {
    add: async (key, points) => {
      const count = counts.get(key);
      if (count === undefined) counts.set(key, { points });
      else count.points += points;
      return { points: count?.points ?? points, endsInMs: counts.getRemainingTTL(key) };
    },
    set: async (key, points, windowS) => {
      counts.set(key, { points }, { ttl: windowS * 1_000 });
    },
  };
}

/** Uses the shared counts, or this router's own while those are unavailable or not configured. */
export function countsTogether(shared: Counts | null, alone: Counts): Counts {
  if (shared === null) return alone;
  return {
    add: async (key, points) => await shared.add(key, points).catch(async () => await alone.add(key, points)),
    set: async (key, points, windowS) =>
      await shared.set(key, points, windowS).catch(async () => await alone.set(key, points, windowS)),
  };
}
