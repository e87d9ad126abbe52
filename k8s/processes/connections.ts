import { randomBytes } from 'node:crypto';
import { databaseUrls } from '#local/provision.ts';

/** The settings and passwords that reach PostgreSQL and Redis where both run beside us, as `postgres` and `redis`. */
export const connectionKeys = [
  'POSTGRES_PASSWORD',
  'DATABASE_URL',
  'USER_DATABASE_URL',
  'BILLING_DATABASE_URL',
  'ORDER_DATABASE_URL',
  'NOTIFICATION_DATABASE_URL',
  'REDIS_PASSWORD',
  'REDIS_URL',
] as const;

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
  const databases = databaseUrls(adminUrl);
  return {
    POSTGRES_PASSWORD: postgres,
    DATABASE_URL: adminUrl,
    USER_DATABASE_URL: databases.user,
    BILLING_DATABASE_URL: databases.billing,
    ORDER_DATABASE_URL: databases.order,
    NOTIFICATION_DATABASE_URL: databases.notification,
    REDIS_PASSWORD: redis,
    REDIS_URL: `redis://:${redis}@redis:6379`,
  };
}
