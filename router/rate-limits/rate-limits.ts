import type { Redis } from 'ioredis';
import { fault } from '#platform/faults.ts';
import { errorText, type Log } from '#platform/log.ts';
import { connectToRedis, type RedisServer } from '#platform/redis.ts';
import type { RouterConfig } from '../config.ts';
import { type Allowance, createAllowance, createGrowingAllowance } from './allowance.ts';

export interface RateLimits {
  /**
   * Counts what is asked for, and says in headers of the answer what is left and, where nothing is, how long to wait.
   *
   * @throws RATE_LIMITED
   */
  readonly spend: (expense: Expense, tell: Tell) => Promise<void>;
  readonly stop: () => void;
}

/** Sets a header of the answer. */
export type Tell = (name: string, value: string) => void;

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
  const redis = config.redis === null ? null : connect(config.redis, log);
  const signIns = createGrowingAllowance(
    { name: 'sign-ins', points: config.SIGN_IN_LIMIT, windowS: config.SIGN_IN_WINDOW_S },
    redis,
  );
  const cost = createAllowance({ name: 'cost', points: config.CUSTOMER_COST_PER_MINUTE, windowS: 60 }, redis);
  return {
    spend: async (expense, tell) => {
      if (expense.signIns > 0) await spendOn(signIns, expense.sender, expense.signIns, tell);
      await spendOn(cost, expense.customerId ?? expense.sender, Math.max(1, expense.cost), tell);
    },
    stop: () => redis?.disconnect(),
  };
}

/** @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
async function spendOn(allowance: Allowance, who: string, points: number, tell: Tell): Promise<void> {
  const { rules, isWithin, remaining, waitS } = await allowance(who, points);
  tell('ratelimit-policy', `"${rules.name}";q=${rules.points};w=${rules.windowS}`);
  tell('ratelimit', `"${rules.name}";r=${remaining};t=${waitS}`);
  if (isWithin) return;
  tell('retry-after', String(waitS));
  throw fault('RATE_LIMITED', `That was too much in too short a time: wait for ${waitS} seconds.`);
}

/** A Redis that says nothing for so long is away, whatever the network tells. */
const silenceMs = 250;

/** A request does not wait for Redis to come back: meanwhile each router counts alone. */
function connect(server: RedisServer, log: Log): Redis {
  const redis = connectToRedis(server, {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: () => 1_000,
    socketTimeout: silenceMs,
  });
  redis.on('error', (error) =>
    log.warn({ reason: errorText(error) }, 'Redis cannot be reached: rate limits are kept alone'),
  );
  return redis;
}
