import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import type { VerifierUrls } from '#local/credentials.ts';
import { sqlState } from '#platform/postgres/database.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { testSetting } from '#test/test-setting.ts';
import { runFile } from '#test/command.ts';
import { tamperings } from '#test/tamperings.ts';
import { nobody, repeatedAct, type Tampering } from '#test/tamperings/shared.ts';
import { openCustomers } from '#test/acting-customers.ts';
import { liveThrough } from '#test/true-history.ts';
import { until } from '#test/until.ts';
import type { Finding } from './finding.ts';
import { verify } from './verify.ts';

let databases: TestDatabases;

beforeAll(async () => {
  databases = await createDatabases();
  const customers = await openCustomers(databases.urls);
  await liveThrough(customers);
  await customers.close();
});

afterAll(async () => {
  await databases.drop();
});

describe('a true history', () => {
  test('has no findings, and every row of it is checked', async () => {
    const { findings, summary } = await verified(databases.verifierUrls);

    expect(findings).toEqual([]);
    expect(summary).toEqual({
      findings: 0,
      rows: {
        'billing.accounts': 15,
        'billing.entries': 72,
        'billing.transactions': 33,
        'billing.freezes': 4,
        'billing.corrections': 4,
        'billing.staff_acts': 14,
        'order.staff_acts': 1,
        'order.orders': 18,
        'order.refunds': 8,
        'billing.settlements': 26,
        'billing.shop_consents': 2,
        'billing.shop_months': 1,
        'billing.shop_payments': 2,
        'notification.notifications': 27,
        'billing.idempotency': 13,
        'order.idempotency': 27,
        'order.seals': 1,
        'order.shop_orders': 5,
        'user.users': 4,
        'notification.contacts': 5,
      },
      owedMinor: { USD: 10_000n },
    });
  });
});

test('the key of a refund that could not be processed has no finding: its order stays paid', async () => {
  const refused: Tampering = {
    owner: 'order',
    change: `
      insert into idempotency (customer_id, mutation, key, input_hash, result_id)
      select customer_id, 'refundOrder', 'refused', sha256('input'), id from orders where status = 'PAID' limit 1`,
    wrong: [`'order.idempotency ' || key`],
  };

  expect((await tamperWith(refused, async (urls) => await verified(urls))).findings).toEqual([]);
});

test('two operators who refund an order, of whom the first failed, have no finding', async () => {
  const second: Tampering = {
    owner: 'order',
    before: `
      insert into idempotency (customer_id, mutation, key, input_hash, result_id)
      select ${nobody}, mutation, 'second', sha256('input'), result_id
      from idempotency where mutation = 'refundCustomerOrder'`,
    change: repeatedAct('REFUNDED_ORDER', nobody),
    wrong: [`'order.staff_acts ' || sequence`],
  };

  expect((await tamperWith(second, async (urls) => await verified(urls))).findings).toEqual([]);
});

describe('verify reports only the wrong row:', () => {
  test.each(Object.entries(tamperings))('%s', async (_what, tampering) => {
    const { elsewhere = [] } = tampering;

    const { wrong, findings } = await tamperWith(tampering, async (urls) => await verified(urls));

    const named = findings.map(({ table, id }) => (elsewhere.includes(table) ? table : `${table} ${id}`));
    expect(wrong.length).toBeGreaterThan(0);
    expect([...new Set(named)].toSorted()).toEqual([...new Set([...wrong, ...elsewhere])].toSorted());
  });
});

describe('the grace period', () => {
  const hourS = 3_600;

  test('allows effects that may still be in progress between databases', async () => {
    const lateNotice = tamperings['a missing notification of an order']!;

    expect((await tamperWith(lateNotice, async (urls) => await verified(urls, hourS))).findings).toEqual([]);
  });

  test('does not apply to rules that the ledger must keep at every moment', async () => {
    const forged = tamperings["a customer's entry with another amount"]!;

    expect((await tamperWith(forged, async (urls) => await verified(urls, hourS))).findings).not.toEqual([]);
  });
});

describe('npm run verify', () => {
  const run = async (urls: VerifierUrls, settings: NodeJS.ProcessEnv = {}) => {
    const command = runFile('checks/verify/main.ts', {
      VERIFY_USER_DATABASE_URL: urls.user,
      VERIFY_BILLING_DATABASE_URL: urls.billing,
      VERIFY_ORDER_DATABASE_URL: urls.order,
      VERIFY_NOTIFICATION_DATABASE_URL: urls.notification,
      ...settings,
    });
    return { exit: await command.exit, output: command.output() };
  };

  test('exits with 0 and prints the number of checked rows', async () => {
    const { exit, output } = await run(databases.verifierUrls);

    expect(output).toMatch(/^No findings\. Rows checked in [\d.]+ s and \d+ MB:\n/);
    expect(output).toMatch(/billing\.entries +72\n/);
    expect(exit).toBe(0);
  });

  test('exits with 1 and reports the wrong row with its expected and found values', async () => {
    const flipped = tamperings['one flipped bit of a hash']!;

    const { wrong, exit, output } = await tamperWith(flipped, run);

    expect(output).toMatch(new RegExp(`^${wrong[0]}: expected hash [0-9a-f]{64}, found hash [0-9a-f]{64}\n`));
    expect(output).toContain('Findings: 1.');
    expect(exit).toBe(1);
  });

  test('names the database that cannot be read, without its password', async () => {
    const unreachable = Object.assign(new URL(databases.verifierUrls.order), { port: '1' });

    const { exit, output } = await run({ ...databases.verifierUrls, order: unreachable.href });

    expect(output).toContain('The order database at 127.0.0.1:1 cannot be read');
    expect(output).not.toContain(unreachable.password);
    expect(exit).toBe(1);
  });
});

async function verified(urls: VerifierUrls, graceS = 0) {
  const findings: Finding[] = [];
  const onFinding = (finding: Finding) => void findings.push(finding);
  const summary = await verify({ urls, graceS, outboxMaxAgeS: 900, onFinding });
  return { summary, findings };
}

/** Changes a copy of one database, and verifies it together with the original others. */
async function tamperWith<Outcome extends object>(
  { owner, before, change, wrong }: Tampering,
  check: (urls: VerifierUrls) => Promise<Outcome>,
): Promise<Outcome & { readonly wrong: readonly string[] }> {
  const [url, readerUrl] = [databases.owners[owner], databases.verifierUrls[owner]];
  const copy = `${nameOf(url)}_changed`;
  await copyDatabase(url, copy, new URL(readerUrl).username);
  try {
    const rows = await query(withDatabase(url, copy), async (client) => {
      for (const table of owner === 'billing' ? ['accounts', 'entries', 'settlements', 'transactions'] : []) {
        await client.query(`alter table ${table} disable trigger user`);
      }
      if (before !== undefined) await client.query(before);
      const names = wrong.map((text) => `select ${text} as names from changed`).join(' union all ');
      return await client.query<{ names: string }>(`with changed as (${change} returning *) ${names}`);
    });
    const outcome = await check({ ...databases.verifierUrls, [owner]: withDatabase(readerUrl, copy) });
    return { ...outcome, wrong: rows.rows.flatMap(({ names }) => names.split(',')) };
  } finally {
    await asAdmin(`drop database ${copy} with (force)`);
  }
}

/** Retries while a session that has just ended still uses the database. */
async function copyDatabase(url: string, copy: string, reader: string): Promise<void> {
  const create = `create database ${copy} template ${nameOf(url)} owner ${new URL(url).username}`;
  await until(`a copy of ${nameOf(url)}`, async () => {
    try {
      await asAdmin(create);
      return true;
    } catch (error) {
      if (sqlState(error) === '55006') return false;
      throw error;
    }
  });
  await asAdmin(`revoke all on database ${copy} from public`);
  await asAdmin(`grant connect on database ${copy} to ${reader}`);
}

const nameOf = (url: string) => new URL(url).pathname.slice(1);
const withDatabase = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;

async function asAdmin(statement: string): Promise<void> {
  await query(testSetting('WALLET_TEST_DATABASE_URL'), async (admin) => void (await admin.query(statement)));
}

async function query<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
