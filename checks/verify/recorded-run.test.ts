import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { database as billing } from '#billing/database.ts';
import { isVerificationDue, listVerifications } from '#billing/services/list-verifications.ts';
import { requestVerification } from '#billing/services/request-verification.ts';
import { verificationState } from '#billing/domain/verification.ts';
import { actingIn } from '#platform/audit/acting.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { type Database, openDatabase } from '#platform/postgres/database.ts';
import { runFile } from '#test/command.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { requestOf, someone } from '#test/factories.ts';
import { beginRun } from './recorded-run.ts';

let databases: TestDatabases;
let database: Database;
/** As the jobs process, which begins runs. */
let worker: Database;
let url: string;
beforeAll(async () => {
  databases = await createDatabases();
  url = databases.verifierUrls.billing;
  const options = { poolSize: 4, applicationName: 'test' };
  const { service, worker: workerUrl } = databases.processes.billing;
  database = await openDatabase(billing, { ...options, url: service });
  worker = await openDatabase(billing, { ...options, url: workerUrl });
});
afterAll(async () => {
  await Promise.all([database, worker].map(async (one) => await one.close()));
  await databases.drop();
});
beforeEach(async () => {
  await databases.asOwner('billing', 'alter table verifications disable trigger keep_verifications');
  await databases.asOwner('billing', 'delete from verifications');
  await databases.asOwner('billing', 'alter table verifications enable trigger keep_verifications');
});

const olga = someone('Olga');
const request = async (reason = 'the monthly close') =>
  await requestVerification(actingIn({ ...requestOf(olga), em: database.em.fork() }), { reason });

const states = async () =>
  (await listVerifications(database.em.fork(), { first: 10 })).nodes.map((run) => verificationState(run, new Date()));

/** As when the machine of the runner was lost a minute ago. */
const loseRunner = async () =>
  await databases.asOwner(
    'billing',
    `update verifications set expires_at = now() - interval '1 s' where ended_at is null`,
  );

/** Makes all runs older. */
async function age(seconds: number): Promise<void> {
  await databases.asOwner('billing', 'alter table verifications disable trigger keep_verification');
  const [began, expires, ended] = ['started_at', 'expires_at', 'ended_at'].map(
    (column) => `${column} = ${column} - interval '${seconds} s'`,
  );
  await databases.asOwner('billing', `update verifications set ${began}, ${expires}, ${ended}`);
  await databases.asOwner('billing', 'alter table verifications enable trigger keep_verification');
}

const finding = (id: string) => ({ table: 'billing.entries', id, expected: 'hash a', found: 'hash b' });

test('a request is recorded with its reason, and begins once', async () => {
  const requested = await request();
  expect(requested).toMatchObject({ requestedBy: olga.id, reason: 'the monthly close' });
  expect(await states()).toEqual(['REQUESTED']);
  expect(await request()).toMatchObject({ refused: 'VERIFICATION_PENDING' });
  const acts = await databases.asOwner('billing', 'select act, reason, actor_id, subject from staff_acts');
  const { id } = requested as Exclude<typeof requested, { refused: string }>;
  const entry = { act: 'REQUESTED_VERIFICATION', reason: 'the monthly close', actor_id: olga.id };
  expect(acts).toEqual([{ ...entry, subject: `verification:${id}` }]);

  const runs = await Promise.all([1, 2, 3].map(async () => await beginRun(url, 60)));
  const [run, ...others] = runs.filter((one) => one !== null);
  expect(others).toEqual([]);
  expect(await states()).toEqual(['RUNNING']);
  expect(await request()).toMatchObject({ refused: 'VERIFICATION_PENDING' });
  // One row can have several findings.
  for (let index = 0; index < 120; index += 1) run!.found(finding(`one ${Math.floor(index / 2)}`));
  expect(await run!.end()).toBe(true);
  expect(await run!.end()).toBe(false);
  const [ended] = (await listVerifications(database.em.fork(), { first: 1 })).nodes;
  expect(ended).toMatchObject({ findings: 120n });
  expect(JSON.parse(ended!.firstRows!)).toEqual(Array.from({ length: 50 }, (_, row) => `billing.entries one ${row}`));
  expect(await states()).toEqual(['FOUND']);
});

test('a run whose runner died expires, and the next one begins; its late result counts for nothing', async () => {
  await request();
  const dead = (await beginRun(url, null))!;
  await loseRunner();
  expect(await states()).toEqual(['EXPIRED']);
  expect(await dead.end()).toBe(false);
  await dead.fail('It came too late.');
  expect(await states()).toEqual(['EXPIRED']);
  expect(isRefusal(await request('the runner died'))).toBe(false);
  expect(await dead.end()).toBe(false);
  const next = (await beginRun(url, null))!;
  await next.fail('The run took longer than 1 seconds.');
  expect(await states()).toEqual(['FAILED', 'EXPIRED']);
});

test('a schedule begins a run when none of its time has a result, one at a time, and pauses after a failure', async () => {
  expect(await beginRun(url, null)).toBeNull();
  const due = async (everyS: number | null) => await isVerificationDue(worker.em.fork(), everyS);
  expect([await due(null), await due(60)]).toEqual([false, true]);
  const [lost, ...others] = (await Promise.all([1, 2, 3].map(async () => await beginRun(url, 60)))).filter(
    (run) => run !== null,
  );
  expect(others).toEqual([]);
  expect(await due(60)).toBe(false);
  await loseRunner();
  expect(await due(60)).toBe(false);
  expect(await beginRun(url, 60)).toBeNull();
  // A failure in the last five minutes holds up a schedule of a day, an older one does not.
  await age(301);
  expect([await due(60), await due(86_400)]).toEqual([true, true]);
  await (await beginRun(url, 86_400))!.fail('The database is starting up.');
  expect([await due(86_400), await beginRun(url, 86_400)]).toEqual([false, null]);
  await age(301);
  await (await beginRun(url, 86_400))!.end();
  expect(await lost!.end()).toBe(false);
  expect(await states()).toEqual(['PASSED', 'FAILED', 'EXPIRED']);
  await age(301);
  expect([await due(86_400), await beginRun(url, 86_400), await due(300)]).toEqual([false, null, true]);
});

test('verify --due does nothing without a request, and writes its result with one', async () => {
  const settings = Object.fromEntries(
    Object.entries(databases.verifierUrls).map(([name, value]) => [`VERIFY_${name.toUpperCase()}_DATABASE_URL`, value]),
  );
  const run = async () => {
    const command = runFile('checks/verify/main.ts', settings, undefined, ['--due']);
    return { exit: await command.exit, output: command.output() };
  };
  expect(await run()).toEqual({ exit: 0, output: 'No run is due.\n' });
  await request();
  expect(await run()).toMatchObject({ exit: 0, output: expect.stringMatching(/^No findings\./) });
  expect(await states()).toEqual(['PASSED']);
});

test.each([
  ['verifier', `insert into verifications (id, requested_by) values (gen_random_uuid(), gen_random_uuid())`],
  ['verifier', `update verifications set reason = 'another'`],
  ['verifier', 'delete from verifications'],
  ['service', 'update verifications set findings = 0'],
  ['service', 'insert into verifications (id, started_at, expires_at) values (gen_random_uuid(), now(), now())'],
  ['worker', 'update verifications set ended_at = now()'],
] as const)('the %s may not: %s', async (role, statement) => {
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: databases.processes.billing[role] });
  await client.connect();
  await client.query('set default_transaction_read_only = off');
  await expect(client.query(statement)).rejects.toThrow('permission denied');
  await client.end();
});

test('the subgraph cannot end a run that works, nor change one that ended', async () => {
  await request();
  const run = (await beginRun(url, null))!;
  const end = async () => await database.em.fork().getConnection().execute('update verifications set ended_at = now()');
  await expect(end()).rejects.toThrow('not ended without a result');
  await run.end();
  await expect(end()).rejects.toThrow('begins once and ends once');
});
