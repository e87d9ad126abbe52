import { describe, expect, test } from '@jest/globals';
import packageJson from '../../package.json' with { type: 'json' };
import { ruleFaults } from './faults.ts';
import type { Json } from '../json.ts';
import type { Manifest } from './manifest.ts';
import { mutant, without } from './mutant.ts';
import { type Overlay, overlays, renderOverlay } from './render.ts';

const rendered = { local: renderOverlay('local'), production: renderOverlay('production') };

const faultsOf = (manifests: readonly Manifest[], overlay: Overlay = 'local') =>
  ruleFaults(manifests, overlay, packageJson.version);

/** What is changed where, to what (nothing: it is taken away), and what is said to that. */
type Row = readonly [path: string, value: Json | undefined, fault: string];

const pod = 'spec.template.spec';
const container = `${pod}.containers.0`;

describe('the manifests as they are', () => {
  test.each(overlays)('break no rule in the %s overlay', (overlay) => {
    expect(faultsOf(rendered[overlay], overlay)).toEqual([]);
  });
});

describe('Pod Security', () => {
  test.each<Row>([
    [`${pod}.securityContext.runAsNonRoot`, undefined, 'may run as root'],
    [`${pod}.securityContext.runAsUser`, 0, 'runs as root'],
    [`${pod}.securityContext.seccompProfile`, undefined, 'has no seccomp profile'],
    [`${pod}.hostNetwork`, true, "shares the host's namespaces"],
    [`${pod}.volumes`, [{ name: 'root', hostPath: { path: '/' } }], 'has a volume of a kind that "restricted" refuses'],
    [`${pod}.enableServiceLinks`, undefined, 'is given variables for Services, which clash with settings'],
    [
      `${pod}.automountServiceAccountToken`,
      undefined,
      'has a token that it does not need, or needs one that it does not have',
    ],
  ])('refuses a pod with %s: %j', (path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, 'Deployment router', path, value))).toEqual([`Deployment router ${fault}`]);
  });

  test.each<Row>([
    ['securityContext.allowPrivilegeEscalation', undefined, 'may escalate its privileges'],
    ['securityContext.privileged', true, 'is privileged'],
    ['securityContext.runAsUser', 0, 'runs as root'],
    ['securityContext.capabilities.drop', ['NET_RAW'], 'keeps capabilities'],
    ['securityContext.capabilities.add', ['SYS_ADMIN'], 'adds capabilities'],
    ['securityContext.readOnlyRootFilesystem', undefined, 'may write to its image'],
    ['ports.0.hostPort', 4000, 'takes a port of its host'],
  ])('refuses a container with %s: %j', (path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, 'Deployment router', `${container}.${path}`, value))).toEqual([
      `Deployment router: process ${fault}`,
    ]);
  });

  test('looks at containers that only run first, too', () => {
    const path = `${pod}.initContainers.0.securityContext.readOnlyRootFilesystem`;

    expect(faultsOf(mutant(rendered.local, 'Deployment user', path, false))).toEqual([
      'Deployment user: await-migrations may write to its image',
    ]);
  });

  test('is enforced by the namespace', () => {
    const label = 'metadata.labels.pod-security\\.kubernetes\\.io/enforce';

    expect(faultsOf(mutant(rendered.local, 'Namespace wallet-and-orders', label, 'baseline'))).toEqual([
      'the Namespace does not enforce "restricted"',
    ]);
  });
});

describe('probes', () => {
  test.each<Row>([
    ['startupProbe', undefined, 'process has no startupProbe'],
    ['livenessProbe', undefined, 'process has no livenessProbe'],
    ['readinessProbe', undefined, 'process has no readinessProbe'],
    ['livenessProbe.httpGet.path', '/health/ready', 'the livenessProbe does not ask /health/live'],
    ['readinessProbe.httpGet.path', '/health/live', 'the readinessProbe does not ask /health/ready'],
    ['readinessProbe.httpGet.port', 'http', 'the readinessProbe does not ask the management port'],
  ])('are asked for: %s: %j', (path, value, fault) => {
    const faults = faultsOf(mutant(rendered.local, 'Deployment order', `${container}.${path}`, value));

    expect(faults).toEqual([`Deployment order: ${fault}`]);
  });
});

test('a probe of a port that is not there is refused', () => {
  const path = `${container}.readinessProbe.httpGet.port`;

  expect(faultsOf(mutant(rendered.local, 'Deployment order', path, 'https'))).toContain(
    'Deployment order refers to the port https, which is not there',
  );
});

describe('resources', () => {
  test.each<Row>([
    ['requests.cpu', undefined, 'requests no CPU'],
    ['requests.memory', undefined, 'requests no memory'],
    ['limits.memory', undefined, 'has no limit of memory'],
    ['limits.cpu', '1', 'has a limit of CPU'],
  ])('are asked for: %s: %j', (path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, 'Deployment relay', `${container}.resources.${path}`, value))).toEqual([
      `Deployment relay: process ${fault}`,
    ]);
  });
});

describe('images', () => {
  test.each<readonly [Overlay, string, string, string]>([
    ['local', 'Deployment router', 'wallet-and-orders:latest', 'not version'],
    ['local', 'Deployment redis', 'redis:latest', 'may be another tomorrow'],
    ['local', 'Deployment redis', 'redis', 'may be another tomorrow'],
    ['production', 'Deployment router', 'registry.example/wallet-and-orders:0.1.0', 'not told by its digest'],
  ])('in %s: %s does not run %s', (overlay, name, image, fault) => {
    const faults = faultsOf(mutant(rendered[overlay], name, `${container}.image`, image), overlay);

    expect(faults).toEqual([expect.stringContaining(fault)]);
  });

  test('of a Job: a release has a Job of its own', () => {
    const job = `Job migrate-${packageJson.version}`;

    expect(faultsOf(mutant(rendered.local, job, 'metadata.name', 'migrate'))).toEqual([
      `Job migrate is not named after version ${packageJson.version}`,
    ]);
  });
});

describe('settings', () => {
  test.each<readonly [string, string, string, Json | undefined, string]>([
    [
      'a required one is missing',
      'Deployment billing',
      `${container}.env.0`,
      undefined,
      'Deployment billing: process BILLING_DATABASE_URL is not set',
    ],
    [
      'one is malformed',
      'ConfigMap process-settings',
      'data.LOG_LEVEL',
      'loud',
      'Deployment router: process LOG_LEVEL: must be one of fatal, error, warn, info, debug, trace, silent',
    ],
    [
      'one is not read',
      'ConfigMap order-settings',
      'data.RATE_EUR',
      '0.90',
      'Deployment order: process is given RATE_EUR, which it does not read',
    ],
    [
      'a default that only holds on one machine is left',
      'ConfigMap router-settings',
      'data.BILLING_URL',
      undefined,
      'Deployment router: process is left with http://127.0.0.1:4002/graphql for BILLING_URL',
    ],
    [
      'it listens where nobody else can reach it',
      'ConfigMap process-settings',
      'data.HOST',
      undefined,
      'Deployment router: process is left with 127.0.0.1 for HOST',
    ],
    [
      'what the pods of one process share is missing',
      'Deployment router',
      `${container}.env.0`,
      undefined,
      'Deployment router: process is not given ROUTER_REDIS_URL, which its pods share',
    ],
    [
      "another's database is given",
      'Deployment billing-worker',
      `${container}.env.4`,
      {
        name: 'USER_WORKER_DATABASE_URL',
        valueFrom: { secretKeyRef: { name: 'connections', key: 'USER_WORKER_DATABASE_URL' } },
      },
      'Deployment billing-worker: process is given USER_WORKER_DATABASE_URL, which it does not need',
    ],
    [
      "another's keys of jobs are given",
      'Deployment billing-worker',
      `${container}.env.4`,
      { name: 'USER_JOB_KEYS', valueFrom: { secretKeyRef: { name: 'connections', key: 'USER_JOB_KEYS' } } },
      'Deployment billing-worker: process is given USER_JOB_KEYS, which it does not need',
    ],
    [
      'the credentials of another process are given',
      'Deployment relay',
      `${container}.env.2.valueFrom.secretKeyRef.key`,
      'BILLING_DATABASE_URL',
      'Deployment relay: process is given BILLING_DATABASE_URL as BILLING_RELAY_DATABASE_URL',
    ],
    [
      'the user of Redis of another process is given',
      'Deployment relay',
      `${container}.env.4.valueFrom.secretKeyRef.key`,
      'USER_WORKER_REDIS_URL',
      'Deployment relay: process is given USER_WORKER_REDIS_URL as REDIS_URL',
    ],
    [
      'it listens on another port than is declared',
      'ConfigMap user-settings',
      'data.USER_PORT',
      '5000',
      'Deployment user: process listens on 4101, 5000, and its ports are 4001, 4101',
    ],
    [
      'no process is run',
      'Deployment user',
      `${container}.args`,
      ['subgraphs/users/server.ts'],
      'Deployment user: process runs none of the processes',
    ],
    [
      'migrations of another database are awaited',
      'Deployment relay',
      `${pod}.initContainers.0.env.0`,
      undefined,
      'Deployment relay uses BILLING_RELAY_DATABASE_URL, ORDER_RELAY_DATABASE_URL, USER_RELAY_DATABASE_URL, and awaits BILLING_RELAY_DATABASE_URL, ORDER_RELAY_DATABASE_URL',
    ],
  ])('are refused where %s', (_, name, path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, name, path, value))).toContain(fault);
  });
});

describe('references', () => {
  test.each<readonly [string, string, string, Json, string]>([
    [
      'a ConfigMap',
      'Deployment router',
      `${container}.envFrom.1.configMapRef.name`,
      'router-setting',
      'Deployment router refers to ConfigMap router-setting, which is not there',
    ],
    [
      'a key of the Secret',
      'Deployment user',
      `${container}.env.0.valueFrom.secretKeyRef.key`,
      'USER_DATABASE',
      'Deployment user refers to the key USER_DATABASE of Secret connections, which is not there',
    ],
    [
      'a Secret',
      'Deployment user',
      `${container}.env.0.valueFrom.secretKeyRef.name`,
      'connection',
      'Deployment user refers to the key USER_DATABASE_URL of Secret connection, which is not there',
    ],
    [
      'a volume',
      'StatefulSet postgres',
      `${container}.volumeMounts.0.name`,
      'date',
      'StatefulSet postgres refers to the volume date, which is not there',
    ],
    [
      'a claim',
      'StatefulSet postgres',
      `${pod}.volumes.0.persistentVolumeClaim.claimName`,
      'postgresql',
      'StatefulSet postgres refers to PersistentVolumeClaim postgresql, which is not there',
    ],
    [
      'a ServiceAccount',
      `Job generate-connections-${packageJson.version}`,
      `${pod}.serviceAccountName`,
      'generator',
      `Job generate-connections-${packageJson.version} refers to ServiceAccount generator, which is not there`,
    ],
    [
      'its own pods',
      'Deployment order',
      'spec.selector.matchLabels',
      { 'app.kubernetes.io/component': 'orders' },
      'Deployment order refers to its own pods, by its selector, which is not there',
    ],
    [
      "a Service's pods",
      'Service order',
      'spec.selector',
      { 'app.kubernetes.io/component': 'orders' },
      'Service order stands for the pods of 0 workloads',
    ],
    [
      "a Service's port",
      'Service order',
      'spec.ports.0.targetPort',
      'web',
      'Service order leads to port web, which is not there',
    ],
    [
      'a Service behind the Ingress',
      'Ingress wallet-and-orders',
      'spec.rules.0.http.paths.0.backend.service.name',
      'gateway',
      'Ingress wallet-and-orders leads to gateway:http, which is not there',
    ],
    [
      'what is scaled',
      'HorizontalPodAutoscaler user',
      'spec.scaleTargetRef.name',
      'users',
      'HorizontalPodAutoscaler user scales Deployment users, which is not there',
    ],
    [
      'the pods of a budget',
      'PodDisruptionBudget user',
      'spec.selector.matchLabels',
      { 'app.kubernetes.io/component': 'users' },
      'PodDisruptionBudget user is for pods that are not there',
    ],
    [
      'a role',
      'RoleBinding generate-connections',
      'roleRef.name',
      'generator',
      'RoleBinding generate-connections binds Role generator, which is not there',
    ],
  ])('to %s have to lead somewhere', (_, name, path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, name, path, value))).toContain(fault);
  });
});

describe('what a pod reaches', () => {
  const blocked = { podSelector: { matchLabels: { 'app.kubernetes.io/component': 'nobody' } } };

  test.each<readonly [string, string, string, Json | undefined, string]>([
    [
      'is let out',
      'NetworkPolicy user',
      'spec.egress.0.to.0',
      blocked,
      'user -> billing:4002 is needed, and not let out',
    ],
    [
      'is let in',
      'NetworkPolicy order',
      'spec.ingress.0.from.0',
      blocked,
      'router -> order:4003 is needed, and not let in',
    ],
    [
      'is no more than its settings name',
      'NetworkPolicy user',
      'spec.egress.0.to.1',
      { podSelector: { matchLabels: { 'app.kubernetes.io/component': 'order' } } },
      'user -> order:4002 is let out without need',
    ],
    [
      'lets in nobody whose settings do not name it',
      'NetworkPolicy postgres',
      'spec.ingress.0.from.1',
      { podSelector: { matchLabels: { 'app.kubernetes.io/component': 'router' } } },
      'router -> postgres:5432 is let in without need',
    ],
    [
      'has the port of its settings',
      'ConfigMap user-settings',
      'data.BILLING_URL',
      'http://billing:4444/graphql',
      'user -> billing:4444 is needed, and not let out',
    ],
    [
      'is a host that is there',
      'ConfigMap user-settings',
      'data.BILLING_URL',
      'http://biling:4002/graphql',
      'user -> outside:4002 is needed, and not let out',
    ],
    [
      'is not another namespace',
      'NetworkPolicy user',
      'spec.ingress.0.from.0',
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } } },
      'default -> user:4001 is let in without need',
    ],
    ['has a port', 'NetworkPolicy user', 'spec.egress.0.ports', undefined, 'user -> billing:* is let out without need'],
    [
      'is nothing unless it is said',
      'NetworkPolicy nothing',
      'spec.policyTypes',
      ['Ingress'],
      'nothing is denied that no NetworkPolicy allows',
    ],
  ])('%s', (_, name, path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, name, path, value))).toContain(fault);
  });
});

describe('the Ingress', () => {
  test.each<Row>([
    ['spec.rules.0.http.paths.0.path', '/metrics', 'the Ingress leads to Prefix /metrics, which is not public'],
    ['spec.rules.0.http.paths.4.pathType', 'Prefix', 'the Ingress leads to Prefix /, which is not public'],
    ['spec.rules.0.http.paths.0', undefined, 'the Ingress does not lead to Prefix /graphql'],
    ['spec.rules.0.host', 'example.org', 'the Ingress is not for arch.homework alone'],
  ])('does not have %s: %j', (path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, 'Ingress wallet-and-orders', path, value))).toContain(fault);
  });
});

describe('a process stays there', () => {
  test.each<Row>([
    ['spec.strategy.rollingUpdate.maxUnavailable', 1, 'goes before its successor has come'],
    [`${pod}.topologySpreadConstraints.0`, undefined, 'may be on one node with all its pods'],
    [`${pod}.topologySpreadConstraints.1`, undefined, 'may be in one zone with all its pods'],
    ['spec.replicas', 2, 'has both or neither of a number of replicas and a scaler'],
    [`${pod}.terminationGracePeriodSeconds`, 20, 'may be killed before it has finished'],
  ])('which it does not with %s: %j', (path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, 'Deployment router', path, value))).toEqual([`Deployment router ${fault}`]);
  });

  test('and a server that has it answer for a while when it is told to stop', () => {
    expect(faultsOf(mutant(rendered.local, 'ConfigMap router-settings', 'data.DRAIN_S', '0'))).toEqual([
      'Deployment router drains without need, or not with need',
    ]);
  });

  test('while nodes are drained, one pod at a time', () => {
    expect(faultsOf(mutant(rendered.local, 'PodDisruptionBudget relay', 'spec.maxUnavailable', 0))).toEqual([
      'Deployment relay has no PodDisruptionBudget that lets go of one pod at a time',
    ]);
  });

  test('under load, a server by its CPU', () => {
    expect(faultsOf(without(rendered.local, 'HorizontalPodAutoscaler router'))).toContain(
      'Deployment router scales by undefined, not by Resource',
    );
  });

  test('under load, a worker in production by its backlog', () => {
    const mutated = without(rendered.production, 'HorizontalPodAutoscaler order-worker');

    expect(faultsOf(mutated, 'production')).toContain('Deployment order-worker scales by undefined, not by External');
  });

  test('under load, by what it measures', () => {
    const mutated = mutant(
      rendered.production,
      'HorizontalPodAutoscaler order-worker',
      'spec.metrics.0.external.metric.name',
      'queue_depth',
    );

    expect(faultsOf(mutated, 'production')).toEqual([
      'HorizontalPodAutoscaler order-worker scales by queue_depth, which no process measures',
    ]);
  });
});
