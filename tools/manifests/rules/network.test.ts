import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../json.ts';
import { mutant } from '../mutant.ts';
import { type Change, faultsOf, rendered } from '../rendered.ts';

describe('the network rules', () => {
  const blocked = { podSelector: { matchLabels: { 'app.kubernetes.io/component': 'nobody' } } };

  test.each<readonly [string, string, string, Json | undefined, string]>([
    [
      'an egress rule allows a needed connection',
      'NetworkPolicy user',
      'spec.egress.0.to.0',
      blocked,
      'user -> billing:4002 is needed, but no egress rule allows it',
    ],
    [
      'an ingress rule allows a needed connection',
      'NetworkPolicy order',
      'spec.ingress.0.from.0',
      blocked,
      'router -> order:4003 is needed, but no ingress rule allows it',
    ],
    [
      'no egress rule allows a connection that no setting needs',
      'NetworkPolicy user',
      'spec.egress.0.to.1',
      { podSelector: { matchLabels: { 'app.kubernetes.io/component': 'order' } } },
      'user -> order:4002 is allowed by an egress rule, but not needed',
    ],
    [
      'no ingress rule allows a connection that no setting needs',
      'NetworkPolicy postgres',
      'spec.ingress.0.from.1',
      { podSelector: { matchLabels: { 'app.kubernetes.io/component': 'router' } } },
      'router -> postgres:5432 is allowed by an ingress rule, but not needed',
    ],
    [
      'an egress rule allows the port of a setting',
      'ConfigMap user-settings',
      'data.BILLING_URL',
      'http://billing:4444/graphql',
      'user -> billing:4444 is needed, but no egress rule allows it',
    ],
    [
      'the host of a setting exists',
      'ConfigMap user-settings',
      'data.BILLING_URL',
      'http://biling:4002/graphql',
      'user -> outside:4002 is needed, but no egress rule allows it',
    ],
    [
      'no ingress rule allows another namespace',
      'NetworkPolicy user',
      'spec.ingress.0.from.0',
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } } },
      'default -> user:4001 is allowed by an ingress rule, but not needed',
    ],
    [
      'an egress rule names its ports',
      'NetworkPolicy user',
      'spec.egress.0.ports',
      undefined,
      'user -> billing:* is allowed by an egress rule, but not needed',
    ],
    [
      'a policy denies all traffic by default',
      'NetworkPolicy nothing',
      'spec.policyTypes',
      ['Ingress'],
      'no NetworkPolicy denies all traffic by default',
    ],
  ])('require that %s', (_, name, path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, name, path, value))).toContain(fault);
  });
});

describe('the Ingress rules', () => {
  test.each<Change>([
    ['spec.rules.0.http.paths.0.path', '/metrics', 'the Ingress routes to Prefix /metrics, which is not public'],
    ['spec.rules.0.http.paths.8.pathType', 'Prefix', 'the Ingress routes to Prefix /, which is not public'],
    ['spec.rules.0.http.paths.0', undefined, 'the Ingress does not route to Prefix /graphql'],
    ['spec.rules.0.host', 'example.org', 'the Ingress serves hosts other than arch.homework'],
  ])('refuse %s: %j', (path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, 'Ingress wallet-and-orders', path, value))).toContain(fault);
  });
});
