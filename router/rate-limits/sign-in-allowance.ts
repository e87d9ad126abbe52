import { LRUCache } from 'lru-cache';
import { type Spent, spentOf } from './allowance.ts';
import { type Count, countsAlone, countsTogether, maxCounted, type Rule } from './counts.ts';
import type { SharedStore } from './shared-store.ts';

/** Limits the password attempts of an IP address. */
export interface SignInAllowance {
  /**
   * Counts attempts before the passwords are checked, since many can arrive at once. An address over the limit is
   * refused for half a minute, and twice as long each further time within a day, up to an hour.
   */
  readonly spend: (sender: string, times: number) => Promise<Spent>;
  /**
   * Refunds a successful attempt, since customers can share an address. Each customer gets one refund per window, which
   * bounds the hashes. Only the attempt itself is refunded, so a guesser with an account of their own gains no guess.
   */
  readonly refund: (sender: string, customerId: string) => Promise<void>;
}

const firstBlockS = 30;
const longestBlockS = 3_600;
const blocksRememberedS = 86_400;

/** Counts are shared by all routers. An address that is known to be refused costs no query. */
export function createSignInAllowance(rule: Rule, store: SharedStore | null): SignInAllowance {
  const counts = (rule: Rule) => countsTogether(store?.counts(rule) ?? null, countsAlone(rule));
  const signIns = counts(rule);
  const blocks = counts({ name: `${rule.name}-blocks`, points: 0, windowS: blocksRememberedS });
  const successes = counts({ name: `${rule.name}-successes`, points: 1, windowS: rule.windowS });
  const refused = new LRUCache<string, true>({ max: maxCounted, ttl: rule.windowS * 1_000 });

  return {
    spend: async (sender, times) => {
      const refusedForMs = refused.getRemainingTTL(sender);
      if (refusedForMs > 0) return spentOf(rule, tooMuch(refusedForMs));
      const count = await countOf(sender, times);
      const spent = spentOf(rule, count);
      if (!spent.isWithin) refused.set(sender, true, { ttl: Math.max(1, count.endsInMs) });
      return spent;
    },
    refund: async (sender, customerId) => {
      const { points: times } = await successes.add(`${sender} ${customerId}`, 1);
      if (times === 1) await signIns.add(sender, -1);
    },
  };

  async function countOf(sender: string, times: number): Promise<Count> {
    const count = await signIns.add(sender, times);
    const isFirstTooMuch = count.points > rule.points && count.points - times <= rule.points;
    return isFirstTooMuch ? await block(sender) : count;
  }

  async function block(sender: string): Promise<Count> {
    const { points: times } = await blocks.add(sender, 1);
    const windowS = Math.min(longestBlockS, firstBlockS * 2 ** (times - 1));
    const count = tooMuch(windowS * 1_000);
    await signIns.set(sender, count.points, windowS);
    return count;
  }

  function tooMuch(endsInMs: number): Count {
    return { points: rule.points + 1, endsInMs };
  }
}
