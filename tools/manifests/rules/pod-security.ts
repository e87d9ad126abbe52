import type { IContainer } from 'kubernetes-models/v1/Container';
import type { INamespace } from 'kubernetes-models/v1/Namespace';
import type { Manifest } from '../manifest.ts';
import { containersOf, ofKind, type Workload, workloadsOf } from '../workloads.ts';

/**
 * Every pod follows the Pod Security Standard "restricted", and the namespace enforces it
 * (kubernetes.io/docs/concepts/security/pod-security-standards). In addition, root file systems are read-only, and only
 * pods that use the Kubernetes API have a token.
 */
export function podSecurityFaults(manifests: readonly Manifest[]): string[] {
  return [...namespaceFaults(manifests), ...workloadsOf(manifests).flatMap(podFaults)];
}

type Namespace = INamespace & Manifest;

function namespaceFaults(manifests: readonly Manifest[]): string[] {
  const enforced = ofKind<Namespace>(manifests, 'Namespace').every(
    ({ metadata }) => metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted',
  );
  return enforced ? [] : ['the Namespace does not enforce "restricted"'];
}

const allowedVolumes = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

function podFaults(workload: Workload): string[] {
  const { name, pod } = workload;
  const { securityContext: security = {}, volumes = [] } = pod;
  const faults = [
    security?.runAsNonRoot === true ? null : 'can run as root',
    security?.runAsUser === 0 ? 'runs as root' : null,
    security?.seccompProfile?.type === 'RuntimeDefault' ? null : 'has no seccomp profile',
    pod.hostNetwork === true || pod.hostPID === true || pod.hostIPC === true ? "shares the host's namespaces" : null,
    volumes.every((volume) => Object.keys(volume).every((key) => key === 'name' || allowedVolumes.has(key)))
      ? null
      : 'has a volume of a type that "restricted" forbids',
    pod.enableServiceLinks === false ? null : 'gets variables for Services, which clash with settings',
    (pod.automountServiceAccountToken === false) === (pod.serviceAccountName === undefined)
      ? null
      : 'has a token that it does not need, or lacks a token that it needs',
  ];
  return [
    ...faults.filter((fault) => fault !== null).map((fault) => `${name} ${fault}`),
    ...containersOf(workload).flatMap((container) => containerFaults(name, container)),
  ];
}

function containerFaults(name: string, { name: container, securityContext: security, ports = [] }: IContainer) {
  const faults = [
    security?.allowPrivilegeEscalation === false ? null : 'can escalate its privileges',
    security?.privileged === true ? 'is privileged' : null,
    security?.runAsNonRoot === false || security?.runAsUser === 0 ? 'runs as root' : null,
    security?.capabilities?.drop?.includes('ALL') === true ? null : 'keeps capabilities',
    (security?.capabilities?.add ?? []).length === 0 ? null : 'adds capabilities',
    security?.readOnlyRootFilesystem === true ? null : 'can write to its root file system',
    ports.some(({ hostPort }) => hostPort !== undefined) ? 'uses a port of its host' : null,
  ];
  return faults.filter((fault) => fault !== null).map((fault) => `${name}: ${container} ${fault}`);
}
