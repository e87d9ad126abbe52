import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connected } from '#local/connected.ts';
import { settingsOf } from '#local/credentials.ts';
import { type Customers, openCustomers } from '#test/acting-customers.ts';
import { runFile } from '#test/command.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { someone } from '#test/factories.ts';
import { jobKeySettings } from '#test/job-keys.ts';
import { liveThrough } from '#test/true-history.ts';
import { outboxOwners } from '#subgraphs/manifest.ts';
import { until } from '#test/until.ts';
import { type Finding, findingText } from '#verify/finding.ts';
import { verify, type VerifyOptions } from '#verify/verify.ts';
import { readContents } from './contents.ts';
import { readKeys, restoreBackup } from './restore-backup.ts';
import { fileKeyOf } from './stored-files.ts';
import { takeBackup } from './take-backup.ts';

const folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-backup-'));
const { signal } = new AbortController();
const key = fileKeyOf(randomBytes(32).toString('hex'));

let source: TestDatabases;
let customers: Customers;
const restored: TestDatabases[] = [];

beforeAll(async () => {
  source = await createDatabases();
  customers = await openCustomers(source.urls);
  await liveThrough(customers);
});
afterAll(async () => {
  await customers.close();
  for (const databases of [source, ...restored]) await databases.drop();
  rmSync(folder, { recursive: true });
});

const backUp = async (name: string) =>
  await takeBackup({
    urls: source.owners,
    folder: join(folder, name),
    key,
    keys: jobKeySettings,
    version: '0.0.0',
    signal,
  });

async function newDatabases() {
  const databases = await createDatabases();
  restored.push(databases);
  return databases;
}

async function findingsIn({ verifierUrls }: TestDatabases, limits: Partial<VerifyOptions> = {}): Promise<string[]> {
  const findings: string[] = [];
  const onFinding = (finding: Finding) => void findings.push(findingText(finding));
  await verify({ urls: verifierUrls, graceS: 0, outboxMaxAgeS: 900, onFinding, ...limits });
  return findings;
}

test('backups that are taken under load restore into systems that finish what was under way', async () => {
  const done = new AbortController();
  const work = Array.from({ length: 3 }, async () => {
    while (!done.signal.aborted) await liveThrough(customers);
  });
  const names = ['first', 'second'];
  try {
    for (const name of names) await backUp(name);
  } finally {
    done.abort();
    await Promise.all(work);
  }

  let unfinished = 0;
  for (const name of names) {
    const databases = await newDatabases();
    const contents = await restoreBackup({ urls: databases.owners, folder: join(folder, name), key, signal });
    const keys = await readKeys({ folder: join(folder, name), key, signal }, contents);
    expect(parseEnv(keys!)).toEqual(jobKeySettings);
    for (const { tables } of Object.values(contents.databases)) {
      unfinished += tables.find(({ name: table }) => table === 'outbox')?.rows ?? 0;
    }
    // A relay that had claimed rows is gone. Their claims would end after a while.
    for (const owner of outboxOwners) {
      await databases.asOwner(owner, 'update outbox set next_attempt_at = now() where failed_at is null');
    }
    const successors = await openCustomers(databases.urls);
    try {
      // An action relays every row of the outboxes, and so finishes what was under way.
      await successors.register(someone('Zoe'));
      await liveThrough(successors);
    } finally {
      await successors.close();
    }
    expect(await findingsIn(databases)).toEqual([]);
  }
  expect(unfinished).toBeGreaterThan(0);
});

test('a restored system is verified as of its backup, however old that is', async () => {
  const rowKey = `open-${randomBytes(4).toString('hex')}`;
  const open = `insert into outbox (kind, key, payload, next_attempt_at) values ('order-placed', $1, '{}', now() + interval '1 day')`;
  await source.asOwner('order', open, [rowKey]);
  const { takenAt } = await backUp('open');
  await source.asOwner('order', 'delete from outbox where key = $1', [rowKey]);
  const databases = await newDatabases();
  await restoreBackup({ urls: databases.owners, folder: join(folder, 'open'), key, signal });
  const limits = { graceS: 3_600, outboxMaxAgeS: 3_600 };
  const dayLater = new Date(Date.parse(takenAt) + 86_400_000);
  expect(await findingsIn(databases, { ...limits, asOf: new Date(takenAt) })).toEqual([]);
  expect(await findingsIn(databases, { ...limits, asOf: dayLater })).toContainEqual(expect.stringContaining(rowKey));
});

test('the cut waits for a transaction that writes an outbox, and has what it commits', async () => {
  const rowKey = `cut-${randomBytes(4).toString('hex')}`;
  await connected(source.owners.order, async (client) => {
    await client.query('begin');
    await client.query(
      `insert into outbox (kind, key, payload, failed_at, failure) values ('order-placed', $1, '{}', now(), 'a test')`,
      [rowKey],
    );
    const taking = backUp('waits');
    await until('the wait for the lock', async () => {
      const { rowCount } = await client.query(
        `select from pg_locks where relation = 'outbox'::regclass and mode = 'ShareLock' and not granted`,
      );
      return rowCount === 1;
    });
    await client.query('commit');
    await taking;
    const databases = await newDatabases();
    await restoreBackup({ urls: databases.owners, folder: join(folder, 'waits'), key, signal });
    expect(await databases.asOwner('order', 'select failure from outbox where key = $1', [rowKey])).toEqual([
      { failure: 'a test' },
    ]);
    await client.query('delete from outbox where key = $1', [rowKey]);
  });
});

test('the commands back up and restore, and say what is missing', async () => {
  const run = async (name: string, words: string[], settings: NodeJS.ProcessEnv) => {
    const command = runFile(`tools/backup/${name}.ts`, settings, undefined, words);
    return { code: await command.exit, output: command.output() };
  };
  const copy = join(folder, 'by-command');
  const settings = { ...settingsOf(source.processes), BACKUP_KEY: randomBytes(32).toString('hex') };
  expect(await run('backup', [], settings)).toEqual({ code: 1, output: 'backup <folder>\n' });
  expect(await run('backup', [copy], { ...settings, BACKUP_KEY: 'short' })).toMatchObject({ code: 1 });
  const taken = await run('backup', [copy], { ...settings, ...jobKeySettings });
  expect(taken).toEqual({ code: 0, output: expect.stringMatching(/: \d+ rows as of \S+, encrypted\.\n$/) });

  const plain = await run('backup', [join(folder, 'plain')], { ...settings, ...jobKeySettings, BACKUP_KEY: '' });
  expect(plain).toEqual({ code: 0, output: expect.stringContaining('not in the backup, because it is not encrypted') });
  const some = await run('backup', [join(folder, 'some')], { ...settings, ...jobKeySettings, USER_FACTOR_KEYS: '' });
  expect(some.output).toContain('because these are not known: USER_FACTOR_KEYS.');
  const broken = {
    ...settings,
    ORDER_OWNER_DATABASE_URL: `${settingsOf(source.processes)['ORDER_OWNER_DATABASE_URL']}_gone`,
  };
  expect((await run('backup', [join(folder, 'broken')], broken)).code).toBe(1);
  expect(readdirSync(join(folder, 'broken'))).toEqual([]);

  const databases = await newDatabases();
  const target = { ...settings, ...settingsOf(databases.processes) };
  const keysFile = join(folder, 'keys.env');
  const restoring = await run('restore', [copy, keysFile], target);
  expect(restoring).toMatchObject({ code: 0, output: expect.stringMatching(/^Restored \d+ rows/) });
  expect(parseEnv(readFileSync(keysFile, 'utf8'))).toEqual(jobKeySettings);
  expect(statSync(keysFile).mode & 0o777).toBe(0o600);
  expect((await run('restore', [copy, keysFile], target)).output).toContain('already exists');
});

describe('a backup is refused', () => {
  const copyOf = async (change: (copy: string) => void) => {
    const copy = mkdtempSync(join(folder, 'changed-'));
    cpSync(join(folder, 'waits'), copy, { recursive: true });
    change(copy);
    const databases = await newDatabases();
    const reason = await restoreBackup({ urls: databases.owners, folder: copy, key, signal }).then(
      () => 'restored',
      (error: Error) => error.message,
    );
    // No database was restored before the fault was found.
    expect(await databases.asOwner('user', 'select id from users')).toEqual([]);
    return reason;
  };
  const flip = (file: string) => {
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file, bytes);
  };

  test('if a file of it was changed, exchanged or is missing', async () => {
    expect(await copyOf((copy) => flip(join(copy, 'billing/accounts.copy.zst.enc')))).toMatch(/accounts.*damaged/);
    expect(await copyOf((copy) => flip(join(copy, 'keys.env.zst.enc')))).toMatch(/keys.*damaged/);
    const exchange = (copy: string) =>
      copyFileSync(join(copy, 'order/orders.copy.zst.enc'), join(copy, 'order/outbox.copy.zst.enc'));
    expect(await copyOf(exchange)).toMatch(/outbox.*damaged/);
    expect(await copyOf((copy) => rmSync(join(copy, 'user/users.copy.zst.enc')))).toMatch(/users.*cannot be read/);
    expect(await copyOf((copy) => rmSync(join(copy, 'contents.json')))).toMatch(/is no backup/);
  });

  test('if its contents were changed, even with a new digest', async () => {
    const forge = (copy: string) => {
      const [, ...lines] = readFileSync(join(copy, 'contents.json'), 'utf8').split('\n');
      const text = lines.join('\n').trimEnd().replace('"isEncrypted": true', '"isEncrypted":  true');
      writeFileSync(join(copy, 'contents.json'), `${createHash('sha256').update(text).digest('hex')}\n${text}\n`);
    };
    expect(await copyOf(forge)).toMatch(/was changed/);
  });

  test('if the key is wrong or missing', async () => {
    const reason = async (other: typeof key | null) =>
      await readContents(join(folder, 'waits'), other).catch((error: Error) => error.message);
    expect(await reason(null)).toMatch(/set BACKUP_KEY/);
    expect(await reason(fileKeyOf('00'.repeat(32)))).toMatch(/not the key of this backup/);
  });

  test('if a database has rows, is in use, or the folder of a new backup has files', async () => {
    await expect(backUp('waits')).rejects.toThrow(/is not empty/);
    const databases = await newDatabases();
    const restore = { urls: databases.owners, folder: join(folder, 'waits'), key, signal };
    await connected(databases.processes.user.service, async () => {
      await expect(restoreBackup(restore)).rejects.toThrow(/stop the system/);
    });
    await restoreBackup(restore);
    await expect(restoreBackup(restore)).rejects.toThrow(/has rows/);
  });
});
