import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import packageJson from '../../package.json' with { type: 'json' };
import { composeFaults, composeLintFaults } from './compose-file.ts';

const file = new URL('../../compose.yaml', import.meta.url);
const text = readFileSync(file, 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'compose-'));

afterAll(() => rmSync(folder, { recursive: true }));

const faultsOf = (composeYaml: string) => composeFaults(composeYaml, packageJson.version);

/** compose.yaml with something else in it, once. */
function changed(from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`There is no ${from}.`);
  return text.replace(from, to);
}

describe('compose.yaml', () => {
  test('breaks no rule as it is', () => {
    expect(composeLintFaults(file)).toEqual([]);
    expect(faultsOf(text)).toEqual([]);
  });

  test.each([
    ['one version', ':0.1.0', ':0.0.9', 'connections runs wallet-and-orders:0.0.9, not version 0.1.0'],
    [
      'images that stay the same',
      'postgres:18.4-trixie',
      'postgres',
      'postgres runs postgres, which may be another tomorrow',
    ],
    ['images that nothing writes to', 'read_only: true', 'read_only: false', 'router may write to its image'],
    ['no capabilities', 'cap_drop: [ALL]', 'cap_drop: []', 'router keeps capabilities'],
    ['no new privileges', "['no-new-privileges:true']", '[]', 'router may gain privileges'],
    ['processes that come again', 'restart: unless-stopped', "restart: 'no'", 'router is not started again'],
    ['health checks', '    healthcheck:\n      # Over', '    x-health:\n      # Over', 'postgres has no health check'],
    [
      'health checks of what lasts only',
      '    healthcheck:\n      disable: true\n    depends_on',
      '    depends_on',
      'migrate has a health check and ends, or has none',
    ],
    [
      'somebody who waits for what ends',
      '  migrate:\n    condition: service_completed_successfully',
      '  migrate:\n    condition: service_started',
      'migrate ends, and nobody waits for that',
    ],
    [
      'services to wait for',
      'postgres:\n        condition: service_healthy',
      'postgresql:\n        condition: service_healthy',
      'migrate waits for postgresql, which is not there',
    ],
    ['ports for this machine only', "'127.0.0.1:$", "'$", 'router lets other machines in at ${ROUTER_PORT:-4000}:4000'],
    ['every process', 'jobs/server.ts]', 'router/server.ts]', 'nothing runs jobs/server.ts'],
    [
      'processes that exist',
      ' subgraphs/user/server.ts]',
      ' subgraphs/users/server.ts]',
      'user runs none of the processes',
    ],
    [
      'settings that are read',
      'BILLING_URL: http://billing',
      'BILING_URL: http://billing',
      'user is given BILING_URL, which it does not read',
    ],
    [
      'addresses of other containers',
      '      BILLING_URL: http://billing:4002/graphql\n',
      '',
      'user is left with http://127.0.0.1:4002/graphql for BILLING_URL',
    ],
    [
      'hosts that are there',
      'http://billing:4002',
      'http://biling:4002',
      'user is told of biling by BILLING_URL, which is not there',
    ],
    ['connections that are written', 'user.env', 'users.env', 'user reads users.env, which is not written'],
    [
      "nobody else's connections",
      'order.env',
      'jobs.env',
      'order is given USER_WORKER_DATABASE_URL, which it does not read',
    ],
    [
      "nobody else's volume",
      'router-connections:/connections:ro',
      'jobs-connections:/connections:ro',
      'router sees the connections of others by jobs-connections:/connections:ro',
    ],
    [
      'passwords that one container makes and no other sees',
      'router-connections:/connections:ro',
      'connections:/connections:ro',
      'router sees the connections of others by connections:/connections:ro',
    ],
  ])('has %s', (_, from, to, fault) => {
    expect(faultsOf(changed(from, to))).toContain(fault);
  });

  test.each([
    ['a key that compose does not know', 'read_only: true', 'readonly: true'],
    ['a port that YAML may take for a number', "'127.0.0.1:${ROUTER_PORT:-4000}:4000'", '4000:4000'],
  ])('is refused by the linter with %s', (_, from, to) => {
    const mutated = join(folder, 'compose.yaml');
    writeFileSync(mutated, changed(from, to));

    expect(composeLintFaults(pathToFileURL(mutated))).not.toEqual([]);
  });
});
