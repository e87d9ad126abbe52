import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { PostgreSqlPlatform, raw } from '@mikro-orm/postgresql';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { statementsOf } from '#test/statements.ts';
import { database as user } from '#user/database.ts';
import { User } from '#user/entities/user.ts';
import { type Database, openDatabase } from './database.ts';
import { bind } from './orm-connection.ts';

const platform = new PostgreSqlPlatform();
const bound = (text: string, ...params: unknown[]) => {
  const { sql, parameters } = bind(platform, text, params);
  return { sql, parameters };
};

test('numbers the values, also of lists and raw fragments, and quotes identifiers', () => {
  expect(bound('?? in (?) and b < ? and c = ?', 'a', [1, 'two'], raw('now() - ?', [5]), null)).toEqual({
    sql: '"a" in ($1, $2) and b < now() - $3 and c = $4',
    parameters: [1, 'two', 5, null],
  });
});

test('sends objects as JSON, and bytes and times as they are', () => {
  const [bytes, time] = [Buffer.from([0]), new Date(0)];
  expect(bound('?, ?, ?', { a: [1] }, bytes, time).parameters).toEqual(['{"a":[1]}', bytes, time]);
});

test('keeps question marks that are not placeholders', () => {
  expect(bound(`payload \\? 'a' and b = ?`, 1).sql).toBe(`payload ? 'a' and b = $1`);
  expect(bound(`payload ? 'a'`).sql).toBe(`payload ? 'a'`);
});

let databases: TestDatabases;
let orm: Database;
beforeAll(async () => {
  databases = await createDatabases('user');
  orm = await openDatabase(user, { url: databases.urls.user, poolSize: 1, applicationName: 'test' });
});
afterAll(async () => {
  await orm.close();
  await databases.drop();
});

test('no statement of the ORM contains a value', async () => {
  const id = randomUUID();
  const secret = `O'Reilly \\ $1 ? ${randomUUID()}`;
  const statements = await statementsOf(async () => {
    const em = orm.em.fork();
    const made = em.create(User, {
      id,
      email: secret,
      emailKey: secret,
      name: secret,
      passwordHash: secret,
      version: 1,
    });
    await em.flush();
    made.name = `${secret}!`;
    await em.flush();
    const found = await orm.em.fork().findOneOrFail(User, { emailKey: { $in: [secret, 'other'] } });
    expect(found).toMatchObject({ id, email: secret, name: `${secret}!`, passwordHash: secret });
    expect(await orm.em.fork().nativeDelete(User, { id, name: found.name })).toBe(1);
  });
  expect(statements.map(({ text }) => text).filter((text) => text.includes('Reilly') || text.includes(id))).toEqual([]);
  expect(statements.filter(({ values }) => values.includes(secret) || values.includes(id))).toHaveLength(4);
});
