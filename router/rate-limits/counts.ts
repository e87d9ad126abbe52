import { LRUCache } from 'lru-cache';

/** So much of something for each one who asks, within so many seconds. */
export interface Rule {
  readonly name: string;
  readonly points: number;
  readonly windowS: number;
}

/** What somebody has asked for in a window, which begins with the first that they ask for. */
export interface Count {
  readonly points: number;
  readonly endsInMs: number;
}

/** What everybody has asked for, by one rule. */
export interface Counts {
  /** Adds, and tells what it comes to; less than nothing takes away. */
  readonly add: (who: string, points: number) => Promise<Count>;
  /** Sets the count, for a window of its own. */
  readonly set: (who: string, points: number, windowS: number) => Promise<void>;
}

/** Whoever asks under ever new addresses takes no more memory than so many do; who asked longest ago is forgotten. */
export const maxCounted = 50_000;

/** Counts of this router alone. */
export function countsAlone({ windowS }: Rule): Counts {
  const counts = new LRUCache<string, { points: number }>({ max: maxCounted, ttl: windowS * 1_000 });
  return {
    add: async (who, points) => {
      const count = counts.get(who);
      if (count === undefined) counts.set(who, { points });
      else count.points += points;
      return { points: count?.points ?? points, endsInMs: counts.getRemainingTTL(who) };
    },
    set: async (who, points, windowS) => {
      counts.set(who, { points }, { ttl: windowS * 1_000 });
    },
  };
}

/** Counts of all routers together; of this one alone while those cannot be had, and where there are none. */
export function countsTogether(shared: Counts | null, alone: Counts): Counts {
  if (shared === null) return alone;
  return {
    add: async (who, points) => await shared.add(who, points).catch(async () => await alone.add(who, points)),
    set: async (who, points, windowS) =>
      await shared.set(who, points, windowS).catch(async () => await alone.set(who, points, windowS)),
  };
}
