import { LRUCache } from 'lru-cache';
import { type Spent, spentOf } from './allowance.ts';
import { maxCounted, type Rule } from './counts.ts';
import type { SharedStore } from './shared-store.ts';

/**
 * Counts a cost without waiting for another server. A cost that exceeds the remainder counts nothing, so that a refused
 * large operation leaves enough for small ones.
 */
export type CostAllowance = (key: string, points: number) => Spent;

interface Tally {
  /** The sum over all routers, as far as this one knows. */
  points: number;
  /** The part that this router has not reported yet. */
  unreported: number;
  isReporting: boolean;
}

/** The part of the limit that a router may leave unreported. */
const unreportedPart = 1 / 100;

/**
 * Each router counts in memory. When a hundredth of the limit is unreported, it adds that to the shared store in the
 * background, and gets the sum over all routers. So small consumers cost the store nothing. A customer can exceed the
 * limit by a hundredth per router, plus what arrives during a report.
 */
export function createCostAllowance(rule: Rule, store: SharedStore | null): CostAllowance {
  const shared = store?.counts(rule) ?? null;
  const reportedPoints = Math.ceil(rule.points * unreportedPart);
  const tallies = new LRUCache<string, Tally>({ max: maxCounted, ttl: rule.windowS * 1_000 });

  return (key, points) => {
    const tally = tallies.get(key) ?? begin(key);
    const isWithin = tally.points + points <= rule.points;
    if (isWithin) {
      tally.points += points;
      tally.unreported += points;
      if (tally.unreported >= reportedPoints && !tally.isReporting) void report(key, tally);
    }
    return { ...spentOf(rule, { points: tally.points, endsInMs: tallies.getRemainingTTL(key) }), isWithin };
  };

  function begin(key: string): Tally {
    const tally = { points: 0, unreported: 0, isReporting: false };
    tallies.set(key, tally);
    return tally;
  }

  /** Reports a tally. Points of a failed report are added to the next. */
  async function report(key: string, tally: Tally): Promise<void> {
    if (shared === null) return;
    const reported = tally.unreported;
    tally.unreported = 0;
    tally.isReporting = true;
    try {
      const { points, endsInMs } = await shared.add(key, reported);
      tally.points = points + tally.unreported;
      // The shared window began with the first report of any router.
      if (tallies.peek(key) === tally) tallies.set(key, tally, { ttl: Math.max(1, endsInMs) });
    } catch {
      tally.unreported += reported;
    } finally {
      tally.isReporting = false;
    }
  }
}
