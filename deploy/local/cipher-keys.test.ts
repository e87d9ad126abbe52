import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readConfig } from './config.ts';
import { databaseUrls } from './credentials.ts';
import { keptCipherKeys } from './cipher-keys.ts';
import { planParts } from './parts.ts';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'cipher-keys-')), 'data');
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
    cipherKeys: () => keptCipherKeys(folder),
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
  expect(readdirSync(folder).toSorted()).toEqual(['factor-keys', 'webhook-keys']);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
});

test('only the server and the workers of notification get the keys of webhooks', () => {
  const parts = planParts({
    config: readConfig({}),
    databases: databaseUrls('postgresql://postgres:first@host/postgres'),
    environment: {},
    compileCache: '/cache',
    cipherKeys: () => keptCipherKeys(folder),
  });
  const readers = parts.filter(({ environment: given }) => 'NOTIFICATION_WEBHOOK_KEYS' in given);
  expect(readers.map(({ name }) => name)).toEqual(['notification', 'jobs']);
  expect(new Set(readers.map(({ environment: given }) => given['NOTIFICATION_WEBHOOK_KEYS'])).size).toBe(1);
  expect(readers.map(({ environment: given }) => given['WEBHOOK_PRIVATE_TARGETS'])).toEqual(['allow', 'allow']);
});

test('webhooks of a system that others reach go to no private address', () => {
  const { environment } = planParts({
    config: readConfig({ HOST: '0.0.0.0' }),
    databases: databaseUrls('postgresql://postgres:first@host/postgres'),
    environment: { HOST: '0.0.0.0' },
    compileCache: '/cache',
  }).find(({ name }) => name === 'jobs')!;
  expect(environment['WEBHOOK_PRIVATE_TARGETS']).toBe('refuse');
});

test('the setting overrides the stored keys', () => {
  const given = 'a'.repeat(64);
  expect(keysWith('first', { USER_FACTOR_KEYS: given })).toEqual([['user', given, expect.any(String)]]);
});

test.each([
  ['allow', {}],
  ['allow', { TRUSTED_PROXIES: '0', PUBLIC_URL: 'http://localhost:4000' }],
  ['allow', { PUBLIC_URL: 'http://[::1]:4000/' }],
  ['refuse', { TRUSTED_PROXIES: '1' }],
  ['refuse', { PUBLIC_URL: 'https://wallet.example' }],
  ['refuse', { PUBLIC_URL: 'https://localhost.wallet.example' }],
])('private receivers: %s with %j', (expected, environment: NodeJS.ProcessEnv) => {
  const givenUrls = databaseUrls('postgresql://postgres:first@host/postgres');
  const parts = planParts({
    config: readConfig(environment),
    databases: givenUrls,
    environment,
    compileCache: '/cache',
  });
  const worker = parts.find(({ name }) => name === 'jobs')!;
  expect(worker.environment['WEBHOOK_PRIVATE_TARGETS']).toBe(expected);
});
