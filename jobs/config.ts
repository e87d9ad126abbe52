import { z } from 'zod';
import { redisServer, redisSettings } from '#platform/redis.ts';
import {
  count,
  durationS,
  port,
  postgresUrl,
  processSettings,
  readSettings,
  SettingsFault,
  smtpUrl,
} from '#platform/settings.ts';

/** What a process of the jobs may do: all of it on one machine, a group each on a cluster. */
const roles = ['relay', 'user', 'billing', 'order', 'notification'] as const;

export type Role = (typeof roles)[number];

const roleList = z
  .string()
  .transform((text) => text.split(',').map((role) => role.trim()))
  .pipe(z.array(z.enum(roles, `must be a list of ${roles.join(', ')}`)).min(1));

export const settings = {
  ...processSettings,
  JOBS_PORT: port.default(4005),
  JOBS_ROLES: roleList.prefault(roles.join(',')),
  JOBS_POOL_SIZE: count.default(4),
  JOBS_STALLED_AFTER_S: durationS.default(30),
  ...redisSettings,
  JOBS_DATABASE_URL: postgresUrl.optional(),
  USER_DATABASE_URL: postgresUrl.optional(),
  BILLING_DATABASE_URL: postgresUrl.optional(),
  ORDER_DATABASE_URL: postgresUrl.optional(),
  NOTIFICATION_DATABASE_URL: postgresUrl.optional(),
  DASHBOARD_PASSWORD: z.string().min(16, 'must have at least 16 characters').optional(),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: z.string().min(3).default('wallet@localhost'),
};

/** Which databases a role works on. */
const databasesOf: Readonly<Record<Role, readonly ('user' | 'billing' | 'order' | 'notification')[]>> = {
  relay: ['user', 'billing', 'order'],
  user: ['user'],
  billing: ['billing'],
  order: ['order'],
  notification: ['notification'],
};

/** The settings, and the addresses of the databases that the roles need. */
export function readConfig(environment = process.env) {
  const read = readSettings(settings, environment);
  const needed = [...new Set(read.JOBS_ROLES.flatMap((role) => databasesOf[role]))];
  const addresses = {
    user: read.USER_DATABASE_URL,
    billing: read.BILLING_DATABASE_URL,
    order: read.ORDER_DATABASE_URL,
    notification: read.NOTIFICATION_DATABASE_URL,
  };
  const faults = needed
    .filter((owner) => addresses[owner] === undefined)
    .map((owner) => `${owner.toUpperCase()}_DATABASE_URL is not set`);
  const redis = redisServer(read);
  if (redis === null && read.JOBS_DATABASE_URL === undefined) {
    faults.push('neither REDIS_URL nor JOBS_DATABASE_URL is set');
  }
  if (faults.length > 0) throw new SettingsFault(faults);
  return {
    ...read,
    databaseUrls: Object.fromEntries(needed.map((owner) => [owner, addresses[owner]!])),
    brokerAddress: redis ?? { postgresUrl: read.JOBS_DATABASE_URL! },
  };
}
