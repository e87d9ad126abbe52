import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { redisUsersFile } from '#local/redis-users.ts';
import { type Connections, connectionsOf, generatePasswords, type Passwords, redisPasswordsOf } from './connections.ts';

/** Which connections each process of compose.yaml is given by a file named after it. */
export const settingsFiles = {
  'user.env': ['USER_DATABASE_URL', 'USER_JOB_KEYS'],
  'billing.env': ['BILLING_DATABASE_URL', 'BILLING_JOB_KEYS'],
  'order.env': ['ORDER_DATABASE_URL', 'ORDER_JOB_KEYS'],
  'notification.env': ['NOTIFICATION_DATABASE_URL'],
  'jobs.env': [
    'USER_WORKER_DATABASE_URL',
    'BILLING_WORKER_DATABASE_URL',
    'ORDER_WORKER_DATABASE_URL',
    'NOTIFICATION_WORKER_DATABASE_URL',
    'USER_JOB_KEYS',
    'BILLING_JOB_KEYS',
    'ORDER_JOB_KEYS',
    'NOTIFICATION_JOB_KEYS',
    'JOBS_REDIS_URL',
  ],
  'router.env': ['ROUTER_REDIS_URL'],
  'migrate.env': ['DATABASE_URL'],
} as const satisfies Readonly<Record<string, readonly (keyof Connections)[]>>;

/** The setting that carries a connection. All jobs are one process here, which knows Redis by the usual name. */
export function settingNameOf(key: keyof Connections): string {
  return key === 'JOBS_REDIS_URL' ? 'REDIS_URL' : key;
}

const passwordsFile = 'passwords.json';

/**
 * Writes what each container reads into a folder of its own, so that it is given that and no more. The passwords are
 * made once and kept, since PostgreSQL keeps the one that its data were made with; the rest follows from them and is
 * written anew.
 */
export function writeConnections(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const write = (reader: string, file: string, text: string) => {
    mkdirSync(join(folder, reader), { recursive: true });
    writeWhole(join(folder, reader, file), text);
  };
  const passwords = keptPasswords(folder) ?? newPasswords(folder);
  const connections = connectionsOf(passwords);
  for (const [name, keys] of Object.entries(settingsFiles)) {
    write(parse(name).name, name, keys.map((key) => `${settingNameOf(key)}=${connections[key]}\n`).join(''));
  }
  write('postgres', 'postgres-password', passwords.postgres);
  write('redis', 'redis-users.acl', redisUsersFile(redisPasswordsOf(passwords.redis)));
}

function keptPasswords(folder: string): Passwords | null {
  try {
    return JSON.parse(readFileSync(join(folder, passwordsFile), 'utf8')) as Passwords;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function newPasswords(folder: string): Passwords {
  const passwords = generatePasswords();
  writeWhole(join(folder, passwordsFile), JSON.stringify(passwords));
  return passwords;
}

/** Whole or not at all. Containers run as different users, and each sees its own folder only. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o444 });
  renameSync(`${file}.new`, file);
}
