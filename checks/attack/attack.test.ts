import { randomInt } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { sharedSystem } from '#test/shared-system.ts';
import { verify } from '#verify/verify.ts';
import { attack } from './attack.ts';
import { leakIn } from './leaks.ts';
import { readSchema, targetsOf } from './targets.ts';
import { createWorld } from './world.ts';

test('every bad input, known or random, gets the expected answer, and the ledger stays consistent', async () => {
  const system = await sharedSystem();
  const { origins, management } = system;
  const faults = await attack({
    world: await createWorld(origins, {
      queueServer: { postgresUrl: system.credentials.jobs.listener },
      userDatabaseUrl: system.databases.user,
    }),
    processes: { ...management },
    seed: randomInt(1_000_000_000),
    fuzzMs: 10_000,
    print: () => undefined,
  });
  const findings: unknown[] = [];
  await verify({
    urls: system.databases,
    graceS: 60,
    outboxMaxAgeS: 900,
    onFinding: (finding) => findings.push(finding),
  });

  expect(faults).toEqual([]);
  expect(findings).toEqual([]);
});

test('every mutation is a target', () => {
  const schema = readSchema();
  const targets = targetsOf(schema).map(({ title }) => title);

  expect(targets).toEqual(expect.arrayContaining(Object.keys(schema.getMutationType()!.getFields())));
});

describe('an internal detail in an answer', () => {
  test.each([
    'Error: no\\n    at Object.run (/srv/router.ts:12:34)',
    'connect ECONNREFUSED 127.0.0.1:4001',
    'insert into "users" ("id") values ($1)',
    'duplicate key value violates unique constraint',
    'Maximum call stack size exceeded',
    'see node_modules/graphql',
  ])('is found: %s', (text) => {
    expect(leakIn(text)).not.toBeNull();
  });

  test('is not found in a message for clients', () => {
    expect(leakIn('{"options":"{\\"rpId\\":\\"localhost\\"}"}')).toBeNull();
    expect(leakIn('{"message":"The amount must be greater than zero.","id":"019a-41","at":"12:30:00"}')).toBeNull();
  });

  test('is not found where the answer only repeats the request', () => {
    expect(leakIn('{"id":"0.ts"}', '[{"__typename":"Order","id":"0.ts"}]')).toBeNull();
    expect(leakIn('{"id":"0.ts","at":"1.ts"}', '[{"__typename":"Order","id":"0.ts"}]')).toBe('a file path');
  });
});
