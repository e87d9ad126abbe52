import { settingName } from '#platform/process/setting-names.ts';
import { managementSettings, port, readSettings } from '#platform/process/settings.ts';
import { subgraphNames, subgraphs } from '#subgraphs/manifest.ts';

interface Part {
  readonly name: string;
  readonly managementPort: () => Promise<PortSetting>;
}

type PortSetting = ReturnType<typeof port.default>;

/**
 * The parts by the file that a process runs. Only that part's settings are loaded: the check runs every few seconds.
 */
const parts = new Map<string, Part>([
  ...subgraphNames.map((name): [string, Part] => [
    `subgraphs/${name}/server.ts`,
    { name, managementPort: async () => port.default(subgraphs[name].managementPort) },
  ]),
  [
    'jobs/server.ts',
    { name: 'jobs', managementPort: async () => (await import('#jobs/config.ts')).settings.JOBS_MANAGEMENT_PORT },
  ],
  [
    'router/server.ts',
    { name: 'router', managementPort: async () => (await import('#router/config.ts')).settings.ROUTER_MANAGEMENT_PORT },
  ],
]);

/**
 * The URL of a process's readiness check, derived from the process's arguments. Null for a process that serves nothing.
 */
export async function healthUrl(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<string | null> {
  const part = args.map((arg) => parts.get(arg)).find((known) => known !== undefined);
  if (part === undefined) return null;
  const setting = settingName(part.name, 'MANAGEMENT_PORT');
  const shape = { [setting]: await part.managementPort() };
  const { [setting]: managementPort } = readSettings(shape, { [setting]: environment[setting] });
  const { MANAGEMENT_HOST: host } = readSettings(managementSettings, environment);
  return `http://${reachable(host)}:${managementPort}/health/ready`;
}

/** The address for a request from the same container: the loopback address if the process listens on every address. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
