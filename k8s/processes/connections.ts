import { randomBytes } from 'node:crypto';
import { databaseUrls, derivedPassword } from '#local/credentials.ts';
import { type RedisPasswords, redisSettingOf, redisUrlOf, redisUserName, redisUsers } from '#local/redis-users.ts';
import { deriveJobKeys } from '#platform/messaging/job-keys.ts';

/** The settings and passwords that reach PostgreSQL and Redis where both run beside us, as `postgres` and `redis`. */
export const connectionKeys = [
  'POSTGRES_PASSWORD',
  'DATABASE_URL',
  'USER_DATABASE_URL',
  'USER_WORKER_DATABASE_URL',
  'USER_RELAY_DATABASE_URL',
  'BILLING_DATABASE_URL',
  'BILLING_WORKER_DATABASE_URL',
  'BILLING_RELAY_DATABASE_URL',
  'ORDER_DATABASE_URL',
  'ORDER_WORKER_DATABASE_URL',
  'ORDER_RELAY_DATABASE_URL',
  'NOTIFICATION_DATABASE_URL',
  'NOTIFICATION_WORKER_DATABASE_URL',
  'REDIS_PASSWORD',
  'ROUTER_REDIS_URL',
  'RELAY_REDIS_URL',
  'USER_WORKER_REDIS_URL',
  'BILLING_WORKER_REDIS_URL',
  'ORDER_WORKER_REDIS_URL',
  'NOTIFICATION_WORKER_REDIS_URL',
  'JOBS_REDIS_URL',
  'USER_JOB_KEYS',
  'BILLING_JOB_KEYS',
  'ORDER_JOB_KEYS',
  'NOTIFICATION_JOB_KEYS',
] as const;

type JobKeySettings = Pick<Connections, Extract<keyof Connections, `${string}_JOB_KEYS`>>;
type RedisUrls = Pick<Connections, Extract<keyof Connections, `${string}_REDIS_URL`>>;

export type Connections = Readonly<Record<(typeof connectionKeys)[number], string>>;

export interface Passwords {
  readonly postgres: string;
  readonly redis: string;
}

export function generatePasswords(): Passwords {
  return { postgres: randomBytes(24).toString('hex'), redis: randomBytes(24).toString('hex') };
}

/** @param passwords of letters and digits, which need no escaping wherever they stand. */
export function connectionsOf({ postgres, redis }: Passwords): Connections {
  const adminUrl = `postgresql://postgres:${postgres}@postgres:5432/postgres`;
  const { user, billing, order, notification } = databaseUrls(adminUrl);
  return {
    POSTGRES_PASSWORD: postgres,
    DATABASE_URL: adminUrl,
    USER_DATABASE_URL: user.service,
    USER_WORKER_DATABASE_URL: user.worker,
    USER_RELAY_DATABASE_URL: user.relay,
    BILLING_DATABASE_URL: billing.service,
    BILLING_WORKER_DATABASE_URL: billing.worker,
    BILLING_RELAY_DATABASE_URL: billing.relay,
    ORDER_DATABASE_URL: order.service,
    ORDER_WORKER_DATABASE_URL: order.worker,
    ORDER_RELAY_DATABASE_URL: order.relay,
    NOTIFICATION_DATABASE_URL: notification.service,
    NOTIFICATION_WORKER_DATABASE_URL: notification.worker,
    REDIS_PASSWORD: redis,
    ...redisUrls(redis),
    ...(deriveJobKeys(derivedPassword(postgres, 'job keys')) as JobKeySettings),
  };
}

/** The passwords of the users of Redis are derived from the administrator's, which no process but Redis is given. */
export function redisPasswordsOf(administrator: string): RedisPasswords {
  const derived = redisUsers.map((user) => [user, derivedPassword(administrator, redisUserName(user))]);
  return { administrator, ...(Object.fromEntries(derived) as Omit<RedisPasswords, 'administrator'>) };
}

function redisUrls(administrator: string): RedisUrls {
  const passwords = redisPasswordsOf(administrator);
  const urls = redisUsers.map((user) => [
    redisSettingOf(user),
    redisUrlOf('redis://redis:6379', user, passwords[user]),
  ]);
  return Object.fromEntries(urls) as RedisUrls;
}
