import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { project } from './command.ts';
import { readConfig } from './config.ts';
import { databaseUrls, type GivenUrls } from './credentials.ts';
import { defaultDataFolder } from './data-folder.ts';
import { type DatabaseCommand, databaseSource } from './databases.ts';
import { superuserUrl } from './postgres.ts';
import { StartFault } from './start-fault.ts';

/**
 * The URLs of the databases that `npm start` uses, by credential.
 *
 * @throws SettingsFault for malformed settings.
 * @throws StartFault if no setting names a database and `npm start` has created none.
 */
export function findOwnDatabases(environment: NodeJS.ProcessEnv, command: DatabaseCommand): GivenUrls {
  const source = databaseSource(environment, command);
  if (source.kind === 'server') return databaseUrls(source.adminUrl);
  if (source.kind === 'each') return source.urls;
  const { DATA_FOLDER: folder, POSTGRES_PORT: port } = readConfig(environment);
  const server = join(folder === undefined ? defaultDataFolder(project) : resolve(folder), 'postgres');
  if (existsSync(server)) return databaseUrls(superuserUrl(server, port));
  throw new StartFault(`There are no databases in ${server}: start the system, or set DATABASE_URL.`);
}
