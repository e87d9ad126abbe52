import { createHmac } from 'node:crypto';
import { deriveJobKeys } from '#platform/messaging/job-keys.ts';
import { settingName } from '#platform/process/setting-names.ts';
import { workerGroups } from '#subgraphs/manifest.ts';
import { type GivenUrls, settingsOf } from './credentials.ts';
import { StartFault } from './start-fault.ts';

const settings = workerGroups.map((name) => settingName(name, 'JOB_KEYS'));

/**
 * The keys with which the subgraphs sign jobs for each other. If the settings have none, the keys are derived from the
 * passwords of all databases, so none has to be stored. No process knows all of these passwords.
 *
 * @returns the settings to add; none if the environment has them all.
 * @throws StartFault if the environment has some of the keys, or if there are neither keys nor passwords.
 */
export function jobKeysFor(databases: GivenUrls, environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const given = settings.filter((setting) => (environment[setting] ?? '') !== '');
  if (given.length === settings.length) return {};
  if (given.length > 0) throw new StartFault(`Set all of ${settings.join(', ')}, or none.`);
  const passwords = Object.values(settingsOf(databases)).map((url) => new URL(url).password);
  if (passwords.every((password) => password === '')) {
    throw new StartFault(
      `The keys of jobs are derived from the passwords of the databases, which have none: set ${settings.join(', ')} ` +
        '(`npm run job-keys` prints new ones).',
    );
  }
  const secret = createHmac('sha256', 'job keys').update(passwords.toSorted().join('\n')).digest('hex');
  return deriveJobKeys(secret, workerGroups);
}
