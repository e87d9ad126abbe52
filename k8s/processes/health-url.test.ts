import { describe, expect, test } from '@jest/globals';
import { healthUrl } from './health-url.ts';

describe('healthUrl', () => {
  test.each([
    ['subgraphs/user/server.ts', 4001],
    ['subgraphs/billing/server.ts', 4002],
    ['subgraphs/order/server.ts', 4003],
    ['subgraphs/notification/server.ts', 4004],
    ['jobs/server.ts', 4005],
    ['router/server.ts', 4000],
  ])('asks %s on its port', async (entry, port) => {
    const args = ['node', '--env-file=/connections/some.env', entry, ''];

    expect(await healthUrl(args, { HOST: '0.0.0.0' })).toBe(`http://127.0.0.1:${port}/health/ready`);
  });

  test('finds the process behind an init', async () => {
    const args = ['/sbin/docker-init', '--', 'node', 'router/server.ts'];

    expect(await healthUrl(args, {})).toBe('http://127.0.0.1:4000/health/ready');
  });

  test.each([
    [{ ROUTER_PORT: '80' }, 'http://127.0.0.1:80/health/ready'],
    [{ HOST: '::' }, 'http://[::1]:4000/health/ready'],
    [{ HOST: '10.0.0.5' }, 'http://10.0.0.5:4000/health/ready'],
  ])('follows the settings %j', async (environment, url) => {
    expect(await healthUrl(['node', 'router/server.ts'], environment)).toBe(url);
  });

  test('asks nobody where nothing is served', async () => {
    expect(await healthUrl(['node', 'local/migrate.ts'], {})).toBeNull();
  });
});
