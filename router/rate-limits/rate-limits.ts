import { fault } from '#platform/errors/faults.ts';
import type { Log } from '#platform/telemetry/log.ts';
import type { RouterConfig } from '../config.ts';
import type { Spent } from './allowance.ts';
import { createCostAllowance } from './cost-allowance.ts';
import { openSharedStore } from './shared-store.ts';
import { createSignInAllowance, type SignInAllowance } from './sign-in-allowance.ts';

export interface RateLimits {
  /**
   * Counts a request and sets headers with the remainder and, if it is refused, the time to wait. Only sign-ins wait for
   * the shared store.
   *
   * @throws RATE_LIMITED
   */
  readonly spend: (expense: Expense, setHeader: SetHeader) => Promise<void>;
  /** The cost that a customer may use in a minute. */
  readonly maxCost: number;
  /** Refunds a successful sign-in from this address. */
  readonly signedIn: SignInAllowance['refund'];
  readonly stop: () => Promise<void>;
}

/** Sets a header of the response. */
export type SetHeader = (name: string, value: string) => void;

/** What a request costs, and for whom it is counted. */
export interface Expense {
  readonly sender: string;
  /** Null for unauthenticated callers; they are limited by IP address. */
  readonly customerId: string | null;
  readonly cost: number;
  /** The number of fields that check a password or take a new one. */
  readonly signIns: number;
}

/** Returns null if RATE_LIMITS is false. */
export function createRateLimits(config: RouterConfig, log: Log): RateLimits | null {
  if (!config.RATE_LIMITS) return null;
  const store = openSharedStore(config, log);
  if (store === null) log.info('rate limits are not shared: neither ROUTER_REDIS_URL nor ROUTER_DATABASE_URL is set');
  const signInRule = { name: 'sign-ins', points: config.SIGN_IN_LIMIT, windowS: config.SIGN_IN_WINDOW_S };
  const signIns = createSignInAllowance(signInRule, store);
  const costs = createCostAllowance({ name: 'cost', points: config.CUSTOMER_COST_PER_MINUTE, windowS: 60 }, store);

  return {
    spend: async ({ sender, customerId, cost, signIns: times }, setHeader) => {
      const spent: Spent[] = [];
      if (times > 0) spent.push(await signIns.spend(sender, times));
      if (spent.every(({ isWithin }) => isWithin)) spent.push(costs(customerId ?? sender, Math.max(1, cost)));
      reportSpent(spent, setHeader);
      const exceeded = spent.find(({ isWithin }) => !isWithin);
      if (exceeded === undefined) return;
      setHeader('retry-after', String(exceeded.waitS));
      throw fault('RATE_LIMITED', `Too many requests. Try again in ${exceeded.waitS} seconds.`);
    },
    maxCost: config.CUSTOMER_COST_PER_MINUTE,
    signedIn: signIns.refund,
    stop: async () => await store?.close(),
  };
}

/** @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
function reportSpent(spent: readonly Spent[], setHeader: SetHeader): void {
  setHeader(
    'ratelimit-policy',
    spent.map(({ rule }) => `"${rule.name}";q=${rule.points};w=${rule.windowS}`).join(', '),
  );
  setHeader(
    'ratelimit',
    spent.map(({ rule, remaining, waitS }) => `"${rule.name}";r=${remaining};t=${waitS}`).join(', '),
  );
}
