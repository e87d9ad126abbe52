import { describe, expect, test } from '@jest/globals';
import { readConfig } from './config.ts';
import { planParts } from './parts.ts';

const databases = {
  user: 'postgresql://host/user',
  billing: 'postgresql://host/billing',
  order: 'postgresql://host/order',
  notification: 'postgresql://host/notification',
  jobs: 'postgresql://host/jobs',
  router: 'postgresql://host/router',
};

function plan(environment: NodeJS.ProcessEnv) {
  const parts = planParts({ config: readConfig(environment), databases, environment, compileCache: '/cache' });
  return new Map(parts.map((part) => [part.name, part]));
}

/** Which parts are told this. */
function tell(setting: string, environment: NodeJS.ProcessEnv): string[] {
  return [...plan(environment).values()].filter((part) => setting in part.environment).map(({ name }) => name);
}

describe('planParts', () => {
  test('tells no part how to get at everybody’s data', () => {
    expect(tell('DATABASE_URL', { DATABASE_URL: 'postgresql://admin:secret@host/postgres' })).toEqual([]);
  });

  test('tells a subgraph of its own database only, the jobs of all, and the router of its own and where the jobs tell news', () => {
    expect(tell('BILLING_DATABASE_URL', {})).toEqual(['billing', 'jobs']);
    expect(tell('ROUTER_DATABASE_URL', {})).toEqual(['router']);
    expect(tell('JOBS_DATABASE_URL', {})).toEqual(['jobs', 'router']);
  });

  test('passes a setting on to who reads it, and what is no setting to all', () => {
    expect(tell('SMTP_URL', { SMTP_URL: 'smtp://user:secret@host' })).toEqual(['jobs']);
    expect(tell('TZ', { TZ: 'Asia/Kathmandu' })).toHaveLength(6);
  });

  test('tells the router where the subgraphs are on the ports that were chosen', () => {
    const { environment } = plan({ ORDER_PORT: '5003', USER_PORT: '5001' }).get('router')!;

    expect(environment).toMatchObject({
      ORDER_URL: 'http://127.0.0.1:5003/graphql',
      JWKS_URL: 'http://127.0.0.1:5001/.well-known/jwks.json',
    });
  });

  test('reaches parts that listen on every address through the loopback', () => {
    expect(plan({ HOST: '0.0.0.0' }).get('order')!.readyUrl).toBe('http://127.0.0.1:4003/health/ready');
    expect(plan({ HOST: '::' }).get('order')!.readyUrl).toBe('http://[::1]:4003/health/ready');
  });

  test('lets no part ask Apollo’s addresses', () => {
    const told = [...plan({}).values()].map(({ environment }) => environment['APOLLO_TELEMETRY_DISABLED']);

    expect(new Set(told)).toEqual(new Set(['true']));
  });
});
