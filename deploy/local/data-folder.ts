import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartFault } from './start-fault.ts';
import { canEnter, postgresUser, type SystemUser } from './system-user.ts';

/**
 * Where a project's data live unless it is told: below the project. Where this process is root and the user that
 * PostgreSQL runs as cannot get into the project's folder, in a folder of the system's that is named after it.
 */
export function defaultDataFolder(project: string): string {
  const beside = join(project, '.data');
  const user = postgresUser(join(beside, 'postgres'));
  if (user === null || canEnter(user, project)) return beside;
  return join(sharedFolder(user), createHash('sha256').update(project).digest('hex').slice(0, 16));
}

/**
 * A folder of root's that this user can enter, for what PostgreSQL needs where it runs as another user.
 *
 * @throws StartFault where no place can be had.
 */
export function sharedFolder(user: SystemUser): string {
  const places = ['/var/lib', tmpdir(), '/tmp'].map((parent) => join(parent, 'wallet-and-orders'));
  const place = places.find((folder) => isOrBecomesOurs(folder) && canEnter(user, folder));
  if (place !== undefined) return place;
  throw new StartFault(`None of ${places.join(', ')} can be used: set DATABASE_URL, or start as an ordinary user.`);
}

/** Somebody else's folder is never used, since what lies there is executed. */
function isOrBecomesOurs(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    const found = lstatSync(folder);
    if (!found.isDirectory() || found.uid !== process.getuid?.()) return false;
    chmodSync(folder, 0o755);
    return true;
  } catch {
    return false;
  }
}
