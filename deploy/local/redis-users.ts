import { createHash } from 'node:crypto';
import type { QueueContract } from '#jobs/queues/contract.ts';
import { queues, queuesOf } from '#jobs/registry.ts';
import { liveEventsChannel } from '#platform/messaging/events.ts';
import { eventPublishers, type WorkerGroup, workerGroups } from '#subgraphs/manifest.ts';

/**
 * The users of Redis, one for each kind of process.
 *
 * - `router` listens to live events and counts for the rate limits.
 * - `relay` adds jobs, and reads all queues for the metrics and the page of the queues.
 * - `…_worker` does the jobs of one subgraph, and adds those that follow from them.
 * - `jobs` is a process that relays and does all jobs, as on one machine.
 */
export const redisUsers = [
  'router',
  'relay',
  ...workerGroups.map((group) => `${group}_worker` as const),
  'jobs',
] as const;

export type RedisUser = (typeof redisUsers)[number];

export const redisUserName = (user: RedisUser) => `wallet_${user}`;

interface RedisRights {
  /** Commands without keys. */
  readonly commands: readonly string[];
  /** Commands on some keys. Redis allows a command if one entry allows it for all keys of the command. */
  readonly keys: readonly { readonly patterns: readonly string[]; readonly commands: readonly string[] }[];
}

const words = (text: string) => text.split(' ');

/** The commands that every client sends when it connects. */
const connecting = words('ping info client|setname');

/** BullMQ runs scripts. Redis checks each command in a script as if the user had sent it. */
const scripts = words('eval evalsha');

/** What BullMQ needs to add a job that is neither delayed, prioritized nor a part of others. */
const adding = [...scripts, ...words('exists hget hmget hmset hset incr llen lpush rpush xadd zadd')];

/** What BullMQ needs to read a queue. */
const reading = words(
  'exists get hexists hget hgetall hmget lindex llen lpos lrange pttl scard smembers type zcard zcount zrange zrevrange zscore',
);

/** What BullMQ needs, in addition to that, to try a failed job again. */
const retrying = words('hdel zrem');

/** What BullMQ needs, in addition to adding and reading, to do jobs. */
const working = [
  ...words('bzpopmin del hdel hincrby lrem ltrim pexpire rpop rpoplpush sadd set srem xtrim zpopmin'),
  ...words('zrangebyscore zrem zremrangebyrank zremrangebyscore zrevrangebyscore'),
];

const counting = words('expire incrby pttl set');

const patternsOf = (contracts: readonly QueueContract[]) => contracts.map(({ name }) => `bull:${name}:*`);
const all = patternsOf(queues);

function workerRights(group: WorkerGroup): RedisRights {
  const { taken, added } = queuesOf(group);
  return {
    commands: eventPublishers.has(group) ? ['publish'] : [],
    keys: [
      { patterns: patternsOf(taken), commands: [...reading, ...adding, ...working] },
      { patterns: patternsOf(added), commands: adding },
    ],
  };
}

const rights: Readonly<Record<RedisUser, RedisRights>> = {
  router: {
    commands: words('subscribe multi exec'),
    keys: [{ patterns: ['rate-limits:*'], commands: counting }],
  },
  // The dashboard of the queues lists the workers by their connections.
  relay: {
    commands: ['client|list'],
    keys: [{ patterns: all, commands: [...reading, ...adding, ...retrying] }],
  },
  jobs: {
    commands: words('client|list publish'),
    keys: [{ patterns: all, commands: [...reading, ...adding, ...working] }],
  },
  ...(Object.fromEntries(workerGroups.map((group) => [`${group}_worker`, workerRights(group)])) as Record<
    `${WorkerGroup}_worker`,
    RedisRights
  >),
};

/** The rules in the syntax of `ACL SETUSER`. */
function rulesOf({ commands, keys }: RedisRights): string[] {
  const allowed = (names: readonly string[]) => [...new Set(names)].map((name) => `+${name}`).join(' ');
  const hasEvents = commands.includes('publish') || commands.includes('subscribe');
  return [
    'resetchannels resetkeys -@all',
    allowed([...connecting, ...commands]),
    ...(hasEvents ? [`&${liveEventsChannel}`] : []),
    ...keys
      .filter(({ patterns }) => patterns.length > 0)
      .map(({ patterns, commands }) => `(${patterns.map((pattern) => `~${pattern}`).join(' ')} ${allowed(commands)})`),
  ];
}

export type RedisPasswords = Readonly<Record<RedisUser | 'administrator', string>>;

/**
 * The file for the setting `aclfile` of a Redis server, version 7 or later: a line for each user, with a hash of the
 * password. The administrator is the user `default`. It has all rights, and no process connects as it.
 */
export function redisUsersFile(passwords: RedisPasswords): string {
  const line = (name: string, password: string, rules: readonly string[]) =>
    `user ${name} on #${createHash('sha256').update(password).digest('hex')} ${rules.join(' ')}\n`;
  return [
    line('default', passwords.administrator, ['~* &* +@all']),
    ...redisUsers.map((user) => line(redisUserName(user), passwords[user], rulesOf(rights[user]))),
  ].join('');
}

/** The setting with a user's URL, in the Secret of a cluster and in files of settings. */
export function redisSettingOf<User extends RedisUser>(user: User): `${Uppercase<User>}_REDIS_URL` {
  return `${user.toUpperCase() as Uppercase<User>}_REDIS_URL`;
}

/** A server's URL for one of its users. */
export function redisUrlOf(server: string, user: RedisUser, password: string): string {
  return Object.assign(new URL(server), { username: redisUserName(user), password }).href;
}
