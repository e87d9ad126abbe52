import { randomBytes } from 'node:crypto';
import { databaseUrls, derivedPassword, verifierUrls } from '#local/credentials.ts';
import { type RedisPasswords, redisUrlOf, redisUserName, redisUsers } from '#local/redis-users.ts';
import { deriveJobKeys } from '#platform/messaging/job-keys.ts';
import { settingForEach } from '#platform/process/setting-names.ts';
import {
  outboxOwners,
  subgraphNames,
  type VerifiedSubgraph,
  verifiedSubgraphs,
  workerGroups,
} from '#subgraphs/manifest.ts';
import { verifierUrlSetting } from '#subgraphs/settings.ts';

/** The connections of a cluster that runs PostgreSQL and Redis itself, as the services `postgres` and `redis`. */
export type Connections = ReturnType<typeof connectionsOf>;

export interface Passwords {
  readonly postgres: string;
  readonly redis: string;
  /** The key of the secrets of authenticator apps. It is derived from no password, so a new password does not change it. */
  readonly factorKey: string;
  /** The key of the secrets of webhooks, likewise. */
  readonly webhookKey: string;
}

export function generatePasswords(): Passwords {
  return { postgres: random(24), redis: random(24), factorKey: random(32), webhookKey: random(32) };
}

const random = (bytes: number) => randomBytes(bytes).toString('hex');

/** @param passwords consist of letters and digits, so they need no escaping in URLs. */
export function connectionsOf({ postgres, redis, factorKey, webhookKey }: Passwords) {
  const adminUrl = `postgresql://postgres:${postgres}@postgres:5432/postgres`;
  const urls = databaseUrls(adminUrl);
  return {
    POSTGRES_PASSWORD: postgres,
    DATABASE_URL: adminUrl,
    ...settingForEach(subgraphNames, 'DATABASE_URL', (name) => urls[name].service),
    ...settingForEach(workerGroups, 'WORKER_DATABASE_URL', (name) => urls[name].worker),
    ...settingForEach(outboxOwners, 'RELAY_DATABASE_URL', (name) => urls[name].relay),
    ...verifierConnections(adminUrl),
    REDIS_PASSWORD: redis,
    ...redisUrls(redis),
    ...deriveJobKeys(derivedPassword(postgres, 'job keys'), workerGroups),
    USER_FACTOR_KEYS: factorKey,
    NOTIFICATION_WEBHOOK_KEYS: webhookKey,
  };
}

function verifierConnections(adminUrl: string) {
  const urls = verifierUrls(adminUrl);
  const named = verifiedSubgraphs.map((name) => [verifierUrlSetting(name), urls[name]]);
  return Object.fromEntries(named) as Readonly<Record<ReturnType<typeof verifierUrlSetting<VerifiedSubgraph>>, string>>;
}

/** The passwords of the Redis users are derived from the administrator's, which only Redis gets. */
export function redisPasswordsOf(administrator: string): RedisPasswords {
  const derived = redisUsers.map((user) => [user, derivedPassword(administrator, redisUserName(user))]);
  return { administrator, ...(Object.fromEntries(derived) as Omit<RedisPasswords, 'administrator'>) };
}

function redisUrls(administrator: string) {
  const passwords = redisPasswordsOf(administrator);
  return settingForEach(redisUsers, 'REDIS_URL', (user) => redisUrlOf('redis://redis:6379', user, passwords[user]));
}
