import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { partConfigs } from '#local/parts.ts';
import { settingName } from '#platform/process/setting-names.ts';
import { type SubgraphName, subgraphNames, subgraphs, verifiedSubgraphs, workerGroups } from '#subgraphs/manifest.ts';
import { verifierUrlSetting } from '#subgraphs/settings.ts';
import type { GeneratedFile } from '../../write-files.ts';
import { composeRegions } from './compose-services.ts';
import { addressesOf, routerAddresses } from './peers.ts';
import { regionEnd, type Regions, regionStart, withRegions } from './regions.ts';
import {
  egressToSubgraphs,
  relayManifests,
  secret,
  serverManifests,
  workerManifests,
  workerScaler,
} from './workloads.ts';

/** The files for Kubernetes, Compose and Prometheus that follow from the manifest of subgraphs, whole or in parts. */
export async function manifestFiles(): Promise<GeneratedFile[]> {
  const files = [
    ...Object.entries(wholeFiles()).map(([path, text]) => ({ file: at(path), text: `${header}${text}` })),
    ...Object.entries(regions()).map(([path, parts]) => ({
      file: at(path),
      text: withRegions(read(path, parts), parts),
    })),
  ];
  return await Promise.all(files.map(async ({ file, text }) => ({ file, text: await formatted(file, text) })));
}

/** Kubernetes reads `.env` files as they are. Prettier knows no shell scripts. */
async function formatted(file: URL, text: string): Promise<string> {
  const path = fileURLToPath(file);
  if (path.endsWith('.env') || path.endsWith('.sh')) return text;
  return await format(text, { ...(await resolveConfig(path)), filepath: path });
}

const at = (path: string) => new URL(`../../../${path}`, import.meta.url);
const header = '# Written by npm run manifests from the manifest of subgraphs (subgraphs/manifest.ts).\n';

const workers = workerGroups.map((group) => `${group}-worker`);
const withDatabase = [...subgraphNames, 'relay', ...workers];
const withRedis = ['router', 'relay', ...workers];

function wholeFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ...subgraphNames.map((name) => [`k8s/base/${name}.yaml`, serverManifests(name)]),
    ...workerGroups.map((group) => [`k8s/base/${group}-worker.yaml`, workerManifests(group)]),
    ['k8s/base/relay.yaml', relayManifests()],
  ]) as Record<string, string>;
}

function regions(): Readonly<Record<string, Regions>> {
  const databaseClients = { 'clients of PostgreSQL': list([...withDatabase, 'migrate', 'verify']) };
  const redisClients = { 'clients of Redis': list(withRedis) };
  return {
    ...Object.fromEntries(subgraphNames.map((name) => [settingsFile(name), { [common]: serverSettings(name) }])),
    [settingsFile('router')]: { 'addresses of the subgraphs': environment(routerAddresses()) },
    'k8s/base/router.yaml': { 'connections to the subgraphs': egressToSubgraphs() },
    'k8s/base/kustomization.yaml': {
      workloads: list([...subgraphNames, 'relay', ...workers].map((name) => `${name}.yaml`)),
      'settings of the subgraphs': subgraphNames
        .map((name) => `- name: ${name}-settings\n  envs: [settings/${name}.env]\n`)
        .join(''),
      'workloads with a database': workloadPattern,
    },
    'k8s/base/verify.yaml': {
      'databases to verify': verifiedSubgraphs.map((name) => secret(verifierUrlSetting(name))).join(''),
    },
    'k8s/overlays/local/network.yaml': { ...databaseClients, ...redisClients },
    'k8s/overlays/local/postgres.yaml': { 'limit of connections': postgresArguments },
    'k8s/overlays/production/kustomization.yaml': {
      'settings of the subgraphs': subgraphNames
        .map(
          (name) =>
            `- name: ${name}-settings\n  behavior: merge\n  literals: [${productionSettings(name).join(', ')}]\n`,
        )
        .join(''),
      'workloads with a database': workloadPattern,
    },
    'k8s/overlays/production/network.yaml': { ...databaseClients, ...redisClients },
    'k8s/overlays/production/migrate-patch.yaml': {
      'databases of the subgraphs': subgraphNames
        .map((name) => secret(settingName(name, 'OWNER_DATABASE_URL')))
        .join(''),
    },
    'k8s/overlays/production/worker-scaling.yaml': { scalers: workerGroups.map(workerScaler).join('---\n') },
    'compose.yaml': composeRegions(),
    'deploy/observability/prometheus.yaml': {
      targets: list(managementPorts().map(({ port }) => `127.0.0.1:${port}`)),
    },
    'k8s/processes/healthy.sh': {
      'management ports': managementPorts()
        .map(({ entry, setting, port }) => `${entry}) port=\${${setting}:-${port}} ;;\n`)
        .join(''),
    },
  };
}

/** The settings of a subgraph that differ in production. There, no customer makes money. */
const productionSettings = (name: SubgraphName) => [
  'INTROSPECTION=false',
  ...(name === 'billing' ? ['FUNDING=operator'] : []),
  // Yours: the address of the console, at which passkeys work.
  ...(name === 'user' ? ['PUBLIC_URL=https://arch.homework'] : []),
];

const list = (values: readonly string[]) => values.map((value) => `- ${value}\n`).join('');

const workloadPattern = `name: ${[...subgraphNames, 'relay', '.*-worker'].join('|')}\n`;

/** For two pods of each subgraph and a third during a rollout, for the jobs, and for the operator. */
const postgresArguments = `args: [-c, max_connections=${30 * subgraphNames.length + 130}, -c, shared_buffers=128MB]\n`;

const common = 'settings from the manifest';
const settingsFile = (name: string) => `k8s/base/settings/${name}.env`;
const environment = (settings: readonly (readonly [string, string])[]) =>
  settings.map(([setting, value]) => `${setting}=${value}\n`).join('');

function serverSettings(name: (typeof subgraphNames)[number]): string {
  return `${environment(addressesOf(name))}# A stopping pod still gets requests for a moment, until all nodes have removed it from its Service.
DRAIN_S=5
`;
}

interface ManagementPort {
  /** The file that the process runs. */
  readonly entry: string;
  readonly setting: string;
  /** The default. */
  readonly port: number;
}

function managementPorts(): ManagementPort[] {
  const { jobs, router } = partConfigs;
  const ports: readonly (readonly [string, string, number])[] = [
    ['router', 'router/server.ts', router.settings.ROUTER_MANAGEMENT_PORT.parse(undefined)],
    ...subgraphNames.map((name) => [name, `subgraphs/${name}/server.ts`, subgraphs[name].managementPort] as const),
    ['jobs', 'jobs/server.ts', jobs.settings.JOBS_MANAGEMENT_PORT.parse(undefined)],
  ];
  return ports.map(([name, entry, port]) => ({ entry, setting: settingName(name, 'MANAGEMENT_PORT'), port }));
}

/** A new subgraph has no file of settings yet. Lines outside its regions are the engineer's. */
function read(path: string, parts: Regions): string {
  if (existsSync(at(path))) return readFileSync(at(path), 'utf8');
  return Object.keys(parts)
    .map((name) => `${regionStart(name)}\n${regionEnd(name)}\n`)
    .join('');
}
