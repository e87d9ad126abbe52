import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { AccountRow } from '#billing/entities/account.ts';
import type { StatementRow } from '#billing/entities/entry.ts';
import { writeHistory } from '#test/account-history.ts';
import { money, newKey, someone } from '#test/factories.ts';
import { openTestLedger, type TestLedger } from '#test/ledger.ts';
import { followPages } from '#test/pages.ts';
import { deposit } from './deposit.ts';
import { type EntryListRequest, listEntries, readEntries } from './list-entries.ts';
import { periodBalances } from './period-balances.ts';
import { withdraw } from './withdraw.ts';

let ledger: TestLedger;

beforeAll(async () => {
  ledger = await openTestLedger();
});

afterAll(async () => {
  await ledger.close();
});

const ada = someone();
const second = (index: number) => new Date(Date.UTC(2026, 2, 1) + index * 1_000);

const read = async (accountId: string, request: EntryListRequest) =>
  await listEntries(async (wanted) => (await readEntries(ledger.orm.em.fork(), [wanted]))[0]!, accountId, request);

describe('a statement', () => {
  test('has one row per movement, newest first, numbered without gaps, with the balance after it', async () => {
    const account = await ledger.account(ada, 'USD');
    const move = async (how: typeof deposit | typeof withdraw, amount: string) =>
      await how(ledger.as(ada), { accountId: account.id, amount: money(amount, 'USD'), idempotencyKey: newKey() });
    await move(deposit, '25.00');
    await move(withdraw, '124.99');
    await move(withdraw, '0.02');
    await move(deposit, '1.00');
    const { nodes } = await read(account.id, {});
    expect(
      nodes.map(({ sequence, amountMinor, balanceAfterMinor }) => [sequence, amountMinor, balanceAfterMinor]),
    ).toEqual([
      [4, 100n, 101n],
      [3, -12_499n, 1n],
      [2, 2_500n, 12_500n],
      [1, 10_000n, 10_000n],
    ]);
    expect((await read(account.id, { orderBy: 'ASC' })).nodes).toEqual(nodes.toReversed());
    expect(await ledger.faults()).toEqual([]);
  });

  test('of an account without movements is empty in any period', async () => {
    const { id } = await ledger.account(ada, 'CNY');
    for (const request of [{}, { from: second(0) }, { to: second(0) }, { from: second(0), to: second(0) }]) {
      expect((await read(id, request)).nodes).toEqual([]);
    }
  });

  test('of an account that does not exist is empty', async () => {
    expect((await read(randomUUID(), { from: second(0), to: second(9) })).nodes).toEqual([]);
  });
});

describe('a period', () => {
  let account: AccountRow;
  let statement: StatementRow[];

  beforeAll(async () => {
    account = await ledger.account(someone('Bob'), 'EUR');
    // Several entries at some of the seconds, none at others.
    statement = await writeHistory(ledger, account, [1, 1, 2, 4, 4, 4, 5, 8, 8, 9].map(second));
  });

  test.each<[what: string, from: number | null, to: number | null, sequences: number[]]>([
    ['without bounds has everything', null, null, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['includes all entries at its beginning', 4, null, [4, 5, 6, 7, 8, 9, 10]],
    ['includes all entries at its end', null, 4, [1, 2, 3, 4, 5, 6]],
    ['of one moment has the entries of that moment', 4, 4, [4, 5, 6]],
    ['of the first moment', 1, 1, [1, 2]],
    ['of the last moment', 9, 9, [10]],
    ['that begins between entries', 3, null, [4, 5, 6, 7, 8, 9, 10]],
    ['that ends between entries', null, 3, [1, 2, 3]],
    ['between entries is empty', 6, 7, []],
    ['before all is empty', null, 0, []],
    ['after all is empty', 10, null, []],
    ['around all has everything', 0, 10, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ])('%s', async (_what, from, to, sequences) => {
    const period = { from: from === null ? null : second(from), to: to === null ? null : second(to) };
    const { nodes } = await read(account.id, { ...period, orderBy: 'ASC' });
    expect(nodes.map(({ sequence }) => sequence)).toEqual(sequences);
  });

  test('that ends before it begins is refused, naming both bounds', async () => {
    await expect(read(account.id, { from: second(5), to: second(4) })).rejects.toMatchObject({
      message: '"from" must not be after "to": exchange the two.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    await expect(read(account.id, { from: second(4), to: second(4) })).resolves.toMatchObject({ nodes: { length: 3 } });
  });

  test.each<[from: number | null, to: number | null, opening: bigint, closing: bigint]>([
    [null, null, 0n, 10n],
    [4, null, 3n, 10n],
    [null, 4, 0n, 6n],
    [4, 4, 3n, 6n],
    [6, 7, 7n, 7n],
    [null, 0, 0n, 0n],
    [10, null, 10n, 10n],
  ])('from %j to %j begins and ends with the balance there', async (from, to, openingMinor, closingMinor) => {
    const { period } = await read(account.id, {
      from: from === null ? null : second(from),
      to: to === null ? null : second(to),
    });
    const empty = await ledger.account(someone(), 'CNY');
    const balances = await periodBalances(ledger.orm.em.fork(), [period, { ...period, accountId: empty.id }, period]);
    expect(balances).toMatchObject([
      { currency: 'EUR', openingMinor, closingMinor },
      { currency: 'CNY', openingMinor: 0n, closingMinor: 0n },
      { openingMinor, closingMinor },
    ]);
  });

  test('ends to the millisecond', async () => {
    const [before, behind] = [new Date(second(4).getTime() - 1), new Date(second(4).getTime() + 1)];
    expect((await read(account.id, { from: before, to: before })).nodes).toEqual([]);
    expect((await read(account.id, { from: behind, to: behind })).nodes).toEqual([]);
    expect((await read(account.id, { from: before, to: behind })).nodes).toHaveLength(3);
  });

  const bound = fc.option(
    fc.oneof(fc.integer({ min: 0, max: 10 }).map(second), fc.constantFrom(new Date('9999-12-31T23:59:59.999Z'))),
    { nil: null },
  );
  const anyRequest = fc
    .record({
      first: fc.constantFrom(1, 2, 3, 100),
      from: bound,
      to: bound,
      orderBy: fc.constantFrom('ASC' as const, 'DESC' as const, null),
    })
    .filter(({ from, to }) => from === null || to === null || from <= to);

  test('lists its entries in order, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        const { from, to, orderBy } = request;
        const inPeriod = statement.filter(
          ({ createdAt }) => (from === null || createdAt >= from) && (to === null || createdAt <= to),
        );
        const rows = await followPages(request.first, async (after) => await read(account.id, { ...request, after }));
        expect(rows).toEqual(orderBy === 'ASC' ? inPeriod : inPeriod.toReversed());
      }),
    );
  });
});

test('concurrent reads of several accounts and periods return the entries of each', async () => {
  const [one, other] = [await ledger.account(someone(), 'EUR'), await ledger.account(someone(), 'CNY')];
  const [ones, others] = [
    await writeHistory(ledger, one, [1, 2, 3].map(second)),
    await writeHistory(ledger, other, [2, 2].map(second)),
  ];
  const whole = { from: null, to: null, direction: 'ASC', after: null, limit: 100 } as const;
  const answers = await readEntries(ledger.orm.em.fork(), [
    { ...whole, accountId: one.id },
    { ...whole, accountId: other.id },
    { ...whole, accountId: other.id, limit: 1, direction: 'DESC' },
    { ...whole, accountId: one.id, from: second(2) },
    { ...whole, accountId: randomUUID() },
  ]);
  expect(answers).toEqual([ones, others, others.slice(1), ones.slice(1), []]);
});

test('entries that arrive between two pages do not shift the next page', async () => {
  const person = someone();
  const account = await ledger.account(person, 'EUR');
  const pay = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      await deposit(ledger.as(person), {
        accountId: account.id,
        amount: money('1.00', 'EUR'),
        idempotencyKey: newKey(),
      });
    }
  };
  await pay(7);
  for (const [orderBy, sequences] of [
    ['DESC', [7, 6, 5, 4, 3, 2, 1]],
    ['ASC', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ] as const) {
    let pages = 0;
    const rows = await followPages(3, async (after) => {
      pages += 1;
      if (pages === 2) await pay(2);
      return await read(account.id, { first: 3, after, orderBy });
    });
    expect(rows.map(({ sequence }) => sequence)).toEqual(sequences);
  }
});

describe('entries_before', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('returns the correct count with %d entries', async (count) => {
    const account = await ledger.account(someone(), 'EUR');
    const times = Array.from({ length: count }, (_, index) => second(1 + Math.floor(index / 2)));
    await writeHistory(ledger, account, times);
    for (let moment = 0; moment <= 6; moment += 1) {
      const { rows } = await sql<{ before: number; upTo: number }>`
        select entries_before(${account.id}, ${second(moment)}, false) as before,
          entries_before(${account.id}, ${second(moment)}, true) as "upTo"
      `.execute(ledger.orm.em.fork().getKysely());
      expect(rows).toEqual([
        {
          before: times.filter((time) => time < second(moment)).length,
          upTo: times.filter((time) => time <= second(moment)).length,
        },
      ]);
    }
  });

  test('is 0 for an account that does not exist', async () => {
    const { rows } = await sql`select entries_before(${randomUUID()}, now(), true) as before`.execute(
      ledger.orm.em.fork().getKysely(),
    );
    expect(rows).toEqual([{ before: 0 }]);
  });
});
