import { entryOf as fileOf } from '#local/parts.ts';
import { outboxOwners, subgraphNames, workerGroups } from '#subgraphs/manifest.ts';
import { environmentOf } from '../container-environment.ts';
import type { Manifest } from '../manifest.ts';
import { entryOf } from '../processes.ts';
import { containersOf, lastingWorkloadsOf } from '../workloads.ts';

/** Every process of the system has a workload: the router, each subgraph, the relay, and the workers of each group. */
export function processFaults(manifests: readonly Manifest[]): string[] {
  const containers = lastingWorkloadsOf(manifests).flatMap(containersOf);
  const entries = new Set(containers.map(({ args = [] }) => entryOf(args)));
  const roles = new Set(
    containers.flatMap((container) => environmentOf(container, manifests, {}).values['JOBS_ROLES']?.split(',') ?? []),
  );
  const neededRoles = [...(outboxOwners.length > 0 ? ['relay'] : []), ...workerGroups];
  return [
    ...['router' as const, ...subgraphNames]
      .filter((name) => !entries.has(fileOf(name)))
      .map((name) => `no workload runs ${name} (${fileOf(name)})`),
    ...neededRoles.filter((role) => !roles.has(role)).map((role) => `no workload has the role ${role} of the jobs`),
  ];
}
