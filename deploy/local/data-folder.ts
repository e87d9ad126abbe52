import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartFault } from './start-fault.ts';
import { canEnter, postgresUser, type SystemUser } from './system-user.ts';

/**
 * The default data folder: `.data` in the project. If this process is root and the user that runs PostgreSQL cannot
 * enter the project's folder, it is a system folder named after the project.
 */
export function defaultDataFolder(project: string): string {
  const beside = join(project, '.data');
  const user = postgresUser(join(beside, 'postgres'));
  if (user === null || canEnter(user, project)) return beside;
  return join(sharedFolder(user), createHash('sha256').update(project).digest('hex').slice(0, 16));
}

/**
 * A folder of root that this user can enter, for the files that PostgreSQL needs when it runs as another user.
 *
 * @throws StartFault if no such folder can be created.
 */
export function sharedFolder(user: SystemUser): string {
  const places = ['/var/lib', tmpdir(), '/tmp'].map((parent) => join(parent, 'wallet-and-orders'));
  const place = places.find((folder) => isOrBecomesOurs(folder) && canEnter(user, folder));
  if (place !== undefined) return place;
  throw new StartFault(`None of ${places.join(', ')} can be used: set DATABASE_URL, or start as an ordinary user.`);
}

/** A folder of another user is never used, because programs in it are executed. */
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
