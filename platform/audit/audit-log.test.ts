import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Database, openDatabase } from '#platform/postgres/database.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { callerFrom, someone } from '#test/factories.ts';
import { statementsOf } from '#test/statements.ts';
import { database as definition } from '#user/database.ts';
import { reasonOf, recordAct, type StaffActRecord } from './record-act.ts';
import { listActs } from './list-acts.ts';
import { firstActHash, staffActHash, type StaffActRow } from './staff-act.ts';

let databases: TestDatabases;
let database: Database;

beforeAll(async () => {
  databases = await createDatabases('user');
  database = await openDatabase(definition, {
    url: databases.processes.user.service,
    poolSize: 10,
    applicationName: 'test',
  });
});

afterAll(async () => {
  await database.close();
  await databases.drop();
});

const olga = someone('Olga');

function act(changes: Partial<StaffActRecord> = {}): StaffActRecord {
  const customerId = someone().id;
  return {
    actor: olga,
    act: 'LOOKED_AT_CUSTOMER',
    customerId,
    subject: `customer:${customerId}`,
    reason: 'a call of the customer',
    caller: callerFrom(),
    ...changes,
  };
}

const record = async (changes: Partial<StaffActRecord> = {}): Promise<StaffActRow> =>
  await database.em.fork().transactional(async (em) => await recordAct(em, act(changes)));

const rows = async (): Promise<StaffActRow[]> =>
  (await databases.asOwner(
    'user',
    `select sequence, actor_id as "actorId", actor, session_id as "sessionId", act, customer_id as "customerId", subject,
       values_before as "valuesBefore", values_after as "valuesAfter", reason, caller, created_at as "createdAt", hash
     from staff_acts order by sequence`,
  )) as StaffActRow[];

/** Whether the entries are numbered without gaps, never go back in time, and each hash covers the entry before it. */
function expectChain(log: readonly StaffActRow[]): void {
  let [previous, time]: [Buffer, number] = [firstActHash, 0];
  for (const [index, row] of log.entries()) {
    expect(Number(row.sequence)).toBe(index + 1);
    expect(row.createdAt.getTime()).toBeGreaterThanOrEqual(time);
    expect(row.hash).toEqual(staffActHash(previous, row));
    [previous, time] = [row.hash, row.createdAt.getTime()];
  }
}

test('concurrent acts form one chain without gaps, whichever of them are rolled back', async () => {
  const before = (await rows()).length;
  const acts = Array.from({ length: 75 }, async (_, index) => {
    if (index % 3 !== 2) return await record({ before: { index }, after: { index: index + 1 } });
    return await database.em.fork().transactional(async (em) => {
      await recordAct(em, act());
      throw new Error('the act failed');
    });
  });
  const outcomes = await Promise.allSettled(acts);

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
  const log = await rows();
  expect(log).toHaveLength(before + 50);
  expectChain(log);
});

test('the hash covers texts that could be mistaken for each other', async () => {
  await record({ subject: 'a|b', reason: 'c|d|e|f', before: null, after: {} });
  await record({ subject: 'a', reason: 'b|c|d|e|f', before: {}, after: null });
  await record({ actor: { systemUser: 'root' }, customerId: null, subject: null, reason: '“Ünïcode” 🙂 \u0001' });
  expectChain(await rows());
});

test('an entry names the staff member, the session and the address of the client', async () => {
  const row = await record({ before: { email: 'a@example.com' }, after: { email: 'b@example.com' } });
  const { id: actorId, email: actor, sessionId } = olga;

  expect(row).toMatchObject({ actorId, actor, sessionId, act: 'LOOKED_AT_CUSTOMER', caller: '192.0.2.1' });
  expect(JSON.parse(row.valuesBefore!)).toEqual({ email: 'a@example.com' });
});

test.each([
  ['staff member', { actorId: someone('Rare').id }, 'staff_acts_by_actor'],
  ['act', { acts: ['REVOKED_ROLE'] }, 'staff_acts_by_act'],
] as const)('a filter by %s uses an index', async (_kind, filter, index) => {
  await databases.asOwner(
    'user',
    `insert into staff_acts (actor_id, actor, act, reason, caller)
     select gen_random_uuid(), 'olga', 'LOOKED_AT_CUSTOMER', 'a call', '' from generate_series(1, 1000);
     analyze staff_acts`,
  );
  const em = database.em.fork();
  const [read] = await statementsOf(async () => await listActs(em, { first: 10, filter }));
  const plan = await databases.asOwner('user', `explain ${read!.text}`, [...read!.values]);
  expect(JSON.stringify(plan)).toContain(index);
});

test('an act outside of a transaction is refused', async () => {
  await expect(recordAct(database.em.fork(), act())).rejects.toThrow('in the transaction of its effect');
});

test.each([
  `update staff_acts set reason = 'no reason'`,
  'delete from staff_acts',
  'truncate staff_acts',
  'update staff_acts_head set sequence = 0',
  'delete from staff_acts_head',
  'truncate staff_acts_head',
  `insert into staff_acts_head (id, sequence, hash, changed_at) values (false, 0, sha256(''), now())`,
])('the owner of the tables may not: %s', async (statement) => {
  await record();
  await expect(databases.asOwner('user', statement)).rejects.toThrow('the audit log is append-only');
});

test.each([
  `update staff_acts set reason = 'no reason'`,
  'delete from staff_acts',
  'select * from staff_acts_head',
  `insert into staff_acts (sequence, actor, act, reason, caller) values (1, 'x', 'FROZE', 'a reason', 'x')`,
  `insert into staff_acts (created_at, actor, act, reason, caller) values (now(), 'x', 'FROZE', 'a reason', 'x')`,
])('the subgraph may not: %s', async (statement) => {
  await expect(database.em.fork().getConnection().execute(statement)).rejects.toThrow('permission denied');
});

test.each(['', '    ', 'abcd', '  abcd  ', 'x'.repeat(501), ' '.repeat(10_000), '🙂🙂🙂🙂'])(
  'the reason %j is refused',
  (reason) => {
    expect(reasonOf(reason)).toMatchObject({ refused: 'INVALID_REASON', field: ['input', 'reason'] });
  },
);

test.each([
  ['abcde', 'abcde'],
  ['  a call  ', 'a call'],
  ['🙂'.repeat(500), '🙂'.repeat(500)],
])('the reason %j is accepted', (reason, stored) => {
  expect(reasonOf(reason)).toBe(stored);
});
