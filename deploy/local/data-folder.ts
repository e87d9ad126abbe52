import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StartFault } from './start-fault.ts';
import { canEnter, postgresUser, type SystemUser } from './system-user.ts';

/**
 * The folder of the system's data.
 *
 * @param given DATA_FOLDER, if it is set.
 * @param hasServer whether `npm start` runs its own PostgreSQL: only that needs a folder that another user can enter.
 */
export function dataFolderOf(given: string | undefined, hasServer: boolean, project: string): string {
  if (given !== undefined) return resolve(given);
  return hasServer ? defaultDataFolder(project) : join(project, '.data');
}

/**
 * The default data folder: `.data` in the project. If this process is root and the user that runs PostgreSQL cannot
 * enter the project's folder, it is a system folder named after the project.
 */
export function defaultDataFolder(project: string): string {
  const inProject = join(project, '.data');
  const user = postgresUser(join(inProject, 'postgres'));
  if (user === null || canEnter(user, project)) return inProject;
  return join(sharedFolder(user), createHash('sha256').update(project).digest('hex').slice(0, 16));
}

/**
 * A folder of root that this user can enter, for the files that PostgreSQL needs when it runs as another user.
 *
 * @throws StartFault if no such folder can be created.
 */
export function sharedFolder(user: SystemUser): string {
  const folders = ['/var/lib', tmpdir(), '/tmp'].map((parent) => join(parent, 'wallet-and-orders'));
  const usable = folders.find((folder) => isOrBecomesOurs(folder) && canEnter(user, folder));
  if (usable !== undefined) return usable;
  throw new StartFault(`None of ${folders.join(', ')} can be used: set DATABASE_URL, or start as an ordinary user.`);
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

/** The folder in which the system stores mail to customers if no mail server is set. */
export function mailFolderIn(dataFolder: string): string {
  return join(dataFolder, 'mail');
}
