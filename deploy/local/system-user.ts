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
 * Who PostgreSQL has to run as, since it refuses to run as root: whoever owns the data, else the first
 * unprivileged user of this machine. Null where this process is not root and runs it as itself.
 */
export function postgresUser(dataFolder: string): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const owner = existsSync(dataFolder) ? statSync(dataFolder) : null;
  if (owner !== null && owner.uid !== 0) return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  return firstOf(unprivilegedNames, readFileSync('/etc/passwd', 'utf8'));
}

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

/** Whether the user gets into the folder; asked of the system itself, which knows of more than mode bits. */
export function canEnter({ uid, gid }: SystemUser, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}
