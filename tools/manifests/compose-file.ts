import { fileURLToPath } from 'node:url';
import { DCLinter } from 'dclint';
import { parse } from 'yaml';
import { z } from 'zod';
import { settingNameOf, settingsFiles } from '#k8s/processes/files.ts';
import { connections } from './connections.ts';
import { environmentFaults } from './environment-faults.ts';
import { entryOf, processes } from './processes.ts';

/** A value as Compose reads it where the variables that it names are not set. */
const value = z.string().transform((text) => text.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1'));

/** The parts of a service in compose.yaml that our rules check. */
const service = z.object({
  image: z.string(),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), value).default({}),
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

/** The processes that end before other services start. */
const onceOnly = new Set(['k8s/processes/write-connections.ts', 'deploy/local/migrate.ts']);
/** On one machine, the jobs run `verify`. */
const inClustersOnly = new Set([
  ...['await-migrations', 'generate-connections', 'write-redis-users'].map((name) => `k8s/processes/${name}.ts`),
  'checks/verify/main.ts',
]);

/** Checks compose.yaml against our rules. Returns a sentence for each fault. */
export function composeFaults(text: string, version: string): string[] {
  const { services } = composeFile.parse(parse(text, { merge: true }));
  const entries = new Set(Object.values(services).map(({ command }) => entryOf(command)));
  const absent = Object.keys(processes).filter((entry) => !inClustersOnly.has(entry) && !entries.has(entry));
  return [
    ...absent.map((entry) => `no service runs ${entry}`),
    ...Object.entries(services).flatMap(([name, one]) =>
      [...serviceFaults(one, services, version), ...volumeFaults(name, one)].map((fault) => `${name} ${fault}`),
    ),
  ];
}

/** Only write-connections sees all passwords. Each other container mounts its own volume, which is named after it. */
function volumeFaults(name: string, { command, volumes }: Service): string[] {
  if (entryOf(command) === 'k8s/processes/write-connections.ts') return [];
  const own = `${name}-connections:/connections:ro`;
  return volumes
    .filter((volume) => volume.includes('connections') && volume !== own)
    .map((volume) => `can read the connections of other containers in ${volume}`);
}

function serviceFaults(one: Service, services: Readonly<Record<string, Service>>, version: string): string[] {
  return [
    ...Object.keys(one.depends_on)
      .filter((name) => !(name in services))
      .map((name) => `waits for ${name}, which does not exist`),
    ...one.ports
      .filter((port) => !port.startsWith('127.0.0.1:'))
      .map((port) => `accepts connections from other machines at ${port}`),
    ...(one.image.startsWith('wallet-and-orders:')
      ? ourFaults(one, services, version)
      : [
          /:\d+\.\d+[.\w-]*$/.test(one.image) ? null : `runs ${one.image}, which names no full version`,
          one.healthcheck === undefined ? 'has no health check' : null,
        ].filter((fault) => fault !== null)),
  ];
}

function ourFaults(one: Service, services: Readonly<Record<string, Service>>, version: string): string[] {
  const entry = entryOf(one.command);
  if (entry === undefined) return ['runs no known process'];
  const faults = [
    one.image === `wallet-and-orders:${version}` ? null : `runs ${one.image}, not version ${version}`,
    one.read_only ? null : 'can write to its root file system',
    one.cap_drop.includes('ALL') ? null : 'keeps capabilities',
    one.security_opt.includes('no-new-privileges:true') ? null : 'can gain privileges',
    onceOnly.has(entry) === (one.healthcheck?.disable === true)
      ? null
      : 'must have a health check only if it keeps running',
    onceOnly.has(entry) || one.restart === 'unless-stopped' ? null : 'does not restart',
    onceOnly.has(entry) && !isAwaited(one, services) ? 'ends, but no service waits for its end' : null,
  ];
  return [...faults.filter((fault) => fault !== null), ...settingFaults(one, entry), ...hostFaults(one, services)];
}

/** `docker compose up --wait` reports an ended service as failed, unless another service waits for its end. */
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
    ...unknown.map((file) => `reads ${file}, which no process writes`),
    ...environmentFaults(processes[entry]!, { values: { ...environment, ...secrets }, secrets: Object.keys(secrets) }),
  ];
}

function hostFaults({ environment }: Service, services: Readonly<Record<string, Service>>): string[] {
  return (
    Object.entries(environment)
      .map(([name, value]) => ({ name, host: URL.parse(value)?.hostname ?? '' }))
      // PUBLIC_URL is the address for customers.
      .filter(({ name, host }) => name !== 'PUBLIC_URL' && host !== '' && !(host in services))
      .map(({ name, host }) => `sets ${name} to the host ${host}, which does not exist`)
  );
}

/** The faults that the schema of the compose specification and a linter find in the file. */
export function composeLintFaults(file: URL): string[] {
  const linter = new DCLinter({ rules: notOurs, quiet: true, debug: false, exclude: [] });
  const results: readonly LintResult[] = linter.lintFiles([fileURLToPath(file)], false);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, message, rule }) => `line ${line}: ${message} (${rule})`),
  );
}

/** A copy of dclint's own type, which the compiler does not find. */
interface LintResult {
  readonly messages: readonly { readonly line: number; readonly message: string; readonly rule: string }[];
}

/** Rules that are off: the file lists services in the order in which they start. */
const notOurs = {
  'service-keys-order': 0,
  'services-alphabetical-order': 0,
  'service-dependencies-alphabetical-order': 0,
  'top-level-properties-order': 0,
  'no-build-and-image': 0,
} as const;
