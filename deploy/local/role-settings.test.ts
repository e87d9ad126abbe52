import { beforeAll, describe, expect, test } from '@jest/globals';
import { testSetting } from '#test/test-setting.ts';
import { query } from '#test/query.ts';
import { type Credential, credentialsOf, type DatabaseName, databaseNames, type DatabaseUrls } from './credentials.ts';
import { migrateAll } from './migrations.ts';
import { provision } from './provision.ts';

const adminUrl = testSetting('WALLET_TEST_DATABASE_URL');
const prefix = `${testSetting('WALLET_TEST_PREFIX')}settings_`;
let urls: DatabaseUrls;

beforeAll(async () => {
  urls = await provision(adminUrl, prefix);
});

const connections = databaseNames.flatMap((name) =>
  credentialsOf(name).map((credential) => [name, credential] as const),
);
const urlOf = (name: DatabaseName, credential: Credential) =>
  (urls[name] as Partial<Record<Credential, string>>)[credential]!;

const ofProcesses = { statement_timeout: '15s', idle_in_transaction_session_timeout: '10s', random_page_cost: '1.1' };

/** The settings of a role's session, as SECURITY.md, credentials.md and decisions.md state them. */
function expectedOf(name: DatabaseName, credential: Credential): Record<string, string> {
  if (credential === 'verifier') return { default_transaction_read_only: 'on' };
  if (name === 'router' || credential === 'listener') return {};
  if (name === 'jobs') return { search_path: 'bullmq, public', synchronous_commit: 'off' };
  return credential === 'owner' ? { random_page_cost: '1.1', statement_timeout: '0' } : ofProcesses;
}

test.each(connections)(
  'a session in the database %s as its %s has the settings of the role',
  async (name, credential) => {
    const expected = expectedOf(name, credential);
    for (const [setting, value] of Object.entries(expected)) {
      expect(await query(urlOf(name, credential), `show ${setting}`)).toEqual([{ [setting]: value }]);
    }
  },
);

describe('roles that an operator created', () => {
  test('without settings are refused, with the statements to run; then the migration runs', async () => {
    const { billing } = urls;
    const worker = `${prefix}billing_worker`;
    await query(adminUrl, `alter role ${worker} reset all`);

    const fault = await migrateAll({ billing }).catch((error: Error) => error.message);
    const statements = String(fault).match(/alter role .*;/g) ?? [];
    expect(statements).toEqual([
      `alter role "${worker}" set statement_timeout = '15s';`,
      `alter role "${worker}" set idle_in_transaction_session_timeout = '10s';`,
      `alter role "${worker}" set random_page_cost = 1.1;`,
    ]);
    await query(adminUrl, ...statements);
    await expect(migrateAll({ billing })).resolves.toContain('billing 2026-11-21-ledger');
  });

  test.each([
    ['of the role', (role: string) => `alter role ${role} set statement_timeout = '1min'`, '1min'],
    [
      'of the role in the database',
      (role: string, database: string) => `alter role ${role} in database ${database} set statement_timeout = '2min'`,
      '2min',
    ],
    [
      'of the database',
      (_role: string, database: string) => `alter database ${database} set statement_timeout = '3min'`,
      '3min',
    ],
  ])('keep another value %s', async (_where, statement, value) => {
    const { order } = urls;
    const service = `${prefix}order`;
    await query(adminUrl, `alter role ${service} reset statement_timeout`, statement(service, service));

    await migrateAll({ order });
    expect(await query(order.service, 'show statement_timeout')).toEqual([{ statement_timeout: value }]);
    await query(adminUrl, `alter role ${service} in database ${service} reset all`);
  });

  test('get the missing settings of the owner from the migration', async () => {
    const { notification } = urls;
    await query(adminUrl, `alter role ${prefix}notification_owner reset all`);

    await migrateAll({ notification });
    expect(await query(notification.owner, 'show random_page_cost')).toEqual([{ random_page_cost: '1.1' }]);
  });
});
