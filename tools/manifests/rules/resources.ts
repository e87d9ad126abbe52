import type { Manifest } from '../manifest.ts';
import { containersOf, workloadsOf } from '../workloads.ts';

/**
 * Every container requests CPU and memory, and limits its memory. No container has a CPU limit: it would slow the
 * container down while the node is idle.
 */
export function resourceFaults(manifests: readonly Manifest[]): string[] {
  return workloadsOf(manifests).flatMap((workload) =>
    containersOf(workload).flatMap(({ name, resources }) => {
      const faults = [
        resources?.requests?.['cpu'] === undefined ? 'requests no CPU' : null,
        resources?.requests?.['memory'] === undefined ? 'requests no memory' : null,
        resources?.limits?.['memory'] === undefined ? 'has no memory limit' : null,
        resources?.limits?.['cpu'] === undefined ? null : 'has a CPU limit',
      ];
      return faults.filter((fault) => fault !== null).map((fault) => `${workload.name}: ${name} ${fault}`);
    }),
  );
}
