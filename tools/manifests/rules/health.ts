import type { IContainer } from 'kubernetes-models/v1/Container';
import type { Manifest } from '../manifest.ts';
import { isOurs, lastingWorkloadsOf } from '../workloads.ts';

/**
 * Every container that keeps running has the three probes. In our containers, liveness does not depend on readiness:
 * the kubelet must not kill a process because its database is down.
 */
export function healthFaults(manifests: readonly Manifest[]): string[] {
  return lastingWorkloadsOf(manifests).flatMap(({ name, pod }) =>
    pod.containers.flatMap((container) => probeFaults(container).map((fault) => `${name}: ${fault}`)),
  );
}

const paths = {
  startupProbe: '/health/live',
  livenessProbe: '/health/live',
  readinessProbe: '/health/ready',
} as const;

/** When a probe times out, only its first process ends: a shell leaves the processes that it started as zombies. */
const shells = new Set(['sh', 'bash', '/bin/sh', '/bin/bash']);

function probeFaults(container: IContainer): string[] {
  return (Object.keys(paths) as (keyof typeof paths)[]).flatMap((name) => {
    const probe = container[name];
    if (probe === undefined) return [`${container.name} has no ${name}`];
    if (shells.has(probe.exec?.command?.[0] ?? '')) return [`the ${name} of ${container.name} runs a shell`];
    const expected = paths[name];
    if (!isOurs(container)) return [];
    return [
      ...(probe.httpGet?.path === expected ? [] : [`the ${name} does not request ${expected}`]),
      ...(probe.httpGet?.port === 'management' ? [] : [`the ${name} does not use the management port`]),
    ];
  });
}
