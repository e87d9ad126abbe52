import { fault } from '#platform/errors/faults.ts';
import type { Log } from '#platform/telemetry/log.ts';
import type { RouterConfig } from '../config.ts';
import type { Spent } from './allowance.ts';
import { createCostAllowance } from './cost-allowance.ts';
import { openSharedStore } from './shared-store.ts';
import { createSignInAllowance, type SignInAllowance } from './sign-in-allowance.ts';

export interface RateLimits {
  /**
   * Counts what is asked for, and says in headers of the answer what is left and, where nothing is, how long to wait.
   * Only signing in waits for a server that counts.
   *
   * @throws RATE_LIMITED
   */
  readonly spend: (expense: Expense, tell: SetHeader) => Promise<void>;
  /** What a customer may ask for in a minute. */
  readonly maxCost: number;
  /** A customer has signed in from this address. */
  readonly signedIn: SignInAllowance['refund'];
  readonly stop: () => Promise<void>;
}

/** Sets a header of the answer. */
export type SetHeader = (name: string, value: string) => void;

/** What a request asks for, and who asks. */
export interface Expense {
  readonly sender: string;
  /** Null for whoever has no good token, who is told apart by the sender. */
  readonly customerId: string | null;
  readonly cost: number;
  /** How many times it signs in or up. */
  readonly signIns: number;
}

/** Null where the settings turn them off. */
export function createRateLimits(config: RouterConfig, log: Log): RateLimits | null {
  if (!config.RATE_LIMITS) return null;
  const store = openSharedStore(config, log);
  if (store === null) log.info('rate limits are not shared: neither ROUTER_REDIS_URL nor ROUTER_DATABASE_URL is set');
  const signInRule = { name: 'sign-ins', points: config.SIGN_IN_LIMIT, windowS: config.SIGN_IN_WINDOW_S };
  const signIns = createSignInAllowance(signInRule, store);
  const costs = createCostAllowance({ name: 'cost', points: config.CUSTOMER_COST_PER_MINUTE, windowS: 60 }, store);

  return {
    spend: async ({ sender, customerId, cost, signIns: times }, tell) => {
      const spent: Spent[] = [];
      if (times > 0) spent.push(await signIns.spend(sender, times));
      if (spent.every(({ isWithin }) => isWithin)) spent.push(costs(customerId ?? sender, Math.max(1, cost)));
      reportSpent(spent, tell);
      const exceeded = spent.find(({ isWithin }) => !isWithin);
      if (exceeded === undefined) return;
      tell('retry-after', String(exceeded.waitS));
      throw fault('RATE_LIMITED', `Too many requests. Try again in ${exceeded.waitS} seconds.`);
    },
    maxCost: config.CUSTOMER_COST_PER_MINUTE,
    signedIn: signIns.refund,
    stop: async () => await store?.close(),
  };
}

/** @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
function reportSpent(spent: readonly Spent[], tell: SetHeader): void {
  tell('ratelimit-policy', spent.map(({ rule }) => `"${rule.name}";q=${rule.points};w=${rule.windowS}`).join(', '));
  tell('ratelimit', spent.map(({ rule, remaining, waitS }) => `"${rule.name}";r=${remaining};t=${waitS}`).join(', '));
}
