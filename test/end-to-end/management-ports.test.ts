import { beforeAll, describe, expect, test } from '@jest/globals';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { managementPaths, partNames } from './described-requests.ts';

let system: SystemAddresses;

beforeAll(async () => {
  system = await sharedSystem();
});

describe('the management ports', () => {
  test.each(partNames)('are the only ports on which %s serves health and metrics', async (part) => {
    const addresses = [...managementPaths, '/health', '/metrics/', '//metrics', '/METRICS', '/metrics?a=b'];
    for (const path of addresses) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await fetch(`${system.origins[part]}${path}`, { method });
        expect([path, method, answer.status]).toEqual([path, method, 404]);
        expect(await answer.text()).not.toMatch(/process_start_time|wallet_|waitingFor|"status"/);
      }
    }
  });

  test.each(partNames)('serve nothing else for %s', async (part) => {
    for (const path of ['/', '/graphql', '/operations', '/queues', '/session', '/.well-known/jwks.json']) {
      expect([path, (await fetch(`${system.management[part]}${path}`)).status]).toEqual([path, 404]);
    }
  });
});
