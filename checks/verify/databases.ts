import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { project } from '#local/command.ts';
import { readConfig } from '#local/config.ts';
import { defaultDataFolder } from '#local/data-folder.ts';
import { databaseSource } from '#local/databases.ts';
import { superuserUrl } from '#local/postgres.ts';
import { type VerifierUrls, verifierUrls } from '#local/credentials.ts';
import { StartFault } from '#local/start-fault.ts';
import { givesDatabases, readAddresses } from './config.ts';

/**
 * Where the role that verifies reads: the databases that it is given; else those on the server of DATABASE_URL, else
 * those that `npm start` has made here. Of the last two the administrator's password is read to derive the role's
 * own, and nothing is asked under it.
 *
 * @throws SettingsFault, or StartFault where nothing was started here.
 */
export function findDatabases(environment: NodeJS.ProcessEnv): VerifierUrls {
  const source = databaseSource(environment, 'verify');
  // Whoever names the subgraphs' databases has made them, and the role that verifies too.
  if (source.kind === 'each' || givesDatabases(environment)) return readAddresses(environment);
  if (source.kind === 'server') return verifierUrls(source.adminUrl);
  const { DATA_FOLDER: folder, POSTGRES_PORT: port } = readConfig(environment);
  const server = join(folder === undefined ? defaultDataFolder(project) : resolve(folder), 'postgres');
  if (existsSync(server)) return verifierUrls(superuserUrl(server, port));
  throw new StartFault(
    `There is nothing to verify in ${server}: start the system (npm start), or say where the databases are ` +
      '(DATABASE_URL or VERIFY_USER_DATABASE_URL and the others; .env.example says what each means).',
  );
}
