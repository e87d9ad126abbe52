import { createHmac } from 'node:crypto';
import { deriveJobKeys, jobKeysSettingOf } from '#platform/messaging/job-keys.ts';
import { subgraphNames } from '#platform/messaging/outbox-kinds.ts';
import { type GivenUrls, settingsOf } from './credentials.ts';
import { StartFault } from './start-fault.ts';

const settings = subgraphNames.map(jobKeysSettingOf);

/**
 * The keys with which the subgraphs sign jobs for each other: those that are given, or else keys that follow from the
 * passwords of all databases, so that none has to be kept. No process knows all of these.
 *
 * @throws StartFault where neither are there.
 */
export function jobKeysFor(databases: GivenUrls, environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const given = settings.filter((setting) => (environment[setting] ?? '') !== '');
  if (given.length === settings.length) return {};
  if (given.length > 0) throw new StartFault(`Of ${settings.join(', ')} all are needed, or none.`);
  const passwords = Object.values(settingsOf(databases)).map((url) => new URL(url).password);
  if (passwords.every((password) => password === '')) {
    throw new StartFault(
      `The databases have no passwords, which the keys of jobs would follow from: set ${settings.join(', ')} ` +
        '(`npm run job-keys` writes new ones).',
    );
  }
  return deriveJobKeys(createHmac('sha256', 'job keys').update(passwords.toSorted().join('\n')).digest('hex'));
}
