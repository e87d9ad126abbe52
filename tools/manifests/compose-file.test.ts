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

/** compose.yaml with the first occurrence of `from` replaced. */
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
      'images with a full version',
      'postgres:18.4-trixie',
      'postgres',
      'postgres runs postgres, which names no full version',
    ],
    ['read-only root file systems', 'read_only: true', 'read_only: false', 'router can write to its root file system'],
    ['no capabilities', 'cap_drop: [ALL]', 'cap_drop: []', 'router keeps capabilities'],
    ['no new privileges', "['no-new-privileges:true']", '[]', 'router can gain privileges'],
    ['processes that restart', 'restart: unless-stopped', "restart: 'no'", 'router does not restart'],
    ['health checks', '    healthcheck:\n      # Over', '    x-health:\n      # Over', 'postgres has no health check'],
    [
      'health checks only for processes that keep running',
      '    healthcheck:\n      disable: true\n    depends_on',
      '    depends_on',
      'migrate must have a health check only if it keeps running',
    ],
    [
      'a service that waits for each process that ends',
      '  migrate:\n    condition: service_completed_successfully',
      '  migrate:\n    condition: service_started',
      'migrate ends, but no service waits for its end',
    ],
    [
      'only dependencies that exist',
      'postgres:\n        condition: service_healthy',
      'postgresql:\n        condition: service_healthy',
      'migrate waits for postgresql, which does not exist',
    ],
    [
      'ports for this machine only',
      "'127.0.0.1:$",
      "'$",
      'router accepts connections from other machines at ${ROUTER_PORT:-4000}:4000',
    ],
    ['every process', 'jobs/server.ts]', 'router/server.ts]', 'no service runs jobs/server.ts'],
    ['processes that exist', ' subgraphs/user/server.ts]', ' subgraphs/users/server.ts]', 'user runs no known process'],
    [
      'only settings that the processes read',
      'BILLING_URL: http://billing',
      'BILING_URL: http://billing',
      'user gets BILING_URL, which it does not read',
    ],
    [
      'URLs of other containers',
      '      BILLING_URL: http://billing:4002/graphql\n',
      '',
      'user keeps the default http://127.0.0.1:4002/graphql of BILLING_URL',
    ],
    [
      'only hosts that exist',
      'http://billing:4002',
      'http://biling:4002',
      'user sets BILLING_URL to the host biling, which does not exist',
    ],
    [
      'only connection files that a process writes',
      'user.env',
      'users.env',
      'user reads users.env, which no process writes',
    ],
    [
      "no other container's connections",
      'order.env',
      'jobs.env',
      'order gets USER_WORKER_DATABASE_URL, which it does not read',
    ],
    [
      "no other container's volume",
      'router-connections:/connections:ro',
      'jobs-connections:/connections:ro',
      'router can read the connections of other containers in jobs-connections:/connections:ro',
    ],
    [
      'no access to the generated passwords of all containers',
      'router-connections:/connections:ro',
      'connections:/connections:ro',
      'router can read the connections of other containers in connections:/connections:ro',
    ],
  ])('has %s', (_, from, to, fault) => {
    expect(faultsOf(changed(from, to))).toContain(fault);
  });

  test.each([
    ['an unknown key', 'read_only: true', 'readonly: true'],
    ['a port that YAML may parse as a number', "'127.0.0.1:${ROUTER_PORT:-4000}:4000'", '4000:4000'],
  ])('is refused by the linter with %s', (_, from, to) => {
    const mutated = join(folder, 'compose.yaml');
    writeFileSync(mutated, changed(from, to));

    expect(composeLintFaults(pathToFileURL(mutated))).not.toEqual([]);
  });
});
