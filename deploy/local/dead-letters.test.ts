import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { settingsOf } from './credentials.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { runArguments } from '../../checks/prove/run-arguments.ts';

let databases: TestDatabases;
let settings: NodeJS.ProcessEnv;

beforeAll(async () => {
  databases = await createDatabases();
  settings = settingsOf(databases.processes);
});
afterAll(async () => await databases.drop());

async function queryOrder(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: databases.owners.order });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const acts = async () => await queryOrder('select act, subject, reason from staff_acts order by sequence');

const deadLetters = async (...given: string[]) =>
  await runArguments('deploy/local/dead-letters.ts', given, { settings });

test('lists each dead letter with its reason, and replays it', async () => {
  await queryOrder(`insert into outbox (kind, key, payload, attempts, failed_at, failure)
    values ('order-placed', 'the-key', '{}', 3, now(), 'because')`);

  expect((await deadLetters()).output).toMatch(/order 1 {2}order-placed the-key {2}\S+ {2}because\nDead letters: 1\./);
  expect(await deadLetters('replay', 'order', '2')).toEqual({ code: 0, output: 'Made due again: 0.\n' });
  expect(await deadLetters('replay', 'order', '1')).toEqual({ code: 0, output: 'Made due again: 1.\n' });
  expect(await queryOrder('select attempts, failure, next_attempt_at <= now() as due from outbox')).toEqual([
    { attempts: 0, failure: null, due: true },
  ]);
  expect((await deadLetters('list')).output).toBe('Dead letters: 0.\n');
  expect(await acts()).toEqual([
    { act: 'REPLAYED_DEAD_LETTER', subject: 'dead-letter:1', reason: 'npm run dead-letters -- replay' },
  ]);
});

test('replays all, each with an entry of the audit log, the reason and the system user', async () => {
  await queryOrder(`insert into outbox (kind, key, payload, attempts, failed_at, failure)
    select 'order-placed', 'key-' || n, '{}', 3, now(), 'because' from generate_series(1, 3) n`);
  const before = (await acts()).length;

  expect((await deadLetters('replay', '--reason', 'why')).code).toBe(1);
  const { output } = await deadLetters('replay', '--reason', 'the mail server is back');
  expect(output).toBe('Made due again: 3.\n');
  expect((await acts()).slice(before)).toEqual(
    [1, 2, 3].map(() => expect.objectContaining({ act: 'REPLAYED_DEAD_LETTER', reason: 'the mail server is back' })),
  );
  const [actor] = await queryOrder('select actor, actor_id from staff_acts order by sequence desc limit 1');
  expect(actor).toEqual({ actor: expect.stringMatching(/^command by ./), actor_id: null });
});

test('refuses to replay without an id', async () => {
  expect(await deadLetters('replay', 'order')).toMatchObject({ code: 1 });
});
