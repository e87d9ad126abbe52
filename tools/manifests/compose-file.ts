import { fileURLToPath } from 'node:url';
import { DCLinter } from 'dclint';
import { parse } from 'yaml';
import { z } from 'zod';
import { settingNameOf, settingsFiles } from '#k8s/processes/files.ts';
import { connections } from './connections.ts';
import { environmentFaults } from './environment-faults.ts';
import { entryOf, processes } from './processes.ts';

/** Of compose.yaml, what our own rules look at. */
const service = z.object({
  image: z.string(),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  restart: z.string().optional(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.object({ disable: z.boolean().optional() }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});

type Service = z.infer<typeof service>;

const composeFile = z.object({ services: z.record(z.string(), service) });

/** What runs once, before others. */
const onceOnly = new Set(['k8s/processes/write-connections.ts', 'deploy/local/migrate.ts']);
const inClustersOnly = new Set(
  ['await-migrations', 'generate-connections', 'write-redis-users'].map((name) => `k8s/processes/${name}.ts`),
);

/** Where compose.yaml breaks our own rules, a sentence each. */
export function composeFaults(text: string, version: string): string[] {
  const { services } = composeFile.parse(parse(text, { merge: true }));
  const entries = new Set(Object.values(services).map(({ command }) => entryOf(command)));
  const absent = Object.keys(processes).filter((entry) => !inClustersOnly.has(entry) && !entries.has(entry));
  return [
    ...absent.map((entry) => `nothing runs ${entry}`),
    ...Object.entries(services).flatMap(([name, one]) =>
      [...serviceFaults(one, services, version), ...volumeFaults(name, one)].map((fault) => `${name} ${fault}`),
    ),
  ];
}

/** Who makes the passwords sees all of them; every other container those of its own volume, which has its name. */
function volumeFaults(name: string, { command, volumes }: Service): string[] {
  if (entryOf(command) === 'k8s/processes/write-connections.ts') return [];
  const own = `${name}-connections:/connections:ro`;
  return volumes
    .filter((volume) => volume.includes('connections') && volume !== own)
    .map((volume) => `sees the connections of others by ${volume}`);
}

function serviceFaults(one: Service, services: Readonly<Record<string, Service>>, version: string): string[] {
  return [
    ...Object.keys(one.depends_on)
      .filter((name) => !(name in services))
      .map((name) => `waits for ${name}, which is not there`),
    ...one.ports.filter((port) => !port.startsWith('127.0.0.1:')).map((port) => `lets other machines in at ${port}`),
    ...(one.image.startsWith('wallet-and-orders:')
      ? ourFaults(one, services, version)
      : [
          /:\d+\.\d+[.\w-]*$/.test(one.image) ? null : `runs ${one.image}, which may be another tomorrow`,
          one.healthcheck === undefined ? 'has no health check' : null,
        ].filter((fault) => fault !== null)),
  ];
}

function ourFaults(one: Service, services: Readonly<Record<string, Service>>, version: string): string[] {
  const entry = entryOf(one.command);
  if (entry === undefined) return ['runs none of the processes'];
  const faults = [
    one.image === `wallet-and-orders:${version}` ? null : `runs ${one.image}, not version ${version}`,
    one.read_only ? null : 'may write to its image',
    one.cap_drop.includes('ALL') ? null : 'keeps capabilities',
    one.security_opt.includes('no-new-privileges:true') ? null : 'may gain privileges',
    onceOnly.has(entry) === (one.healthcheck?.disable === true) ? null : 'has a health check and ends, or has none',
    onceOnly.has(entry) || one.restart === 'unless-stopped' ? null : 'is not started again',
    onceOnly.has(entry) && !isAwaited(one, services) ? 'ends, and nobody waits for that' : null,
  ];
  return [...faults.filter((fault) => fault !== null), ...settingFaults(one, entry), ...hostFaults(one, services)];
}

/** `--wait` takes what has ended for a failure, unless another service waits for that. */
function isAwaited(one: Service, services: Readonly<Record<string, Service>>): boolean {
  return Object.values(services).some(({ depends_on: dependsOn }) =>
    Object.entries(dependsOn).some(
      ([name, { condition }]) => services[name] === one && condition === 'service_completed_successfully',
    ),
  );
}

function settingFaults({ command, environment }: Service, entry: string): string[] {
  const files = command.flatMap((arg) => /^--env-file=\/connections\/(.*)$/.exec(arg)?.[1] ?? []);
  const unknown = files.filter((file) => !(file in settingsFiles));
  const keys = files.flatMap((file) => settingsFiles[file] ?? []);
  const secrets = Object.fromEntries(keys.map((key) => [settingNameOf(key), connections.local[key]!]));
  return [
    ...unknown.map((file) => `reads ${file}, which is not written`),
    ...environmentFaults(processes[entry]!, { values: { ...environment, ...secrets }, secrets: Object.keys(secrets) }),
  ];
}

function hostFaults({ environment }: Service, services: Readonly<Record<string, Service>>): string[] {
  return Object.entries(environment)
    .map(([name, value]) => ({ name, host: URL.parse(value)?.hostname ?? '' }))
    .filter(({ host }) => host !== '' && !(host in services))
    .map(({ name, host }) => `is told of ${host} by ${name}, which is not there`);
}

/** What the compose specification's schema and a linter say of the file. */
export function composeLintFaults(file: URL): string[] {
  const linter = new DCLinter({ rules: notOurs, quiet: true, debug: false, exclude: [] });
  const results: readonly LintResult[] = linter.lintFiles([fileURLToPath(file)], false);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, message, rule }) => `line ${line}: ${message} (${rule})`),
  );
}

/** As dclint declares it where the compiler does not find it. */
interface LintResult {
  readonly messages: readonly { readonly line: number; readonly message: string; readonly rule: string }[];
}

/** The order in which things are said follows the order in which they happen. */
const notOurs = {
  'service-keys-order': 0,
  'services-alphabetical-order': 0,
  'service-dependencies-alphabetical-order': 0,
  'top-level-properties-order': 0,
  'no-build-and-image': 0,
} as const;
