import { LRUCache } from 'lru-cache';
import { type Spent, spentOf } from './allowance.ts';
import { maxCounted, type Rule } from './counts.ts';
import type { SharedStore } from './shared-store.ts';

/**
 * Counts what somebody asks for, at once: nobody waits for another server. What is more than there is left counts
 * nothing, so that a refusal of much leaves enough for little.
 */
export type CostAllowance = (who: string, points: number) => Spent;

interface Tally {
  /** Of all routers, as far as this one knows. */
  points: number;
  /** What of it the others cannot know. */
  untold: number;
  isReporting: boolean;
}

/** What a router may keep to itself, as a part of what is allowed. */
const untoldPart = 1 / 100;

/**
 * Each router counts by itself. When it has counted another hundredth of what is allowed, it tells the shared store, in
 * the background, and learns what it comes to with the others'. So whoever asks for little costs the store nothing, and
 * whoever asks for much gets at most a hundredth more from each router, and what is asked for while one tells.
 */
export function createCostAllowance(rule: Rule, store: SharedStore | null): CostAllowance {
  const shared = store?.counts(rule) ?? null;
  const untoldPoints = Math.ceil(rule.points * untoldPart);
  const tallies = new LRUCache<string, Tally>({ max: maxCounted, ttl: rule.windowS * 1_000 });

  return (who, points) => {
    const tally = tallies.get(who) ?? begin(who);
    const isWithin = tally.points + points <= rule.points;
    if (isWithin) {
      tally.points += points;
      tally.untold += points;
      if (tally.untold >= untoldPoints && !tally.isReporting) void tell(who, tally);
    }
    return { ...spentOf(rule, { points: tally.points, endsInMs: tallies.getRemainingTTL(who) }), isWithin };
  };

  function begin(who: string): Tally {
    const tally = { points: 0, untold: 0, isReporting: false };
    tallies.set(who, tally);
    return tally;
  }

  /** What could not be told is told with the next. */
  async function tell(who: string, tally: Tally): Promise<void> {
    if (shared === null) return;
    const told = tally.untold;
    tally.untold = 0;
    tally.isReporting = true;
    try {
      const { points, endsInMs } = await shared.add(who, told);
      tally.points = points + tally.untold;
      // The window of all routers began with whoever told of it first.
      if (tallies.peek(who) === tally) tallies.set(who, tally, { ttl: Math.max(1, endsInMs) });
    } catch {
      tally.untold += told;
    } finally {
      tally.isReporting = false;
    }
  }
}
