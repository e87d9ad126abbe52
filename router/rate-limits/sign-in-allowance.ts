import { LRUCache } from 'lru-cache';
import { type Spent, spentOf } from './allowance.ts';
import { type Count, countsAlone, countsTogether, maxCounted, type Rule } from './counts.ts';
import type { SharedStore } from './shared-store.ts';

/** How often an address may try to sign in. */
export interface SignInAllowance {
  /**
   * To be called before it is tried, since many may be tried at once. Whoever tries too often gets nothing for half a
   * minute; twice as long each further time within a day, up to an hour.
   */
  readonly spend: (sender: string, times: number) => Promise<Spent>;
  /**
   * To be called once it has succeeded, which then does not count: many people share an office's address. For each
   * customer once in a window, so that nobody has passwords hashed for them without end; and nothing but what the
   * success itself took, so that a guesser with an account of their own gains no guess by it.
   */
  readonly refund: (sender: string, customerId: string) => Promise<void>;
}

const firstBlockS = 30;
const longestBlockS = 3_600;
const blocksRememberedS = 86_400;

/** Counted by all routers together, before they answer; but nobody is asked about who is being refused already. */
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
