import { fault } from '#platform/errors/faults.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import type { Log } from '#platform/telemetry/log.ts';
import type { RouterConfig } from '../config.ts';
import type { Spent } from './allowance.ts';
import { createCostAllowance } from './cost-allowance.ts';
import { openSharedStore } from './shared-store.ts';
import { createSignInAllowance } from './sign-in-allowance.ts';

export interface RateLimits {
  /**
   * Counts a request and sets headers with the remainder and, if it is refused, the time to wait. Only sign-ins wait for
   * the shared store.
   *
   * @throws RATE_LIMITED
   */
  readonly spend: (expense: Expense, setHeader: SetHeader) => Promise<void>;
  /** The cost that this viewer may use in a minute. */
  readonly maxCost: (viewer: Consumer) => number;
  /** Refunds a successful sign-in, or token of an API client, from this address. */
  readonly succeeded: (sender: string, viewer: Consumer) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Sets a header of the response. */
export type SetHeader = (name: string, value: string) => void;

/** A customer, or an API client of a customer, which has a limit of its own. */
type Consumer = Pick<Viewer, 'id' | 'client'>;

/** What a request costs, and for whom it is counted. */
export interface Expense {
  readonly sender: string;
  /** Null for unauthenticated callers; they are limited by IP address. */
  readonly viewer: Consumer | null;
  readonly cost: number;
  /** The number of fields that check an API client's secret. */
  readonly clientTokens?: number;
  /** The number of fields that check a password or take a new one. */
  readonly signIns: number;
}

/** Returns null if RATE_LIMITS is false. */
export function createRateLimits(config: RouterConfig, log: Log): RateLimits | null {
  if (!config.RATE_LIMITS) return null;
  const store = openSharedStore(config, log);
  if (store === null) log.info('rate limits are not shared: neither ROUTER_REDIS_URL nor ROUTER_DATABASE_URL is set');
  const { SIGN_IN_LIMIT, SIGN_IN_WINDOW_S, CUSTOMER_COST_PER_MINUTE, CLIENT_COST_PER_MINUTE } = config;
  const attempts = (name: string) =>
    createSignInAllowance({ name, points: SIGN_IN_LIMIT, windowS: SIGN_IN_WINDOW_S }, store);
  const signIns = attempts('sign-ins');
  const clientTokens = attempts('client-tokens');
  const costs = createCostAllowance({ name: 'cost', points: CUSTOMER_COST_PER_MINUTE, windowS: 60 }, store);
  const clientCosts = createCostAllowance({ name: 'client-cost', points: CLIENT_COST_PER_MINUTE, windowS: 60 }, store);

  return {
    spend: async ({ sender, viewer, cost, signIns: times, clientTokens: tokens = 0 }, setHeader) => {
      const spent: Spent[] = [];
      if (times > 0) spent.push(await signIns.spend(sender, times));
      if (tokens > 0) spent.push(await clientTokens.spend(sender, tokens));
      if (spent.every(({ isWithin }) => isWithin)) {
        const points = Math.max(1, cost);
        spent.push(
          viewer?.client === undefined ? costs(viewer?.id ?? sender, points) : clientCosts(viewer.client.id, points),
        );
      }
      reportSpent(spent, setHeader);
      const exceeded = spent.find(({ isWithin }) => !isWithin);
      if (exceeded === undefined) return;
      setHeader('retry-after', String(exceeded.waitS));
      throw fault('RATE_LIMITED', `Too many requests. Try again in ${exceeded.waitS} seconds.`, exceeded.waitS);
    },
    maxCost: ({ client }) => (client === undefined ? CUSTOMER_COST_PER_MINUTE : CLIENT_COST_PER_MINUTE),
    succeeded: async (sender, { id, client }) =>
      client === undefined ? await signIns.refund(sender, id) : await clientTokens.refund(sender, client.id),
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
