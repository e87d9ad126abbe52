import type { Manifest } from '../manifest.ts';
import { containersOf, workloadsOf } from '../workloads.ts';

/**
 * Every container says what it needs and how much memory it may have. None has a limit of CPU, which would slow it
 * down while the node idles.
 */
export function resourceFaults(manifests: readonly Manifest[]): string[] {
  return workloadsOf(manifests).flatMap((workload) =>
    containersOf(workload).flatMap(({ name, resources }) => {
      const faults = [
        resources?.requests?.['cpu'] === undefined ? 'requests no CPU' : null,
        resources?.requests?.['memory'] === undefined ? 'requests no memory' : null,
        resources?.limits?.['memory'] === undefined ? 'has no limit of memory' : null,
        resources?.limits?.['cpu'] === undefined ? null : 'has a limit of CPU',
      ];
      return faults.filter((fault) => fault !== null).map((fault) => `${workload.name}: ${name} ${fault}`);
    }),
  );
}
