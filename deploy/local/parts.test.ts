import { describe, expect, test } from '@jest/globals';
import { readConfig } from './config.ts';
import { databaseUrls, settingsOf } from './credentials.ts';
import { planParts } from './parts.ts';

const databases = databaseUrls('postgresql://postgres:secret@host/postgres');

function plan(environment: NodeJS.ProcessEnv) {
  const parts = planParts({ config: readConfig(environment), databases, environment, compileCache: '/cache' });
  return new Map(parts.map((part) => [part.name, part]));
}

/** The names of the parts that get the setting. */
function receiversOf(setting: string, environment: NodeJS.ProcessEnv): string[] {
  return [...plan(environment).values()].filter((part) => setting in part.environment).map(({ name }) => name);
}

describe('planParts', () => {
  test('gives no part the administrator’s URL', () => {
    expect(receiversOf('DATABASE_URL', { DATABASE_URL: 'postgresql://admin:secret@host/postgres' })).toEqual([]);
  });

  test('gives each part its own credentials, and no part those of an owner', () => {
    const receivers = Object.fromEntries(
      Object.keys(settingsOf(databases)).map((setting) => [setting, receiversOf(setting, {}).join(', ')]),
    );

    expect(receivers).toEqual({
      USER_OWNER_DATABASE_URL: '',
      USER_DATABASE_URL: 'user',
      USER_WORKER_DATABASE_URL: 'jobs',
      USER_RELAY_DATABASE_URL: 'jobs',
      USER_OPERATOR_DATABASE_URL: '',
      VERIFY_USER_DATABASE_URL: 'jobs',
      BILLING_OWNER_DATABASE_URL: '',
      BILLING_DATABASE_URL: 'billing',
      BILLING_WORKER_DATABASE_URL: 'jobs',
      BILLING_RELAY_DATABASE_URL: 'jobs',
      BILLING_OPERATOR_DATABASE_URL: '',
      VERIFY_BILLING_DATABASE_URL: 'jobs',
      ORDER_OWNER_DATABASE_URL: '',
      ORDER_DATABASE_URL: 'order',
      ORDER_WORKER_DATABASE_URL: 'jobs',
      ORDER_RELAY_DATABASE_URL: 'jobs',
      ORDER_OPERATOR_DATABASE_URL: '',
      VERIFY_ORDER_DATABASE_URL: 'jobs',
      NOTIFICATION_OWNER_DATABASE_URL: '',
      NOTIFICATION_DATABASE_URL: 'notification',
      NOTIFICATION_WORKER_DATABASE_URL: 'jobs',
      VERIFY_NOTIFICATION_DATABASE_URL: 'jobs',
      JOBS_OWNER_DATABASE_URL: '',
      JOBS_DATABASE_URL: 'jobs',
      JOBS_LISTENER_DATABASE_URL: 'router',
      ROUTER_OWNER_DATABASE_URL: '',
      ROUTER_DATABASE_URL: 'router',
    });
  });

  test('gives a setting to the parts that read it, and other variables to all parts', () => {
    expect(receiversOf('SMTP_URL', { SMTP_URL: 'smtp://user:secret@host' })).toEqual(['jobs']);
    expect(receiversOf('TZ', { TZ: 'Asia/Kathmandu' })).toHaveLength(6);
  });

  test('gives the router the subgraphs’ URLs with the configured ports', () => {
    const { environment } = plan({ ORDER_PORT: '5003', USER_PORT: '5001' }).get('router')!;

    expect(environment).toMatchObject({
      ORDER_URL: 'http://127.0.0.1:5003/graphql',
      JWKS_URL: 'http://127.0.0.1:5001/.well-known/jwks.json',
    });
  });

  test('uses the loopback address for parts that listen on every address', () => {
    expect(plan({ MANAGEMENT_HOST: '0.0.0.0' }).get('order')!.readyUrl).toBe('http://127.0.0.1:4103/health/ready');
    expect(plan({ MANAGEMENT_HOST: '::' }).get('order')!.readyUrl).toBe('http://[::1]:4103/health/ready');
  });

  test('disables Apollo’s telemetry in every part', () => {
    const values = [...plan({}).values()].map(({ environment }) => environment['APOLLO_TELEMETRY_DISABLED']);

    expect(new Set(values)).toEqual(new Set(['true']));
  });
});
