import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { project } from '#local/command.ts';
import { readConfig } from '#local/config.ts';
import { defaultDataFolder } from '#local/data-folder.ts';
import { databaseSource } from '#local/databases.ts';
import { superuserUrl } from '#local/postgres.ts';
import { type VerifierUrls, verifierUrls } from '#local/credentials.ts';
import { StartFault } from '#local/start-fault.ts';
import { hasDatabaseSettings, readAddresses } from './config.ts';

/**
 * Finds the databases to verify: those of the VERIFY_ settings, or those on the server of DATABASE_URL, or those that
 * `npm start` created here. In the last two cases, the verifier's password is derived from the administrator's, which is
 * not used to connect.
 *
 * @throws SettingsFault, or StartFault if nothing was started here.
 */
export function findDatabases(environment: NodeJS.ProcessEnv): VerifierUrls {
  const source = databaseSource(environment, 'verify');
  // If the settings name the subgraphs' databases, the operator also created the verifier's role.
  if (source.kind === 'each' || hasDatabaseSettings(environment)) return readAddresses(environment);
  if (source.kind === 'server') return verifierUrls(source.adminUrl);
  const { DATA_FOLDER: folder, POSTGRES_PORT: port } = readConfig(environment);
  const server = join(folder === undefined ? defaultDataFolder(project) : resolve(folder), 'postgres');
  if (existsSync(server)) return verifierUrls(superuserUrl(server, port));
  throw new StartFault(
    `There is nothing to verify in ${server}: start the system (npm start), or set the URLs of the databases ` +
      '(DATABASE_URL, or VERIFY_USER_DATABASE_URL and the others; .env.example describes them).',
  );
}
