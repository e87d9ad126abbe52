import type { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** So much of something for each one who asks, within so many seconds. */
export interface AllowanceRules {
  readonly name: string;
  readonly points: number;
  readonly windowS: number;
}

export interface Spent {
  readonly rules: AllowanceRules;
  readonly isWithin: boolean;
  readonly remaining: number;
  /** Until there is more. */
  readonly waitS: number;
}

/** Counts what is asked for, also where it is too much. */
export type Allowance = (who: string, points: number) => Promise<Spent>;

/**
 * Counted on Redis together with the other routers; by this one alone where there is none, or while it is away.
 */
export function createAllowance(rules: AllowanceRules, redis: Redis | null): Allowance {
  const limiter = limiterOf(rules, redis);
  return async (who, points) => spentOf(await consumed(limiter, who, points), rules);
}

const firstBlockS = 30;
const longestBlockS = 3_600;
const blocksRememberedS = 86_400;

/**
 * The same, but whoever asks for too much gets nothing for half a minute; twice as long each further time within a
 * day, up to an hour.
 */
export function createGrowingAllowance(rules: AllowanceRules, redis: Redis | null): Allowance {
  const limiter = limiterOf(rules, redis);
  const blocks = limiterOf({ name: `${rules.name}-blocks`, points: 1, windowS: blocksRememberedS }, redis);
  return async (who, points) => {
    const counted = await consumed(limiter, who, points);
    const isFirstTooMuch = counted.consumedPoints > rules.points && counted.consumedPoints - points <= rules.points;
    if (!isFirstTooMuch) return spentOf(counted, rules);
    const { consumedPoints: times } = await consumed(blocks, who, 1);
    const blockS = Math.min(longestBlockS, firstBlockS * 2 ** (times - 1));
    await limiter.block(who, blockS);
    return { rules, isWithin: false, remaining: 0, waitS: blockS };
  };
}

function limiterOf({ name, points, windowS }: AllowanceRules, redis: Redis | null): RateLimiterAbstract {
  const options = { keyPrefix: `rate-limit-${name}`, points, duration: windowS };
  const alone = new RateLimiterMemory(options);
  if (redis === null) return alone;
  return new RateLimiterRedis({ ...options, storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter: alone });
}

/** The library throws what it has counted where that is too much. */
async function consumed(limiter: RateLimiterAbstract, who: string, points: number): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(who, points);
  } catch (error) {
    if (error instanceof RateLimiterRes) return error;
    throw error;
  }
}

function spentOf({ consumedPoints, msBeforeNext }: RateLimiterRes, rules: AllowanceRules): Spent {
  return {
    rules,
    isWithin: consumedPoints <= rules.points,
    remaining: Math.max(0, rules.points - consumedPoints),
    waitS: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
  };
}
