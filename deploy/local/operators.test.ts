import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { runFile } from '#test/command.ts';
import { emailKey } from '#user/domain/email.ts';

let databases: TestDatabases;

beforeAll(async () => {
  databases = await createDatabases('user');
});
afterAll(async () => await databases.drop());

const operators = async (...words: string[]) => {
  const command = runFile(
    'deploy/local/operators.ts',
    { USER_OPERATOR_DATABASE_URL: databases.processes.user.operator },
    undefined,
    words,
  );
  return { exit: await command.exit, output: command.output() };
};

async function newUser({ proved = true } = {}): Promise<{ readonly id: string; readonly email: string }> {
  const id = randomUUID();
  const email = `Olga.${id}@example.com`;
  await databases.asOwner(
    'user',
    `insert into users (id, email, email_key, email_proved_at, name, password_hash, version)
     values ($1, $2, $3, $4, 'Olga', 'none', 1)`,
    [id, email, emailKey(email), proved ? new Date() : null],
  );
  return { id, email };
}

const actsOn = async (id: string) =>
  (await databases.asOwner(
    'user',
    'select act, actor, actor_id as "actorId", reason, caller from staff_acts where customer_id = $1 order by sequence',
    [id],
  )) as object[];

describe('npm run operators', () => {
  test('grants and revokes a role, each with an entry in the audit log by the system user', async () => {
    const { id, email } = await newUser();

    const granted = await operators('grant', email.toUpperCase(), 'operator', '--reason', 'the first operator');
    const list = await operators('list');
    const revoked = await operators('revoke', email, 'OPERATOR', '--reason', 'left the company');

    expect(granted).toMatchObject({ exit: 0, output: expect.stringContaining('has the role OPERATOR.') });
    expect(list.output).toContain(`OPERATOR ${email}`);
    expect(revoked).toMatchObject({ exit: 0, output: expect.stringContaining('no longer has the role OPERATOR') });
    expect((await operators('list')).output).not.toContain(email);
    const by = { actor: expect.stringMatching(/^command by ./), actorId: null, caller: 'this machine' };
    expect(await actsOn(id)).toEqual([
      { act: 'GRANTED_ROLE', reason: 'the first operator', ...by },
      { act: 'REVOKED_ROLE', reason: 'left the company', ...by },
    ]);
  });

  test('records nothing when a role is granted or revoked a second time', async () => {
    const { id, email } = await newUser();
    const grants = await Promise.all([1, 2, 3].map(async () => await operators('grant', email, 'auditor')));
    await operators('revoke', email, 'auditor');
    const again = await operators('revoke', email, 'auditor');

    expect(grants.map(({ exit }) => exit)).toEqual([0, 0, 0]);
    expect(again).toMatchObject({ exit: 0, output: `${email} does not have the role AUDITOR.\n` });
    expect(await actsOn(id)).toHaveLength(2);
  });

  test('grants no role to an address that is not proved, and revokes one there', async () => {
    const { id, email } = await newUser({ proved: false });
    const refused = await operators('grant', email, 'operator');

    expect(refused).toMatchObject({
      exit: 1,
      output: expect.stringMatching(/^The email address .* is not proved\. [^\n]*\n$/),
    });
    expect(await databases.asOwner('user', 'select from role_grants where user_id = $1', [id])).toEqual([]);
    expect(await actsOn(id)).toEqual([]);
    expect(await operators('revoke', email, 'operator')).toMatchObject({ exit: 0 });
  });

  test.each([
    [[]],
    [['grant', 'nobody@example.com', 'operator']],
    [['grant', "'; drop table users --", 'operator']],
    [['grant', 'nobody@example.com', 'admin']],
    [['grant', 'nobody@example.com', 'operator', '--reason', 'why']],
    [['grant', 'nobody@example.com', 'operator', '--force']],
  ])('refuses %j with one sentence and grants nothing', async (words) => {
    const { exit, output } = await operators(...words);

    expect(exit).toBe(1);
    expect(output).toMatch(/^(operators grant|No user has|--reason: )/);
    expect(output).not.toContain('    at ');
    expect(
      await databases.asOwner('user', `select from role_grants where user_id not in (select id from users)`),
    ).toEqual([]);
  });
});

test.each([
  'select password_hash from users',
  `update users set email = 'mallory@example.com'`,
  'delete from role_grants',
  `update role_grants set role = 'OPERATOR'`,
  'delete from staff_acts',
  'select * from refresh_tokens',
  'select * from signing_keys',
])('the role of the command may not: %s', async (statement) => {
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: databases.processes.user.operator });
  await client.connect();
  await expect(client.query(statement)).rejects.toThrow('permission denied');
  await client.end();
});
