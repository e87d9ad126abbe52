import type { IContainer } from 'kubernetes-models/v1/Container';
import { z } from 'zod';
import { connections } from '../connections.ts';
import { environmentOf } from '../container-environment.ts';
import { environmentFaults } from '../environment-faults.ts';
import type { Manifest } from '../manifest.ts';
import { entryOf, processes } from '../processes.ts';
import type { Overlay } from '../render.ts';
import { containersOf, isOurs, type Workload, workloadsOf } from '../workloads.ts';

/**
 * Every process of ours is given the settings that its config needs, and none that it does not read; before it
 * starts, the migrations of just its databases are awaited.
 */
export function settingFaults(manifests: readonly Manifest[], overlay: Overlay): string[] {
  return workloadsOf(manifests).flatMap((workload) => [
    ...containersOf(workload)
      .filter(isOurs)
      .flatMap((container) =>
        processFaults(container, manifests, overlay).map((fault) => `${workload.name}: ${container.name} ${fault}`),
      ),
    ...awaitFaults(workload),
  ]);
}

function processFaults(container: IContainer, manifests: readonly Manifest[], overlay: Overlay): string[] {
  const entry = entryOf(container.args ?? []);
  if (entry === undefined || container.command !== undefined) return ['runs none of the processes'];
  const given = environmentOf(container, manifests, connections[overlay]);
  return [
    ...environmentFaults(processes[entry]!, given),
    ...portFaults(container, entry, given.values),
    ...roleFaults(container),
  ];
}

function awaitFaults({ name, kind, pod }: Workload): string[] {
  if (kind === 'Job' || !pod.containers.some(isOurs)) return [];
  const awaited = databasesOf(pod.initContainers ?? []);
  const used = databasesOf(pod.containers);
  return awaited === used ? [] : [`${name} uses ${used || 'no database'}, and awaits ${awaited || 'none'}`];
}

function databasesOf(containers: readonly IContainer[]): string {
  const names = containers.flatMap(({ env = [] }) => env.map(({ name }) => name));
  return names
    .filter((name) => name.endsWith('_DATABASE_URL'))
    .toSorted()
    .join(', ');
}

/**
 * Each address of a server carries the role or the user that its name says, that of Redis the user of what the jobs
 * process does, and the keys of jobs are those of that subgraph.
 */
function roleFaults({ env = [] }: IContainer): string[] {
  const roles = env.find(({ name }) => name === 'JOBS_ROLES')?.value ?? '';
  const jobs = roles === 'relay' ? 'RELAY_REDIS_URL' : `${roles.toUpperCase()}_WORKER_REDIS_URL`;
  return env
    .filter(({ name, value }) => /(?:DATABASE|REDIS)_URL$|_JOB_KEYS$/.test(name) && value === undefined)
    .map(({ name, valueFrom }) => ({ name, key: valueFrom?.secretKeyRef?.key }))
    .filter(({ name, key }) => key !== (name === 'REDIS_URL' ? jobs : name))
    .map(({ name, key }) => `is given ${key ?? 'no secret'} as ${name}`);
}

/** A process that listens does so on the ports that its container declares. */
function portFaults({ ports = [] }: IContainer, entry: string, values: Readonly<Record<string, string>>): string[] {
  const { settings } = processes[entry]!;
  const listensOn = Object.entries(settings)
    .filter(([name]) => name.endsWith('_PORT'))
    .map(([name, setting]) => String(z.parse(setting, values[name])))
    .toSorted()
    .join(', ');
  const declared = ports
    .map(({ containerPort }) => String(containerPort))
    .toSorted()
    .join(', ');
  return declared === listensOn ? [] : [`listens on ${listensOn}, and its ports are ${declared}`];
}
