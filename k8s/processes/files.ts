import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { redisUsersFile } from '#local/redis-users.ts';
import { settingName } from '#platform/process/setting-names.ts';
import {
  outboxOwners,
  type SubgraphName,
  subgraphNames,
  tokenIssuer,
  verifiedSubgraphs,
  workerGroups,
} from '#subgraphs/manifest.ts';
import { verifierUrlSetting } from '#subgraphs/settings.ts';
import { type Connections, connectionsOf, generatePasswords, type Passwords, redisPasswordsOf } from './connections.ts';

/** The connections of each process of compose.yaml, by the name of the file that the process reads. */
export const settingsFiles: Readonly<Record<string, readonly (keyof Connections)[]>> = {
  ...Object.fromEntries(subgraphNames.map((name) => [`${name}.env`, serverConnections(name)])),
  'jobs.env': [
    ...workerGroups.map((name) => settingName(name, 'WORKER_DATABASE_URL')),
    ...workerGroups.map((name) => settingName(name, 'JOB_KEYS')),
    'NOTIFICATION_WEBHOOK_KEYS',
    ...verifiedSubgraphs.map(verifierUrlSetting),
    'JOBS_REDIS_URL',
  ],
  'router.env': ['ROUTER_REDIS_URL'],
  'migrate.env': ['DATABASE_URL'],
};

/** The connections of a subgraph's server. */
export function serverConnections(name: SubgraphName): (keyof Connections)[] {
  const owner = outboxOwners.find((one) => one === name);
  return [
    settingName(name, 'DATABASE_URL'),
    ...(owner === undefined ? [] : [settingName(owner, 'JOB_KEYS')]),
    ...(name === tokenIssuer ? (['USER_FACTOR_KEYS'] as const) : []),
    ...(name === 'notification' ? (['NOTIFICATION_WEBHOOK_KEYS'] as const) : []),
  ];
}

/** The setting with a connection. All jobs run in one process here, which reads REDIS_URL. */
export function settingNameOf(key: keyof Connections): string {
  return key === 'JOBS_REDIS_URL' ? 'REDIS_URL' : key;
}

const passwordsFile = 'passwords.json';

/**
 * Writes the connections of each container into a folder of its own, so that a container gets no others. The passwords
 * are generated once, because PostgreSQL keeps the password that its data were created with. Everything else is derived
 * from them and written again.
 */
export function writeConnections(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const write = (reader: string, file: string, text: string) => {
    mkdirSync(join(folder, reader), { recursive: true });
    writeWhole(join(folder, reader, file), text);
  };
  const passwords = keepPasswords(folder, { ...generatePasswords(), ...keptPasswords(folder) });
  const connections = connectionsOf(passwords);
  for (const [name, keys] of Object.entries(settingsFiles)) {
    write(parse(name).name, name, keys.map((key) => `${settingNameOf(key)}=${connections[key]}\n`).join(''));
  }
  write('postgres', 'postgres-password', passwords.postgres);
  write('redis', 'redis-users.acl', redisUsersFile(redisPasswordsOf(passwords.redis)));
}

/** A file of an earlier release lacks what this one adds. */
function keptPasswords(folder: string): Partial<Passwords> | null {
  try {
    return JSON.parse(readFileSync(join(folder, passwordsFile), 'utf8')) as Partial<Passwords>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function keepPasswords(folder: string, passwords: Passwords): Passwords {
  writeWhole(join(folder, passwordsFile), JSON.stringify(passwords));
  return passwords;
}

/** Replaces the file atomically. Containers run as different users, and each sees only its own folder. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o444 });
  renameSync(`${file}.new`, file);
}
