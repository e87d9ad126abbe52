import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { project, runCommand } from '#local/command.ts';
import { readConfig } from '#local/config.ts';
import type { GivenUrls } from '#local/credentials.ts';
import { dataFolderOf } from '#local/data-folder.ts';
import { databaseSource } from '#local/databases.ts';
import { cipherKeysUnlessSet, keptCipherKeys } from '#local/cipher-keys.ts';
import { jobKeysFor } from '#local/job-keys.ts';
import { findOwnDatabases } from '#local/own-databases.ts';
import { StartFault } from '#local/start-fault.ts';
import { settingName } from '#platform/process/setting-names.ts';
import { workerGroups } from '#subgraphs/manifest.ts';
import { readFileKey } from './config.ts';
import { ownerUrls } from './owner-urls.ts';
import { rowsOf } from './contents.ts';
import { takeBackup } from './take-backup.ts';

/** `npm run backup -- <folder>` copies the databases and the keys of a running system into a folder. */
await runCommand('backup', async (signal) => {
  const [folder, ...others] = process.argv.slice(2);
  if (folder === undefined || others.length > 0) throw new StartFault('backup <folder>');
  const key = readFileKey();
  const urls = findOwnDatabases(process.env, 'backup');
  const keys = keysOf(urls);
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
  const contents = await takeBackup({ urls: ownerUrls(urls), folder: resolve(folder), key, keys, version, signal });
  process.stdout.write(
    `${resolve(folder)}: ${rowsOf(contents)} rows as of ${contents.takenAt}, ${key === null ? 'not encrypted' : 'encrypted'}.\n` +
      (keys === null
        ? 'The keys are not in the backup, because the settings do not have them: keep USER_FACTOR_KEYS, NOTIFICATION_WEBHOOK_KEYS and the *_JOB_KEYS.\n'
        : ''),
  );
});

/** The keys without which a restored system cannot read second factors and secrets of webhooks, and refuses the rows of its outboxes. */
function keysOf(urls: GivenUrls): Readonly<Record<string, string>> | null {
  const names = [
    'USER_FACTOR_KEYS',
    'NOTIFICATION_WEBHOOK_KEYS',
    ...workerGroups.map((name) => settingName(name, 'JOB_KEYS')),
  ];
  const given = Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  if (databaseSource(process.env, 'backup').kind === 'each') {
    return Object.keys(given).length === names.length ? given : null;
  }
  const folder = dataFolderOf(readConfig(process.env).DATA_FOLDER, true, project);
  if (!existsSync(folder)) return null;
  return {
    ...given,
    ...jobKeysFor(urls, process.env),
    ...cipherKeysUnlessSet(process.env, () => keptCipherKeys(folder)),
  };
}
