import { describe, expect, test } from '@jest/globals';
import { healthUrl } from './health-url.ts';

describe('healthUrl', () => {
  test.each([
    ['subgraphs/user/server.ts', 4101],
    ['subgraphs/billing/server.ts', 4102],
    ['subgraphs/order/server.ts', 4103],
    ['subgraphs/notification/server.ts', 4104],
    ['jobs/server.ts', 4105],
    ['router/server.ts', 4100],
  ])('finds the management port of %s', async (entry, port) => {
    const args = ['node', '--env-file=/connections/some.env', entry, ''];

    expect(await healthUrl(args, { MANAGEMENT_HOST: '0.0.0.0' })).toBe(`http://127.0.0.1:${port}/health/ready`);
  });

  test('finds the process of a container with an init process', async () => {
    const args = ['/sbin/docker-init', '--', 'node', 'router/server.ts'];

    expect(await healthUrl(args, {})).toBe('http://127.0.0.1:4100/health/ready');
  });

  test.each([
    [{ ROUTER_MANAGEMENT_PORT: '80' }, 'http://127.0.0.1:80/health/ready'],
    [{ MANAGEMENT_HOST: '::' }, 'http://[::1]:4100/health/ready'],
    [{ MANAGEMENT_HOST: '10.0.0.5' }, 'http://10.0.0.5:4100/health/ready'],
  ])('follows the settings %j', async (environment, url) => {
    expect(await healthUrl(['node', 'router/server.ts'], environment)).toBe(url);
  });

  test('returns null for a process that serves nothing', async () => {
    expect(await healthUrl(['node', 'deploy/local/migrate.ts'], {})).toBeNull();
  });
});
