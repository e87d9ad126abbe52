import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IService } from 'kubernetes-models/v1/Service';
import '#billing/metrics.ts';
import '#notification/metrics.ts';
import '#order/metrics.ts';
import '#platform/telemetry/metrics.ts';
import { register } from 'prom-client';
import { connections } from '../connections.ts';
import { type Manifest, nameOf } from '../manifest.ts';
import type { Overlay } from '../render.ts';
import { containersOf, ends, matches, ofKind, type Workload, workloadsOf } from '../workloads.ts';

type Service = IService & Manifest;
type Ingress = IIngress & Manifest;
type HorizontalPodAutoscaler = IHorizontalPodAutoscaler & Manifest;
type PodDisruptionBudget = IPodDisruptionBudget & Manifest;
type RoleBinding = IRoleBinding & Manifest;

/** Every reference has a target: objects, keys, pods, ports and names of Services. */
export function referenceFaults(manifests: readonly Manifest[], overlay: Overlay): string[] {
  return [
    ...workloadsOf(manifests).flatMap((workload) => workloadFaults(workload, manifests, overlay)),
    ...ofKind<Service>(manifests, 'Service').flatMap((service) => serviceFaults(service, manifests)),
    ...ofKind<Ingress>(manifests, 'Ingress').flatMap((ingress) => ingressFaults(ingress, manifests)),
    ...otherFaults(manifests),
  ];
}

function workloadFaults(workload: Workload, manifests: readonly Manifest[], overlay: Overlay): string[] {
  const { name, kind, pod, selector, labels } = workload;
  const exists = existsIn(manifests);
  const missing = [
    ...(pod.volumes ?? []).map(({ persistentVolumeClaim: claim }) =>
      claim === undefined ? null : exists('PersistentVolumeClaim', claim.claimName),
    ),
    pod.serviceAccountName === undefined ? null : exists('ServiceAccount', pod.serviceAccountName),
    !ends(kind) && (Object.keys(selector).length === 0 || !matches(labels, selector))
      ? 'a pod that matches its selector'
      : null,
    ...containersOf(workload).flatMap((container) => [
      ...environmentReferences(container, manifests, overlay),
      ...mountReferences(container, workload),
      ...probePorts(container),
    ]),
  ];
  return missing.filter((what) => what !== null).map((what) => `${name} refers to ${what}, which does not exist`);
}

/** Returns a function that names a missing object, or returns null if the object exists. */
function existsIn(manifests: readonly Manifest[]): (kind: string, name: string | undefined) => string | null {
  return (kind, name) =>
    manifests.some((other) => other.kind === kind && other.metadata.name === name) ? null : `${kind} ${name}`;
}

function environmentReferences(
  { env = [], envFrom = [] }: IContainer,
  manifests: readonly Manifest[],
  overlay: Overlay,
): (string | null)[] {
  const exists = existsIn(manifests);
  const keys = connections[overlay];
  return [
    ...envFrom.map(({ configMapRef }) => exists('ConfigMap', configMapRef?.name)),
    ...env.map(({ valueFrom }) => {
      const reference = valueFrom?.secretKeyRef;
      if (reference === undefined) return null;
      return reference.name === 'connections' && reference.key in keys
        ? null
        : `the key ${reference.key} of Secret ${reference.name}`;
    }),
  ];
}

function mountReferences({ volumeMounts = [] }: IContainer, { pod }: Workload): (string | null)[] {
  const known = new Set((pod.volumes ?? []).map(({ name }) => name));
  return volumeMounts.map(({ name }) => (known.has(name) ? null : `the volume ${name}`));
}

function probePorts({ startupProbe, livenessProbe, readinessProbe, ports = [] }: IContainer): (string | null)[] {
  return [startupProbe, livenessProbe, readinessProbe].map((probe) => {
    const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
    const known = ports.some(({ name, containerPort }) => port === name || port === containerPort);
    return port === undefined || known ? null : `the port ${port}`;
  });
}

function serviceFaults(service: Service, manifests: readonly Manifest[]): string[] {
  const pods = workloadsOf(manifests).filter(({ labels }) => matches(labels, service.spec?.selector));
  if (pods.length !== 1) return [`${nameOf(service)} selects the pods of ${pods.length} workloads`];
  const ports = pods.flatMap(({ pod }) => pod.containers.flatMap((container) => container.ports ?? []));
  return (service.spec?.ports ?? [])
    .map(({ port, targetPort = port }) => targetPort)
    .filter((target) => !ports.some(({ name, containerPort }) => target === name || target === containerPort))
    .map((target) => `${nameOf(service)} targets port ${target}, which does not exist`);
}

function ingressFaults(ingress: Ingress, manifests: readonly Manifest[]): string[] {
  const services = ofKind<Service>(manifests, 'Service');
  const backends = (ingress.spec?.rules ?? []).flatMap(({ http }) => http?.paths.map(({ backend }) => backend) ?? []);
  return [...new Set(backends.map(({ service }) => `${service?.name}:${service?.port?.name ?? service?.port?.number}`))]
    .filter((wanted) => {
      const [name, port] = wanted.split(':');
      const ports = services.find(({ metadata }) => metadata.name === name)?.spec?.ports ?? [];
      return !ports.some((one) => one.name === port || String(one.port) === port);
    })
    .map((wanted) => `${nameOf(ingress)} routes to ${wanted}, which does not exist`);
}

function otherFaults(manifests: readonly Manifest[]): string[] {
  const exists = existsIn(manifests);
  const scaled = ofKind<HorizontalPodAutoscaler>(manifests, 'HorizontalPodAutoscaler').map((scaler) => {
    const missing = exists(scaler.spec?.scaleTargetRef.kind ?? '', scaler.spec?.scaleTargetRef.name);
    return missing === null ? null : `${nameOf(scaler)} scales ${missing}, which does not exist`;
  });
  const measured = ofKind<HorizontalPodAutoscaler>(manifests, 'HorizontalPodAutoscaler').flatMap((scaler) =>
    (scaler.spec?.metrics ?? []).map(({ external }) =>
      external === undefined || register.getSingleMetric(external.metric.name) !== undefined
        ? null
        : `${nameOf(scaler)} scales by ${external.metric.name}, which no process measures`,
    ),
  );
  const budgets = ofKind<PodDisruptionBudget>(manifests, 'PodDisruptionBudget').map((budget) => {
    const selector = budget.spec?.selector?.matchLabels;
    const some = workloadsOf(manifests).some(({ labels }) => matches(labels, selector));
    return some && selector !== undefined ? null : `${nameOf(budget)} selects pods that do not exist`;
  });
  const bindings = ofKind<RoleBinding>(manifests, 'RoleBinding').flatMap((binding) =>
    [binding.roleRef, ...(binding.subjects ?? [])].map(({ kind, name }) => {
      const missing = exists(kind, name);
      return missing === null ? null : `${nameOf(binding)} binds ${missing}, which does not exist`;
    }),
  );
  return [...scaled, ...measured, ...budgets, ...bindings].filter((fault) => fault !== null);
}
