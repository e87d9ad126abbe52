import { z } from 'zod';
import { webhookSettings } from '#notification/config.ts';
import { jobKeys } from '#platform/messaging/job-keys.ts';
import { redisServer, redisSettings } from '#platform/messaging/redis.ts';
import {
  connections,
  count,
  httpUrl,
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
  text,
} from '#platform/process/settings.ts';
import { settingForEach, settingName } from '#platform/process/setting-names.ts';
import {
  type OutboxOwner,
  outboxOwners,
  type SubgraphName,
  verifiedSubgraphs,
  type WorkerGroup,
  workerGroups,
} from '#subgraphs/manifest.ts';
import { jobKeySetting, verifierUrlSetting, verifySchedule } from '#subgraphs/settings.ts';

/** The roles of a jobs process: it has all of them on one machine, and one on a cluster. */
const roles = ['relay', ...workerGroups] as const;

export type Role = (typeof roles)[number];

const roleList = z
  .string()
  .transform((text) => text.split(',').map((role) => role.trim()))
  .pipe(z.array(z.enum(roles, `must be a list of ${roles.join(', ')}`)).min(1));

/** The databases that jobs processes connect to, for each of their roles. */
export const databaseSettings = {
  ...settingForEach(workerGroups, 'WORKER_DATABASE_URL', () => postgresUrl.optional()),
  ...settingForEach(outboxOwners, 'RELAY_DATABASE_URL', () => postgresUrl.optional()),
};

/** With the URLs of the role that verifies, the workers of billing run `verify` when a run is due. */
const verifierUrls = verifiedSubgraphs.map(verifierUrlSetting);
const verifierSettings = Object.fromEntries(verifierUrls.map((name) => [name, postgresUrl.optional()]));

export const settings = {
  ...processSettings,
  ...managementSettings,
  JOBS_PORT: port.default(4005),
  JOBS_MANAGEMENT_PORT: port.default(4105),
  JOBS_ROLES: roleList.prefault(roles.join(',')),
  JOBS_POOL_SIZE: connections.default(4),
  JOBS_STALLED_AFTER_S: intervalS.default(30),
  JOBS_RESTART_AFTER_S: intervalS.default(120),
  ...redisSettings,
  JOBS_DATABASE_URL: postgresUrl.optional(),
  ...databaseSettings,
  ...settingForEach(workerGroups, 'JOB_KEYS', () => jobKeySetting.optional()),
  DASHBOARD_PASSWORD: password.optional(),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FOLDER: text.optional(),
  MAIL_FROM: mailSender.default('wallet@localhost'),
  NOTIFICATION_MAILS_PER_RECIPIENT: count.default(30),
  NOTIFICATION_MAILS_PER_SENDER: count.default(60),
  ...webhookSettings,
  NOTIFICATION_WEBHOOK_KEYS: webhookSettings.NOTIFICATION_WEBHOOK_KEYS.optional(),
  PUBLIC_URL: httpUrl.default('http://localhost:4000'),
  ...verifySchedule,
  ...verifierSettings,
  PROVIDER_URL: httpUrl.optional(),
  PROVIDER_API_KEY: password.optional(),
  PROVIDER_ASK_AFTER_S: intervalS.default(300),
};

type Read = ReturnType<typeof readShape>;

const readShape = (environment: NodeJS.ProcessEnv) => readSettings(settings, environment);

/** A database that a process connects to, and the setting with its URL. */
interface Connection {
  readonly name: SubgraphName;
  readonly setting: keyof Read & keyof typeof databaseSettings;
}

/**
 * The databases that these roles need. A worker role may do all that the relay role may, so a process that has both
 * connects as the worker.
 */
function connectionsFor(roles: readonly Role[]): Connection[] {
  const worked = groupsIn(roles);
  const onlyRelayed = roles.includes('relay') ? outboxOwners.filter((owner) => !isIn(worked, owner)) : [];
  return [
    ...worked.map((name) => ({ name, setting: settingName(name, 'WORKER_DATABASE_URL') })),
    ...onlyRelayed.map((name) => ({ name, setting: settingName(name, 'RELAY_DATABASE_URL') })),
  ];
}

const groupsIn = (roles: readonly Role[]) => roles.filter((role): role is WorkerGroup => role !== 'relay');
const isIn = (names: readonly string[], name: string) => names.includes(name);

/** The relay listens with its own URL if that is set: the worker's URL may lead through a pooler. */
function listenUrlOf(read: Read, owner: OutboxOwner): string | undefined {
  return read[settingName(owner, 'RELAY_DATABASE_URL')] ?? read[settingName(owner, 'WORKER_DATABASE_URL')];
}

/**
 * The environment of `verify`, which reads the rest of its settings itself; null where no URL of its role is set, and in
 * processes without the workers of billing.
 */
function verifierIn(environment: NodeJS.ProcessEnv, groups: readonly string[]) {
  if (!groups.includes('billing')) return { environment: null, faults: [] };
  const missing = verifierUrls.filter((name) => (environment[name] ?? '') === '');
  if (missing.length === verifierUrls.length) return { environment: null, faults: [] };
  const own = Object.entries(environment).filter(([name]) => /^(?:VERIFY|NODE)_/.test(name));
  return { environment: Object.fromEntries(own), faults: missing.map((name) => `${name} is not set`) };
}

/**
 * Reads the settings.
 *
 * @returns the settings, the databases that the roles need with their URLs, the keys of each group, the URLs with which
 * the relay listens, and the environment of `verify`.
 * @throws SettingsFault
 */
export function readConfig(environment = process.env) {
  const read = readShape(environment);
  const connections = connectionsFor(read.JOBS_ROLES);
  const groups = groupsIn(read.JOBS_ROLES);
  const required = [
    ...connections.map(({ setting }) => setting),
    ...groups.map((name) => settingName(name, 'JOB_KEYS')),
    ...(groups.includes('notification') ? (['NOTIFICATION_WEBHOOK_KEYS'] as const) : []),
  ];
  const faults = required.filter((setting) => read[setting] === undefined).map((setting) => `${setting} is not set`);
  const verifier = verifierIn(environment, groups);
  faults.push(...verifier.faults);
  if ((read.PROVIDER_URL === undefined) !== (read.PROVIDER_API_KEY === undefined)) {
    faults.push(`${read.PROVIDER_URL === undefined ? 'PROVIDER_URL' : 'PROVIDER_API_KEY'} is not set`);
  }
  const redis = redisServer('REDIS_URL', { ...read, url: read.REDIS_URL });
  if (redis === null && read.JOBS_DATABASE_URL === undefined) {
    faults.push('neither REDIS_URL nor JOBS_DATABASE_URL is set');
  }
  if (faults.length > 0) throw new SettingsFault(faults);
  return {
    ...read,
    databases: connections.map(({ name }) => name),
    databaseUrls: new Map(connections.map(({ name, setting }) => [name, read[setting]!])),
    keys: new Map(groups.map((name) => [name, jobKeys(name, read[settingName(name, 'JOB_KEYS')]!)])),
    listenUrls: new Map(outboxOwners.map((owner) => [owner, listenUrlOf(read, owner)])),
    verifier: verifier.environment,
    brokerAddress: redis ?? { postgresUrl: read.JOBS_DATABASE_URL! },
  };
}
