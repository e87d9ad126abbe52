import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { project, runCommand } from '#local/command.ts';
import { readConfig } from '#local/config.ts';
import type { GivenUrls } from '#local/credentials.ts';
import { dataFolderOf } from '#local/data-folder.ts';
import { databaseSource } from '#local/databases.ts';
import { storedCipherKeys } from '#local/cipher-keys.ts';
import { jobKeysFor } from '#local/job-keys.ts';
import { findOwnDatabases } from '#local/own-databases.ts';
import { StartFault } from '#local/start-fault.ts';
import { settingName } from '#platform/process/setting-names.ts';
import { workerGroups } from '#subgraphs/manifest.ts';
import { readFileKey } from './config.ts';
import { ownerUrls } from './owner-urls.ts';
import { rowsOf } from './contents.ts';
import { takeBackup } from './take-backup.ts';

/**
 * The keys without which a restored system cannot read second factors and secrets of webhooks, and refuses the rows of its
 * outboxes.
 */
const keyNames = [
  'USER_FACTOR_KEYS',
  'NOTIFICATION_WEBHOOK_KEYS',
  ...workerGroups.map((name) => settingName(name, 'JOB_KEYS')),
];

/** `npm run backup -- <folder>` copies the databases and the keys of a running system into a folder. */
await runCommand('backup', async (signal) => {
  const [folder, ...others] = process.argv.slice(2);
  if (folder === undefined || others.length > 0) throw new StartFault('backup <folder>');
  // Who interrupts it has no backup, and must not take it for one.
  signal.addEventListener('abort', () => (process.exitCode = 130));
  const key = readFileKey();
  const urls = findOwnDatabases(process.env, 'backup');
  const known = keysOf(urls);
  const missing = keyNames.filter((name) => known[name] === undefined);
  const keys = key === null || missing.length > 0 ? null : known;
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
  const contents = await takeBackup({ urls: ownerUrls(urls), folder: resolve(folder), key, keys, version, signal });
  const form = key === null ? 'not encrypted' : 'encrypted';
  process.stdout.write(`${resolve(folder)}: ${rowsOf(contents)} rows as of ${contents.takenAt}, ${form}.\n`);
  if (keys !== null) return;
  const reason = key === null ? 'because it is not encrypted' : `because these are not known: ${missing.join(', ')}`;
  process.stdout.write(`The keys are not in the backup, ${reason}. Keep copies of ${keyNames.join(', ')}.\n`);
});

/** The keys that the settings or the data folder of `npm start` have. */
function keysOf(urls: GivenUrls): Readonly<Record<string, string>> {
  const given = Object.fromEntries(
    keyNames.flatMap((name) => (process.env[name] ? [[name, process.env[name]] as const] : [])),
  );
  if (databaseSource(process.env, 'backup').kind === 'each') return given;
  const folder = dataFolderOf(readConfig(process.env).DATA_FOLDER, true, project);
  return { ...jobKeysFor(urls, process.env), ...storedCipherKeys(folder), ...given };
}
