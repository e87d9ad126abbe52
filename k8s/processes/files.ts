import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Connections, connectionsOf, generatePasswords, type Passwords } from './connections.ts';

/** Which settings each process of compose.yaml is given by a file named after it. */
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
    'REDIS_URL',
  ],
  'router.env': ['REDIS_URL'],
  'migrate.env': ['DATABASE_URL'],
} as const satisfies Readonly<Record<string, readonly (keyof Connections)[]>>;

const passwordsFile = 'passwords.json';

/**
 * Writes what each container reads into a folder that they share. The passwords are made once and kept, since
 * PostgreSQL keeps the one that its data were made with; the rest follows from them and is written anew.
 */
export function writeConnections(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const passwords = keptPasswords(folder) ?? newPasswords(folder);
  const connections = connectionsOf(passwords);
  for (const [name, keys] of Object.entries(settingsFiles)) {
    write(join(folder, name), keys.map((key) => `${key}=${connections[key]}\n`).join(''));
  }
  write(join(folder, 'postgres-password'), passwords.postgres);
  write(join(folder, 'redis.conf'), `requirepass ${passwords.redis}\n`);
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
  write(join(folder, passwordsFile), JSON.stringify(passwords));
  return passwords;
}

/** Whole or not at all. Containers run as different users, and nobody but they can see the folder. */
function write(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o444 });
  renameSync(`${file}.new`, file);
}
