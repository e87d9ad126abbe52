import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readConfig } from './config.ts';
import { databaseUrls } from './credentials.ts';
import { keptFactorKeys } from './factor-keys.ts';
import { planParts } from './parts.ts';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'factor-keys-')), 'data');
});

afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true });
});

/** The keys of the user subgraph, and the parts that get them, on databases with this administrator's password. */
function keysWith(databasePassword: string, environment: NodeJS.ProcessEnv = {}) {
  const parts = planParts({
    config: readConfig(environment),
    databases: databaseUrls(`postgresql://postgres:${databasePassword}@host/postgres`),
    environment,
    compileCache: '/cache',
    factorKeys: () => keptFactorKeys(folder),
  });
  const readers = parts.filter(({ environment: given }) => 'USER_FACTOR_KEYS' in given);
  return readers.map(({ name, environment: given }) => [name, given['USER_FACTOR_KEYS'], given['USER_JOB_KEYS']]);
}

test('the keys are stored once, for the user of the process, and stay when the databases get other passwords', () => {
  const [[name, keys, jobKeys], ...others] = keysWith('first') as [string[], ...string[][]];
  expect([name, others]).toEqual(['user', []]);
  expect(keys).toMatch(/^[0-9a-f]{64}$/);
  const [[, laterKeys, laterJobKeys]] = keysWith('second') as [string[]];
  expect(laterKeys).toBe(keys);
  expect(laterJobKeys).not.toBe(jobKeys);
  expect(readdirSync(folder)).toEqual(['factor-keys']);
  expect(statSync(join(folder, 'factor-keys')).mode & 0o777).toBe(0o600);
});

test('the setting overrides the stored keys', () => {
  const given = 'a'.repeat(64);
  expect(keysWith('first', { USER_FACTOR_KEYS: given })).toEqual([['user', given, expect.any(String)]]);
});
