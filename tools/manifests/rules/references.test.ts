import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../json.ts';
import { mutant } from '../mutant.ts';
import { container, faultsOf, pod, rendered, versionInName } from '../rendered.ts';

describe('the reference rules', () => {
  test.each<readonly [string, string, string, Json, string]>([
    [
      'a ConfigMap',
      'Deployment router',
      `${container}.envFrom.1.configMapRef.name`,
      'router-setting',
      'Deployment router refers to ConfigMap router-setting, which does not exist',
    ],
    [
      'a key of the Secret',
      'Deployment user',
      `${container}.env.0.valueFrom.secretKeyRef.key`,
      'USER_DATABASE',
      'Deployment user refers to the key USER_DATABASE of Secret connections, which does not exist',
    ],
    [
      'a Secret',
      'Deployment user',
      `${container}.env.0.valueFrom.secretKeyRef.name`,
      'connection',
      'Deployment user refers to the key USER_DATABASE_URL of Secret connection, which does not exist',
    ],
    [
      'a volume',
      'StatefulSet postgres',
      `${container}.volumeMounts.0.name`,
      'date',
      'StatefulSet postgres refers to the volume date, which does not exist',
    ],
    [
      'a PersistentVolumeClaim',
      'StatefulSet postgres',
      `${pod}.volumes.0.persistentVolumeClaim.claimName`,
      'postgresql',
      'StatefulSet postgres refers to PersistentVolumeClaim postgresql, which does not exist',
    ],
    [
      'a ServiceAccount',
      `Job generate-connections-${versionInName}`,
      `${pod}.serviceAccountName`,
      'generator',
      `Job generate-connections-${versionInName} refers to ServiceAccount generator, which does not exist`,
    ],
    [
      'a pod that the selector matches',
      'Deployment order',
      'spec.selector.matchLabels',
      { 'app.kubernetes.io/component': 'orders' },
      'Deployment order refers to a pod that matches its selector, which does not exist',
    ],
    [
      'a workload behind a Service',
      'Service order',
      'spec.selector',
      { 'app.kubernetes.io/component': 'orders' },
      'Service order selects the pods of 0 workloads',
    ],
    [
      'the target port of a Service',
      'Service order',
      'spec.ports.0.targetPort',
      'web',
      'Service order targets port web, which does not exist',
    ],
    [
      'a Service behind the Ingress',
      'Ingress wallet-and-orders',
      'spec.rules.0.http.paths.0.backend.service.name',
      'gateway',
      'Ingress wallet-and-orders routes to gateway:http, which does not exist',
    ],
    [
      'the target of a HorizontalPodAutoscaler',
      'HorizontalPodAutoscaler user',
      'spec.scaleTargetRef.name',
      'users',
      'HorizontalPodAutoscaler user scales Deployment users, which does not exist',
    ],
    [
      'a pod of a PodDisruptionBudget',
      'PodDisruptionBudget user',
      'spec.selector.matchLabels',
      { 'app.kubernetes.io/component': 'users' },
      'PodDisruptionBudget user selects pods that do not exist',
    ],
    [
      'the role of a RoleBinding',
      'RoleBinding generate-connections',
      'roleRef.name',
      'generator',
      'RoleBinding generate-connections binds Role generator, which does not exist',
    ],
  ])('require that %s exists', (_, name, path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, name, path, value))).toContain(fault);
  });
});

test('the reference rules refuse a probe of a port that does not exist', () => {
  const path = `${container}.readinessProbe.httpGet.port`;

  expect(faultsOf(mutant(rendered.local, 'Deployment order', path, 'https'))).toContain(
    'Deployment order refers to the port https, which does not exist',
  );
});
