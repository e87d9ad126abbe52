import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { project, runCommand } from '#local/command.ts';
import { readConfig } from '#local/config.ts';
import { dataFolderOf } from '#local/data-folder.ts';
import { databaseSource, prepareDatabases } from '#local/databases.ts';
import { keepPostgres } from '#local/keep-postgres.ts';
import { StartFault } from '#local/start-fault.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { type Finding, findingText } from '#verify/finding.ts';
import { hasDatabaseSettings, readLimits } from '#verify/config.ts';
import { findDatabases } from '#verify/databases.ts';
import { verify } from '#verify/verify.ts';
import { readFileKey } from './config.ts';
import { readContents, rowsOf } from './contents.ts';
import { ownerUrls } from './owner-urls.ts';
import { readKeys, restoreBackup } from './restore-backup.ts';

/**
 * `npm run restore -- <folder> [<file for the keys>]` creates the databases and copies a backup into them. Without a setting that names a
 * server, they are in the data folder of `npm start`, which must not run. Then it recomputes the ledger as
 * `npm run verify` does, and exits with 1 if a row is wrong.
 */
await runCommand('restore', async (signal) => {
  const [given, keysFile = 'restored-keys.env', ...others] = process.argv.slice(2);
  if (given === undefined || others.length > 0) throw new StartFault('restore <folder> [<file for the keys>]');
  const folder = resolve(given);
  const file = resolve(project, keysFile);
  if (existsSync(file))
    throw new StartFault(`${file} already exists. Put its settings into .env, then delete or move the file.`);
  const key = readFileKey();
  const source = databaseSource(process.env, 'restore');
  const config = readConfig(process.env);
  const log = createLog('restore', config.LOG_LEVEL);
  const started = new AsyncDisposableStack();
  const bringPostgres = async () => {
    const dataFolder = join(dataFolderOf(config.DATA_FOLDER, true, project), 'postgres');
    const postgres = await keepPostgres({ dataFolder, port: config.POSTGRES_PORT, durable: true }, log);
    started.defer(postgres.stop);
    return { kind: 'server', adminUrl: postgres.url } as const;
  };
  try {
    const { urls } = await prepareDatabases(source.kind === 'none' ? await bringPostgres() : source, log, signal);
    const restored = { folder, key, signal };
    // The keys first: without them, databases that were committed would be of no use.
    const keys = await readKeys(restored, await readContents(folder, key));
    if (keys !== null) writeFileSync(file, keys, { mode: 0o600, flag: 'wx', flush: true });
    const contents = await restoreBackup({ ...restored, urls: ownerUrls(urls) }).catch((error: unknown) => {
      if (keys !== null) rmSync(file);
      throw error;
    });
    process.stdout.write(`Restored ${rowsOf(contents)} rows as of ${contents.takenAt}.\n`);
    if (keys !== null) {
      process.stdout.write(
        `Put the settings of ${file} into .env or the Secret before you start, and delete the file.\n`,
      );
    }
    if (source.kind === 'each' && !hasDatabaseSettings()) process.stdout.write('Now run `npm run verify`.\n');
    else await recompute(new Date(contents.takenAt));
  } finally {
    await started.disposeAsync();
  }
});

async function recompute(asOf: Date): Promise<void> {
  const { VERIFY_GRACE_S: graceS, VERIFY_OUTBOX_MAX_AGE_S: outboxMaxAgeS } = readLimits();
  const onFinding = (finding: Finding) => process.stdout.write(`${findingText(finding)}\n`);
  const { findings } = await verify({ urls: findDatabases(process.env), graceS, outboxMaxAgeS, asOf, onFinding });
  process.stdout.write(findings === 0 ? 'No findings.\n' : `Findings: ${findings}.\n`);
  if (findings > 0) process.exitCode = 1;
}
