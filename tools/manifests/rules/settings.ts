import type { IContainer } from 'kubernetes-models/v1/Container';
import { z } from 'zod';
import { connections } from '../connections.ts';
import { environmentOf } from '../container-environment.ts';
import { environmentFaults } from '../environment-faults.ts';
import type { Manifest } from '../manifest.ts';
import { entryOf, processes } from '../processes.ts';
import type { Overlay } from '../render.ts';
import { containersOf, ends, isOurs, type Workload, workloadsOf } from '../workloads.ts';

/**
 * Each of our processes gets the settings that its config needs, and none that it does not read. Its pod waits for the
 * migrations of its own databases, and of no others, before it starts.
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
  if (entry === undefined || container.command !== undefined) return ['runs no known process'];
  const given = environmentOf(container, manifests, connections[overlay]);
  return [
    ...environmentFaults(processes[entry]!, given),
    ...portFaults(container, entry, given.values),
    ...roleFaults(container),
  ];
}

function awaitFaults({ name, kind, pod }: Workload): string[] {
  if (ends(kind) || !pod.containers.some(isOurs)) return [];
  const awaited = databasesOf(pod.initContainers ?? []);
  const used = databasesOf(pod.containers);
  return awaited === used
    ? []
    : [`${name} uses ${used || 'no database'}, but awaits the migrations of ${awaited || 'none'}`];
}

function databasesOf(containers: readonly IContainer[]): string {
  const names = containers.flatMap(({ env = [] }) => env.map(({ name }) => name));
  return names
    .filter((name) => name.endsWith('_DATABASE_URL'))
    .toSorted()
    .join(', ');
}

/**
 * Each URL comes from the Secret's key with the same name, so it has the right role. REDIS_URL comes from the key for
 * the roles of the jobs process. Job keys are those of the subgraph in the setting's name.
 */
function roleFaults({ env = [] }: IContainer): string[] {
  const roles = env.find(({ name }) => name === 'JOBS_ROLES')?.value ?? '';
  const jobs = roles === 'relay' ? 'RELAY_REDIS_URL' : `${roles.toUpperCase()}_WORKER_REDIS_URL`;
  return env
    .filter(({ name, value }) => /(?:DATABASE|REDIS)_URL$|_JOB_KEYS$|_FACTOR_KEYS$/.test(name) && value === undefined)
    .map(({ name, valueFrom }) => ({ name, key: valueFrom?.secretKeyRef?.key }))
    .filter(({ name, key }) => key !== (name === 'REDIS_URL' ? jobs : name))
    .map(({ name, key }) => `gets ${key ?? 'no secret'} as ${name}`);
}

/** A process listens on the ports that its container declares. */
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
  return declared === listensOn ? [] : [`listens on ${listensOn}, but declares the ports ${declared}`];
}
