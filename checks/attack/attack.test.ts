import { randomInt } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { sharedSystem } from '#test/system.ts';
import { verify } from '#verify/verify.ts';
import { attack } from './attack.ts';
import { leakIn } from './leaks.ts';
import { readSchema, targetsOf } from './targets.ts';
import { createWorld } from './world.ts';

test('every bad input is answered as it should be, random ones too, and the ledger is right afterwards', async () => {
  const system = await sharedSystem();
  const { origins, management } = system;
  const faults = await attack({
    world: await createWorld(origins, { postgresUrl: system.credentials.jobs.listener }),
    processes: { ...management },
    seed: randomInt(1_000_000_000),
    fuzzMs: 10_000,
    tell: () => undefined,
  });
  const findings: unknown[] = [];
  await verify({
    urls: system.databases,
    graceS: 60,
    outboxMaxAgeS: 900,
    tell: (finding) => findings.push(finding),
  });

  expect(faults).toEqual([]);
  expect(findings).toEqual([]);
}, 120_000);

test('every mutation is a target', () => {
  const schema = readSchema();
  const targets = targetsOf(schema).map(({ what }) => what);

  expect(targets).toEqual(expect.arrayContaining(Object.keys(schema.getMutationType()!.getFields())));
});

describe('what may not be shown', () => {
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

  test('is not found in what clients may be told', () => {
    expect(leakIn('{"message":"The amount must be greater than zero.","id":"019a-41","at":"12:30:00"}')).toBeNull();
  });

  test('is not found in what was asked, and only comes back', () => {
    expect(leakIn('{"id":"0.ts"}', '[{"__typename":"Order","id":"0.ts"}]')).toBeNull();
    expect(leakIn('{"id":"0.ts","at":"1.ts"}', '[{"__typename":"Order","id":"0.ts"}]')).toBe('a file');
  });
});
