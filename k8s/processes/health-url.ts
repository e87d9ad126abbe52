import type { z } from 'zod';
import { managementSettings, readSettings } from '#platform/process/settings.ts';

type Settings = Promise<{ readonly settings: z.ZodRawShape }>;

const parts: Readonly<Record<string, { readonly portSetting: string; readonly config: () => Settings }>> = {
  'subgraphs/user/server.ts': {
    portSetting: 'USER_MANAGEMENT_PORT',
    config: async () => await import('#user/config.ts'),
  },
  'subgraphs/billing/server.ts': {
    portSetting: 'BILLING_MANAGEMENT_PORT',
    config: async () => await import('#billing/config.ts'),
  },
  'subgraphs/order/server.ts': {
    portSetting: 'ORDER_MANAGEMENT_PORT',
    config: async () => await import('#order/config.ts'),
  },
  'subgraphs/notification/server.ts': {
    portSetting: 'NOTIFICATION_MANAGEMENT_PORT',
    config: async () => await import('#notification/config.ts'),
  },
  'jobs/server.ts': { portSetting: 'JOBS_MANAGEMENT_PORT', config: async () => await import('#jobs/config.ts') },
  'router/server.ts': { portSetting: 'ROUTER_MANAGEMENT_PORT', config: async () => await import('#router/config.ts') },
};

/** Whether a process can work is asked here, by the arguments that it runs with; null for one that serves nothing. */
export async function healthUrl(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<string | null> {
  const part = args.map((arg) => parts[arg]).find((known) => known !== undefined);
  if (part === undefined) return null;
  const { settings } = await part.config();
  const port = readSettings({ port: settings[part.portSetting]! }, { port: environment[part.portSetting] });
  const { MANAGEMENT_HOST: host } = readSettings(managementSettings, environment);
  return `http://${reachable(host)}:${String(port['port'])}/health/ready`;
}

/** A process that listens on every address is reached on this machine's own. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
