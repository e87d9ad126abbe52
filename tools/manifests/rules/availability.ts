import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IService } from 'kubernetes-models/v1/Service';
import { connections } from '../connections.ts';
import { environmentOf } from '../container-environment.ts';
import { type Manifest, nameOf } from '../manifest.ts';
import type { Overlay } from '../render.ts';
import { isOurs, matches, ofKind } from '../workloads.ts';

type Deployment = IDeployment & Manifest;
type HorizontalPodAutoscaler = IHorizontalPodAutoscaler & Manifest;
type PodDisruptionBudget = IPodDisruptionBudget & Manifest;
type Service = IService & Manifest;

/** How long a process may take to drain and finish (platform/process/process.ts), in seconds. */
const stopDeadlineS = 20;

/** Our processes stay available while pods are replaced, nodes are drained and load grows. */
export function availabilityFaults(manifests: readonly Manifest[], overlay: Overlay): string[] {
  return ofKind<Deployment>(manifests, 'Deployment')
    .filter(({ spec }) => spec?.template.spec?.containers.some(isOurs) === true)
    .flatMap((deployment) => {
      const faults = [
        ...rolloutFaults(deployment),
        budgetFault(deployment, manifests),
        ...scalingFaults(deployment, manifests, overlay),
        ...drainFaults(deployment, manifests, overlay),
      ];
      return faults.filter((fault) => fault !== null).map((fault) => `${nameOf(deployment)} ${fault}`);
    });
}

function rolloutFaults({ spec }: Deployment): (string | null)[] {
  const spread = spec?.template.spec?.topologySpreadConstraints ?? [];
  const topologies = new Set(spread.map(({ topologyKey }) => topologyKey));
  return [
    spec?.strategy?.rollingUpdate?.maxUnavailable === 0 ? null : 'can stop before its replacement is ready',
    topologies.has('kubernetes.io/hostname') ? null : 'can have all its pods on one node',
    topologies.has('topology.kubernetes.io/zone') ? null : 'can have all its pods in one zone',
  ];
}

/** The budget must allow one eviction: otherwise a node with the only pod could not be drained. */
function budgetFault({ spec }: Deployment, manifests: readonly Manifest[]): string | null {
  const labels = spec?.template.metadata?.labels ?? {};
  const budget = ofKind<PodDisruptionBudget>(manifests, 'PodDisruptionBudget').find(({ spec: { selector } = {} }) =>
    matches(labels, selector?.matchLabels),
  );
  return budget?.spec?.maxUnavailable === 1 ? null : 'has no PodDisruptionBudget that allows one eviction at a time';
}

/** Servers scale by CPU, and workers in production by backlog. The relay only dispatches rows, so it does not scale. */
function scalingFaults(
  { metadata, spec }: Deployment,
  manifests: readonly Manifest[],
  overlay: Overlay,
): (string | null)[] {
  const scaler = ofKind<HorizontalPodAutoscaler>(manifests, 'HorizontalPodAutoscaler').find(
    (other) => other.spec?.scaleTargetRef.name === metadata.name,
  );
  const by = scaler?.spec?.metrics?.map(({ type }) => type).join();
  const expected = isServed(spec, manifests)
    ? 'Resource'
    : scaledWorker(metadata.name, overlay)
      ? 'External'
      : undefined;
  return [
    by === expected ? null : `scales by ${by ?? 'no metric'}, not by ${expected ?? 'no metric'}`,
    (scaler === undefined) === (spec?.replicas === undefined)
      ? 'must have either a number of replicas or a scaler'
      : null,
  ];
}

function scaledWorker(name: string, overlay: Overlay): boolean {
  return overlay === 'production' && name.endsWith('-worker');
}

function isServed(spec: Deployment['spec'], manifests: readonly Manifest[]): boolean {
  const labels = spec?.template.metadata?.labels ?? {};
  return ofKind<Service>(manifests, 'Service').some((service) => matches(labels, service.spec?.selector));
}

/** A pod behind a Service still gets requests for a moment after its SIGTERM. */
function drainFaults({ spec }: Deployment, manifests: readonly Manifest[], overlay: Overlay): (string | null)[] {
  const pod = spec?.template.spec;
  const { values } = environmentOf(pod!.containers[0]!, manifests, connections[overlay]);
  return [
    isServed(spec, manifests) === Number(values['DRAIN_S'] ?? 0) > 0
      ? null
      : 'has a Service but does not drain, or drains without a Service',
    (pod?.terminationGracePeriodSeconds ?? 30) > stopDeadlineS ? null : 'can be killed before it has finished',
  ];
}
