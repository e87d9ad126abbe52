import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { StartFault } from './start-fault.ts';

export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** In order of preference. */
const unprivilegedNames = ['postgres', 'nobody'];

/**
 * The user that runs PostgreSQL, which refuses to run as root: the owner of the data, or else the first unprivileged
 * user of this machine. Null if this process is not root: it then runs PostgreSQL as its own user.
 */
export function postgresUser(dataFolder: string): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const owner = existsSync(dataFolder) ? statSync(dataFolder) : null;
  if (owner !== null && owner.uid !== 0) return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  return firstOf(unprivilegedNames, readFileSync('/etc/passwd', 'utf8'));
}

/** The options that run a child process as the user; null keeps the user of this process. */
export const identityOf = (user: SystemUser | null) => (user === null ? {} : { uid: user.uid, gid: user.gid });

function firstOf(names: readonly string[], passwd: string): SystemUser {
  const users = passwd.split('\n').map((line) => line.split(':'));
  for (const wanted of names) {
    const [name, , uid, gid] = users.find(([name]) => name === wanted) ?? [];
    if (name !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new StartFault(
    `PostgreSQL does not run as root, and this machine has no user ${names.join(' or ')} to run it as: ` +
      'set DATABASE_URL to a server of your own, or start as an ordinary user.',
  );
}

/** Whether the user can enter the folder. A real attempt decides, because mode bits are not the only access rules. */
export function canEnter({ uid, gid }: SystemUser, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}
