import { describe, expect, test } from '@jest/globals';
import { mutant } from '../mutant.ts';
import type { Overlay } from '../render.ts';
import { type Change, container, faultsOf, pod, rendered, version, versionInName } from '../rendered.ts';

describe('the Pod Security rules', () => {
  test.each<Change>([
    [`${pod}.securityContext.runAsNonRoot`, undefined, 'can run as root'],
    [`${pod}.securityContext.runAsUser`, 0, 'runs as root'],
    [`${pod}.securityContext.seccompProfile`, undefined, 'has no seccomp profile'],
    [`${pod}.hostNetwork`, true, "shares the host's namespaces"],
    [`${pod}.volumes`, [{ name: 'root', hostPath: { path: '/' } }], 'has a volume of a type that "restricted" forbids'],
    [`${pod}.enableServiceLinks`, undefined, 'gets variables for Services, which clash with settings'],
    [
      `${pod}.automountServiceAccountToken`,
      undefined,
      'has a token that it does not need, or lacks a token that it needs',
    ],
  ])('refuse a pod with %s: %j', (path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, 'Deployment router', path, value))).toEqual([`Deployment router ${fault}`]);
  });

  test.each<Change>([
    ['securityContext.allowPrivilegeEscalation', undefined, 'can escalate its privileges'],
    ['securityContext.privileged', true, 'is privileged'],
    ['securityContext.runAsUser', 0, 'runs as root'],
    ['securityContext.capabilities.drop', ['NET_RAW'], 'keeps capabilities'],
    ['securityContext.capabilities.add', ['SYS_ADMIN'], 'adds capabilities'],
    ['securityContext.readOnlyRootFilesystem', undefined, 'can write to its root file system'],
    ['ports.0.hostPort', 4000, 'uses a port of its host'],
  ])('refuse a container with %s: %j', (path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, 'Deployment router', `${container}.${path}`, value))).toEqual([
      `Deployment router: process ${fault}`,
    ]);
  });

  test('check init containers, too', () => {
    const path = `${pod}.initContainers.0.securityContext.readOnlyRootFilesystem`;

    expect(faultsOf(mutant(rendered.local, 'Deployment user', path, false))).toEqual([
      'Deployment user: await-migrations can write to its root file system',
    ]);
  });

  test('require that the namespace enforces them', () => {
    const label = 'metadata.labels.pod-security\\.kubernetes\\.io/enforce';

    expect(faultsOf(mutant(rendered.local, 'Namespace wallet-and-orders', label, 'baseline'))).toEqual([
      'the Namespace does not enforce "restricted"',
    ]);
  });
});

describe('the probe rules', () => {
  test.each<Change>([
    ['startupProbe', undefined, 'process has no startupProbe'],
    ['livenessProbe', undefined, 'process has no livenessProbe'],
    ['readinessProbe', undefined, 'process has no readinessProbe'],
    ['livenessProbe.httpGet.path', '/health/ready', 'the livenessProbe does not request /health/live'],
    ['readinessProbe.httpGet.path', '/health/live', 'the readinessProbe does not request /health/ready'],
    ['readinessProbe.httpGet.port', 'http', 'the readinessProbe does not use the management port'],
  ])('refuse a container with %s: %j', (path, value, fault) => {
    const faults = faultsOf(mutant(rendered.local, 'Deployment order', `${container}.${path}`, value));

    expect(faults).toEqual([`Deployment order: ${fault}`]);
  });
});

describe('the probe rules of servers that are not ours', () => {
  test('refuse a shell, which leaves processes behind', () => {
    const command = ['sh', '-c', 'redis-cli ping | grep -q PONG'];
    const faults = faultsOf(
      mutant(rendered.local, 'Deployment redis', `${container}.readinessProbe.exec.command`, command),
    );

    expect(faults).toEqual(['Deployment redis: the readinessProbe of redis runs a shell']);
  });
});

describe('the resource rules', () => {
  test.each<Change>([
    ['requests.cpu', undefined, 'requests no CPU'],
    ['requests.memory', undefined, 'requests no memory'],
    ['limits.memory', undefined, 'has no memory limit'],
    ['limits.cpu', '1', 'has a CPU limit'],
  ])('refuse a container with %s: %j', (path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, 'Deployment relay', `${container}.resources.${path}`, value))).toEqual([
      `Deployment relay: process ${fault}`,
    ]);
  });
});

describe('the image rules', () => {
  test.each<readonly [Overlay, string, string, string]>([
    ['local', 'Deployment router', 'wallet-and-orders:latest', 'not version'],
    ['local', 'Deployment redis', 'redis:latest', 'names no full version'],
    ['local', 'Deployment redis', 'redis', 'names no full version'],
    ['production', 'Deployment router', 'registry.example/wallet-and-orders:0.1.0', 'not identified by a digest'],
  ])('refuse in %s that %s runs %s', (overlay, name, image, fault) => {
    const faults = faultsOf(mutant(rendered[overlay], name, `${container}.image`, image), overlay);

    expect(faults).toEqual([expect.stringContaining(fault)]);
  });

  test('require that the name of a Job has the version', () => {
    const job = `Job migrate-${versionInName}`;

    expect(faultsOf(mutant(rendered.local, job, 'metadata.name', 'migrate'))).toEqual([
      `Job migrate is not named after version ${version}`,
    ]);
  });
});
