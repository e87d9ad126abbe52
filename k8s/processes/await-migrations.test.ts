import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { migrateAll } from '#local/migrations.ts';
import { databaseUrls } from '#local/credentials.ts';
import { provision } from '#local/provision.ts';
import { testSetting } from '#test/test-setting.ts';
import { until } from '#test/until.ts';

const adminUrl = testSetting('WALLET_TEST_DATABASE_URL');
/** The test run drops all databases and roles with its prefix when it ends. */
const prefix = `${testSetting('WALLET_TEST_PREFIX')}await_`;
const urls = databaseUrls(adminUrl, prefix);

/** Starts the process; `output` grows while it runs. */
function awaitMigrations(environment: Readonly<Record<string, string>>) {
  const entry = new URL('await-migrations.ts', import.meta.url);
  const child = spawn(process.execPath, [entry.pathname], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const run = { child, output: '', ended: once(child, 'close') };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (run.output += text));
  }
  return run;
}

describe('await-migrations', () => {
  test('waits for each step of a first installation, and ends after the last migration', async () => {
    const run = awaitMigrations({ USER_DATABASE_URL: urls.user.service, ORDER_RELAY_DATABASE_URL: urls.order.relay });
    try {
      await until('the process to wait for the role', async () =>
        run.output.includes('password authentication failed'),
      );
      await provision(adminUrl, prefix);
      await until('the process to wait for the migration', async () => run.output.includes('The database lacks'));
      expect(run.child.exitCode).toBeNull();
      await migrateAll({ user: urls.user });
      await until('the process to wait for the other database', async () =>
        run.output.includes('ORDER_RELAY_DATABASE_URL'),
      );
      expect(run.child.exitCode).toBeNull();
      await migrateAll({ order: urls.order });
      await run.ended;
    } finally {
      run.child.kill('SIGKILL');
    }
    expect(run.child.exitCode).toBe(0);
  });

  test('names the missing settings if no database is set', async () => {
    const run = awaitMigrations({});
    await run.ended;

    expect(run.child.exitCode).toBe(1);
    expect(run.output).toContain('none of USER_DATABASE_URL, BILLING_DATABASE_URL');
  });
});
