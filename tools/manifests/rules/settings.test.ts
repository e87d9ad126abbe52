import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../json.ts';
import { mutant } from '../mutant.ts';
import { container, faultsOf, pod, rendered } from '../rendered.ts';

describe('the settings rules', () => {
  test.each<readonly [string, string, string, Json | undefined, string]>([
    [
      'a required setting is missing',
      'Deployment billing',
      `${container}.env.0`,
      undefined,
      'Deployment billing: process BILLING_DATABASE_URL is not set',
    ],
    [
      'a setting is malformed',
      'ConfigMap process-settings',
      'data.LOG_LEVEL',
      'loud',
      'Deployment router: process LOG_LEVEL: must be one of fatal, error, warn, info, debug, trace, silent',
    ],
    [
      'a process gets a setting that it does not read',
      'ConfigMap order-settings',
      'data.RATE_EUR',
      '0.90',
      'Deployment order: process gets RATE_EUR, which it does not read',
    ],
    [
      'a process keeps a default that works on one machine only',
      'ConfigMap router-settings',
      'data.BILLING_URL',
      undefined,
      'Deployment router: process keeps the default http://127.0.0.1:4002/graphql of BILLING_URL',
    ],
    [
      'a process listens on the loopback address only',
      'ConfigMap process-settings',
      'data.HOST',
      undefined,
      'Deployment router: process keeps the default 127.0.0.1 of HOST',
    ],
    [
      'a process lacks a setting that its pods share',
      'Deployment router',
      `${container}.env.0`,
      undefined,
      'Deployment router: process lacks ROUTER_REDIS_URL, which its pods share',
    ],
    [
      'a process gets the database of another process',
      'Deployment billing-worker',
      `${container}.env.4`,
      {
        name: 'USER_WORKER_DATABASE_URL',
        valueFrom: { secretKeyRef: { name: 'connections', key: 'USER_WORKER_DATABASE_URL' } },
      },
      'Deployment billing-worker: process gets USER_WORKER_DATABASE_URL, which it does not need',
    ],
    [
      'a process gets the job keys of another process',
      'Deployment billing-worker',
      `${container}.env.4`,
      { name: 'USER_JOB_KEYS', valueFrom: { secretKeyRef: { name: 'connections', key: 'USER_JOB_KEYS' } } },
      'Deployment billing-worker: process gets USER_JOB_KEYS, which it does not need',
    ],
    [
      'a setting has the database credentials of another process',
      'Deployment relay',
      `${container}.env.2.valueFrom.secretKeyRef.key`,
      'BILLING_DATABASE_URL',
      'Deployment relay: process gets BILLING_DATABASE_URL as BILLING_RELAY_DATABASE_URL',
    ],
    [
      'a setting has the Redis user of another process',
      'Deployment relay',
      `${container}.env.4.valueFrom.secretKeyRef.key`,
      'USER_WORKER_REDIS_URL',
      'Deployment relay: process gets USER_WORKER_REDIS_URL as REDIS_URL',
    ],
    [
      'a process listens on a port that its container does not declare',
      'ConfigMap user-settings',
      'data.USER_PORT',
      '5000',
      'Deployment user: process listens on 4101, 5000, but declares the ports 4001, 4101',
    ],
    [
      'a container runs no known process',
      'Deployment user',
      `${container}.args`,
      ['subgraphs/users/server.ts'],
      'Deployment user: process runs no known process',
    ],
    [
      'a pod does not wait for the migrations of its databases',
      'Deployment relay',
      `${pod}.initContainers.0.env.0`,
      undefined,
      'Deployment relay uses BILLING_RELAY_DATABASE_URL, ORDER_RELAY_DATABASE_URL, USER_RELAY_DATABASE_URL, but awaits the migrations of BILLING_RELAY_DATABASE_URL, ORDER_RELAY_DATABASE_URL',
    ],
  ])('refuse that %s', (_, name, path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, name, path, value))).toContain(fault);
  });
});
