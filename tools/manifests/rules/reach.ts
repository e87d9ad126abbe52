import { publicPorts } from '#platform/validation/target.ts';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { INetworkPolicyPeer } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPeer';
import type { INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPort';
import { connections } from '../connections.ts';
import { environmentOf } from '../container-environment.ts';
import type { Manifest } from '../manifest.ts';
import { entryOf } from '../processes.ts';
import type { Overlay } from '../render.ts';
import { componentLabel, containersOf, ofKind, type Workload, workloadsOf } from '../workloads.ts';

type NetworkPolicy = INetworkPolicy & Manifest;

/**
 * A pod can reach the servers that its settings name, and no others. Needed and allowed connections are written as
 * `from -> to:port`. All hosts outside the cluster are `outside`.
 */
export function reachFaults(manifests: readonly Manifest[], overlay: Overlay): string[] {
  const policies = ofKind<NetworkPolicy>(manifests, 'NetworkPolicy');
  const workloads = workloadsOf(manifests);
  const needed = new Set(workloads.flatMap((workload) => neededBy(workload, manifests, overlay)));
  const out = new Set(policies.flatMap((policy) => outOf(policy, workloads)));
  const into = new Set(policies.flatMap((policy) => inTo(policy, workloads)));
  const inside = (edge: string) => !edge.includes('-> outside');
  return [
    ...(policies.some(deniesEverything) ? [] : ['no NetworkPolicy denies all traffic by default']),
    ...[...needed].filter((edge) => !out.has(edge)).map((edge) => `${edge} is needed, but no egress rule allows it`),
    ...[...needed]
      .filter((edge) => inside(edge) && !into.has(edge))
      .map((edge) => `${edge} is needed, but no ingress rule allows it`),
    ...[...out]
      .filter((edge) => !needed.has(edge))
      .map((edge) => `${edge} is allowed by an egress rule, but not needed`),
    ...[...into]
      .filter((edge) => !needed.has(edge) && !fromOthers.test(edge))
      .map((edge) => `${edge} is allowed by an ingress rule, but not needed`),
  ];
}

/** Ingress controllers reach the router, and Prometheus every process. */
const fromOthers =
  /^(?:(?:ingress-nginx|traefik|haproxy-controller|projectcontour|kube-system) -> router|monitoring -> \S+):\d+$/;

/**
 * The migration reads REDIS_URL to learn whether the jobs use Redis, but does not connect to it. PUBLIC_URL is the
 * address of the console in links.
 */
const onlyRead = (entry: string | undefined, name: string) =>
  name === 'PUBLIC_URL' || (entry === 'deploy/local/migrate.ts' && name === 'REDIS_URL');

/** The ports of the API server in common kinds of clusters. */
const apiPorts = [443, 6443, 8443];

function neededBy(workload: Workload, manifests: readonly Manifest[], overlay: Overlay): string[] {
  const from = componentOf(workload);
  const hosts = new Set(workloadsOf(manifests).map(componentOf));
  const addresses = containersOf(workload).flatMap((container) => {
    const entry = entryOf(container.args ?? []);
    const { values } = environmentOf(container, manifests, connections[overlay]);
    return Object.entries(values)
      .filter(([name]) => !onlyRead(entry, name))
      .flatMap(([, value]) => addressIn(value) ?? []);
  });
  return [
    ...addresses.map(({ host, port }) => `${from} -> ${hosts.has(host) ? host : 'outside'}:${port}`),
    ...(workload.pod.serviceAccountName === undefined ? [] : apiPorts.map((port) => `${from} -> outside:${port}`)),
    // Receivers of webhooks.
    ...(from === 'notification-worker' ? publicPorts.map((port) => `${from} -> outside:${port}`) : []),
  ];
}

function addressIn(value: string): { readonly host: string; readonly port: string } | null {
  const url = URL.parse(value);
  return url === null || url.host === '' ? null : { host: url.hostname, port: url.port };
}

function outOf({ metadata, spec }: NetworkPolicy, workloads: readonly Workload[]): string[] {
  // Every pod may resolve names.
  if (metadata.name === 'names') return [];
  const from = selected(spec?.podSelector, workloads);
  return (spec?.egress ?? []).flatMap(({ to, ports = [] }) =>
    peersOf(to, workloads).flatMap((peer) => edges(from, [peer], ports, workloads)),
  );
}

function inTo({ spec }: NetworkPolicy, workloads: readonly Workload[]): string[] {
  const to = selected(spec?.podSelector, workloads);
  return (spec?.ingress ?? []).flatMap(({ from, ports = [] }) => edges(peersOf(from, workloads), to, ports, workloads));
}

/** A rule without peers allows all peers. */
function peersOf(peers: readonly INetworkPolicyPeer[] | undefined, workloads: readonly Workload[]): string[] {
  if (peers === undefined) return ['outside'];
  return peers.flatMap(({ podSelector, namespaceSelector, ipBlock }) => {
    if (ipBlock !== undefined) return ['outside'];
    if (namespaceSelector === undefined) return selected(podSelector, workloads);
    const { matchLabels = {}, matchExpressions = [] } = namespaceSelector;
    return [...Object.values(matchLabels), ...matchExpressions.flatMap(({ values = [] }) => values)];
  });
}

/** A rule without ports allows all ports. */
function edges(
  from: readonly string[],
  to: readonly string[],
  ports: readonly INetworkPolicyPort[],
  workloads: readonly Workload[],
): string[] {
  return from.flatMap((source) =>
    to.flatMap((target) => {
      const numbers = ports.length === 0 ? ['*'] : ports.flatMap(({ port }) => portsOf(port, target, workloads));
      return numbers.map((port) => `${source} -> ${target}:${port}`);
    }),
  );
}

/** The number of a port. A named port has the number that the target's pods declare. */
function portsOf(port: INetworkPolicyPort['port'], target: string, workloads: readonly Workload[]): string[] {
  if (typeof port === 'number') return [String(port)];
  return workloads
    .filter((workload) => componentOf(workload) === target)
    .flatMap(({ pod }) => pod.containers.flatMap(({ ports = [] }) => ports))
    .filter(({ name }) => name === port)
    .map(({ containerPort }) => String(containerPort));
}

type Selector = NonNullable<NetworkPolicy['spec']>['podSelector'];

function selected(selector: Selector | undefined, workloads: readonly Workload[]): string[] {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  return workloads
    .filter(
      ({ labels }) =>
        Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
        matchExpressions.every(({ key, values = [] }) => values.includes(labels[key] ?? '')),
    )
    .map(componentOf);
}

function deniesEverything({ spec }: NetworkPolicy): boolean {
  const { podSelector = {}, policyTypes = [], ingress = [], egress = [] } = spec ?? {};
  const everyPod = Object.keys(podSelector).length === 0;
  return everyPod && policyTypes.length === 2 && ingress.length === 0 && egress.length === 0;
}

function componentOf({ labels }: Workload): string {
  return labels[componentLabel] ?? '';
}
