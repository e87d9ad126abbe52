import { z } from 'zod';
import { type JobKeys, jobKeys, jobKeysSetting, jobKeysSettingOf } from '#platform/messaging/job-keys.ts';
import type { SubgraphName } from '#platform/messaging/outbox-kinds.ts';
import { redisServer, redisSettings } from '#platform/messaging/redis.ts';
import {
  connections,
  intervalS,
  mailSender,
  password,
  managementSettings,
  port,
  postgresUrl,
  processSettings,
  readSettings,
  SettingsFault,
  smtpUrl,
} from '#platform/process/settings.ts';

/** What a process of the jobs may do: all of it on one machine, a group each on a cluster. */
const roles = ['relay', 'user', 'billing', 'order', 'notification'] as const;

export type Role = (typeof roles)[number];

const roleList = z
  .string()
  .transform((text) => text.split(',').map((role) => role.trim()))
  .pipe(z.array(z.enum(roles, `must be a list of ${roles.join(', ')}`)).min(1));

/** The databases that jobs processes connect to, for each of their roles. */
export const databaseSettings = {
  USER_WORKER_DATABASE_URL: postgresUrl.optional(),
  BILLING_WORKER_DATABASE_URL: postgresUrl.optional(),
  ORDER_WORKER_DATABASE_URL: postgresUrl.optional(),
  NOTIFICATION_WORKER_DATABASE_URL: postgresUrl.optional(),
  USER_RELAY_DATABASE_URL: postgresUrl.optional(),
  BILLING_RELAY_DATABASE_URL: postgresUrl.optional(),
  ORDER_RELAY_DATABASE_URL: postgresUrl.optional(),
};

export const settings = {
  ...processSettings,
  ...managementSettings,
  JOBS_PORT: port.default(4005),
  JOBS_MANAGEMENT_PORT: port.default(4105),
  JOBS_ROLES: roleList.prefault(roles.join(',')),
  JOBS_POOL_SIZE: connections.default(4),
  JOBS_STALLED_AFTER_S: intervalS.default(30),
  ...redisSettings,
  JOBS_DATABASE_URL: postgresUrl.optional(),
  ...databaseSettings,
  USER_JOB_KEYS: jobKeysSetting.optional(),
  BILLING_JOB_KEYS: jobKeysSetting.optional(),
  ORDER_JOB_KEYS: jobKeysSetting.optional(),
  NOTIFICATION_JOB_KEYS: jobKeysSetting.optional(),
  DASHBOARD_PASSWORD: password.optional(),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailSender.default('wallet@localhost'),
};

/** The databases with an outbox. */
const relayed = ['user', 'billing', 'order'] as const;

/**
 * The setting with the address of each database that these roles need. Who works on a database may do all that the
 * relay may: a process that does both connects as the worker.
 */
function addressesFor(roles: readonly Role[]) {
  const worked = roles.filter((role) => role !== 'relay');
  const onlyRelayed = roles.includes('relay') ? relayed.filter((name) => !worked.includes(name)) : [];
  return [
    ...worked.map((name) => [name, `${capitals(name)}_WORKER_DATABASE_URL`] as const),
    ...onlyRelayed.map((name) => [name, `${capitals(name)}_RELAY_DATABASE_URL`] as const),
  ];
}

const capitals = <Text extends string>(text: Text) => text.toUpperCase() as Uppercase<Text>;

/**
 * The settings, the addresses of the databases that the roles need, and where a relay listens: as the relay where its
 * address is given, since the worker's may lead through a pooler.
 */
export function readConfig(environment = process.env) {
  const read = readSettings(settings, environment);
  const addresses = addressesFor(read.JOBS_ROLES);
  const groups = read.JOBS_ROLES.filter((role) => role !== 'relay');
  const faults = [...addresses.map(([, setting]) => setting), ...groups.map(jobKeysSettingOf)]
    .filter((setting) => read[setting] === undefined)
    .map((setting) => `${setting} is not set`);
  const redis = redisServer('REDIS_URL', read.REDIS_URL, read.REDIS_CA_FILE);
  if (redis === null && read.JOBS_DATABASE_URL === undefined) {
    faults.push('neither REDIS_URL nor JOBS_DATABASE_URL is set');
  }
  if (faults.length > 0) throw new SettingsFault(faults);
  return {
    ...read,
    databaseUrls: Object.fromEntries(addresses.map(([name, setting]) => [name, read[setting]!])),
    keys: new Map<SubgraphName, JobKeys>(groups.map((name) => [name, jobKeys(name, read[jobKeysSettingOf(name)]!)])),
    listenUrls: Object.fromEntries(
      relayed.map((name) => [
        name,
        read[`${capitals(name)}_RELAY_DATABASE_URL`] ?? read[`${capitals(name)}_WORKER_DATABASE_URL`],
      ]),
    ),
    brokerAddress: redis ?? { postgresUrl: read.JOBS_DATABASE_URL! },
  };
}
